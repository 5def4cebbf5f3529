//! Parses the documents of AWS's price list: selects the products of an entry, and decides whether they have a single
//! price.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::bands::{Bands, Listed};
use super::query::Query;
use crate::model::{Region, Unit, Usd};

/// The answer of the price list for one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// One price for one unit.
    Usd(Usd),
    /// One price that changes with the quantity.
    Bands(Bands),
    /// Several prices without a distinction between them.
    Ambiguous,
    /// No product, none with a price above zero, or one that cannot be read.
    Nothing,
}

#[derive(Deserialize)]
struct Document {
    product: Product,
    #[serde(default)]
    terms: Terms,
}

#[derive(Deserialize)]
struct Product {
    #[serde(default, rename = "productFamily")]
    family: String,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
}

/// The documents also have reserved terms, which are ignored.
#[derive(Deserialize, Default)]
struct Terms {
    #[serde(default, rename = "OnDemand")]
    on_demand: BTreeMap<String, Term>,
}

#[derive(Deserialize)]
struct Term {
    #[serde(default, rename = "priceDimensions")]
    dimensions: BTreeMap<String, Dimension>,
}

#[derive(Deserialize)]
struct Dimension {
    unit: String,
    #[serde(default = "nothing", rename = "beginRange")]
    from: String,
    #[serde(default = "endless", rename = "endRange")]
    to: String,
    #[serde(rename = "pricePerUnit")]
    per_unit: BTreeMap<String, String>,
}

const ENDLESS: &str = "Inf";

fn nothing() -> String {
    "0".to_owned()
}

fn endless() -> String {
    ENDLESS.to_owned()
}

/// The answer of the documents to a query. Several products with the same price count as one price; several prices as
/// none.
pub(super) fn answer<'a>(query: &Query, documents: impl IntoIterator<Item = &'a str>) -> Answer {
    let mut prices = BTreeSet::new();
    for document in documents {
        let Ok(document) = serde_json::from_str::<Document>(document) else { return Answer::Nothing };
        if !query.takes(&document.product.family, &document.product.attributes) {
            continue;
        }
        let Some(own) = prices_of(&document, query.unit) else { return Answer::Nothing };
        // A product without any price is not the requested one: it is a reservation that is paid elsewhere, or a first hour.
        if !own.iter().all(Bands::are_free) {
            prices.extend(own);
        }
    }
    let mut prices = prices.into_iter();
    match (prices.next(), prices.next()) {
        (Some(bands), None) => bands.flat().map_or(Answer::Bands(bands), Answer::Usd),
        (Some(_), Some(_)) => Answer::Ambiguous,
        (None, _) => Answer::Nothing,
    }
}

/// The documents by region; `None` if one cannot be parsed.
pub(super) fn by_region(documents: &[String]) -> Option<BTreeMap<Region, Vec<&str>>> {
    let mut regions: BTreeMap<Region, Vec<&str>> = BTreeMap::new();
    for text in documents {
        let document: Document = serde_json::from_str(text).ok()?;
        let Some(region) = document.product.attributes.get("regionCode") else { continue };
        regions.entry(Region::new(region.as_str())).or_default().push(text);
    }
    Some(regions)
}

/// The on-demand prices of a product; `None` if one of them is not in dollars, not a decimal, or per an unknown unit, or if its
/// bands are incomplete.
fn prices_of(document: &Document, unit: Unit) -> Option<BTreeSet<Bands>> {
    let term = |term: &Term| Bands::of(term.dimensions.values().map(|it| listed(it, unit)).collect::<Option<_>>()?);
    document.terms.on_demand.values().map(term).collect()
}

fn listed(dimension: &Dimension, unit: Unit) -> Option<Listed> {
    let usd = Decimal::from_str_exact(dimension.per_unit.get("USD")?).ok()?;
    let count = Decimal::from(units_in(&dimension.unit, unit)?);
    let edge = |text: &str| Some((Decimal::from_str_exact(text).ok()?.checked_mul(count)?).normalize());
    let to = if dimension.to == ENDLESS { None } else { Some(edge(&dimension.to)?) };
    let usd = usd.checked_div(count)?.normalize();
    (usd >= Decimal::ZERO).then_some((edge(&dimension.from)?, to, Usd(usd)))
}

