//! The commitments on the bill, and the support plan.

use std::collections::BTreeSet;

use guardrail::demo::{Answer, Call, Story};
use serde_json::{Value, json};

use crate::proxy;
use crate::responder::{Account, Fixtures};
use crate::validity;
use crate::world::World;

fn gaps(report: &Value) -> Vec<(String, String)> {
    let word = |gap: &Value, key: &str| gap[key].as_str().unwrap_or_default().to_owned();
    report["gaps"].as_array().unwrap().iter().map(|gap| (word(gap, "resource"), word(gap, "action"))).collect()
}

/// Redshift, `MemoryDB` and EC2 share names of operations, as does `OpenSearch`: the others answer with nothing here.
fn committed() -> Account {
    let fixtures = Fixtures::of(&["commitments", "bill", "support-plan"]).regions(&["eu-west-1", "us-east-1"], &[]);
    let only_here = proxy::Told(move |call: &Call| {
        let elsewhere = call.action.starts_with("DescribeReserved") && call.region != "eu-west-1";
        if elsewhere || (matches!(&*call.service, "memorydb" | "ec2") && call.action.starts_with("DescribeReserved")) {
            Some(Answer::empty(call))
        } else {
            fixtures.answer(call)
        }
    });
    Account::of(only_here)
}

#[test]
fn commitments_say_what_they_cost_until_when_and_whether_they_renew() {
    let server = committed().start();
    let world = World::narrow(&server.url);
    let bill = world.run("bill --format json").exits(0).json()["bill"].clone();
    let row =
        |it: &Value| json!([it["kind"], it["id"], it["count"], it["usd_per_month"], it["days_left"], it["renews"]]);
    let rows: Vec<Value> = bill["commitments"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        rows,
        [
            json!(["rds", "ri-shop", 2, "50.37", 17, false]),
            json!(["savings-plan", "sp-now", null, "73.00", 27, true]),
            json!(["redshift", "rn-1", 1, "255.50", 190, false]),
            json!(["opensearch", "os-1", 3, "197.10", 190, false]),
            json!(["savings-plan", "sp-next", null, "73.00", 392, false]),
            json!(["elasticache", "cache-1", 1, "0.00", 828, false]),
        ]
    );
    assert_eq!(bill["support_plan"]["level"], "business");
    for (lang, soon) in [("en", "ends in 17 days, does not renew"), ("ja", "あと 17 日、自動更新なし")] {
        let screen = world.run(&format!("bill --lang {lang}")).exits(0);
        assert!(screen.stdout.replace("\n  ", " ").contains(soon), "{screen}");
    }
    assert_eq!((server.recording.mutating(), server.recording.undeclared()), (BTreeSet::new(), BTreeSet::new()));
    validity::prove(&server.recording);
}

#[test]
fn a_denied_kind_of_commitment_is_one_gap() {
    let server = committed().deny("rds", "DescribeReservedDBInstances").start();
    let report = World::new().endpoint(&server.url).run("bill --format json").exits(3).json();
    assert_eq!(gaps(&report), [("bill".to_owned(), "rds:DescribeReservedDBInstances".to_owned())]);
    assert_eq!(report["bill"]["commitments"].as_array().unwrap().len(), 5);
}
