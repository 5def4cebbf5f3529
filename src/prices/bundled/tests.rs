//! The snapshot against what is known of it, and against the tables it is made of.

use std::path::Path;

use rust_decimal::Decimal;

use super::*;
use book::{Mark, Prices};

#[path = "../../../tools/book.rs"]
#[expect(dead_code, reason = "its other users are examples")]
mod book;
#[path = "../../../tools/tables.rs"]
#[expect(dead_code, reason = "its other users are examples")]
mod tables;

const SUMS: &str = include_str!("../book.sums");

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

/// `0.224 as of 2025-04-24`, or `unknown`; `weak` behind a price of a weak source.
fn priced(sku: &Sku, region: &str) -> String {
    let Some((usd, Price { as_of, weak, .. })) = find(sku, region) else { return "unknown".to_owned() };
    format!("{usd} as of {}{}", as_of.unwrap(), if weak { ", weak" } else { "" })
}

/// The book as its tools hold it.
fn book() -> Prices {
    let mut book = Prices::default();
    for Entry { sku, prices } in entries() {
        for (region, usd, Price { as_of, origin, weak, .. }) in prices {
            let mark = Mark { as_of: as_of.unwrap(), source: origin.unwrap(), weak };
            book.add(&sku.to_string(), region.as_str(), usd.0, mark).unwrap();
        }
    }
    book
}

#[test]
fn instances_have_the_price_of_their_own_region() {
    assert_eq!(priced(&instance("t3.micro"), TOKYO), "0.0136 as of 2026-10-15");
    assert_eq!(priced(&instance("t3.micro"), VIRGINIA), "0.0104 as of 2026-10-15");
    assert_eq!(priced(&instance("t3.micro"), IRELAND), "0.0114 as of 2026-10-15");
    let windows = sku("AmazonEC2", &[("instanceType", "t3.medium"), ("operatingSystem", "Windows")]);
    assert_eq!([VIRGINIA, TOKYO].map(|region| priced(&windows, region)), ["0.06 as of 2023-08-30", "unknown"]);
    assert_eq!(priced(&instance("g5.xlarge"), OREGON), "1.006 as of 2026-10-15");
}

#[test]
fn search_nodes_and_their_storage() {
    let node = |class| sku("AmazonES", &[("instanceType", class)]);
    assert_eq!(priced(&node("r5.large.search"), TOKYO), "0.224 as of 2025-04-24");
    assert_eq!(priced(&node("t3.small.search"), OREGON), "0.036 as of 2026-09-03");
    let storage = sku("AmazonES", &[("usagetype", "ES:GP3-Storage")]);
    assert_eq!(priced(&storage, VIRGINIA), "0.122 as of 2026-09-03");
    assert_eq!(priced(&storage, "ap-southeast-2"), "0.1464 as of 2026-09-27");
    assert_eq!(priced(&storage, TOKYO), "0.1464 as of 2026-09-03");
    let older = sku("AmazonES", &[("usagetype", "ES:GP2-Storage")]);
    assert_eq!(priced(&older, TOKYO), "unknown");
    let capacity = sku("AmazonES", &[("usagetype", "SearchOCU")]);
    assert_eq!(priced(&capacity, VIRGINIA), "0.24 as of 2026-02, weak");
}

#[test]
fn volumes_addresses_and_gateways() {
    let volume = |name, value| sku("AmazonEC2", &[(name, value), ("volumeApiName", "gp3")]);
    assert_eq!(priced(&volume("productFamily", "Storage"), VIRGINIA), "0.08 as of 2026-10-15");
    assert_eq!(priced(&volume("group", "EBS IOPS"), IRELAND), "0.0055 as of 2026-10-15");
    let nat = sku("AmazonEC2", &[("group", "NGW:NatGateway"), ("usagetype", "NatGateway-Hours")]);
    assert_eq!(priced(&nat, TOKYO), "0.062 as of 2026-10-15");
    let idle = sku("AmazonVPC", &[("usagetype", "PublicIPv4:IdleAddress")]);
    assert_eq!(priced(&idle, OREGON), "0.005 as of 2025-11-04");
}

