//! `init`, `check` and `remove` against ministack; the result is read back with boto3.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::server::Server;
use crate::stateful::Stateful;
use crate::world::{ACCOUNT, Screen, World};
use crate::{proxy, validity};

const INIT: &str = "init --email a@example.com --limit 10 --yes";

/// An account with the parts that the emulator lacks; a recorder of the program's calls; and the person's machine, with the memory
/// of `init`.
pub struct Case {
    pub stack: Emulator,
    pub aws: Arc<Stateful>,
    pub proxy: Server,
    pub world: World,
}

impl Case {
    #[must_use]
    pub fn new() -> Self {
        let stack = Emulator::ministack();
        let aws = Arc::new(Stateful::default());
        let proxy = proxy::over(&stack.url, aws.clone());
        // The emulator's clock cannot be stopped.
        let world = World::new().endpoint(&proxy.url).env("GUARDRAIL_NOW", "");
        Self { stack, aws, proxy, world }
    }

    /// Runs the program, and verifies that every request was declared and valid.
    #[must_use]
    pub fn run(&self, line: &str) -> (Screen, BTreeSet<String>) {
        self.proxy.recording.clear();
        let screen = self.world.run(line);
        let recording = &self.proxy.recording;
        assert_eq!(recording.undeclared(), BTreeSet::new(), "not in `guardrail policy`\n{screen}");
        validity::prove(recording);
        (screen, recording.mutating())
    }

    pub fn changes_nothing(&self, line: &str) -> Screen {
        let (screen, mutating) = self.run(line);
        assert_eq!(mutating, BTreeSet::new(), "`{line}` changed something\n{screen}");
        screen
    }

    fn look(&self) -> Value {
        self.stack.python("safeguards.py", &["look"])
    }

    fn init(&self) -> Screen {
        done(self.run(INIT).0)
    }
}

/// Everything could be read.
pub fn whole(report: &Value) {
    assert_eq!(report["gaps"], json!([]), "{report:#}");
}

/// Done; or 3 if a link of the chain could not be verified, such as an unconfirmed address.
#[must_use]
pub fn done(screen: Screen) -> Screen {
    assert!(matches!(screen.code, Some(0 | 3)), "{screen}");
    screen
}

#[must_use]
pub fn row<'a>(report: &'a Value, id: &str) -> &'a Value {
    let rows = report["safeguards"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("no {id} in {report:#}"))
}

#[must_use]
pub fn changed_fields(report: &Value, id: &str) -> Vec<String> {
    let changes = row(report, id)["changes"].as_array().unwrap();
    changes.iter().map(|change| change["field"].as_str().unwrap().to_owned()).collect()
}

