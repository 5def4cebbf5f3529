//! The dated snapshot inside the program: `book.txt`, searched without being parsed first.
//!
//! Its first line gives each region a letter, its second each date. Then follows one line for each key, sorted by key:
//! `key<tab>regions=price date …`, where `AD=0.062c` is 0.062 USD in the regions A and D as of the date c (`-`: not known).

use std::cmp::Ordering;

use crate::model::{Region, Sku, Usd};

const BOOK: &str = include_str!("book.txt");

/// The price of the price list entry `key` in `region`, with its day.
pub(super) fn find(key: &str, region: &str) -> Option<(Usd, Option<String>)> {
    let (regions, rest) = BOOK.split_once('\n')?;
    let (dates, lines) = rest.split_once('\n')?;
    let (letter, _) = pairs(regions).find(|(_, name)| *name == region)?;
    let (_, price) = pairs(prices_of(key, lines)?).find(|(regions, _)| regions.contains(letter))?;
    let (usd, date) = price.split_at_checked(price.len().checked_sub(1)?)?;
    let as_of = pairs(dates).find(|(letter, _)| *letter == date).map(|(_, as_of)| as_of.to_owned());
    Some((usd.parse().ok()?, as_of))
}

/// One entry of the snapshot, with its price and day in each region.
#[derive(Debug, Clone)]
pub struct Entry {
    pub key: &'static str,
    pub prices: Vec<(Region, Usd, Option<&'static str>)>,
}

/// The whole snapshot, in the order of the keys.
pub fn entries() -> impl Iterator<Item = Entry> {
    let (regions, rest) = BOOK.split_once('\n').unwrap_or_default();
    let (dates, lines) = rest.split_once('\n').unwrap_or_default();
    lines.lines().filter_map(move |line| {
        let (key, groups) = line.split_once('\t')?;
        let prices = pairs(groups).flat_map(|(letters, price)| {
            let (usd, date) = price.split_at(price.len().saturating_sub(1));
            let as_of = pairs(dates).find(|(letter, _)| *letter == date).map(|(_, as_of)| as_of);
            let here = pairs(regions).filter(move |(letter, _)| letters.contains(letter));
            here.filter_map(move |(_, region)| Some((Region::new(region), usd.parse().ok()?, as_of)))
        });
        Some(Entry { key, prices: prices.collect() })
    })
}

/// Parses a key: the reverse of `Sku`'s `Display`. Values may contain spaces, names do not.
#[must_use]
pub fn sku(key: &'static str) -> Sku {
    let (service, rest) = key.split_once(' ').unwrap_or((key, ""));
    let mut parts = rest.split('=').peekable();
    let mut name = parts.next().unwrap_or_default();
    let mut sku = Sku::new(service);
    while let Some(part) = parts.next() {
        let (value, next) = part.rsplit_once(' ').filter(|_| parts.peek().is_some()).unwrap_or((part, ""));
        sku = sku.with(name, value);
        name = next;
    }
    sku
}

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> + Clone {
    text.split(' ').filter_map(|pair| pair.split_once('='))
}

/// The part of the key's line behind the tab. A binary search: `lines` shrinks to the half that can hold the key.
fn prices_of<'a>(key: &str, mut lines: &'a str) -> Option<&'a str> {
    while !lines.is_empty() {
        let (before, after) = lines.split_at_checked(lines.len() / 2)?;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let end = lines.len() - after.len() + after.find('\n')? + 1;
        let (found, prices) = lines.get(start..end)?.trim_end().split_once('\t')?;
        match key.cmp(found) {
            Ordering::Equal => return Some(prices),
            Ordering::Less => lines = lines.get(..start)?,
            Ordering::Greater => lines = lines.get(end..)?,
        }
    }
    None
}

