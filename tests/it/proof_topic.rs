//! The links from the topic to a person: each is broken once, and the test message passes through them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use guardrail::demo::{Answer, Call, Story};
use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::server::Server;
use crate::stateful::Stateful;
use crate::world::{ACCOUNT, Screen, World};
use crate::{proxy, validity};

const EMAIL: &str = "a@example.com";
const INIT: &str = "init --email a@example.com --limit 10 --yes";
const CHECK: &str = "check --format json";

/// Answers that AWS has and the emulator lacks, by operation; one body for each page, or a denial.
#[derive(Default)]
struct Corrections(Mutex<BTreeMap<&'static str, Vec<String>>>);

impl Corrections {
    fn say(&self, action: &'static str, pages: &[String]) {
        self.0.lock().unwrap().insert(action, pages.to_vec());
    }

    fn deny(&self, action: &'static str) {
        self.say(action, &[]);
    }

    fn nothing_more(&self) {
        self.0.lock().unwrap().clear();
    }
}

impl Story for Corrections {
    fn answer(&self, call: &Call) -> Option<Answer> {
        let said = self.0.lock().unwrap();
        let pages = said.get(&*call.action)?;
        let page = usize::from(call.path.contains("nextToken=2"));
        Some(match pages.get(page) {
            Some(body) => Answer::ok(call, body),
            None => Answer::error(call, 403, "AccessDeniedException", "not allowed"),
        })
    }
}

struct Case {
    stack: Emulator,
    corrections: Arc<Corrections>,
    proxy: Server,
    world: World,
}

impl Case {
    fn new() -> Self {
        let stack = Emulator::ministack();
        let corrections = Arc::new(Corrections::default());
        let proxy =
            proxy::over(&stack.url, Arc::new(proxy::Either(corrections.clone(), Arc::new(Stateful::default()))));
        let world = World::new().endpoint(&proxy.url).env("COLUMNS", "200");
        Self { stack, corrections, proxy, world }
    }

    /// An account after `init`.
    fn set_up() -> Self {
        let case = Self::new();
        let _ = case.run(INIT);
        case
    }

    fn at(self, now: &str) -> Self {
        Self { world: self.world.env("GUARDRAIL_NOW", now), ..self }
    }

    /// Runs the program, and verifies that every request was declared.
    fn run(&self, line: &str) -> Screen {
        let recording = &self.proxy.recording;
        recording.clear();
        let screen = self.world.run(line);
        assert_eq!(recording.undeclared(), BTreeSet::new(), "not in `guardrail policy`\n{screen}");
        screen
    }

    /// The report of a check. Its exit code also depends on links that these tests do not change.
    fn check(&self) -> Value {
        let screen = self.run(CHECK);
        let report = screen.json();
        let own = |gap: &&Value| gap["resource"] == "notification-topic" || gap["resource"] == "monthly-budget";
        let gaps: Vec<&Value> = report["gaps"].as_array().unwrap().iter().filter(own).collect();
        assert!(gaps.is_empty(), "{gaps:#?}");
        let broken = links(&report, "notification-topic").iter().any(|link| link[2] == "broken");
        assert!(screen.code == Some(10) || !broken, "{screen}");
        report
    }

    fn subscribed(&self) -> usize {
        self.proxy.recording.count("Subscribe")
    }

    fn topic(&self, args: &[&str]) -> Value {
        self.stack.python("topic.py", args)
    }
}

/// A list of the topic's subscriptions with these states of the address.
fn listing(states: &[&str]) -> [String; 1] {
    let member = |state: &&str| {
        format!(
            "<member><SubscriptionArn>{state}</SubscriptionArn><Owner>{ACCOUNT}</Owner><Protocol>email</Protocol>\
             <Endpoint>{EMAIL}</Endpoint><TopicArn>arn:aws:sns:us-east-1:{ACCOUNT}:guardrail-alerts</TopicArn></member>"
        )
    };
    let members: String = states.iter().map(member).collect();
    [format!(
        "<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions>{members}</Subscriptions>\
         </ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>"
    )]
}

fn contacts(listed: &[(&str, &str)], next: Option<&str>) -> String {
    let contact = |(address, status): &(&str, &str)| {
        let time = "2026-01-01T00:00:00Z";
        json!({ "arn": "arn:aws:notifications-contacts::1:emailcontact/x", "name": "me", "address": address,
            "status": status, "creationTime": time, "updateTime": time })
    };
    json!({ "emailContacts": listed.iter().map(contact).collect::<Vec<_>>(), "nextToken": next }).to_string()
}

fn row<'a>(report: &'a Value, id: &str) -> &'a Value {
    let rows = report["safeguards"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap()
}

