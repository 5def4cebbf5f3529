//! Changes every field that `init` sets: `check` reports it, `init` repairs it, and nothing else changes.

use std::collections::{BTreeMap, BTreeSet};

use futures::stream::{self, StreamExt};
use guardrail::model::SafeguardReport;
use guardrail::model::report::State;
use guardrail::safeguards::{self, Inputs};
use serde_json::{Value, json};

use crate::account::{Account, block_on, differences, http, look};
use crate::emulators::Emulator;
use crate::stateful::{self, Thing};

/// Fields that cannot be changed: safeguard, field, and reason.
const FIXED: [(&str, &str, &str); 6] = [
    ("billing-alerts", "enabled", "a preference that is off is missing"),
    ("notification-topic", "topic", "a topic's name cannot change; a topic that is gone is missing"),
    ("trail", "trail.name", "a trail's name cannot change; a trail that is gone is missing"),
    ("trail", "bucket.name", "a bucket's name cannot change; a bucket that is gone is missing"),
    ("free-tier-budgets", "include_credit", "a budget of use has no types of cost"),
    ("free-tier-budgets", "include_refund", "a budget of use has no types of cost"),
];

type Path = Vec<String>;

/// A field of a safeguard.
#[derive(Debug, Clone)]
struct Field {
    safeguard: &'static str,
    path: Path,
}

impl Field {
    fn name(&self) -> String {
        self.path.join(".")
    }

    /// The object of the field: concurrent changes of one object would overwrite each other.
    fn object(&self) -> (&'static str, Path) {
        let depth = if self.safeguard == "notification-topic" { 0 } else { self.path.len().min(2) };
        let depth = if self.safeguard == "trail" { 1 } else { depth };
        (self.safeguard, self.path[..depth].to_vec())
    }

    /// An empty field is reported by its new content.
    fn covers(&self, id: &str, name: &str) -> bool {
        id == self.safeguard && (name == self.name() || name.starts_with(&format!("{}.", self.name())))
    }

    /// A change may also change other fields of the object: a usage budget has no cost types.
    fn is_beside(&self, id: &str, name: &str) -> bool {
        id == self.safeguard && name.starts_with(&self.object().1.join("."))
    }

    /// Whether it is not in the emulator, but in [`Stateful`](crate::stateful::Stateful).
    fn is_beyond(&self) -> bool {
        self.safeguard == "anomaly-detection" || self.safeguard == "budget-action" && self.path[0].starts_with("action")
    }

    fn is_fixed(&self) -> bool {
        FIXED.iter().any(|(safeguard, field, _)| *safeguard == self.safeguard && self.name().ends_with(field))
    }
}

/// Changes a field that the emulator lacks.
fn change(account: &mut stateful::Account, field: &str) {
    let twin = |things: &mut BTreeMap<String, Thing>, id: &str| {
        let (address, mut thing) = things.pop_first().unwrap();
        let other = format!("{}ffffffff", address.rsplit_once('/').unwrap().0.to_owned() + "/");
        things.insert(address, thing.clone());
        thing.body[id] = json!(if id == "ActionId" { "ffffffff" } else { &other });
        things.insert(other, thing);
    };
    let subscription = |account: &mut stateful::Account, key: &str, value: Value| {
        *account.subscriptions.values_mut().next().unwrap().body.pointer_mut(key).unwrap() = value;
    };
    let action = |account: &mut stateful::Account, key: &str, value: Value| {
        *account.actions.values_mut().next().unwrap().body.pointer_mut(key).unwrap() = value;
    };
    match field {
        "watches_services" => subscription(account, "/MonitorArnList", json!([])),
        "subscriptions" => twin(&mut account.subscriptions, "SubscriptionArn"),
        "guardrail-anomalies.threshold_usd" => {
            subscription(account, "/ThresholdExpression/Dimensions/Values", json!(["500"]));
        }
        "guardrail-anomalies.frequency" => subscription(account, "/Frequency", json!("DAILY")),
        "guardrail-anomalies.notifies_topic" => subscription(account, "/Subscribers/0/Address", json!("somebody-else")),
        "guardrail-anomalies.managed_by" => account.subscriptions.values_mut().next().unwrap().tags.clear(),
        "actions" => twin(&mut account.actions, "ActionId"),
        "action.at" => action(account, "/NotificationType", json!("FORECASTED")),
        "action.approval" => action(account, "/ApprovalModel", json!("AUTOMATIC")),
        "action.targets" => action(account, "/Definition/IamActionDefinition/Users", json!(["eve", "hana"])),
        "action.recipients" => action(account, "/Subscribers", json!([])),
        "action.role" => action(account, "/ExecutionRoleArn", json!("arn:aws:iam::123456789012:role/admin-of-all")),
        "action.managed_by" => account.actions.values_mut().next().unwrap().tags.clear(),
        _ => panic!("no row for {field}"),
    }
}