#[cfg(test)]
#[path = "../../tools/build-price-book.rs"]
#[expect(dead_code, reason = "its `main` is the example's")]
mod builder;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rust_decimal::Decimal;

    use super::builder::Prices;
    use super::*;
    use crate::model::Sku;

    const TOKYO: &str = "ap-northeast-1";
    const IRELAND: &str = "eu-west-1";
    const VIRGINIA: &str = "us-east-1";
    const OREGON: &str = "us-west-2";

    fn sku(service: &'static str, attributes: &[(&'static str, &str)]) -> Sku {
        attributes.iter().fold(Sku::new(service), |sku, (name, value)| sku.with(name, *value))
    }

    fn instance(class: &str) -> Sku {
        sku("AmazonEC2", &[("instanceType", class), ("operatingSystem", "Linux")])
    }

    fn database(class: &str, engine: &str, deployment: &str, license: &str) -> Sku {
        let engine = sku("AmazonRDS", &[("databaseEngine", engine), ("licenseModel", license)]);
        engine.with("instanceType", class).with("deploymentOption", deployment)
    }

    fn aurora(class: &str, engine: &str, usage: &str) -> Sku {
        sku("AmazonRDS", &[("instanceType", class), ("databaseEngine", engine), ("usagetype", usage)])
    }

    /// `0.224 as of 2025-04-24`, or `unknown`.
    fn priced(sku: &Sku, region: &str) -> String {
        let Some((usd, as_of)) = find(&sku.to_string(), region) else { return "unknown".to_owned() };
        format!("{usd} as of {}", as_of.as_deref().unwrap_or("?"))
    }

    fn prices() -> impl Iterator<Item = (&'static str, Region, Usd, Option<&'static str>)> {
        entries()
            .flat_map(|entry| entry.prices.into_iter().map(move |(region, usd, as_of)| (entry.key, region, usd, as_of)))
    }

    #[test]
    fn instances_have_the_price_of_their_own_region() {
        assert_eq!(priced(&instance("t3.micro"), TOKYO), "0.0136 as of 2025-11-04");
        assert_eq!(priced(&instance("t3.micro"), VIRGINIA), "0.0104 as of 2026-07-20");
        assert_eq!(priced(&instance("t3.micro"), IRELAND), "0.0114 as of 2025-11-04");
        assert_eq!(priced(&instance("g5.xlarge"), OREGON), "1.006 as of 2025-11-04");
    }

    #[test]
    fn search_nodes_and_their_storage() {
        let node = |class| sku("AmazonES", &[("instanceType", class)]);
        assert_eq!(priced(&node("r5.large.search"), TOKYO), "0.224 as of 2025-04-24");
        assert_eq!(priced(&node("t3.small.search"), OREGON), "0.036 as of 2025-04-24");
        let storage = sku("AmazonES", &[("usagetype", "ES:GP3-Storage")]);
        assert_eq!(priced(&storage, VIRGINIA), "0.122 as of 2024-07-01");
        assert_eq!(priced(&storage, "ap-southeast-2"), "0.1464 as of 2026");
        assert_eq!(priced(&storage, TOKYO), "unknown");
    }

    #[test]
    fn volumes_addresses_and_gateways() {
        let volume = |name, value| sku("AmazonEC2", &[(name, value), ("volumeApiName", "gp3")]);
        assert_eq!(priced(&volume("productFamily", "Storage"), VIRGINIA), "0.08 as of 2024-07-18");
        assert_eq!(priced(&volume("group", "EBS IOPS"), IRELAND), "0.0055 as of 2024-07-18");
        let nat = sku("AmazonEC2", &[("group", "NGW:NatGateway"), ("usagetype", "NatGateway-Hours")]);
        assert_eq!(priced(&nat, TOKYO), "0.062 as of 2025-10-28");
        let idle = sku("AmazonVPC", &[("usagetype", "PublicIPv4:IdleAddress")]);
        assert_eq!(priced(&idle, OREGON), "0.005 as of 2025-11-04");
    }

    #[test]
    fn throughput_is_per_mib_exactly() {
        let throughput = sku("AmazonEC2", &[("group", "EBS Throughput"), ("volumeApiName", "gp3")]);
        assert_eq!(priced(&throughput, VIRGINIA), "0.04 as of 2024-07-18");
        assert_eq!(priced(&throughput, TOKYO), "0.048 as of 2024-07-18");
        let (zurich, _) = find(&throughput.to_string(), "eu-central-2").unwrap();
        assert_eq!((zurich * Decimal::from(1024)).to_string().trim_end_matches('0'), "58.4909");
    }

    #[test]
    fn a_balancer_whose_price_has_no_day_has_a_price() {
        let family = |name| sku("AWSELB", &[("productFamily", name), ("usagetype", "LoadBalancerUsage")]);
        assert_eq!(priced(&family("Load Balancer-Network"), TOKYO), "0.0243 as of ?");
        assert_eq!(priced(&family("Load Balancer-Application"), TOKYO), "0.0243 as of 2026-08-27");
        assert_eq!(priced(&family("Load Balancer"), IRELAND), "0.028 as of 2023-02-23");
        assert_eq!(priced(&family("Load Balancer"), TOKYO), "unknown");
    }

    #[test]
    fn databases_by_engine_deployment_and_license() {
        let mysql = |deployment| database("db.t3.micro", "MySQL", deployment, "No license required");
        assert_eq!(priced(&mysql("Single-AZ"), TOKYO), "0.026 as of 2024-09-28");
        assert_eq!(priced(&mysql("Multi-AZ"), TOKYO), "0.052 as of 2024-09-28");
        let oracle = |license| {
            let oracle = database("db.r5.large", "Oracle", "Single-AZ", license);
            oracle.with("databaseEdition", "Standard Two")
        };
        assert_eq!(priced(&oracle("Bring your own license"), TOKYO), "0.277 as of 2021-08-03");
        assert_eq!(priced(&oracle("License included"), TOKYO), "0.556 as of 2021-08-03");
        let server = database("db.r5.large", "SQL Server", "Single-AZ", "License included");
        assert_eq!(priced(&server.with("databaseEdition", "Web"), IRELAND), "0.465 as of 2023-02-23");
    }

    #[test]
    fn an_io_optimized_variant_has_its_own_price() {
        let mysql = |usage| aurora("db.r6g.large", "Aurora MySQL", usage);
        assert_eq!(priced(&mysql("InstanceUsage"), VIRGINIA), "0.26 as of 2024-08-09");
        assert_eq!(priced(&mysql("InstanceUsageIOOptimized"), VIRGINIA), "0.338 as of 2024-08-09");
        let neptune = |usage| sku("AmazonNeptune", &[("instanceType", "db.r5.large"), ("usagetype", usage)]);
        assert_eq!(priced(&neptune("InstanceUsage"), OREGON), "0.348 as of 2025-10-09");
        assert_eq!(priced(&neptune("InstanceUsageIOOptimized"), OREGON), "0.469 as of 2025-10-09");
    }

    #[test]
    fn nodes_brokers_and_hosts_of_other_services() {
        let cache = sku("AmazonElastiCache", &[("cacheEngine", "Valkey"), ("instanceType", "cache.t3.micro")]);
        assert_eq!(priced(&cache, TOKYO), "0.0208 as of 2025-04-24");
        let warehouse = sku("AmazonRedshift", &[("instanceType", "ra3.xlplus")]);
        assert_eq!(priced(&warehouse, VIRGINIA), "1.086 as of 2025-10-27");
        let broker = sku("AmazonMQ", &[("brokerEngine", "RabbitMQ"), ("deploymentOption", "Multi-AZ")]);
        assert_eq!(priced(&broker.with("instanceType", "mq.m5.large"), VIRGINIA), "0.864 as of 2025-02-13");
        let host = sku("AmazonEC2", &[("productFamily", "Dedicated Host"), ("usagetype", "HostUsage:c4")]);
        assert_eq!(priced(&host, IRELAND), "1.992 as of 2023-02-23");
        // The same price everywhere, so it is listed under the region of account-wide things.
        let dashboard = sku("AmazonCloudWatch", &[("item", "dashboard"), ("unit", "month")]);
        assert_eq!(priced(&dashboard, VIRGINIA).split(' ').next(), Some("3"));
        assert_eq!(priced(&dashboard, TOKYO), "unknown");
    }

    #[test]
    fn a_price_that_is_not_in_the_book_is_unknown() {
        assert_eq!(priced(&instance("t3.micro"), "ap-northeast-9"), "unknown");
        assert_eq!(priced(&instance("t3.micro"), ""), "unknown");
        assert_eq!(priced(&instance("t3.micr"), TOKYO), "unknown");
        assert_eq!(priced(&instance("t3.microx"), TOKYO), "unknown");
        assert_eq!(priced(&instance("t3.micro").with("marketoption", "Spot"), TOKYO), "unknown");
        assert_eq!(priced(&Sku::new("A"), TOKYO), "unknown");
        assert_eq!(priced(&Sku::new("Z"), TOKYO), "unknown");
        let document = sku("AmazonDocDB", &[("instanceType", "db.t3.medium"), ("usagetype", "InstanceUsage")]);
        assert_eq!(priced(&document, VIRGINIA), "0.078 as of 2024-07-01");
        assert_eq!(priced(&document, TOKYO), "unknown");
    }

    #[test]
    fn the_book_is_sorted_without_duplicate_keys() {
        let keys: Vec<&str> = BOOK.lines().skip(2).map(|line| line.split_once('\t').unwrap().0).collect();
        assert!(keys.len() > 4_000);
        assert!(keys.is_sorted_by(|before, after| before < after));
    }

    #[test]
    fn every_key_is_written_as_a_sku_writes_itself() {
        for line in BOOK.lines().skip(2) {
            let (key, _) = line.split_once('\t').unwrap();
            assert_eq!(super::sku(key).to_string(), key);
            let names: Vec<&str> = key.split(' ').filter_map(|word| Some(word.split_once('=')?.0)).collect();
            assert!(!names.is_empty() && names.is_sorted_by(|before, after| before < after), "{key}");
        }
    }

    #[test]
    fn every_price_is_positive_and_found() {
        let mut count = 0;
        for (key, region, usd, as_of) in prices() {
            assert!(usd > Usd::ZERO, "{key} in {region}");
            assert_eq!(find(key, region.as_str()), Some((usd, as_of.map(str::to_owned))), "{key}");
            count += 1;
        }
        assert!(count > 70_000);
    }

    #[test]
    fn the_book_is_in_the_form_the_builder_gives_it() {
        let mut built = Prices::default();
        for (key, region, usd, as_of) in prices() {
            built.add(key, region.as_str(), usd.0, as_of.unwrap_or_default()).unwrap();
        }
        assert!(built.text().unwrap() == BOOK, "book.txt was edited by hand");
    }

    #[test]
    fn the_builder_builds_the_book_from_the_tables() {
        // The tables are not part of the repository, and a newer edition of them builds another book.
        if let Some(tables) = std::env::var_os("GUARDRAIL_PRICE_TABLES") {
            let built = Prices::read(Path::new(&tables)).unwrap().text().unwrap();
            assert!(built == BOOK, "rebuild book.txt: the tables or the builder have changed");
        }
    }

    /// The result of the builder for a folder whose tables have a single database row.
    fn refusal(row: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ec2.csv"), "region,instance_type,os,usd_per_hour,as_of\n").unwrap();
        let header = "region,instance_class,engine,license,deployment,usd_per_hour,as_of";
        std::fs::write(folder.path().join("rds.csv"), format!("{header}\n{row}\n")).unwrap();
        Prices::read(folder.path()).err().unwrap().to_string()
    }

    #[test]
    fn the_builder_rejects_unknown_rows() {
        let taken = "x-1,db.a,mysql,no-license,single-az,0.1,2025-01-02";
        assert!(refusal(taken).starts_with("opensearch.csv: "), "{}", refusal(taken));
        for (wrong, says) in [
            (taken.replace("0.1", "1e-1"), "price “1e-1”"),
            (taken.replace("0.1", ""), "price “”"),
            (taken.replace("0.1", "0.00"), "not a price"),
            (taken.replace("0.1", "-0.1"), "not a price"),
            (taken.replace("mysql", "mysq"), "“mysq” has no name"),
            (taken.replace("no-license", ""), "“” has no name"),
            (taken.replace("2025-01-02", "yesterday"), "“yesterday” is not a date"),
            (taken.replace("db.a", ""), "is not a key"),
            (taken.replace("x-1", ""), "is not a region"),
        ] {
            let refusal = refusal(&wrong);
            assert!(refusal.starts_with("rds.csv, row 1: ") && refusal.contains(says), "{refusal}");
        }
        let twice = refusal(&format!("{taken}\n{}", taken.replace("0.1", "0.2")));
        assert!(twice.starts_with("rds.csv, row 2: ") && twice.contains("costs both 0.1 and 0.2 in x-1"), "{twice}");
    }
}