/// The factor from the list's unit to ours; `None` if they measure different things.
fn units_in(listed: &str, unit: Unit) -> Option<u32> {
    const CAPACITY: [&str; 7] = ["acu-", "dcu-", "mcu-", "ncu-", "ocu-", "rpu-", "vcpu-"];
    let listed = listed.to_ascii_lowercase();
    let hourly = CAPACITY.iter().find_map(|unit| listed.strip_prefix(unit)).unwrap_or(&listed);
    let monthly =
        |what: &str| listed.strip_prefix(what).is_some_and(|rest| ["-mo", "-month", "-months"].contains(&rest));
    let count = match unit {
        // Only units seen in a source: other monthly charges have other units, and charges by use are not monthly.
        Unit::Month if ["keys", "secrets"].contains(&&*listed) => 1,
        Unit::Hour if ["hr", "hrs", "hour", "hours"].contains(&hourly) => 1,
        Unit::GbMonth if monthly("gb") => 1,
        Unit::IopsMonth if monthly("iops") => 1,
        Unit::MibpsMonth if monthly("gibps") => 1024,
        Unit::MibpsMonth if monthly("mibps") => 1,
        _ => return None,
    };
    Some(count)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::Sku;
    use crate::prices::want::Want;

    macro_rules! sample {
        ($name:literal) => {
            include_str!(concat!("../../tests/it/fixtures/pricing/", $name, ".json"))
        };
    }

    const M5: &str = sample!("ec2_m5.large_us-east-1_ondemand+reserved");
    const NAT: &str = sample!("ec2_natgateway_us-east-1_MINIMAL");

    fn sku(service: &'static str, attributes: &[(&'static str, &str)]) -> Sku {
        attributes.iter().fold(Sku::new(service), |sku, (name, value)| sku.with(name, *value))
    }

    fn instance(class: &str) -> Sku {
        sku("AmazonEC2", &[("instanceType", class), ("operatingSystem", "Linux")])
    }

    fn nat() -> Sku {
        sku("AmazonEC2", &[("group", "NGW:NatGateway"), ("usagetype", "NatGateway-Hours")])
    }

    fn said(sku: &Sku, unit: Unit, region: &str, documents: &[&str]) -> String {
        let query = Query::of(sku, unit, &Region::new(region)).unwrap();
        match answer(&query, documents.iter().copied()) {
            Answer::Usd(usd) => usd.to_string(),
            Answer::Bands(_) => "bands".to_owned(),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    /// A document with other words in it.
    fn changed(document: &str, from: &str, to: &str) -> String {
        assert!(document.contains(from), "{from}");
        document.replace(from, to)
    }

    #[test]
    fn captured_documents() {
        assert_eq!(said(&instance("m5.large"), Unit::Hour, "us-east-1", &[M5]), "0.096");
        let gp3 = sku("AmazonEC2", &[("productFamily", "Storage"), ("volumeApiName", "gp3")]);
        let document = sample!("ebs_gp3_af-south-1_2024");
        assert_eq!(said(&gp3, Unit::GbMonth, "af-south-1", &[document]), "0.1047");
        assert_eq!(said(&gp3, Unit::GbMonth, "eu-west-1", &[document]), "nothing");
        let mysql = sku("AmazonRDS", &[("databaseEngine", "MySQL"), ("licenseModel", "No license required")]);
        let mysql = mysql.with("instanceType", "db.r4.large").with("deploymentOption", "Multi-AZ");
        let document = sample!("rds_db.r4.large_mysql_multi-az_ap-northeast-1_2018");
        assert_eq!(said(&mysql, Unit::Hour, "ap-northeast-1", &[document]), "0.57");
        let oracle = sku("AmazonRDS", &[("databaseEngine", "Oracle"), ("databaseEdition", "Standard One")]);
        let oracle = oracle.with("licenseModel", "Bring your own license").with("instanceType", "db.m4.large");
        let oracle = oracle.with("deploymentOption", "Multi-AZ");
        let document = sample!("rds_db.m4.large_oracle-se1-byol_multi-az_us-west-2_2015_offerfile");
        assert_eq!(said(&oracle, Unit::Hour, "us-west-2", &[document]), "0.35");
    }

    #[test]
    fn captured_documents_without_the_requested_price() {
        // An unused reservation is not the charge of an instance.
        let document = sample!("ec2_UnusedBox_c5ad.2xlarge_af-south-1_2024");
        assert_eq!(said(&instance("c5ad.2xlarge"), Unit::Hour, "af-south-1", &[document]), "nothing");
        // In the captured document, the price is not a number.
        let document = sample!("ec2_t2.micro_ap-northeast-1_2018");
        assert_eq!(said(&instance("t2.micro"), Unit::Hour, "ap-northeast-1", &[document]), "nothing");
        let mended = changed(document, "\"v000000\"", "\"0.0152000000\"");
        assert_eq!(said(&instance("t2.micro"), Unit::Hour, "ap-northeast-1", &[&mended]), "0.0152");
        // It does not say to which volume it belongs.
        let io1 = sku("AmazonEC2", &[("productFamily", "Storage"), ("volumeApiName", "io1")]);
        let document = sample!("ebs_io1_ap-southeast-1_2018");
        assert_eq!(said(&io1, Unit::GbMonth, "ap-southeast-1", &[document]), "nothing");
        let cache = sku("AmazonElastiCache", &[("cacheEngine", "Memcached"), ("instanceType", "cache.r5.large")]);
        let document = sample!("elasticache_cache.r5.large_memcached_eu-west-3_PRODUCT_ONLY");
        assert_eq!(said(&cache, Unit::Hour, "eu-west-3", &[document]), "nothing");
    }

    #[test]
    fn shortened_and_reconstructed_documents() {
        assert_eq!(said(&nat(), Unit::Hour, "us-east-1", &[NAT]), "0.045");
        let document = sample!("ec2_natgateway_ap-northeast-1_RECONSTRUCTED");
        assert_eq!(said(&nat(), Unit::Hour, "ap-northeast-1", &[document]), "0.062");
        let node = sku("AmazonES", &[("instanceType", "r5.large.search")]);
        let document = sample!("amazones_r5.large.search_ap-northeast-1_RECONSTRUCTED");
        assert_eq!(said(&node, Unit::Hour, "ap-northeast-1", &[document]), "0.224");
        let cache = sku("AmazonElastiCache", &[("cacheEngine", "Redis"), ("instanceType", "cache.t3.micro")]);
        let document = sample!("elasticache_cache.t3.micro_redis_ap-northeast-1_RECONSTRUCTED");
        assert_eq!(said(&cache, Unit::Hour, "ap-northeast-1", &[document]), "0.026");
    }

    /// The rows of the table of eu-west-1 as documents.
    fn table() -> Vec<String> {
        let rows: Vec<Value> = serde_json::from_str(sample!("sku_table_eu-west-1_2023-02-23_terracost")).unwrap();
        let names =
            [("capacityStatus", "capacitystatus"), ("usageType", "usagetype"), ("preInstalledSW", "preInstalledSw")];
        let listed = |name: &String| {
            let name = format!("{}{}", name[..1].to_lowercase(), &name[1..]);
            names.iter().find(|(from, _)| *from == name).map_or(name.clone(), |(_, to)| (*to).to_owned())
        };
        rows.iter()
            .map(|row| {
                let attributes: BTreeMap<_, _> =
                    row["attributes"].as_object().unwrap().iter().map(|(name, value)| (listed(name), value)).collect();
                let term = |kind: &str| {
                    let prices = row["prices"].as_array().unwrap().iter().filter(|price| price[2]["TermType"] == kind);
                    let prices: Vec<_> = prices.collect();
                    let from = |number: usize| prices.get(number).and_then(|price| price[2]["StartingRange"].as_str());
                    let dimensions = prices.iter().enumerate().map(|(number, price)| {
                        let mut dimension =
                            json!({ "unit": price[0], "pricePerUnit": { "USD": price[1].to_string() } });
                        dimension["beginRange"] = json!(from(number).unwrap_or("0"));
                        dimension["endRange"] = json!(from(number + 1).unwrap_or("Inf"));
                        (number.to_string(), dimension)
                    });
                    json!({ "a": { "priceDimensions": dimensions.collect::<serde_json::Map<_, _>>() } })
                };
                let product = json!({ "productFamily": row["productFamily"], "attributes": attributes });
                let terms = json!({ "OnDemand": term("OnDemand"), "Reserved": term("Reserved") });
                json!({ "product": product, "terms": terms }).to_string()
            })
            .collect()
    }

    #[test]
    fn a_whole_region_at_once_and_only_the_right_one_is_taken() {
        let table = table();
        let table: Vec<&str> = table.iter().map(String::as_str).collect();
        let price = |sku: &Sku| said(sku, Unit::Hour, "eu-west-1", &table);
        assert!(table.len() > 20);
        assert_eq!(price(&instance("t3.micro")), "0.0114");
        assert_eq!(price(&instance("t3.micro").with("tenancy", "Dedicated")), "0.0122");
        assert_eq!(price(&nat()), "0.048");
        let balancer = |family: &str| sku("AWSELB", &[("productFamily", family), ("usagetype", "LoadBalancerUsage")]);
        assert_eq!(price(&balancer("Load Balancer-Application")), "0.0252");
        assert_eq!(price(&balancer("Load Balancer-Network")), "0.0252");
        // The first hour is free, the others are not.
        assert_eq!(price(&sku("AmazonEC2", &[("usagetype", "ElasticIP:IdleAddress")])), "bands");
    }

    #[test]
    fn several_prices_are_no_price_and_the_same_twice_is_one() {
        let dearer = changed(M5, "0.0960000000", "0.1060000000");
        let free = changed(M5, "0.0960000000", "0.0000000000");
        let price = |documents: &[&str]| said(&instance("m5.large"), Unit::Hour, "us-east-1", documents);
        assert_eq!(price(&[M5, &dearer]), "ambiguous");
        assert_eq!(price(&[M5, M5]), "0.096");
        assert_eq!(price(&[&free, M5]), "0.096");
        assert_eq!(price(&[&free]), "nothing");
        assert_eq!(price(&[]), "nothing");
        assert_eq!(price(&[M5, "not a document"]), "nothing");
    }

    #[test]
    fn an_io_optimized_variant_is_distinguished_by_its_usage_type() {
        let twin = |usage: &str, usd: &str| {
            let attributes =
                json!({ "databaseEngine": "Aurora MySQL", "instanceType": "db.r6g.large", "usagetype": usage });
            let dimension = json!({ "unit": "Hrs", "pricePerUnit": { "USD": usd } });
            let terms = json!({ "OnDemand": { "a": { "priceDimensions": { "b": dimension } } } });
            json!({ "product": { "attributes": attributes }, "terms": terms }).to_string()
        };
        let documents = [
            twin("APN1-InstanceUsageIOOptimized:db.r6g.large", "0.407"),
            twin("APN1-InstanceUsage:db.r6g.large", "0.313"),
            twin("APN1-ExtendedSupport:Yr1-Yr2:AuroraMySQL5.7", "0.1"),
        ];
        let aurora = sku("AmazonRDS", &[("databaseEngine", "Aurora MySQL"), ("instanceType", "db.r6g.large")]);
        let price = |usage: &str| {
            let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
            said(&aurora.clone().with("usagetype", usage), Unit::Hour, "ap-northeast-1", &documents)
        };
        assert_eq!(price("InstanceUsage"), "0.313");
        assert_eq!(price("InstanceUsageIOOptimized"), "0.407");
    }

    #[test]
    fn units_are_converted_and_unknown_ones_are_refused() {
        let hour = ["Hrs", "hours", "Hour", "ACU-Hr"].map(|listed| units_in(listed, Unit::Hour));
        assert_eq!(hour, [Some(1); 4]);
        let month = ["GB-Mo", "GB-month", "GB-Month"].map(|listed| units_in(listed, Unit::GbMonth));
        assert_eq!(month, [Some(1); 3]);
        assert_eq!(units_in("IOPS-Mo", Unit::IopsMonth), Some(1));
        let each = ["Keys", "Secrets", "Requests", "Quantity", "Hrs"].map(|listed| units_in(listed, Unit::Month));
        assert_eq!(each, [Some(1), Some(1), None, None, None]);
        assert_eq!(units_in("GiBps-mo", Unit::MibpsMonth), Some(1024));
        for listed in ["Quantity", "", "GB", "GB-Hours", "LCU-Hrs", "Gbps-hrs", "Hrs2"] {
            let units = [Unit::Hour, Unit::GbMonth, Unit::IopsMonth, Unit::MibpsMonth];
            assert_eq!(units.map(|unit| units_in(listed, unit)), [None; 4], "{listed}");
        }
        let quantity = changed(NAT, "\"Hrs\"", "\"Quantity\"");
        assert_eq!(said(&nat(), Unit::Hour, "us-east-1", &[&quantity]), "nothing");
        assert_eq!(said(&nat(), Unit::GbMonth, "us-east-1", &[NAT]), "nothing");
    }

    /// In AWS's format for such documents; no example was captured.
    fn banded(rows: &[(&str, &str, &str)], unit: &str) -> String {
        let dimension = |(from, to, usd): &(&str, &str, &str)| {
            let price = json!({ "unit": unit, "beginRange": from, "endRange": to, "pricePerUnit": { "USD": usd } });
            (format!("rate-{from}"), price)
        };
        let dimensions: serde_json::Map<_, _> = rows.iter().map(dimension).collect();
        let terms = json!({ "OnDemand": { "a": { "priceDimensions": dimensions } } });
        let product = json!({ "attributes": { "usagetype": "APN1-TimedStorage-ByteHrs" } });
        json!({ "product": product, "terms": terms }).to_string()
    }

    #[test]
    fn a_product_with_bands_keeps_them() {
        let storage = sku("AmazonS3", &[("usagetype", "TimedStorage-ByteHrs")]);
        let query = Query::of(&storage, Unit::GbMonth, &Region::new("ap-northeast-1")).unwrap();
        let price = |documents: &[&str], month: u32| match answer(&query, documents.iter().copied()) {
            Answer::Bands(bands) => {
                let want = Want { month: Some(month.into()), ..Want::of(Unit::GbMonth) };
                bands.per_unit(&want).unwrap().to_string()
            }
            other => format!("{other:?}").to_lowercase(),
        };
        let rows = [("0", "51200", "0.025"), ("51200", "512000", "0.024"), ("512000", "Inf", "0.023")];
        let document = banded(&rows, "GB-Mo");
        assert_eq!(price(&[&document, &document], 100), "0.025");
        assert_eq!(price(&[&document], 102_400), "0.0245");
        assert_eq!(price(&[&banded(&rows[..2], "GB-Mo")], 100), "nothing", "it ends");
        assert_eq!(price(&[&banded(&rows[1..], "GB-Mo")], 100), "nothing", "it does not begin");
        assert_eq!(price(&[&document, &banded(&[("0", "Inf", "0.025")], "GB-Mo")], 100), "ambiguous");
    }

    #[test]
    fn throughput_is_per_mib_exactly() {
        let gp3 = sku("AmazonEC2", &[("group", "EBS Throughput"), ("volumeApiName", "gp3")]);
        let attributes = json!({ "volumeApiName": "gp3", "usagetype": "EBS:VolumeP-Throughput.gp3" });
        let dimension = json!({ "unit": "GiBps-mo", "pricePerUnit": { "USD": "40.9600000000" } });
        let terms = json!({ "OnDemand": { "a": { "priceDimensions": { "b": dimension } } } });
        let product = json!({ "productFamily": "Provisioned Throughput", "attributes": attributes });
        let document = json!({ "product": product, "terms": terms }).to_string();
        assert_eq!(said(&gp3, Unit::MibpsMonth, "us-east-1", &[&document]), "0.04");
    }
}