/// Every field of the desired state, also empty ones.
fn fields(inputs: &Inputs) -> Vec<Field> {
    let wanted = safeguards::ALL.iter().filter_map(|entry| Some((entry.id, (entry.desired)(inputs)?.fields)));
    let fields = |(safeguard, state): (&'static str, Value)| {
        let mut paths = Vec::new();
        leaves(Vec::new(), &state, &mut paths);
        paths.into_iter().map(move |path| Field { safeguard, path })
    };
    wanted.flat_map(fields).collect()
}

fn leaves(path: Path, value: &Value, found: &mut Vec<Path>) {
    match value.as_object().filter(|fields| !fields.is_empty()) {
        None => found.push(path),
        Some(fields) => {
            for (name, value) in fields {
                leaves(path.iter().chain([name]).cloned().collect(), value, found);
            }
        }
    }
}

/// Rounds of changes, in each no two of the same object.
fn rounds(fields: Vec<Field>) -> Vec<Vec<Field>> {
    let mut rounds: Vec<Vec<Field>> = Vec::new();
    let mut counts = BTreeMap::new();
    for field in fields {
        let round: &mut usize = counts.entry(field.object()).or_default();
        if rounds.len() == *round {
            rounds.push(Vec::new());
        }
        rounds[*round].push(field);
        *round += 1;
    }
    rounds
}

fn all_is_well(report: &SafeguardReport, round: &impl std::fmt::Debug) {
    for row in &report.safeguards {
        assert_eq!((row.state, &row.changes), (State::Ok, &Vec::new()), "{}, after {round:?}", row.id);
    }
}

#[test]
fn drift_of_every_field_is_reported_and_repaired() {
    let stack = Emulator::ministack();
    let untouched = Account::new(&stack, 1);
    let (fixed, fields): (Vec<_>, Vec<_>) = fields(&untouched.inputs).into_iter().partition(Field::is_fixed);
    for (safeguard, name, _) in FIXED {
        assert!(fixed.iter().any(|it| it.safeguard == safeguard && it.name().ends_with(name)), "no {safeguard} {name}");
    }
    let count = fields.len();
    let rounds: Vec<_> = rounds(fields)
        .into_iter()
        .enumerate()
        .map(|(index, round)| (Account::new(&stack, 100 + index), round))
        .collect();
    block_on(async {
        let http = http();
        let _ = untouched.init(http.clone()).await.unwrap();
        all_is_well(&untouched.check(http.clone()).await.unwrap(), &"init");
        stream::iter(&rounds)
            .for_each_concurrent(8, async |(account, _)| drop(account.init(http.clone()).await.unwrap()))
            .await;
    });

    let changes = rounds.iter().flat_map(|(account, round)| round.iter().map(move |field| (account, field)));
    let (beyond, changes): (Vec<_>, Vec<_>) = changes.partition(|(_, field)| field.is_beyond());
    for (account, field) in beyond {
        account.aws().edit(|account| change(account, &field.name()));
    }
    let changes = changes.into_iter().map(
        |(account, field)| json!({ "number": account.number(), "safeguard": field.safeguard, "path": field.path }),
    );
    let changed = stack.python("drift.py", &[&changes.collect::<Value>().to_string()]);
    assert_eq!(changed, json!({ "missing": [], "unused": [] }), "the table of tests/emulators/drift.py");

    block_on(async {
        let http = http();
        stream::iter(&rounds)
            .for_each_concurrent(8, async |(account, round)| {
                let named = named(&account.check(http.clone()).await.unwrap());
                let is_named = |field: &Field| named.iter().any(|(id, name)| field.covers(id, name));
                let unnamed: Vec<_> = round.iter().filter(|field| !is_named(field)).collect();
                assert!(unnamed.is_empty(), "changed, but not named by check: {unnamed:?}");
                let is_changed = |id: &str, name: &str| round.iter().any(|field| field.is_beside(id, name));
                let wrong: Vec<_> = named.iter().filter(|(id, name)| !is_changed(id, name)).collect();
                assert!(wrong.is_empty(), "named by check, but not changed: {wrong:?} by {round:?}");
                let _ = account.init(http.clone()).await.unwrap();
                all_is_well(&account.check(http.clone()).await.unwrap(), round);
            })
            .await;
    });
    let expected = look(&stack, &[untouched]).remove(0);
    let accounts: Vec<Account> = rounds.iter().map(|(account, _)| account.clone()).collect();
    for (mut seen, (_, round)) in look(&stack, &accounts).into_iter().zip(&rounds) {
        // A bucket to which a person redirected the trail belongs to that person.
        seen["buckets"]
            .as_array_mut()
            .unwrap()
            .retain(|bucket| !bucket["name"].as_str().unwrap().starts_with("somebody"));
        assert_eq!(differences(&expected, &seen), Vec::<String>::new(), "after {round:?}");
    }
    println!("drift: {count} fields in {} rounds", rounds.len());
}

