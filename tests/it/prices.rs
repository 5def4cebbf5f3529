//! Prices in a sweep: read from AWS's list, cached, refreshed; they never fail or delay a sweep.

use std::sync::Arc;
use std::time::{Duration, Instant};

use guardrail::demo::{Answer, Call, Story};
use guardrail::model::{PriceSource, Region};
use guardrail::ops::{self, sweep::Options};
use guardrail::prices::{Book, Cache, Lookup, sku};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::practice::SOME;
use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::validity;
use crate::world::{ACCOUNT, Screen, World, sdk};

const TOKYO: &str = "ap-northeast-1";
const NAT: &str = include_str!("fixtures/pricing/ec2_natgateway_ap-northeast-1_RECONSTRUCTED.json");
/// The snapshot's price of a NAT gateway in Tokyo; the list of these tests has others.
const SNAPSHOT: &str = "0.062";

/// Two NAT gateways in Tokyo, and a price list.
struct Shop {
    leftovers: Fixtures,
    documents: Vec<String>,
}

impl Story for Shop {
    fn answer(&self, call: &Call) -> Option<Answer> {
        match &*call.service {
            "pricing" => {
                let list = json!({ "FormatVersion": "aws_v1", "PriceList": self.documents });
                Some(Answer::ok(call, &list.to_string()))
            }
            _ => self.leftovers.answer(call),
        }
    }
}

/// An account whose price list has a NAT gateway at each of these prices.
fn shop(prices: &[&str]) -> Account {
    let document = |usd: &&str| NAT.replace("0.0620000000", usd);
    let leftovers = Fixtures::of(&["ec2-nat-gateway"]).regions(&[TOKYO], &[]);
    Account::of(Shop { leftovers, documents: prices.iter().map(document).collect() })
}

fn world(server: &Server) -> World {
    World::new().endpoint(&server.url)
}

fn sweep(world: &World) -> Screen {
    world.run("sweep --resources ec2-nat-gateway --format json").exits(10)
}

/// The price of the first charge: `0.0777 live 2026-11-23`.
fn price(report: &Value) -> String {
    let charge = &report["findings"][0]["charges"][0];
    let words = [&charge["usd_per_unit"], &charge["price"]["source"], &charge["price"]["as_of"]];
    words.map(|word| word.as_str().unwrap_or("null").to_owned()).join(" ")
}

#[test]
fn a_price_is_read_once_remembered_for_a_week_and_then_read_again() {
    let server = shop(&["0.0777"]).start();
    let world = world(&server);
    let report = sweep(&world).json();
    assert_eq!(price(&report), "0.0777 live 2026-11-23");
    assert_eq!(report["findings"][0]["usd_per_month"], "56.72");
    assert_eq!(report["live_prices_failed"], Value::Null);
    // Two gateways, one entry of the price list, one query.
    assert_eq!((report["findings"].as_array().unwrap().len(), server.recording.count("GetProducts")), (2, 1));

    let world = world.env("GUARDRAIL_NOW", "2026-11-30T00:00:00Z");
    assert_eq!(price(&sweep(&world).json()), "0.0777 live 2026-11-23");
    assert_eq!(server.recording.count("GetProducts"), 1);

    let world = world.env("GUARDRAIL_NOW", "2026-12-01T00:00:00Z");
    assert_eq!(price(&sweep(&world).json()), "0.0777 live 2026-12-01");
    assert_eq!(server.recording.count("GetProducts"), 2);
    validity::prove(&server.recording);
    assert_eq!(server.recording.undeclared(), std::collections::BTreeSet::new());
}

#[test]
fn the_question_names_the_region_and_the_product() {
    let server = shop(&["0.0777"]).start();
    let _ = sweep(&world(&server));
    let asked = server.recording.calls().into_iter().find(|call| call.service == "pricing").unwrap();
    assert_eq!(asked.region, "us-east-1");
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    let filter = |field: &str, value: &str| json!({ "Type": "TERM_MATCH", "Field": field, "Value": value });
    assert_eq!(body["ServiceCode"], "AmazonEC2");
    assert_eq!(body["Filters"], json!([filter("group", "NGW:NatGateway"), filter("regionCode", TOKYO)]));
}

