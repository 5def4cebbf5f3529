//! Cost anomaly detection: the account's only monitor is used whatever its owner, and only guardrail's own objects change.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::ministack::{Case, changed_fields, done, row, whole};
use crate::stateful::{Account, Thing};
use crate::world::ACCOUNT;

const INIT: &str = "init --email a@example.com --limit 30 --yes";
const ID: &str = "anomaly-detection";
const TWIN: &str = "arn:aws:ce::123456789012:anomalysubscription/ffffffff";

fn init(case: &Case) {
    let screen = done(case.run(INIT).0);
    assert!(!screen.stdout.contains("failed"), "{screen}");
}

fn check(case: &Case) -> Value {
    case.changes_nothing("check --format json").json()
}

/// The only subscription with our name.
fn own(account: &Account) -> &Thing {
    let named: Vec<_> =
        account.subscriptions.values().filter(|it| it.body["SubscriptionName"] == "guardrail-anomalies").collect();
    assert_eq!(named.len(), 1, "{account:#?}");
    named[0]
}

#[test]
fn an_account_without_a_monitor_gets_one_and_immediate_alerts() {
    let case = Case::new();
    init(&case);
    let made = case.aws.look();
    let monitor = made.monitors.values().next().unwrap();
    assert_eq!((made.monitors.len(), &monitor.body["MonitorName"]), (1, &json!("guardrail-services")));
    let own = own(&made);
    let topic = format!("arn:aws:sns:us-east-1:{ACCOUNT}:guardrail-alerts");
    assert_eq!(own.body["Subscribers"], json!([{ "Address": topic, "Type": "SNS" }]));
    assert_eq!(
        (&own.body["Frequency"], &own.body["MonitorArnList"][0]),
        (&json!("IMMEDIATE"), &monitor.body["MonitorArn"])
    );
    let impact =
        json!({ "Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "Values": ["3"], "MatchOptions": ["GREATER_THAN_OR_EQUAL"] });
    assert_eq!(own.body["ThresholdExpression"]["Dimensions"], impact);
    for tags in [&own.tags, &monitor.tags] {
        assert_eq!(tags.get("managed-by").map(String::as_str), Some("guardrail"));
    }

    let _ = done(case.changes_nothing(INIT));
    let report = check(&case);
    whole(&report);
    assert_eq!(
        row(&report, ID)["proof"],
        json!([
            { "step": "anomaly-alerts", "subject": "guardrail-anomalies", "status": "ok", "value": null, "hint": null }
        ])
    );
    // Each request may cost a cent.
    let asked = case.proxy.recording.calls().into_iter().filter(|call| call.service == "ce").count();
    assert_eq!(asked, 3);

    let _ = done(case.run("remove --yes").0);
    let left = case.aws.look();
    assert!(left.monitors.is_empty() && left.subscriptions.is_empty(), "{left:#?}");
    let _ = case.changes_nothing("remove --yes").exits(0);
}

#[test]
fn another_owners_monitor_is_used_and_not_changed() {
    let case = Case::new();
    case.aws.edit(|account| {
        // The monitor of all services is on the second page.
        let of_tags = json!({ "MonitorName": "tags", "MonitorType": "CUSTOM" });
        account.monitors.insert("a".into(), Thing { body: of_tags, ..Thing::default() });
        let monitor = account.add_monitor("Default-Services-Monitor");
        account.add_subscription("Default-Services-Subscription", &monitor);
    });
    let before = case.aws.look();
    init(&case);
    let made = case.aws.look();
    assert_eq!(made.monitors, before.monitors);
    let monitor = before.monitors.keys().nth(1).unwrap();
    assert_eq!(own(&made).body["MonitorArnList"], json!([monitor]));
    let _ = done(case.changes_nothing(INIT));

    let _ = done(case.run("remove --yes").0);
    let left = case.aws.look();
    assert_eq!((left.monitors, left.subscriptions), (before.monitors, before.subscriptions));
}

#[test]
fn a_monitor_created_in_the_meantime_is_used() {
    let case = Case::new();
    // The monitor is not visible to the plan, and then prevents creating another.
    case.aws.edit(|account| {
        account.add_monitor("Default-Services-Monitor");
        account.blind = 2;
    });
    init(&case);
    assert_eq!(case.aws.look().monitors.len(), 1);
    assert_eq!(row(&check(&case), ID)["state"], "ok");
}

#[test]
fn every_field_that_drifts_is_reported_and_repaired() {
    let case = Case::new();
    init(&case);
    let want = own(&case.aws.look()).clone();
    let drifts: [(&str, fn(&mut Account, &str)); 6] = [
        ("guardrail-anomalies.threshold_usd", |account, arn| {
            subscription(account, arn)["ThresholdExpression"]["Dimensions"]["Values"] = json!(["500"]);
        }),
        ("guardrail-anomalies.threshold_usd", |account, arn| {
            let simple = subscription(account, arn)["ThresholdExpression"].take();
            subscription(account, arn)["ThresholdExpression"] = json!({ "And": [simple, simple] });
        }),
        ("guardrail-anomalies.frequency", |account, arn| {
            let body = subscription(account, arn);
            body["Frequency"] = json!("DAILY");
            body["Subscribers"][0] = json!({ "Type": "EMAIL", "Address": "x@example.com" });
        }),
        ("guardrail-anomalies.notifies_topic", |account, arn| {
            subscription(account, arn)["Subscribers"][0]["Address"] = json!("arn:aws:sns:us-east-1:123456789012:mine");
        }),
        ("guardrail-anomalies.managed_by", |account, arn| account.subscriptions.get_mut(arn).unwrap().tags.clear()),
        ("watches_services", |account, arn| subscription(account, arn)["MonitorArnList"] = json!([])),
    ];
    for (field, drift) in drifts {
        let arn = case.aws.look().subscriptions.keys().next().unwrap().clone();
        case.aws.edit(|account| drift(account, &arn));
        let report = check(&case);
        assert_eq!(row(&report, ID)["state"], "drifted", "{field}: {report:#}");
        assert!(changed_fields(&report, ID).contains(&field.to_owned()), "{field}: {report:#}");
        init(&case);
        assert_eq!(own(&case.aws.look()), &want, "{field}");
    }
}

fn subscription<'a>(account: &'a mut Account, arn: &str) -> &'a mut Value {
    &mut account.subscriptions.get_mut(arn).unwrap().body
}