#[test]
fn throughput_is_per_mib_exactly() {
    let throughput = sku("AmazonEC2", &[("group", "EBS Throughput"), ("volumeApiName", "gp3")]);
    assert_eq!(priced(&throughput, VIRGINIA), "0.04 as of 2026-10-15");
    assert_eq!(priced(&throughput, TOKYO), "0.048 as of 2026-10-15");
    let (zurich, _) = find(&throughput, "eu-central-2").unwrap();
    assert_eq!((zurich * Decimal::from(1024)).to_string().trim_end_matches('0'), "58.4909");
}

#[test]
fn balancers_by_their_family() {
    let family = |name| sku("AWSELB", &[("productFamily", name), ("usagetype", "LoadBalancerUsage")]);
    assert_eq!(priced(&family("Load Balancer-Network"), TOKYO), "0.0243 as of 2026-10-15");
    assert_eq!(priced(&family("Load Balancer-Application"), TOKYO), "0.0243 as of 2026-10-15");
    assert_eq!(priced(&family("Load Balancer"), IRELAND), "0.028 as of 2026-10-15");
    assert_eq!(priced(&family("Load Balancer"), TOKYO), "0.027 as of 2026-10-15");
}

#[test]
fn databases_by_engine_deployment_and_license() {
    let mysql = |deployment| database("db.t3.micro", "MySQL", deployment, "No license required");
    assert_eq!(priced(&mysql("Single-AZ"), TOKYO), "0.026 as of 2026-10-15");
    assert_eq!(priced(&mysql("Multi-AZ"), TOKYO), "0.052 as of 2026-10-15");
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
fn an_io_optimized_twin_has_its_own_price() {
    let mysql = |usage| aurora("db.r6g.large", "Aurora MySQL", usage);
    assert_eq!(priced(&mysql("InstanceUsage"), VIRGINIA), "0.26 as of 2026-10-15");
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
    assert_eq!(priced(&warehouse, VIRGINIA), "1.086 as of 2026-09-03");
    let broker = sku("AmazonMQ", &[("brokerEngine", "RabbitMQ"), ("deploymentOption", "Multi-AZ")]);
    assert_eq!(priced(&broker.with("instanceType", "mq.m5.large"), VIRGINIA), "0.864 as of 2025-02-13");
    let host = sku("AmazonEC2", &[("productFamily", "Dedicated Host"), ("usagetype", "HostUsage:c4")]);
    assert_eq!(priced(&host, IRELAND), "1.992 as of 2023-02-23");
    // The same everywhere, so it is listed under the region of account-wide things.
    let dashboard = sku("AmazonCloudWatch", &[("item", "dashboard"), ("unit", "month")]);
    assert_eq!(priced(&dashboard, VIRGINIA).split(' ').next(), Some("3"));
    assert_eq!(priced(&dashboard, TOKYO), "unknown");
}

#[test]
fn what_is_not_in_the_book_is_unknown() {
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
fn every_key_is_written_as_a_sku_writes_itself_and_stands_in_order() {
    let mut keys = Vec::new();
    for line in PARTS.single.lines() {
        let (key, _) = line.split_once('\t').unwrap();
        assert_eq!(super::sku(key).to_string(), key);
        keys.push(key);
    }
    assert!(keys.len() > 200 && keys.is_sorted_by(|before, after| before < after));
    assert!(PARTS.sections.len() > 40 && PARTS.sections.is_sorted_by(|before, after| before.0 < after.0));
    for (section, lines) in &PARTS.sections {
        assert!(super::sku(section).to_string() == *section && section.contains("instanceType=*"), "{section}");
        let classes: Vec<&str> = lines.lines().map(|line| line.split_once('\t').unwrap().0).collect();
        assert!(classes.is_sorted_by(|before, after| before < after), "{section}");
    }
}

#[test]
fn every_price_is_positive_and_found() {
    let mut count = 0;
    for Entry { sku, prices } in entries() {
        for (region, usd, price) in prices {
            assert!(usd > Usd::ZERO, "{sku} in {region}");
            assert_eq!(find(&sku, region.as_str()), Some((usd, price)), "{sku}");
            count += 1;
        }
    }
    assert!(count > 90_000);
}

#[test]
fn the_book_is_in_the_form_the_builder_gives_it() {
    assert!(book().text().unwrap() == BOOK, "book.txt was edited by hand");
}

/// `book.sums` was compared with sums that a script of its own made of the tables; the tools write it with the book.
#[test]
fn the_book_has_every_price_of_the_tables_to_the_last_digit() {
    assert_eq!(book().checksums(), SUMS);
}

#[test]
fn the_book_is_what_the_builder_makes_of_the_tables() {
    // The tables are not part of the repository, and a newer edition of them makes another book.
    if let Some(tables) = std::env::var_os("GUARDRAIL_PRICE_TABLES") {
        let built = tables::read(Path::new(&tables)).unwrap().text().unwrap();
        assert!(built == BOOK, "rebuild book.txt: the tables or the builder have changed");
    }
}

#[test]
fn more_than_fifty_two_days_and_sources_have_letters_of_their_own() {
    let mut many = Prices::default();
    let mark =
        |day: usize| Mark { as_of: format!("20{:02}-01-{:02}", day / 28, day % 28), source: "a".into(), weak: false };
    for day in 0..200 {
        many.add(&format!("A b=c{day:03}"), "x-1", Decimal::ONE, mark(day)).unwrap();
    }
    let text = many.text().unwrap();
    let letters: Vec<&str> = text.lines().skip(3).map(|line| line.rsplit_once('1').unwrap().1).collect();
    let different: std::collections::BTreeSet<&str> = letters.iter().copied().collect();
    assert_eq!((letters.len(), different.len()), (200, 200));
    assert!(PARTS.marks.len() > 52, "{}", PARTS.marks.len());
}

/// The result of the builder for a folder whose tables have a single database row.
fn refusal(row: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ec2.csv"), "region,instance_type,os,usd_per_hour,as_of,source\n").unwrap();
    std::fs::copy(folder.path().join("ec2.csv"), folder.path().join("ec2_windows_needs_key.csv")).unwrap();
    let header = "region,instance_class,engine,license,deployment,usd_per_hour,as_of,source";
    std::fs::write(folder.path().join("rds.csv"), format!("{header}\n{row}\n")).unwrap();
    tables::read(folder.path()).err().unwrap().to_string()
}

#[test]
fn the_builder_takes_nothing_that_it_does_not_understand() {
    let taken = "x-1,db.a,mysql,no-license,single-az,0.1,2025-01-02,s";
    assert!(refusal(taken).starts_with("opensearch.csv: "), "{}", refusal(taken));
    for (wrong, says) in [
        (taken.replace("0.1", "1e-1"), "price “1e-1”"),
        (taken.replace("0.1", ""), "price “”"),
        (taken.replace("0.1", "0.00"), "not a price"),
        (taken.replace("0.1", "-0.1"), "not a price"),
        (taken.replace("mysql", "mysq"), "“mysq” has no name"),
        (taken.replace("no-license", ""), "“” has no name"),
        (taken.replace("2025-01-02", "yesterday"), "“yesterday” is not a date"),
        (taken.replace("02,s", "02,"), "“” is not a source"),
        (taken.replace("db.a", ""), "is not a key"),
        (taken.replace("x-1", ""), "is not a region"),
    ] {
        let refusal = refusal(&wrong);
        assert!(refusal.starts_with("rds.csv, row 1: ") && refusal.contains(says), "{refusal}");
    }
    let twice = refusal(&format!("{taken}\n{}", taken.replace("0.1", "0.2")));
    assert!(twice.starts_with("rds.csv, row 2: ") && twice.contains("costs both 0.1 and 0.2 in x-1"), "{twice}");
}
