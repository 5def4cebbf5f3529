//! The tool that refreshes the snapshot from the AWS price list, against the sample documents.

use guardrail::demo::{Answer, Call, Story};
use guardrail::model::{Price, PriceSource, Region, Usd};
use guardrail::prices::{Entry, sku, survey};
use serde_json::json;

use crate::responder::{Account, Fixtures};
use crate::validity;
use crate::world::sdk;

#[path = "../../tools/book.rs"]
#[expect(dead_code, reason = "its other users are examples")]
pub mod book;
#[path = "../../tools/change.rs"]
pub mod change;
#[path = "../../tools/price-coverage.rs"]
#[expect(dead_code, reason = "its `main` is the example's")]
mod coverage;
#[path = "../../tools/list.rs"]
pub mod list;
#[path = "../../tools/tables.rs"]
#[expect(dead_code, reason = "only the units are used")]
mod tables;

pub use change::unit;
use change::{Answers, refreshed, report};

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("fixtures/pricing/", $name, ".json"))
    };
}

const INSTANCE: &str = "AmazonEC2 instanceType=m5.large operatingSystem=Linux";
const NAT: &str = "AmazonEC2 group=NGW:NatGateway usagetype=NatGateway-Hours";
const DISK: &str = "AmazonEC2 productFamily=Storage volumeApiName=gp3";
const NODE: &str = "AmazonES instanceType=r5.large.search";
const UNITS: &str = "AmazonDynamoDB usagetype=ReadCapacityUnit-Hrs";
/// Nothing is answered for the one, and nothing asked for the others.
const GONE: &str = "AmazonEC2 instanceType=t1.micro operatingSystem=Linux";
const OURS: &str = "AmazonFSx item=openzfs_ssd unit=gb-month";
const TRAFFIC: &str = "AmazonEC2 group=NGW:NatGateway usagetype=NatGateway-Bytes";

/// A price list with every sample in it: AWS would have filtered, the program must.
struct List;

impl Story for List {
    fn answer(&self, call: &Call) -> Option<Answer> {
        if call.service != "pricing" {
            return Fixtures::of(&[]).answer(call);
        }
        let dimension = |from: &str, to: &str, usd: &str| json!({ "unit": "Hrs", "beginRange": from, "endRange": to, "pricePerUnit": { "USD": usd } });
        let bands = json!({ "a": dimension("0", "18600", "0"), "b": dimension("18600", "Inf", "0.00013") });
        let attributes = json!({ "regionCode": "us-east-1", "usagetype": "ReadCapacityUnit-Hrs" });
        let terms = json!({ "OnDemand": { "a": { "priceDimensions": bands } } });
        let units = json!({ "product": { "attributes": attributes }, "terms": terms }).to_string();
        // The document is older than the attribute.
        let instance = sample!("ec2_m5.large_us-east-1_ondemand+reserved");
        let instance = instance.replacen("\"location\"", "\"regionCode\": \"us-east-1\", \"location\"", 1);
        let documents = [
            &instance,
            sample!("ec2_natgateway_us-east-1_MINIMAL"),
            sample!("ec2_natgateway_ap-northeast-1_RECONSTRUCTED"),
            sample!("ebs_gp3_af-south-1_2024"),
            sample!("amazones_r5.large.search_ap-northeast-1_RECONSTRUCTED"),
            &units,
        ];
        Some(Answer::ok(call, &json!({ "FormatVersion": "aws_v1", "PriceList": documents }).to_string()))
    }
}

fn entry(key: &'static str, prices: &[(&str, &str)]) -> Entry {
    let old = Price {
        source: PriceSource::Bundled,
        as_of: Some("2020-01-02".into()),
        origin: Some("old".into()),
        ..Price::default()
    };
    let price = |(region, usd): &(&str, &str)| (Region::new(*region), usd.parse::<Usd>().unwrap(), old.clone());
    Entry { sku: sku(key), prices: prices.iter().map(price).collect() }
}

fn book() -> Vec<Entry> {
    vec![
        entry(INSTANCE, &[("us-east-1", "0.096"), ("eu-west-1", "0.107")]),
        entry(NAT, &[("us-east-1", "0.044")]),
        entry(DISK, &[("us-east-1", "0.08")]),
        entry(NODE, &[("ap-northeast-1", "0.224")]),
        entry(UNITS, &[("us-east-1", "0.00013")]),
        entry(GONE, &[("us-east-1", "0.02")]),
        entry(OURS, &[("us-east-1", "0.09")]),
        entry(TRAFFIC, &[("us-east-1", "0.045")]),
    ]
}

#[tokio::test]
async fn the_list_is_asked_for_every_key_and_what_it_does_not_say_keeps_its_day() {
    let server = Account::of(List).start();
    let mut answers = Answers::new();
    let wanted: Vec<_> = book().iter().filter_map(|it| Some((it.sku.clone(), unit(&it.sku.to_string())?))).collect();
    survey(&sdk(&server.url), wanted, |sku, regions| drop(answers.insert(sku.to_string(), regions))).await.unwrap();
    assert_eq!(server.recording.count("GetProducts"), 6, "neither for a name of our own, nor for traffic");
    validity::prove(&server.recording);
    let asked = server.recording.calls().into_iter().map(|call| call.body).collect::<String>();
    assert!(!asked.contains("regionCode"), "one question for all regions");

    let today = refreshed(book().into_iter(), &answers, "2026-11-23").unwrap();
    assert!(today.kept.contains_key(OURS), "{}", report(&today));
    assert_eq!((today.read, today.changed, today.new), (6, 1, 2));
    let text = today.prices.text().unwrap();
    let line = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('\t')).unwrap();
    assert_eq!(text.lines().next(), Some("A=af-south-1 B=ap-northeast-1 C=eu-west-1 D=us-east-1"));
    assert_eq!(text.lines().nth(1), Some("A=2026-11-23/aws B=2020-01-02/old"));
    assert_eq!([line("m5.large"), line(NAT)], ["C=0.107B D=0.096A", "B=0.062A D=0.045A"]);
    assert_eq!([line(DISK), line("r5.large.search")], ["A=0.1047A D=0.08B", "B=0.224A"]);
    assert_eq!([line(UNITS), line("t1.micro"), line(OURS)], ["D=0.00013A", "D=0.02B", "D=0.09B"]);
    let said = report(&today);
    assert!(
        said.starts_with("8 keys, 11 prices: 6 of today (1 changed, 2 new), 5 kept, with their old days:\n"),
        "{said}"
    );
    for kept in
        [format!("\n{INSTANCE}: eu-west-1\n"), format!("\n{GONE}: us-east-1\n"), format!("\n{TRAFFIC}: us-east-1\n")]
    {
        assert!(said.contains(&kept), "{said}");
    }
}

#[tokio::test]
async fn a_list_that_refuses_changes_nothing() {
    let server = Account::of(List).deny("pricing", "GetProducts").start();
    let wanted = [(sku(NAT), unit(NAT).unwrap())];
    let mut told = 0;
    let refused = survey(&sdk(&server.url), wanted, |_, _| told += 1).await;
    assert!(refused.is_err() && told == 0);
}

#[test]
fn the_page_about_prices_says_what_the_book_covers() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/prices.md")).unwrap();
    assert!(coverage::page(&text).unwrap() == text, "cargo run --example price-coverage");
}