/// Every field that a check reports.
fn named(report: &SafeguardReport) -> BTreeSet<(String, String)> {
    let rows = report.safeguards.iter().filter(|row| row.state == State::Drifted);
    rows.flat_map(|row| row.changes.iter().map(|change| (row.id.clone(), change.field.clone()))).collect()
}

#[test]
fn a_persons_additions_stay() {
    let stack = Emulator::ministack();
    let account = Account::new(&stack, 1);
    block_on(async { drop(account.init(http()).await.unwrap()) });
    let alone = look(&stack, std::slice::from_ref(&account)).remove(0);
    let _ = stack.python("drift.py", &["extras", account.number()]);
    let with_extras = look(&stack, std::slice::from_ref(&account)).remove(0);
    assert!(differences(&alone, &with_extras).len() >= 20, "{:?}", differences(&alone, &with_extras));
    block_on(async { all_is_well(&account.check(http()).await.unwrap(), &"what a person added") });

    // Each change makes guardrail write a document again that a person has added to.
    let rewritten = [
        ("notification-topic", "may_publish.GuardrailAlarms.Effect"),
        ("notification-topic", "managed_by"),
        ("billing-alarm", "alarms.guardrail-billing-10-usd.threshold_usd"),
        ("billing-alarm", "alarms.guardrail-billing-5-usd.managed_by"),
        ("monthly-budget", "budgets.guardrail-monthly.limit"),
        ("zero-spend-budget", "budgets.guardrail-zero-spend.managed_by"),
        ("trail", "trail.validation"),
        ("trail", "trail.managed_by"),
        ("trail", "bucket.expires_after_days"),
        ("trail", "bucket.policy.AWSCloudTrailWrite20150319.Effect"),
    ];
    let changes = rewritten.map(|(safeguard, field)| {
        let path: Vec<&str> = field.split('.').collect();
        json!({ "number": account.number(), "safeguard": safeguard, "path": path })
    });
    assert_eq!(stack.python("drift.py", &[&json!(changes).to_string()])["missing"], json!([]));
    block_on(async {
        let named = named(&account.check(http()).await.unwrap());
        assert_eq!(named, rewritten.map(|(safeguard, field)| (safeguard.to_owned(), field.to_owned())).into());
        let _ = account.init(http()).await.unwrap();
    });
    assert_eq!(differences(&with_extras, &look(&stack, &[account]).remove(0)), Vec::<String>::new());
}
