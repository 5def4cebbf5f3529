//! `init`, `check` and `remove` of an organisation: against a responder that answers by access key, and against ministack.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::emulators::{ENFORCING, Emulator};
use crate::ministack::{Case, done, row};
use crate::organization_story::{Organization, Refusal, number, of_role};
use crate::proxy;
use crate::world::{ACCOUNT, Screen, World};

pub const INIT: &str = "init --organization -c training-org --email a@example.com --limit 10";

/// The state of each account.
fn states(report: &Value) -> BTreeMap<String, String> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    report["accounts"].as_array().unwrap().iter().map(|it| (word(&it["id"]), word(&it["state"]))).collect()
}

/// The causes of the gaps, by account.
fn causes(report: &Value) -> BTreeMap<String, String> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    report["gaps"].as_array().unwrap().iter().map(|gap| (word(&gap["account"]), word(&gap["cause"]))).collect()
}

fn account<'a>(report: &'a Value, id: &str) -> &'a Value {
    &report["accounts"].as_array().unwrap().iter().find(|it| it["id"] == *id).unwrap()["report"]
}

#[test]
fn one_plan_for_120_accounts_has_each_of_them_and_changes_nothing() {
    let organization = Organization {
        states: [(7, "SUSPENDED"), (8, "CLOSED")].into(),
        refusals: [(21, Refusal::Role), (22, Refusal::Liar), (23, Refusal::Throttled)].into(),
        ..Organization::of(120)
    };
    let server = organization.start();
    let world = World::narrow(&server.url);
    let report = world.run(&format!("{INIT} --dry-run --parallel 16 --format json")).exits(3).json();
    crate::schema::is_of_organization_safeguards(&report);
    let states = states(&report);
    let of = |state: &str| states.values().filter(|it| *it == state).count();
    assert_eq!((states.len(), of("entered"), of("unreachable"), of("suspended"), of("closed")), (120, 115, 3, 1, 1));
    let causes = causes(&report);
    let cause = |index: usize| causes[&number(index)].as_str();
    assert_eq!([7, 8, 21, 22, 23].map(cause), ["suspended", "closed", "role", "other-account", ""]);
    for (id, _) in states.iter().filter(|(_, state)| *state == "entered") {
        let own = account(&report, id);
        assert_eq!(&own["account"]["id"], id.as_str());
        let text = own.to_string();
        // The management account has budgets for the others.
        let foreign = (0..120).map(number).filter(|other| other != id && text.contains(other)).count();
        assert!(foreign == 0 || id == ACCOUNT, "the plan of {id} has another account's number");
        assert!(own["safeguards"].as_array().unwrap().iter().any(|row| row["result"] == "planned"), "{own:#}");
    }
    assert_eq!(server.recording.mutating(), BTreeSet::from(["sts:AssumeRole".to_owned()]));
    assert_eq!(server.recording.undeclared(), BTreeSet::new());
    let assumed = server.recording.calls().into_iter().filter(|it| it.action == "AssumeRole");
    let assumed: Vec<_> = assumed.collect();
    let accounts: BTreeSet<String> = assumed.iter().map(of_role).collect();
    assert!(!accounts.contains(ACCOUNT) && accounts.len() == 117, "{accounts:?}");
    for call in &assumed {
        // What the session may do is written out; the role may do everything.
        assert!(call.body.contains("role%2FOrganizationAccountAccessRole"), "{}", call.body);
        assert!(
            call.body.contains("budgets%3AModifyBudget") && !call.body.contains("sns%3ADeleteTopic"),
            "{}",
            call.body
        );
    }
    // Without a terminal nothing is done unless `--yes` says so.
    server.recording.clear();
    let refused = world.run(INIT).exits(2);
    assert!(refused.stdout.contains("114 accounts (") && refused.stderr.contains("--yes"), "{refused}");
    assert!((1..120).filter(|it| ![7, 8, 21, 22, 23].contains(it)).all(|it| refused.stdout.contains(&number(it))));
    assert_eq!(server.recording.mutating(), BTreeSet::from(["sts:AssumeRole".to_owned()]));
}