#[test]
fn queries_by_usage_type_are_valid_too() {
    let leftovers = Fixtures::of(&["ec2-address", "opensearch-domain", "rds-cluster"]).regions(&[TOKYO], &[]);
    let server = Account::of(leftovers).start();
    let report = world(&server).run("sweep --format json").exits(10).json();
    assert_eq!(report["live_prices_failed"], Value::Null);
    assert!(server.recording.count("GetProducts") > 5);
    validity::prove(&server.recording);
}

#[test]
fn a_broken_cache_is_discarded_with_a_warning() {
    let server = shop(&["0.0777"]).start();
    let folder = tempfile::tempdir().unwrap();
    let world = world(&server).env("GUARDRAIL_CACHE_DIR", &folder.path().display().to_string());
    assert_eq!(sweep(&world).stderr, "");
    let file = folder.path().join("prices/AmazonEC2.ap-northeast-1.json");
    for broken in ["", "{\"schema\"", "\u{0}\u{1}\u{2}", "{\"schema\":\"guardrail/prices/v1\",\"prices\":5}"] {
        std::fs::write(&file, broken).unwrap();
        let screen = sweep(&world);
        assert!(screen.stderr.starts_with("warning: ") && screen.stderr.contains("AmazonEC2.ap-northeast-1.json"));
        assert_eq!(price(&screen.json()), "0.0777 live 2026-11-23");
        assert_eq!(sweep(&world).stderr, "");
    }
    assert_eq!(server.recording.count("GetProducts"), 5);
}

#[test]
fn a_price_that_cannot_be_read_again_keeps_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let kept = |server: &Server, now: &str| {
        let folder = folder.path().display().to_string();
        world(server).env("GUARDRAIL_CACHE_DIR", &folder).env("GUARDRAIL_NOW", now)
    };
    let server = shop(&["0.0777"]).start();
    assert_eq!(price(&sweep(&kept(&server, "2026-11-23T00:00:00Z")).json()), "0.0777 live 2026-11-23");

    let server = shop(&["0.0888"]).deny("pricing", "GetProducts").start();
    let later = kept(&server, "2026-12-03T00:00:00Z");
    let report = sweep(&later).json();
    assert_eq!(
        (price(&report), &report["live_prices_failed"]),
        ("0.0777 live 2026-11-23".to_owned(), &json!("denied"))
    );
    let text = later.run("sweep --resources ec2-nat-gateway").exits(10).stdout.replace('\n', " ");
    assert!(
        text.contains("list prices before tax, of 2026-11-23") && text.contains("cached or built-in prices are used"),
        "{text}"
    );
    // The clock was set back: a price read in the future is ignored, and the snapshot's day is in the past.
    let earlier = kept(&server, "2026-11-22T00:00:00Z");
    assert_eq!(price(&sweep(&earlier).json()), format!("{SNAPSHOT} bundled 2026-10-15"));
    // A price read before the snapshot is older than the snapshot's.
    let server = shop(&["0.0777"]).start();
    let file = folder.path().join("prices/AmazonEC2.ap-northeast-1.json");
    let old = std::fs::read_to_string(&file).unwrap().replace("2026-11-23", "2026-10-14");
    std::fs::write(&file, old).unwrap();
    let denied = shop(&[]).deny("pricing", "GetProducts").start();
    assert_eq!(price(&sweep(&kept(&denied, "2026-12-03T00:00:00Z")).json()), format!("{SNAPSHOT} bundled 2026-10-15"));
    assert_eq!(price(&sweep(&kept(&server, "2026-12-03T00:00:00Z")).json()), "0.0777 live 2026-12-03");
}