/// The links of a safeguard: step, subject, status, value.
fn links(report: &Value, id: &str) -> Vec<[String; 4]> {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let links = row(report, id)["proof"].as_array().unwrap();
    links.iter().map(|link| ["step", "subject", "status", "value"].map(|key| word(&link[key]))).collect()
}

/// The topic's links of the address: step, status, value.
fn address(report: &Value) -> [String; 3] {
    let about = links(report, "notification-topic").into_iter().filter(|link| link[1] == EMAIL);
    let [[step, _, status, value]] = <[_; 1]>::try_from(about.collect::<Vec<_>>()).unwrap();
    [step, status, value]
}

fn statuses(report: &Value, step: &str) -> Vec<(String, String)> {
    let rows = report["safeguards"].as_array().unwrap();
    let links = rows.iter().flat_map(|row| links(report, row["id"].as_str().unwrap()));
    links.filter(|link| link[0] == step).map(|[_, subject, status, _]| (subject, status)).collect()
}

#[test]
fn an_unconfirmed_address_shows_its_expiry_and_is_then_subscribed_again() {
    let case = Case::new();
    case.corrections.say("ListSubscriptionsByTopic", &listing(&["PendingConfirmation"]));
    let screen = case.run(INIT);
    assert!(screen.stdout.contains("before 2026-11-25 00:00 UTC"), "{screen}");
    let case = case.at("2026-11-24T23:00:00Z");
    assert_eq!(address(&case.check()), ["subscription-confirmed", "waiting", "2026-11-25T00:00:00Z"]);
    assert_eq!(case.proxy.recording.count("GetSubscriptionAttributes"), 0, "a listing that says it is enough");

    let case = case.at("2026-11-25T00:00:00Z");
    case.corrections.nothing_more();
    assert_eq!(case.topic(&["unsubscribe", EMAIL]), json!(1));
    let report = case.check();
    assert_eq!(address(&report), ["subscription-expired", "broken", "-"]);
    assert_eq!(row(&report, "notification-topic")["state"], "drifted");

    case.corrections.say("GetSubscriptionAttributes", &[attributes("true")]);
    let screen = case.run("init --yes");
    assert_eq!(case.subscribed(), 1, "{screen}");
    assert!(screen.stdout.contains("before 2026-11-27 00:00 UTC"), "{screen}");
    let case = case.at("2026-11-25T01:00:00Z");
    assert_eq!(address(&case.check()), ["subscription-confirmed", "waiting", "2026-11-27T00:00:00Z"]);
    case.corrections.say("GetSubscriptionAttributes", &[attributes("false")]);
    assert_eq!(address(&case.check()), ["subscription-confirmed", "ok", "-"]);
}

fn attributes(pending: &str) -> String {
    format!(
        "<GetSubscriptionAttributesResponse><GetSubscriptionAttributesResult><Attributes><entry>\
         <key>PendingConfirmation</key><value>{pending}</value></entry></Attributes></GetSubscriptionAttributesResult>\
         </GetSubscriptionAttributesResponse>"
    )
}