#[test]
fn an_account_that_cannot_be_entered_holds_up_no_other() {
    for (refusal, reason, cause) in [
        (Refusal::Role, "denied", "role"),
        (Refusal::Caller, "denied", "policy"),
        (Refusal::ByOrganization, "denied-by-organization", ""),
        (Refusal::Throttled, "throttled", ""),
        (Refusal::Liar, "other", "other-account"),
    ] {
        let server = Organization { refusals: [(2, refusal)].into(), ..Organization::of(4) }.start();
        for command in
            [format!("{INIT} --dry-run"), "check --organization".to_owned(), "remove --organization".to_owned()]
        {
            let screen = World::narrow(&server.url).run(&format!("{command} --format json"));
            let report = screen.json();
            assert!(matches!(screen.code, Some(3 | 10)), "{screen}");
            assert_eq!(states(&report).values().filter(|it| *it == "entered").count(), 3, "{command}");
            let [gap] = &report["gaps"].as_array().unwrap()[..] else { panic!("{:#}", report["gaps"]) };
            assert_eq!((&gap["account"], &gap["reason"]), (&json!(number(2)), &json!(reason)));
            assert_eq!(gap["cause"].as_str().unwrap_or_default(), cause, "{gap}");
        }
        assert_eq!(server.recording.mutating(), BTreeSet::from(["sts:AssumeRole".to_owned()]));
    }
    let none = Organization { refusals: (1..4).map(|it| (it, Refusal::Role)).collect(), ..Organization::of(4) };
    let server = none.start();
    let line = format!("{INIT} --yes --exclude {ACCOUNT}");
    let screen = World::narrow(&server.url).run(&line).exits(3);
    assert!(screen.stdout.contains("No account could be entered"), "{screen}");
    let test = World::narrow(&server.url).run("check --organization --send-test").exits(2);
    assert!(test.stderr.contains("--send-test"), "{test}");
}

/// The preference of billing alerts, which the emulator lacks: it is on.
fn alerts_are_on(call: &guardrail::demo::Call) -> Option<guardrail::demo::Answer> {
    let on = json!({ "billingPreferences": [{ "feature": "BILLING_ALERTS", "key": "key", "value": "ENABLED" }] });
    (call.action == "GetBillingPreferences").then(|| guardrail::demo::Answer::ok(call, &on.to_string()))
}

/// Without what this emulator denies to every role: it asks for `budgets:CreateBudget`, where AWS asks for `budgets:ModifyBudget`, and
/// the trail's bucket refuses plain HTTP.
const PROFILE: &str = "extends = \"training-org\"\n[anomaly]\nenabled = false\n[budgets.action]\nenabled = false\n\
    [budgets.monthly]\nenabled = false\n[trail]\nenabled = false\n[organization]\nsetup_role = \"guardrail-setup\"\n\
    [organization.management]\nalarms = true\nlimit_usd = 100\n";

/// ministack decides who may assume which role, and what its session may do.
#[test]
fn safeguards_are_set_up_in_each_account_and_removed_again() {
    let stack = Emulator::start(ENFORCING);
    let made = stack.python("organization.py", &["ministack", "guardrail-setup"]);
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let [one, two] = [word(&made["accounts"][1]), word(&made["accounts"][2])];
    let [missing, distrustful, powerless] =
        ["without_role", "distrustful", "powerless"].map(|kind| word(&made[kind][0]));
    let proxy = proxy::over(&stack.url, std::sync::Arc::new(proxy::Told(alerts_are_on)));
    let world = World::new().endpoint(&proxy.url).env("GUARDRAIL_NOW", "");
    // The management account has alarms and budgets for these two: one for each of 21 keeps the emulator busy.
    let profile = PROFILE.replace("setup_role", &format!("accounts = [\"{one}\", \"{two}\"]\nsetup_role"));
    std::fs::write(world.home().join("mine.toml"), profile).unwrap();
    let accounts = [ACCOUNT, &one, &two, &missing, &distrustful, &powerless].join(",");
    let run = |line: &str| -> (Screen, BTreeSet<String>) {
        proxy.recording.clear();
        let screen = world.run(&format!("{line} --organization --accounts {accounts} -c mine.toml --format json"));
        assert_eq!(proxy.recording.undeclared(), BTreeSet::new(), "{screen}");
        (screen, proxy.recording.mutating())
    };
    let only_entered = BTreeSet::from(["sts:AssumeRole".to_owned()]);
    let look = |account: &str| stack.python("safeguards.py", &["look", account])["guardrail"].clone();
    let names = |seen: &Value, kind: &str| seen[kind].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let init = "init --email a@example.com --limit 10";
    let nothing = look(&one);
    assert!(nothing.as_object().unwrap().values().all(|it| it == &json!({})), "{nothing:#}");

    let (planned, changed) = run(&format!("{init} --dry-run"));
    assert_eq!((planned.code, changed), (Some(3), only_entered.clone()), "{planned}");
    assert_eq!(look(&one), nothing);

    let report = run(&format!("{init} --yes")).0.exits(3).json();
    crate::schema::is_of_organization_safeguards(&report);
    let states = states(&report);
    let state = |account: &str| states[account].as_str();
    assert_eq!([ACCOUNT, &one, &two, &powerless].map(state), ["entered"; 4]);
    assert_eq!([&*missing, &distrustful].map(state), ["unreachable"; 2]);
    assert_eq!(causes(&report).values().collect::<Vec<_>>(), ["role", "role"]);
    // A role without rights is entered, and everything in it is a gap.
    assert!(!account(&report, &powerless)["gaps"].as_array().unwrap().is_empty());
    for id in [ACCOUNT, &one, &two] {
        let own = account(&report, id);
        let result = |safeguard: &str| row(own, safeguard)["result"].clone();
        assert_eq!(["notification-topic", "billing-alarm"].map(result), ["done"; 2], "{own:#}");
        let seen = look(id);
        assert_eq!(names(&seen, "topics"), ["guardrail-alerts"]);
        let alarm = if id == ACCOUNT { "guardrail-billing-100-usd" } else { "guardrail-billing-10-usd" };
        assert!(names(&seen, "alarms").contains(&alarm.to_owned()), "{seen:#}");
    }
    assert!(names(&look(&one), "alarms").iter().all(|name| !name.contains("account")));
    // In the management account an alarm and a budget for each account of the profile, and its own by the limit of all.
    let payer = look(ACCOUNT);
    let of_accounts = |kind: &str| names(&payer, kind).iter().filter(|name| name.contains("-account-")).count();
    assert_eq!((of_accounts("alarms"), of_accounts("budgets")), (2, 2), "{payer:#}");
    assert_eq!(payer["alarms"][&format!("guardrail-billing-account-{one}")]["threshold"], json!(10.0));
    assert_eq!(payer["budgets"][&format!("guardrail-monthly-account-{one}")]["limit"], "10 USD");
    for id in [&missing, &distrustful, &powerless] {
        assert_eq!(look(id), nothing, "{id}");
    }

    let (again, changed) = run(&format!("{init} --yes"));
    assert_eq!((again.code, changed), (Some(3), only_entered.clone()), "{again}");
    let (checked, changed) = run("check");
    assert_eq!(changed, only_entered);
    for id in [ACCOUNT, &one, &two] {
        let rows = account(&checked.json(), id)["safeguards"].clone();
        let wrong: Vec<&Value> = rows
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| !matches!(row["state"].as_str(), Some("ok" | "unknown")))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    let (removed, _) = run("remove --yes --delete-logs");
    assert_eq!(removed.code, Some(3), "{removed}");
    for id in [ACCOUNT, &one, &two] {
        assert_eq!(look(id), nothing, "{id}\n{removed}");
    }
}