/// The first 1,000 gateway hours of a month at 0.10 USD, the others at 0.05.
#[test]
fn a_price_with_bands_is_counted_for_all_that_was_found_together() {
    let mut document: Value = serde_json::from_str(NAT).unwrap();
    for term in document["terms"]["OnDemand"].as_object_mut().unwrap().values_mut() {
        let dimension = |from: &str, to: &str, usd: &str| json!({ "unit": "Hrs", "beginRange": from, "endRange": to, "pricePerUnit": { "USD": usd } });
        term["priceDimensions"] = json!({ "a": dimension("0", "1000", "0.10"), "b": dimension("1000", "Inf", "0.05") });
    }
    let leftovers = Fixtures::of(&["ec2-nat-gateway"]).regions(&[TOKYO], &[]);
    let server = Account::of(Shop { leftovers, documents: vec![document.to_string()] }).start();
    let world = world(&server);
    for _ in 0..2 {
        let report = sweep(&world).json();
        // Two gateways are 1,460 hours: 1,000 × 0.10 + 460 × 0.05 = 123.00 USD.
        assert_eq!(report["totals"]["usd_per_month"], "123.00");
        assert_eq!(price(&report), "0.0842465753 live 2026-11-23");
    }
    assert_eq!(server.recording.count("GetProducts"), 1, "the bands are remembered");
}

#[test]
fn without_permission_to_read_prices_a_sweep_uses_the_snapshot_and_says_so() {
    let cases = [
        (shop(&["0.0777"]).deny("pricing", "GetProducts"), "denied", "pricing:GetProducts"),
        (shop(&["0.0777"]).throttle("GetProducts", 99), "throttled", "(throttled)"),
        (shop(&["0.0777"]).broken_answer("GetProducts"), "other", "price list"),
        (shop(&["0.0777"]).silent("GetProducts"), "timeout", "in time"),
    ];
    for (account, reason, says) in cases {
        let server = account.start();
        let started = Instant::now();
        let screen = sweep(&world(&server));
        // Four seconds for the prices, and a slow machine.
        assert!(started.elapsed() < Duration::from_secs(9), "{reason}: {:?}", started.elapsed());
        let report = screen.json();
        assert_eq!(price(&report), format!("{SNAPSHOT} bundled 2026-10-15"), "{reason}");
        assert_eq!(report["live_prices_failed"], reason);
        assert_eq!(report["gaps"], json!([]), "{reason}");
        assert_eq!(server.recording.count("GetProducts"), 1, "{reason}: asked again");
        if reason != "timeout" {
            let text = world(&server).run("sweep --resources ec2-nat-gateway").exits(10).stdout;
            assert!(text.replace('\n', " ").contains(says), "{text}");
        }
    }
}