#[test]
fn an_unsubscribed_address_is_reported_and_not_subscribed_again_unasked() {
    let case = Case::set_up();
    assert_eq!(case.topic(&["unsubscribe", EMAIL]), json!(1));
    let report = case.check();
    assert_eq!(address(&report), ["subscription-left", "broken", "-"]);
    assert_eq!(row(&report, "notification-topic")["state"], "ok", "{report:#}");

    let screen = case.run("init --yes").exits(10);
    assert!(screen.stdout.contains("No changes.") && screen.stdout.contains(&format!("--email {EMAIL}")), "{screen}");
    assert_eq!(case.subscribed(), 0);

    // AWS lists an ended subscription for a while, perhaps next to a new one.
    case.corrections.say("ListSubscriptionsByTopic", &listing(&["Deleted"]));
    assert_eq!(address(&case.check())[0], "subscription-left");
    case.corrections.say("ListSubscriptionsByTopic", &listing(&["PendingConfirmation", "Deleted"]));
    let screen = case.run(INIT);
    assert_eq!(case.subscribed(), 0, "{screen}");

    case.corrections.nothing_more();
    let screen = case.run(INIT);
    assert_eq!(case.subscribed(), 1, "{screen}");
    assert_eq!(address(&case.check()), ["subscription-confirmed", "ok", "-"]);
}

#[test]
fn a_deleted_topic_has_no_unsubscribed_addresses() {
    let case = Case::set_up();
    let _ = case.topic(&["delete"]);
    let screen = case.run("init --yes");
    assert_eq!(case.subscribed(), 1, "{screen}");
    assert_eq!(address(&case.check())[1], "ok");
}

#[test]
fn an_address_that_could_not_be_seen_is_unknown() {
    let case = Case::set_up();
    case.corrections.deny("GetSubscriptionAttributes");
    let report = case.check();
    assert_eq!(address(&report), ["subscription-confirmed", "unknown", "sns:GetSubscriptionAttributes"]);
}

#[test]
fn a_topic_that_refuses_a_service_is_named() {
    let case = Case::set_up();
    let publishing = |report: &Value| {
        let told: Vec<String> = statuses(report, "topic-lets-publish").into_iter().map(|(_, status)| status).collect();
        told.join(" ")
    };
    assert_eq!(publishing(&case.check()), "ok ok ok");
    let born = json!({ "Sid": "x", "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "SNS:Publish", "Resource": "*",
        "Condition": { "StringEquals": { "AWS:SourceOwner": ACCOUNT } } });
    let set = |statement: &Value| {
        case.topic(&["policy", &json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()])
    };
    let _ = set(&born);
    assert_eq!(publishing(&case.check()), "ok broken broken");

    // A user's denial stays: `init` repairs its own statements, and the check still reports the denial.
    let denied = json!({ "Sid": "no", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "*" });
    let _ = set(&denied);
    let _ = case.run("init --yes").exits(10);
    let report = case.check();
    assert_eq!(
        (publishing(&report), &row(&report, "notification-topic")["state"]),
        ("broken broken broken".to_owned(), &json!("ok"))
    );
}

#[test]
fn an_encrypted_topic_is_the_classic_trap() {
    let case = Case::set_up();
    let _ = case.topic(&["encrypt", "alias/aws/sns"]);
    let encryption = |report: &Value| statuses(report, "topic-encryption");
    let told = |key: &str, status: &str| vec![(key.to_owned(), status.to_owned())];
    assert_eq!(encryption(&case.check()), told("alias/aws/sns", "broken"));
    let screen = case.run("check").exits(10);
    assert!(screen.stdout.contains("a common trap"), "{screen}");
    let _ = case.topic(&["encrypt", "1234-abcd"]);
    assert_eq!(encryption(&case.check()), told("1234-abcd", "unknown"));
    let _ = case.run("init --yes");
    assert_eq!(encryption(&case.check()), vec![]);
}