#[test]
fn a_declined_topic_is_a_broken_link() {
    let case = Case::new();
    init(&case);
    let arn = case.aws.look().subscriptions.keys().next().unwrap().clone();
    case.aws.edit(|account| subscription(account, &arn)["Subscribers"][0]["Status"] = json!("DECLINED"));
    let report = case.changes_nothing("check --format json").exits(10).json();
    assert_eq!(row(&report, ID)["proof"][0]["status"], "broken");
}

#[test]
fn of_two_subscriptions_one_is_left_and_a_half_made_one_is_finished() {
    let case = Case::new();
    init(&case);
    let own_before = own(&case.aws.look()).clone();
    case.aws.edit(|account| {
        let copy = Thing { body: own_before.body.clone(), ..own_before.clone() };
        account.subscriptions.insert(TWIN.into(), copy);
        account.subscriptions.get_mut(TWIN).unwrap().body["SubscriptionArn"] = json!(TWIN);
    });
    assert_eq!(changed_fields(&check(&case), ID), ["subscriptions"]);
    init(&case);
    assert_eq!(own(&case.aws.look()), &own_before);

    case.aws.edit(|account| account.subscriptions.clear());
    assert_eq!(row(&check(&case), ID)["state"], "drifted");
    init(&case);
    assert_eq!(case.aws.look().monitors.len(), 1);
    assert_eq!(own(&case.aws.look()).body["MonitorArnList"], own_before.body["MonitorArnList"]);
}

#[test]
fn objects_that_others_use_or_own_stay() {
    let case = Case::new();
    init(&case);
    case.aws.edit(|account| {
        let monitor = account.monitors.keys().next().unwrap().clone();
        account.add_subscription("mine", &monitor);
    });
    let report = case.run("remove --yes --format json").0.exits(0).json();
    assert_eq!(row(&report, ID)["notes"], json!(["kept-in-use=guardrail-services"]));
    let left = case.aws.look();
    assert_eq!((left.monitors.len(), left.subscriptions.len()), (1, 1));
    let report = case.changes_nothing("remove --yes --format json").exits(0).json();
    assert_eq!(row(&report, ID)["notes"], json!(["kept-in-use=guardrail-services"]));

    // With our name and without our tag.
    case.aws.edit(|account| {
        account.subscriptions.values_mut().next().unwrap().body["SubscriptionName"] = json!("guardrail-anomalies");
    });
    let report = case.run("remove --yes --format json").0.json();
    let notes = json!(["not-ours=guardrail-anomalies", "kept-in-use=guardrail-services"]);
    assert_eq!(row(&report, ID)["notes"], notes);
    assert_eq!(case.aws.look().monitors.len(), 1);
    assert_eq!(
        case.aws.look().subscriptions,
        left.subscriptions
            .into_iter()
            .map(|(arn, mut it)| {
                it.body["SubscriptionName"] = json!("guardrail-anomalies");
                (arn, it)
            })
            .collect()
    );
}

#[test]
fn without_cost_explorer_the_check_says_to_wait() {
    let case = Case::new();
    case.aws.edit(|account| account.explorer_off = true);
    let screen = case.run(INIT).0.exits(3);
    assert!(screen.stdout.contains("cannot be set up yet"), "{screen}");
    assert!(!screen.stdout.contains("permission"), "{screen}");
    let report = check(&case);
    assert_eq!(row(&report, ID)["proof"][0]["status"], "waiting");
    let gaps = report["gaps"].as_array().unwrap();
    assert_eq!((gaps.len(), &gaps[0]["reason"]), (1, &json!("other")), "{report:#}");
    case.aws.edit(|account| account.explorer_off = false);
    init(&case);
    assert_eq!(row(&check(&case), ID)["state"], "ok");
}

#[test]
fn it_is_removed_if_the_profile_does_not_want_it() {
    let case = Case::new();
    init(&case);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my.toml");
    std::fs::write(&file, "[anomaly]\nenabled = false\n").unwrap();
    let (_, changed) = case.run(&format!("{INIT} -c {}", file.display()));
    assert_eq!(changed, BTreeSet::from(["ce:DeleteAnomalyMonitor", "ce:DeleteAnomalySubscription"].map(String::from)));
    assert!(case.aws.look().subscriptions.is_empty());
}
