//! Objects of other owners: with guardrail's names and without its tag, another trail, a bucket with logs.

use guardrail::model::report::{Outcome, SafeguardRow, State};
use guardrail::model::{Action, SafeguardReport};
use guardrail::safeguards::Logs;
use serde_json::Value;

use crate::account::{Account, block_on, differences, http, look};
use crate::emulators::Emulator;

const NAMESAKES: [&str; 4] = ["notification-topic", "billing-alarm", "monthly-budget", "trail"];

fn row<'a>(report: &'a SafeguardReport, id: &str) -> &'a SafeguardRow {
    report.safeguards.iter().find(|row| row.id == id).unwrap()
}

fn notes(row: &SafeguardRow) -> Vec<(&str, Option<&str>)> {
    row.notes.iter().map(|note| (note.id(), note.value())).collect()
}

fn names(account: &Value, kind: &str, name: &[&str]) -> Vec<String> {
    let named = |it: &Value| name.iter().fold(it, |it, key| &it[key]).as_str().unwrap_or_default().to_owned();
    account[kind].as_array().unwrap().iter().map(named).collect()
}

#[test]
fn objects_with_our_name_and_without_our_tag_are_shown_before_they_are_changed_and_never_removed() {
    let stack = Emulator::ministack();
    let account = Account::new(&stack, 1);
    let look = || look(&stack, std::slice::from_ref(&account)).remove(0);
    let _ = stack.python("drift.py", &["strangers", account.number()]);
    let theirs = look();

    let removal = block_on(async { account.plan_removal(http()).await.unwrap() });
    for id in NAMESAKES {
        let row = row(&removal, id);
        assert_eq!(row.action, Action::None, "{row:?}");
        assert!(notes(row).iter().any(|(note, _)| *note == "not-ours"), "{row:?}");
    }
    let _ = block_on(async { account.remove(http(), Logs::Delete).await.unwrap() });
    assert_eq!(differences(&theirs, &look()), Vec::<String>::new(), "remove touched what is not guardrail's");

    let plan = block_on(async { account.plan(http()).await.unwrap() });
    assert_eq!(differences(&theirs, &look()), Vec::<String>::new(), "a plan changed something");
    for id in NAMESAKES {
        let row = row(&plan, id);
        assert_eq!((row.state, row.action), (State::Drifted, Action::Update), "{row:?}");
        let taken = row.changes.iter().find(|change| change.field.ends_with("managed_by"));
        let (from, to) = taken.map(|change| (change.from.join(" "), change.to.join(" "))).unwrap();
        assert_eq!((&*from, &*to), ("", "guardrail"), "the plan for {id} does not show the change of owner");
    }

    let report = block_on(async { account.init(http()).await.unwrap() });
    for id in NAMESAKES {
        assert_eq!((row(&report, id).state, row(&report, id).result), (State::Ok, Some(Outcome::Done)), "{report:?}");
    }
    let left = block_on(async {
        let _ = account.remove(http(), Logs::Keep).await.unwrap();
        look()
    });
    assert_eq!(names(&left, "alarms", &["alarm", "AlarmName"]), ["guardrail-billing-99-usd"]);
    assert_eq!(names(&left, "buckets", &["name"]), ["mine-ACCOUNT"]);
    assert_eq!(
        (&left["topics"], &left["budgets"], &left["trails"]),
        (&Value::Array(vec![]), &Value::Array(vec![]), &Value::Array(vec![]))
    );
}

#[test]
fn a_trail_that_is_no_longer_wanted_goes_and_its_logs_stay() {
    let stack = Emulator::ministack();
    let mut account = Account::new(&stack, 1);
    let _ = block_on(async { account.init(http()).await.unwrap() });
    let _ = stack.python("drift.py", &["log", account.number()]);
    account.inputs.goal.profile.trail.enabled = false;
    let report = block_on(async { account.init(http()).await.unwrap() });
    let trail = row(&report, "trail");
    assert_eq!((trail.action, trail.result), (Action::Remove, Some(Outcome::Done)), "{trail:?}");
    assert_eq!(notes(trail), [("bucket-kept", Some("guardrail-trail-000000000001"))]);
    let left = look(&stack, &[account]).remove(0);
    assert_eq!(left["trails"], Value::Array(vec![]));
    assert_eq!(left["buckets"][0]["objects"].as_array().unwrap().len(), 1);
}

#[test]
fn a_bucket_left_beside_a_rivals_trail_is_removed() {
    let stack = Emulator::ministack();
    let account = Account::new(&stack, 1);
    let _ = block_on(async { account.init(http()).await.unwrap() });
    let _ = stack.python("drift.py", &["rival", account.number()]);
    let check = block_on(async { account.check(http()).await.unwrap() });
    let rival = "arn:aws:cloudtrail:us-east-1:000000000001:trail/mine";
    assert_eq!(row(&check, "trail").state, State::Ok);
    assert_eq!(notes(row(&check, "trail")), [("adopted", Some(rival))]);
    let removal = block_on(async { account.remove(http(), Logs::Keep).await.unwrap() });
    assert_eq!(row(&removal, "trail").result, Some(Outcome::Done));
    let left = look(&stack, &[account]).remove(0);
    assert_eq!(names(&left, "trails", &["trail", "Name"]), ["mine"]);
    assert_eq!(names(&left, "buckets", &["name"]), ["mine-ACCOUNT"]);
}