#[test]
fn the_management_account_has_what_only_it_can_have_and_a_plain_run_leaves_that() {
    let case = Case::new();
    let made = case.stack.python("organization.py", &["ministack", "guardrail-sweep"]);
    assert_eq!(made["accounts"].as_array().unwrap().len(), 21);
    case.aws.edit(|account| account.alerts = Some(true));
    let whole = format!("--organization --accounts {ACCOUNT} -c training-org");
    let init = format!("init {whole} --email a@example.com --limit 10 --yes --format json");
    let report = case.run(&init).0.json();
    let own = account(&report, ACCOUNT);
    let result = |safeguard: &str| row(own, safeguard)["result"].clone();
    let all = ["notification-topic", "billing-alarm", "monthly-budget", "anomaly-detection", "trail"];
    assert_eq!(all.map(result), ["done"; 5], "{own:#}");
    let monitors = |case: &Case| {
        let monitors = case.aws.look().monitors.into_values();
        let name = |body: &Value| body["MonitorName"].as_str().unwrap().to_owned();
        monitors.map(|it| (name(&it.body), it.body["MonitorDimension"].clone())).collect::<BTreeMap<_, _>>()
    };
    let expected = [("guardrail-accounts", json!("LINKED_ACCOUNT")), ("guardrail-services", json!("SERVICE"))];
    assert_eq!(monitors(&case), expected.map(|(name, by)| (name.to_owned(), by)).into());
    let trail = row(own, "trail")["changes"].to_string();
    assert!(trail.contains("trail.organization"), "{trail}");
    let (again, changed) = case.run(&init);
    assert_eq!(changed, BTreeSet::new(), "{again}");
    // A run without the organisation sees nothing superfluous, and changes nothing of it.
    let plain =
        case.changes_nothing("init -c training-org --email a@example.com --limit 10 --yes --format json").json();
    for safeguard in all {
        assert_eq!(row(&plain, safeguard)["state"], "ok", "{plain:#}");
    }
    assert_eq!(monitors(&case).len(), 2);
    let removed = done(case.run("remove --yes --delete-logs").0);
    let seen = case.stack.python("safeguards.py", &["look"]);
    assert!(seen["guardrail"].as_object().unwrap().values().all(|it| it == &json!({})), "{seen:#}\n{removed}");
    assert_eq!(monitors(&case), BTreeMap::new());
}