#[test]
fn budget_mail_is_never_taken_to_arrive() {
    let case = Case::set_up();
    let verified = |report: &Value| statuses(report, "budget-email-verified");
    let told = |status: &str| vec![(EMAIL.to_owned(), status.to_owned())];
    assert_eq!(verified(&case.check()), told("unknown"), "an emulator without that service");
    assert_eq!(case.proxy.recording.count("ListEmailContacts"), 1, "one question for all budgets");

    let other = contacts(&[("b@example.com", "active")], None);
    let pages = |status| [contacts(&[], Some("2")), contacts(&[(EMAIL, status)], None)];
    for (answer, status) in [(&[other][..], "unknown"), (&pages("inactive"), "waiting"), (&pages("active"), "ok")] {
        case.corrections.say("ListEmailContacts", answer);
        assert_eq!(verified(&case.check()), told(status));
    }
    case.corrections.deny("ListEmailContacts");
    assert_eq!(verified(&case.check()), told("unknown"));
}

#[test]
fn a_test_triggers_the_alarms_and_changes_nothing() {
    let case = Case::set_up();
    let _ = case.topic(&["listen"]);
    let before = case.topic(&["rang"]);
    let screen = case.run("check --send-test --lang ja --format json");
    validity::prove(&case.proxy.recording);
    assert_eq!(screen.json()["schema"], "guardrail/safeguards/v1", "{screen}");
    assert!(screen.stderr.contains(EMAIL) && screen.stderr.contains("guardrail-billing-10-usd"), "{screen}");

    let after = case.topic(&["rang"]);
    let names: Vec<&String> = after.as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 2, "{after}");
    let heard = case.topic(&["heard"]);
    let subjects: Vec<&str> = heard.as_array().unwrap().iter().map(|it| it[0].as_str().unwrap()).collect();
    assert_eq!(subjects.len(), 3, "{heard}");
    assert_eq!(subjects.iter().filter(|it| it.starts_with("ALARM: \"guardrail-billing-")).count(), 2, "{heard}");
    let own = heard.as_array().unwrap().iter().find(|it| it[0] == "guardrail: test message").unwrap();
    assert!(own[1].as_str().unwrap().contains("テスト"), "{own}");
    for name in names {
        // The emulator may also evaluate the seeded figures: only the ALARM state is ours.
        let rung = after[name]["set"].as_array().unwrap().iter().filter(|state| *state == "ALARM").count();
        assert_eq!(rung, 1, "{name}: {after}");
        assert_eq!(after[name]["is"], before[name]["is"], "{name}");
    }
}

#[test]
fn a_test_needs_the_topic_and_a_real_account() {
    let screen = World::new().run("check --send-test --demo").exits(2);
    assert!(screen.stdout.is_empty() && screen.stderr.contains("--send-test"), "{screen}");
    let case = Case::new();
    let screen = case.run("check --send-test").exits(1);
    assert!(screen.stderr.contains("guardrail init") && screen.stdout.contains("missing"), "{screen}");
    let policy = World::new().run("policy send-test").exits(0);
    assert!(policy.stdout.contains("sns:Publish") && policy.stdout.contains("cloudwatch:SetAlarmState"), "{policy}");
    let policy = World::new().run("policy check").exits(0);
    assert!(!policy.stdout.contains("sns:Publish"), "{policy}");
}

#[test]
fn a_home_that_cannot_be_written_to_does_not_break_a_check() {
    let case = Case::set_up();
    let profile = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    std::fs::write(&profile, format!("limit_usd = \"10\"\n[notify]\nemails = [\"{EMAIL}\"]\n")).unwrap();
    let case = Case { world: case.world.env("GUARDRAIL_CONFIG_DIR", "/proc/guardrail"), ..case };
    let screen = case.run(&format!("check --format json -c {}", profile.path().display()));
    assert_eq!(address(&screen.json())[1], "ok");
    assert!(screen.stderr.contains("/proc/guardrail"), "{screen}");
}