fn names(things: &Value) -> Vec<&str> {
    things.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn settings_that_cannot_be_saved_block_no_safeguard() {
    let mut case = Case::new();
    case.world = case.world.env("GUARDRAIL_CONFIG_DIR", "/dev/null/guardrail");
    let screen = case.init();
    let warning = "warning: the settings for this account cannot be saved: /dev/null/guardrail/accounts/";
    assert!(screen.stderr.contains(warning) && screen.stderr.contains("Set GUARDRAIL_CONFIG_DIR"), "{screen}");
    assert!(screen.stdout.contains("; all verified."), "{screen}");
}

#[test]
fn boto3_sees_the_objects_that_init_created() {
    let case = Case::new();
    case.init();
    let seen = case.look();
    let made = &seen["guardrail"];
    let topic = format!("arn:aws:sns:us-east-1:{ACCOUNT}:guardrail-alerts");

    assert_eq!(names(&made["topics"]), ["guardrail-alerts"]);
    assert_eq!(made["topics"]["guardrail-alerts"]["subscriptions"], json!(["email a@example.com"]));
    assert_eq!(made["topics"]["guardrail-alerts"]["tags"], json!({ "managed-by": "guardrail" }));
    let policy = made["topics"]["guardrail-alerts"]["policy"].to_string();
    assert!(policy.contains("budgets.amazonaws.com") && policy.contains("cloudwatch.amazonaws.com"), "{policy}");

    let alarm = &made["alarms"]["guardrail-billing-10-usd"];
    assert_eq!(alarm["metric"], "AWS/Billing EstimatedCharges");
    assert_eq!((&alarm["threshold"], &alarm["actions"]), (&json!(10.0), &json!([topic])));

    assert_eq!(made["budgets"]["guardrail-monthly"]["limit"], "10 USD");
    assert_eq!(made["budgets"]["guardrail-zero-spend"]["type"], "COST");
    for (name, budget) in made["budgets"].as_object().unwrap() {
        let alerts = budget["alerts"].as_object().unwrap();
        assert!(!alerts.is_empty(), "{name} has no recipient");
        let told = alerts.values().all(|who| who.as_array().unwrap().contains(&json!("EMAIL a@example.com")));
        assert!(told, "{name}: {alerts:?}");
    }

    let (trail, bucket) = (only(&made["trails"]), only(&made["buckets"]));
    assert_eq!(
        (&trail["multi_region"], &trail["validated"], &trail["logging"]),
        (&json!(true), &json!(true), &json!(true))
    );
    assert!(bucket["lifecycle"].is_array(), "{bucket}");
    assert!(bucket["policy"].to_string().contains("cloudtrail.amazonaws.com"), "{bucket}");
    let blocked = bucket["public_access_block"].as_object().unwrap();
    assert!(blocked.len() == 4 && blocked.values().all(|on| *on == true), "{bucket}");
    assert_eq!(seen["others"], json!({ "topics": {}, "alarms": {}, "budgets": {}, "trails": {}, "buckets": {} }));
}

fn only(things: &Value) -> &Value {
    assert_eq!(names(things).len(), 1, "{things}");
    things.as_object().unwrap().values().next().unwrap()
}

#[test]
fn a_second_init_changes_nothing() {
    let case = Case::new();
    case.init();
    let before = case.look();
    let screen = done(case.changes_nothing(INIT));
    assert!(screen.stdout.contains("No changes."), "{screen}");
    assert_eq!(case.look(), before);
    // The choices are remembered.
    whole(&done(case.changes_nothing("check --format json")).json());
}

#[test]
fn without_approval_nothing_is_changed() {
    let case = Case::new();
    let before = case.look();
    let _ = case.changes_nothing("init --email a@example.com --limit 10").exits(2);
    let _ = case.changes_nothing("init --email a@example.com --limit 10 --dry-run").exits(0);
    assert_eq!(case.look(), before);
}

#[test]
fn drift_is_reported_and_repaired() {
    let case = Case::new();
    case.init();
    let before = case.look();
    let changed = case.stack.python("safeguards.py", &["drift"]);
    assert_eq!(changed.as_array().unwrap().len(), 6, "two alarms, a budget, a topic, a trail, its bucket: {changed}");

    let report = case.changes_nothing("check --format json").exits(10).json();
    whole(&report);
    let drifted = [
        ("billing-alarm", "threshold_usd"),
        ("monthly-budget", "limit"),
        ("notification-topic", "may_publish"),
        ("trail", "logging"),
        ("trail", "expires_after_days"),
    ];
    for (id, field) in drifted {
        assert_eq!(row(&report, id)["state"], "drifted", "{report:#}");
        let fields = changed_fields(&report, id);
        assert!(fields.iter().any(|it| it.contains(field)), "{id} does not name {field}: {fields:?}");
    }
    for id in ["zero-spend-budget", "free-tier-budgets"] {
        assert_eq!(row(&report, id)["state"], "ok", "{report:#}");
    }

    case.init();
    assert_eq!(case.look(), before);
    let report = done(case.changes_nothing("check --format json")).json();
    whole(&report);
    assert!(report["safeguards"].as_array().unwrap().iter().all(|row| row["state"] == "ok"), "{report:#}");
}

#[test]
fn remove_takes_away_its_own_and_nothing_else() {
    let case = Case::new();
    let own = case.stack.python("safeguards.py", &["own"]);
    assert_eq!(names(&own["topics"]), ["mine"]);
    case.init();
    assert_eq!(case.look()["others"], own, "init touched what is the user's");

    let _ = done(case.run("remove --yes").0);
    let left = case.look();
    for kind in ["topics", "alarms", "budgets", "trails", "buckets"] {
        assert_eq!(left["guardrail"][kind], json!({}), "{kind}");
    }
    assert_eq!(left["others"], own, "remove touched what is the user's");
    let _ = case.changes_nothing("remove --yes").exits(0);
}
