//! The chain from a charge to the alarm: each link is broken once and reported by `check`; also with partial permissions.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use guardrail::demo::{Answer, Call, Story};
use serde_json::{Value, json};

use crate::emulators::{Emulator, MINISTACK};
use crate::proxy;
use crate::responder::{Account, Fixtures};
use crate::stateful::Stateful;
use crate::world::{ACCOUNT, World};

const ALARM: &str = "guardrail-billing-10-usd";
const PAYER: &str = "210987654321";
const INIT: &str = "init --email a@example.com --limit 10 --yes";
/// AWS's answer to an administrator whose root user has not enabled billing access.
const REFUSED: &str = "User: arn:aws:iam::123456789012:user/hana is not authorized to perform: budgets:ViewBudget";
const SCP: &str = "is not authorized to perform this action with an explicit deny in a service control policy";
const LINKED: &str = "Account 123456789012 is a linked account. To enable budgets for your account, ask the payer account to \
                      enable budgets first.";

/// An account with working alarms; these answers take precedence.
#[derive(Default)]
struct Tale(Vec<(&'static str, &'static str, Told)>);

enum Told {
    Body(Value),
    Error(&'static str, &'static str),
}

impl Tale {
    fn tell(mut self, service: &'static str, action: &'static str, body: Value) -> Self {
        self.0.push((service, action, Told::Body(body)));
        self
    }

    /// The action `*` means all actions of the service.
    fn refuse(
        mut self,
        service: &'static str,
        action: &'static str,
        code: &'static str,
        message: &'static str,
    ) -> Self {
        self.0.push((service, action, Told::Error(code, message)));
        self
    }

    fn alerts(self, value: &str) -> Self {
        let preference = json!({ "feature": "BILLING_ALERTS", "key": "k", "value": value });
        self.tell("billing", "GetBillingPreferences", json!({ "billingPreferences": [preference] }))
    }

    fn figures(self, times: &[&str]) -> Self {
        let points: Vec<Value> = times.iter().map(|at| json!({ "Timestamp": at, "Maximum": 1.5 })).collect();
        self.tell("monitoring", "GetMetricStatistics", json!({ "Datapoints": points }))
    }

    fn alarm(self, state: &str, changed_at: &str) -> Self {
        let alarm = json!({
            "AlarmName": ALARM, "StateValue": state, "ActionsEnabled": true, "AlarmConfigurationUpdatedTimestamp": changed_at,
            "AlarmActions": [format!("arn:aws:sns:us-east-1:{ACCOUNT}:guardrail-alerts")],
        });
        self.tell("monitoring", "DescribeAlarms", json!({ "MetricAlarms": [alarm] }))
    }

    fn member(self) -> Self {
        self.tell("organizations", "DescribeOrganization", json!({ "Organization": { "MasterAccountId": PAYER } }))
    }

    fn alone(self) -> Self {
        self.refuse("organizations", "DescribeOrganization", "AWSOrganizationsNotInUseException", "not in one")
    }

    /// `check` at midnight of 23 November 2026.
    fn check(self) -> Value {
        let server = Account::of(self).start();
        let report = World::new().endpoint(&server.url).run("check --format json").json();
        assert_eq!(server.recording.undeclared(), [].into());
        assert_eq!(server.recording.mutating(), [].into());
        report
    }
}

impl Story for Tale {
    fn answer(&self, call: &Call) -> Option<Answer> {
        let tells = |(service, action, _): &&(&str, &str, Told)| {
            *service == call.service && (*action == "*" || *action == call.action)
        };
        match self.0.iter().find(tells) {
            Some((.., Told::Body(body))) => Some(Answer::ok(call, &body.to_string())),
            Some((.., Told::Error(code, message))) => Some(Answer::error(call, 400, code, message)),
            None => Fixtures::of(&[]).answer(call),
        }
    }
}

/// The links of the alerts and the alarm: step, status and subject.
fn links(report: &Value) -> Vec<String> {
    let rows = report["safeguards"].as_array().unwrap().iter();
    let rows = rows.filter(|row| ["billing-alerts", "billing-alarm"].contains(&row["id"].as_str().unwrap()));
    let links = rows.flat_map(|row| row["proof"].as_array().unwrap());
    links
        .map(|link| {
            let parts = ["step", "status", "subject"].map(|key| link[key].as_str().unwrap_or_default());
            assert_eq!(link["hint"].is_null(), parts[1] == "ok", "{link}");
            parts.join(" ").trim_end().to_owned()
        })
        .collect()
}

fn state<'a>(report: &'a Value, id: &str) -> &'a str {
    let rows = report["safeguards"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap()["state"].as_str().unwrap()
}