#[tokio::test]
async fn an_interrupted_wait_for_prices_uses_the_snapshot() {
    let server = shop(&["0.0777"]).silent("GetProducts").start();
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        regions: Vec::new(),
        resources: vec!["ec2-nat-gateway".to_owned()],
        keep: Vec::new(),
        at_once: 16,
        timeout: Duration::from_secs(20),
        made_at: "2026-11-23T00:00:00Z".parse().unwrap(),
        bill: false,
        limit_usd: None,
        prices: Lookup::Live(Arc::new(Cache::at(folder.path()))),
    };
    let recording = server.recording.clone();
    let interrupted = async move {
        while recording.count("GetProducts") == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let (sdk, account, started) = (sdk(&server.url), ACCOUNT.parse().unwrap(), Instant::now());
    let report = ops::sweep::sweep(&sdk, &account, &options, interrupted, |_| {}).await.unwrap();
    assert!(report.interrupted && started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    assert_eq!(report.findings[0].charges[0].price.source, PriceSource::Bundled);
}

#[test]
fn a_region_that_an_organisation_forbids_is_not_the_only_door() {
    let server = shop(&["0.0777"]).deny_by_organization("us-east-1").start();
    assert_eq!(price(&sweep(&world(&server)).json()), "0.0777 live 2026-11-23");
    let doors: Vec<_> = server.recording.calls().into_iter().filter(|call| call.service == "pricing").collect();
    assert_eq!(doors.iter().map(|call| call.region.as_str()).collect::<Vec<_>>(), ["us-east-1", "eu-central-1"]);
}

#[test]
fn several_prices_are_unknown_and_none_is_the_snapshot() {
    let server = shop(&["0.0777", "0.0888"]).start();
    let report = sweep(&world(&server)).json();
    assert_eq!(price(&report), "null unknown null");
    assert_eq!((&report["totals"]["at_least"], &report["totals"]["usd_per_month"]), (&json!(true), &json!("0.00")));
    let server = shop(&["0.0777", "0.0777", "0.0000"]).start();
    assert_eq!(price(&sweep(&world(&server)).json()), "0.0777 live 2026-11-23");
    let server = shop(&[]).start();
    let world = world(&server);
    for _ in 0..2 {
        assert_eq!(price(&sweep(&world).json()), format!("{SNAPSHOT} bundled 2026-10-15"));
    }
    assert_eq!(server.recording.count("GetProducts"), 1, "that there is none is remembered too");
}

#[test]
fn offline_prices_and_the_demo_account_send_no_queries() {
    let server = shop(&["0.0777"]).start();
    let world = world(&server);
    let report = world.run("sweep --resources ec2-nat-gateway --offline-prices --format json").exits(10).json();
    assert_eq!(price(&report), format!("{SNAPSHOT} bundled 2026-10-15"));
    assert_eq!(report["live_prices_failed"], Value::Null);
    let _ = world.run(&format!("sweep --demo --resources {SOME}")).exits(10);
    assert_eq!(server.recording.count("GetProducts"), 0);
}

#[test]
fn a_thing_that_ran_since_its_creation_has_its_total_cost() {
    let server = shop(&["0.0777"]).start();
    let world = world(&server);
    let report = sweep(&world).json();
    let created: jiff::Timestamp = report["findings"][0]["created_at"].as_str().unwrap().parse().unwrap();
    let now: jiff::Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
    let seconds = Decimal::from(now.duration_since(created).as_secs());
    let spent = seconds * Decimal::new(777, 4) / Decimal::from(3600);
    let spent = format!("{:.2}", spent.round_dp(2));
    assert_eq!(report["findings"][0]["usd_since_created"], json!(spent));
    let text = world.run("sweep --resources ec2-nat-gateway").exits(10).stdout;
    assert!(text.contains(&format!("USD since {}", created.strftime("%Y-%m-%d"))), "{text}");
}

#[test]
fn the_policy_of_a_sweep_lets_it_read_prices() {
    let policy = |command: &str| World::new().run(&format!("policy {command}")).exits(0).stdout;
    assert!(policy("sweep").contains("\"pricing:GetProducts\""));
    assert!(!policy("init").contains("pricing:"));
}

/// This table was read from the datasets independently of the tool that builds the book.
#[test]
fn the_snapshot_agrees_with_the_datasets() {
    let table = include_str!("fixtures/pricing/agreed.tsv");
    let mut rows = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let regions = rows.next().unwrap();
    let mut count = 0;
    for row in rows {
        assert_eq!(sku(row[0]).to_string(), row[0]);
        for (region, usd) in regions.iter().zip(&row).skip(1) {
            let (known, _) = Book::default()
                .price(&sku(row[0]), &Region::new(*region))
                .unwrap_or_else(|| panic!("{} in {region}", row[0]));
            assert_eq!(known.0, usd.parse::<Decimal>().unwrap(), "{} in {region}", row[0]);
            count += 1;
        }
    }
    assert!(count >= 40 * 4, "{count}");
}
