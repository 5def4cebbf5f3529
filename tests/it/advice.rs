//! AWS's own recommendations: asked where the plan allows, merged with the sweep, and plainly not included where it does not.

use std::collections::BTreeSet;

use guardrail::demo::{Answer, Call, Story};
use serde_json::json;

use crate::responder::{Account, Fixtures};
use crate::validity;
use crate::world::World;

fn account() -> Account {
    Account::of(Fixtures::of(&["advice", "ec2-volume"]).regions(&["us-east-1"], &[]))
}

#[test]
fn advice_is_merged_with_what_the_sweep_finds() {
    let server = account().start();
    let world = World::narrow(&server.url);
    let report = world.run("advice --format json").exits(0).json();
    let shown: Vec<_> =
        report["sources"].as_array().unwrap().iter().map(|it| (it["state"].clone(), it["advice"].clone())).collect();
    assert_eq!(
        shown,
        [(json!("asked"), json!(1)), (json!("asked"), json!(1)), (json!("asked"), json!(2))],
        "{report:#}"
    );
    let advice = report["advice"].as_array().unwrap();
    let found: Vec<_> = advice.iter().filter(|it| it.get("finding").is_some()).collect();
    assert_eq!(found.len(), 1, "{advice:#?}");
    // Hub, Compute Optimizer and Trusted Advisor about one volume: the highest figure counts, once.
    assert_eq!(found[0]["sources"], json!(["cost-optimization-hub", "compute-optimizer", "trusted-advisor"]));
    assert_eq!(
        (&found[0]["usd_per_month_saved"], &report["totals"]["usd_per_month_saved"]),
        (&json!("9.60"), &json!("39.97"))
    );
    for lang in ["en", "ja"] {
        let screen = world.run(&format!("advice --lang {lang}")).exits(0);
        assert!(screen.stdout.contains("Trusted Advisor") && screen.stdout.contains("39.97"), "{screen}");
    }
    assert_eq!((server.recording.mutating(), server.recording.undeclared()), (BTreeSet::new(), BTreeSet::new()));
    validity::prove(&server.recording);
}

/// No paid plan, and nothing turned on.
struct Basic;

impl Story for Basic {
    fn answer(&self, call: &Call) -> Option<Answer> {
        match (&*call.service, &*call.action) {
            ("support", _) => Some(Answer::error(call, 400, "SubscriptionRequiredException", "no plan")),
            ("compute-optimizer", _) => Some(Answer::error(call, 400, "OptInRequiredException", "not registered")),
            ("cost-optimization-hub", _) => {
                Some(Answer::ok(call, r#"{"items":[{"accountId":"123456789012","status":"Inactive"}]}"#))
            }
            _ => Fixtures::of(&[]).answer(call),
        }
    }
}

#[test]
fn what_the_plan_does_not_include_is_said_and_is_no_failure() {
    let server = Account::of(Basic).start();
    let world = World::narrow(&server.url);
    let screen = world.run("advice --lang en").exits(0);
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat(&screen.stdout).contains("your support plan does not include this"), "{screen}");
    assert!(
        flat(&screen.stdout).contains("aws compute-optimizer update-enrollment-status --status Active"),
        "{screen}"
    );
    let report = world.run("advice --format json").exits(0).json();
    let states: Vec<_> = report["sources"].as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["not-enrolled", "not-enrolled", "not-in-plan"]);
    let japanese = world.run("advice --lang ja").exits(0).stdout;
    assert!(
        japanese.lines().map(str::trim).collect::<String>().contains("サポートプランには含まれていません"),
        "{japanese}"
    );
}

#[test]
fn each_missing_permission_is_named_and_stops_no_other_source() {
    for (service, action, iam) in [
        ("cost-optimization-hub", "ListEnrollmentStatuses", "cost-optimization-hub:ListEnrollmentStatuses"),
        ("cost-optimization-hub", "ListRecommendations", "cost-optimization-hub:ListRecommendations"),
        ("compute-optimizer", "GetEnrollmentStatus", "compute-optimizer:GetEnrollmentStatus"),
        ("compute-optimizer", "GetIdleRecommendations", "compute-optimizer:GetIdleRecommendations"),
        ("support", "DescribeTrustedAdvisorChecks", "support:DescribeTrustedAdvisorChecks"),
        ("support", "DescribeTrustedAdvisorCheckResult", "support:DescribeTrustedAdvisorCheckResult"),
    ] {
        let server = account().deny(service, action).start();
        let report = World::narrow(&server.url).run("advice --format json").exits(3).json();
        let states: Vec<_> =
            report["sources"].as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap()).collect();
        assert_eq!(states.iter().filter(|state| **state == "asked").count(), 2, "{action}: {states:?}");
        let gaps: Vec<_> = report["gaps"].as_array().unwrap().iter().map(|gap| gap["action"].clone()).collect();
        assert_eq!(gaps, [json!(iam)], "{action}");
        assert_eq!(report["totals"]["at_least"], json!(true));
    }
}