fn notes(report: &Value) -> Vec<&str> {
    report["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect()
}

fn rings() -> String {
    format!("alarm-rings ok {ALARM}")
}

#[test]
fn a_chain_that_holds() {
    let report = Tale::default()
        .alone()
        .alerts("ENABLED")
        .figures(&["2026-11-21T10:00:00Z", "2026-11-22T20:00:00Z", "2026-11-22T14:00:00Z"])
        .alarm("OK", "2026-10-01T00:00:00Z")
        .check();
    assert_eq!(links(&report), ["billing-alerts-on ok", "metric-has-data ok 2026-11-22T20:00:00Z", &rings()]);
    assert_eq!((state(&report, "billing-alerts"), notes(&report)), ("ok", vec![]));
}

#[test]
fn an_alarm_in_alarm_or_stuck_has_its_own_link() {
    let told =
        |state, at| Tale::default().alerts("ENABLED").figures(&["2026-11-22T20:00:00Z"]).alarm(state, at).check();
    let last = |report: &Value| links(report).pop().unwrap();
    assert_eq!(last(&told("ALARM", "2026-10-01T00:00:00Z")), format!("alarm-is-ringing ok {ALARM}"));
    assert_eq!(last(&told("INSUFFICIENT_DATA", "2026-11-22T20:00:00Z")), format!("alarm-stuck broken {ALARM}"));
    assert_eq!(last(&told("INSUFFICIENT_DATA", "2026-11-22T23:30:00Z")), rings());
}

#[test]
fn why_there_are_no_figures() {
    let young = || Tale::default().alarm("INSUFFICIENT_DATA", "2026-11-22T23:00:00Z");
    let old = || Tale::default().alarm("INSUFFICIENT_DATA", "2026-10-01T00:00:00Z");
    let denied =
        |tale: Tale| tale.refuse("billing", "*", "AccessDeniedException", "no identity-based policy allows it");

    let report = young().alone().alerts("ENABLED").check();
    assert_eq!(links(&report), ["billing-alerts-on ok", "metric-has-data waiting", &rings()]);
    let report = old().alone().alerts("ENABLED").check();
    assert_eq!(links(&report), ["billing-alerts-on ok", "metric-has-data unknown", &rings()]);
    let report = young().alone().alerts("DISABLED").check();
    assert_eq!(links(&report), ["metric-needs-alerts broken", &rings()]);
    assert_eq!(state(&report, "billing-alerts"), "missing");
    let report = denied(young().alone()).check();
    assert_eq!(links(&report), ["billing-alerts-on unknown", "metric-has-data unknown", &rings()]);
    let report = denied(young().member()).check();
    let payer = format!("metric-needs-payer broken {PAYER}");
    assert_eq!(links(&report), ["billing-alerts-on unknown", &payer, &rings()]);
}

#[test]
fn a_preference_that_cannot_be_read_is_known_by_its_metric() {
    let metric = json!({ "Namespace": "AWS/Billing", "MetricName": "EstimatedCharges" });
    let denied = Tale::default().refuse("billing", "*", "AccessDeniedException", "no");
    let report = denied.tell("monitoring", "ListMetrics", json!({ "Metrics": [metric] })).check();
    assert_eq!((state(&report, "billing-alerts"), links(&report)), ("ok", vec!["billing-alerts-on ok".to_owned()]));

    let report = Tale::default().refuse("billing", "*", "AccessDeniedException", "no").check();
    assert_eq!(state(&report, "billing-alerts"), "unknown");
    let gaps = report["gaps"].as_array().unwrap();
    let gap = gaps.iter().find(|gap| gap["resource"] == "billing-alerts").unwrap();
    assert_eq!((&gap["reason"], &gap["action"]), (&json!("denied"), &json!("billing:GetBillingPreferences")));
    let hints: Vec<&str> =
        report["safeguards"][0]["proof"].as_array().unwrap()[0]["hint"].as_str().into_iter().collect();
    assert!(hints[0].contains("Billing preferences → Alert preferences"), "{hints:?}");
}

#[test]
fn the_kind_of_account_is_reported() {
    let free = json!({
        "accountId": ACCOUNT, "accountPlanType": "FREE", "accountPlanStatus": "ACTIVE",
        "accountPlanExpirationDate": "2027-02-01T00:00:00Z",
    });
    let report = Tale::default().alone().tell("freetier", "GetAccountPlanState", free).check();
    assert_eq!(notes(&report), ["free-plan=2027-02-01T00:00:00Z"]);
    assert_eq!(notes(&Tale::default().member().check()), [format!("member-of={PAYER}")]);
    let report = Tale::default().alone().refuse("budgets", "*", "AccessDeniedException", REFUSED).check();
    assert_eq!(notes(&report), ["root-must-allow-billing"]);
    let report = Tale::default().member().refuse("budgets", "*", "AccessDeniedException", LINKED).check();
    assert_eq!(notes(&report), [&*format!("member-of={PAYER}"), "payer-must-enable-budgets"]);
    let report = Tale::default().member().refuse("sns", "*", "AuthorizationError", SCP).check();
    assert_eq!(notes(&report), [&*format!("member-of={PAYER}"), "denied-by-organization"]);
    let project = Tale::default().member().refuse("sns", "*", "AuthorizationError", SCP);
    let report = project.refuse("cloudtrail", "*", "AccessDeniedException", SCP).check();
    assert_eq!(notes(&report), [format!("project-account={PAYER}")]);
}

#[test]
fn a_note_is_a_sentence_under_the_heading() {
    let server = Account::of(Tale::default().member()).start();
    let screen = World::new().endpoint(&server.url).run("check");
    let third = screen.stdout.lines().nth(2).unwrap_or_default();
    assert!(third.starts_with(&format!("This account belongs to the organisation of account {PAYER}")), "{screen}");
}

/// ministack with billing preferences and anomaly detection, which it lacks.
struct Case {
    stack: Emulator,
    world: World,
    server: crate::server::Server,
}

impl Case {
    fn new(stack: Emulator, story: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Self {
        let server = proxy::over(
            &stack.url,
            Arc::new(proxy::Either(Arc::new(proxy::Told(story)), Arc::new(Stateful::default()))),
        );
        let world = World::new().endpoint(&server.url).env("GUARDRAIL_NOW", "");
        Self { stack, world, server }
    }

    fn alarm(&self, what: &str) {
        let _ = self.stack.python("safeguards.py", &["alarm", what, ALARM]);
    }

    /// Sets everything up; links may be unverified.
    fn init(&self) {
        let screen = self.world.run(INIT);
        assert!(screen.stdout.contains("; all verified."), "{screen}");
    }

    /// The links of the alarm and of its metric, without the time.
    fn links(&self) -> Vec<String> {
        let report = self.world.run("check --format json").json();
        let all = links(&report);
        let of = |link: &String| link.starts_with("metric") || link.ends_with(ALARM);
        all.into_iter().filter(of).map(|link| link.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    }
}

#[test]
fn figures_and_alarms_as_boto3_leaves_them() {
    let case = Case::new(Emulator::ministack(), |_| None);
    case.init();
    assert_eq!(case.links(), ["metric-has-data ok", "alarm-rings ok"]);
    case.alarm("disable");
    assert_eq!(case.links(), ["metric-has-data ok", "alarm-rings broken"]);
    case.init();
    assert_eq!(case.links(), ["metric-has-data ok", "alarm-rings ok"]);
    case.alarm("deafen");
    assert_eq!(case.links(), ["metric-has-data ok", "alarm-rings broken"]);
}

#[test]
fn figures_three_days_old_are_no_figures() {
    let case = Case::new(Emulator::start(MINISTACK), |_| None);
    let _ = case.stack.python("safeguards.py", &["charges", "72"]);
    case.init();
    assert_eq!(case.links(), ["metric-has-data broken", "alarm-rings ok"]);
}

/// Neither preference nor metric can be read: everything else is set up.
#[test]
fn an_unreadable_safeguard_does_not_block_the_others() {
    let case = Case::new(Emulator::start(MINISTACK), |_| None);
    let report = case.world.run(&format!("{INIT} --format json")).exits(3).json();
    let rows = report["safeguards"].as_array().unwrap();
    assert_eq!((&rows[0]["result"], state(&report, "billing-alerts")), (&Value::Null, "unknown"));
    let (planned, unplanned): (Vec<_>, Vec<_>) = rows[1..].iter().partition(|row| row["action"] != "none");
    assert!(planned.iter().all(|row| row["result"] == "done"), "{report:#}");
    let idle: Vec<&Value> = unplanned.iter().map(|row| &row["id"]).collect();
    assert_eq!(idle, ["budget-action"], "the profile wants all others: {report:#}");
    assert_eq!(report["gaps"].as_array().unwrap().len(), 1, "{report:#}");
}

#[test]
fn the_preference_is_switched_on_with_the_key_that_was_read_and_stays() {
    let on = AtomicBool::new(false);
    let story = move |call: &Call| {
        if call.service != "billing" {
            return None;
        }
        if call.action == "UpdateBillingPreferences" {
            let asked: Value = serde_json::from_str(&call.body).unwrap();
            let expected = json!({
                "feature": "BILLING_ALERTS", "billingPreferencesPerKey": [{ "key": "as AWS says", "value": "ENABLED" }]
            });
            assert_eq!(asked, expected);
            on.store(true, Ordering::SeqCst);
            return Some(Answer::empty(call));
        }
        let value = if on.load(Ordering::SeqCst) { "ENABLED" } else { "DISABLED" };
        let preference = json!({ "feature": "BILLING_ALERTS", "key": "as AWS says", "value": value });
        Some(Answer::ok(call, &json!({ "billingPreferences": [preference] }).to_string()))
    };
    let case = Case::new(Emulator::start(MINISTACK), story);
    let plan = case.world.run(&INIT.replace("--yes", "--dry-run"));
    assert!(plan.stdout.contains("AWS cannot disable it again"), "{plan}");
    let report = case.world.run(&format!("{INIT} --format json")).json();
    assert_eq!(report["safeguards"][0]["result"], "done", "{report:#}");
    assert_eq!(case.links()[0], "metric-has-data waiting");
    let again = case.world.run(INIT);
    assert!(again.stdout.contains("No changes."), "{again}");
    let _ = case.world.run("remove --yes").exits(0);
    assert_eq!(case.server.recording.count("UpdateBillingPreferences"), 1);
    let left = case.world.run("remove --yes").exits(0);
    assert!(left.stdout.contains("It stays enabled"), "{left}");
}
