//! The appeal: letters of the demo account, what is left to the person, and cases at AWS Support.

use std::sync::Arc;

use guardrail::demo::{Answer, Call, Story, afterwards};
use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::proxy::{self, Either, Told};
use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::validity;
use crate::world::{Screen, World};

const HANA: &str = "arn:aws:iam::123456789012:user/hana";
const AFTERWARDS: &str = "2026-11-25T00:30:00Z";
/// What a person says, so that the letter of the demo account two days later has no blank.
const SAID: [&str; 9] = [
    "appeal",
    "--first-time",
    "--name",
    "Hana Sato",
    "--cause",
    "I forgot it after a tutorial.",
    "--ended",
    "OpenSearch domain study 2026-11-23T00:24:00Z",
    "--noticed=2026-11-23T00:00:00Z",
];

fn demo(line: &str) -> Screen {
    World::new().env("COLUMNS", "80").run(&format!("appeal --demo {line}"))
}

#[test]
fn the_letter_of_the_demo_account_is_whole_in_both_languages() {
    let report = demo("--letter both --format json").exits(0).json();
    let letters = report["letters"].as_array().unwrap();
    let shown: Vec<_> =
        letters.iter().map(|it| (it["lang"].as_str().unwrap(), it["blanks"].as_u64().unwrap())).collect();
    assert_eq!(shown, [("ja", 0), ("en", 0)], "{letters:#?}");
    assert_eq!((&report["not_ended"], &report["gaps"]), (&json!([]), &json!([])));
    let fact = |id: &str| report["facts"].as_array().unwrap().iter().find(|it| it["id"] == id).unwrap();
    assert_eq!(
        fact("ended"),
        &json!({ "id": "ended", "about": "study", "value": "2026-11-23T00:24:00Z", "source": "action-log" })
    );
    assert_eq!((&fact("total")["value"], &fact("total")["source"]), (&json!("360.23"), &json!("sum")));
    assert_eq!(fact("first-charge")["value"], "2026-10-24");
    // Who created it, and when: the one who writes the letter.
    let creator = fact("created-by");
    assert_eq!((&creator["value"], &creator["source"]), (&json!(HANA), &json!("cloudtrail")));
    assert_eq!(
        (&fact("created")["value"], &fact("created")["source"]),
        (&json!("2026-10-24T01:12:40Z"), &json!("cloudtrail"))
    );
    assert_eq!(fact("created-from")["value"], "198.51.100.24");
    let says = [(1, "I created the OpenSearch domain \"study\""), (0, "OpenSearch ドメイン「study」を作成しました")];
    assert!(says.iter().all(|(at, said)| letters[*at]["body"].as_str().unwrap().contains(said)), "{letters:#?}");
    // Facts do not depend on the language of the screen.
    assert_eq!(demo("--letter both --format json --lang ja").json(), report);
}

#[test]
fn the_other_letter_leaves_to_the_person_what_only_the_person_knows() {
    let screen = demo("--unauthorized --lang en").exits(0);
    assert!(screen.stdout.contains("Unauthorized use of account 123456789012"), "{screen}");
    assert!(screen.stdout.contains("[… write here when you have changed the root user's password]"), "{screen}");
    assert!(!screen.stdout.contains("apologize"), "{screen}");
    let creator = "was created, not by me, with the credentials of the IAM user \"hana\", from 198.51.100.24";
    assert!(screen.stdout.contains(creator), "{screen}");
    // The steps are those of this letter.
    let flat = |screen: &Screen| screen.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let steps = ["change the root user's password", "the category about unauthorized charges"];
    assert!(steps.iter().all(|step| flat(&screen).contains(step)), "{screen}");
    assert!(!steps.iter().any(|step| flat(&demo("--lang en")).contains(step)));
}

#[test]
fn a_creator_that_cannot_be_looked_up_is_said_below_the_letter() {
    let fixtures = || Fixtures::of(&["opensearch-domain", "bill"]).regions(&["us-east-1"], &[]);
    let denied = Account::of(fixtures()).deny("cloudtrail", "LookupEvents").start();
    let screen = World::new().endpoint(&denied.url).run("appeal --lang en").exits(10);
    let flat = screen.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("not known: the permission cloudtrail:LookupEvents is missing (CloudTrail)"), "{screen}");
    let silent = Account::of(fixtures()).start();
    let screen = World::new().endpoint(&silent.url).run("appeal --lang ja").exits(10);
    assert!(screen.stdout.contains("AWS のイベント履歴"), "{screen}");
}

#[test]
fn every_form_has_the_letter_or_its_facts() {
    for (format, part) in [
        ("markdown", "\n```text\nHello AWS Support,"),
        ("html", "<pre class=\"letter\" lang=\"en\">Hello AWS Support,"),
        ("csv", "ended,study,2026-11-23T00:24:00Z"),
    ] {
        let screen = demo(&format!("--format {format}")).exits(0);
        assert!(screen.stdout.contains(part), "{screen}");
    }
}

#[test]
fn what_is_still_charged_is_said_first() {
    let fixtures = Fixtures::of(&["opensearch-domain", "bill"]).regions(&["us-east-1"], &[]);
    let server = Account::of(fixtures).start();
    let screen = World::new().endpoint(&server.url).run("appeal --lang en").exits(10);
    assert!(screen.stdout.contains("is still charged. End it before you send the letter"), "{screen}");
    assert!(!screen.stdout.contains("is deleted and no longer charged"), "{screen}");
    assert_eq!(server.recording.mutating(), std::collections::BTreeSet::new());
    assert_eq!(server.recording.undeclared(), std::collections::BTreeSet::new());
    validity::prove(&server.recording);
}

#[test]
fn what_could_not_be_read_is_a_gap_and_a_blank() {
    let server =
        Account::of(Fixtures::of(&["bill"])).deny("monitoring", "ListMetrics").deny("iam", "ListUsers").start();
    let world = World::new().endpoint(&server.url);
    let report = world.run("appeal --unauthorized --service AmazonES --format json").exits(3).json();
    let actions: Vec<&str> =
        report["gaps"].as_array().unwrap().iter().filter_map(|gap| gap["action"].as_str()).collect();
    assert!(actions.contains(&"cloudwatch:ListMetrics") && actions.contains(&"iam:ListUsers"), "{actions:?}");
    let body = report["letters"][0]["body"].as_str().unwrap();
    assert!(body.contains("[… month, service and amount, as on your invoice]"), "{body}");
}

#[test]
fn mistakes_of_the_person_are_refused_before_anything_is_asked() {
    let world = World::new();
    for (words, said) in [
        (vec!["appeal", "--demo", "--ended", "domain study"], "does not end with a date"),
        (vec!["appeal", "--demo", "--noticed", "yesterday"], "neither a date nor a time"),
        (vec!["appeal", "--demo", "--cause", "my key AKIAIOSFODNN7EXAMPLE was public"], "access key or a card number"),
        (vec!["appeal", "--demo", "--cause", "card 4111 1111 1111 1111"], "access key or a card number"),
        (vec!["appeal", "--demo", "nothing"], "no sweep has found"),
        (vec!["appeal", "--demo", "--send"], "read-only"),
        (vec!["appeal", "--demo", "--status"], "read-only"),
    ] {
        let screen = world.run_words(&words).exits(2);
        assert!(screen.stderr.contains(said) && !screen.stderr.contains("AKIA"), "{screen}");
    }
}

/// AWS Support with a paid plan: a dry run that works is answered with an error.
fn support(call: &Call) -> Option<Answer> {
    match (&*call.service, &*call.action) {
        ("support", "CreateCase") if call.body.contains("\"dryRun\":true") => {
            Some(Answer::error(call, 400, "DryRunOperationException", "would have worked"))
        }
        ("support", _) => Fixtures::of(&["support-case"]).answer(call),
        _ => None,
    }
}

fn with_a_plan() -> Server {
    Account::of(Either(Arc::new(Told(support)), afterwards())).start()
}

fn run(server: &Server, more: &[&str]) -> Screen {
    let world = World::new().env("GUARDRAIL_NOW", AFTERWARDS).endpoint(&server.url);
    world.run_words(&[&SAID[..], more].concat())
}

/// The requests for cases, and whether each was a dry run.
fn opened(server: &Server) -> Vec<bool> {
    let cases = server.recording.calls().into_iter().filter(|call| call.action == "CreateCase");
    cases.map(|call| serde_json::from_str::<Value>(&call.body).unwrap()["dryRun"] == true).collect()
}

#[test]
fn a_case_is_tried_out_shown_and_opened_only_when_approved() {
    let server = with_a_plan();
    let screen = run(&server, &["--send", "--dry-run"]).exits(0);
    assert!(
        screen
            .stdout
            .replace('\n', " ")
            .contains("service Billing (billing), category Dispute a charge (dispute-charge)"),
        "{screen}"
    );
    assert_eq!(opened(&server), [true]);
    let screen = run(&server, &["--send"]).exits(2);
    assert!(screen.stderr.contains("the case above has not been approved"), "{screen}");
    assert_eq!(opened(&server), [true, true]);
    let screen = run(&server, &["--send", "--yes"]).exits(0);
    assert!(screen.stdout.contains("Opened case case-123456789012-muen-2026-0123456789abcdef"), "{screen}");
    assert_eq!(opened(&server), [true, true, true, false]);
    let call = server.recording.calls().into_iter().rfind(|call| call.action == "CreateCase").unwrap();
    let body: Value = serde_json::from_str(&call.body).unwrap();
    assert_eq!(
        (&body["issueType"], &body["language"], body.get("severityCode")),
        (&json!("customer-service"), &json!("en"), None)
    );
    assert!(body["communicationBody"].as_str().unwrap().starts_with("Hello AWS Support,\n"), "{body:#}");
    validity::prove(&server.recording);
}

#[test]
fn a_letter_with_blanks_and_a_code_that_aws_does_not_list_are_not_sent() {
    let server = with_a_plan();
    let world = World::new().env("GUARDRAIL_NOW", AFTERWARDS).endpoint(&server.url);
    let screen = world.run("appeal --send --yes").exits(2);
    assert!(screen.stderr.contains("and is not sent") && screen.stdout.contains("Hello AWS Support"), "{screen}");
    let screen = run(&server, &["--send", "--yes", "--case-category", "gift"]).exits(2);
    assert!(screen.stderr.contains("payment-issue, dispute-charge"), "{screen}");
    assert_eq!(opened(&server), Vec::<bool>::new());
}

#[test]
fn without_a_plan_the_letter_is_shown_and_the_console_named() {
    let server = Account::of(Either(Arc::new(Told(no_plan)), afterwards())).start();
    let screen = run(&server, &["--send", "--yes"]).exits(2);
    assert!(screen.stdout.contains("Hello AWS Support,"), "{screen}");
    assert!(
        screen.stderr.contains("does not include the Support API") && screen.stderr.contains("free of charge"),
        "{screen}"
    );
    let screen = run(&server, &["--status"]).exits(2);
    assert!(screen.stderr.contains("does not include the Support API"), "{screen}");
}

/// Ids of the requests for cases.
fn asked_for(server: &Server) -> Vec<Value> {
    let asked = server.recording.calls().into_iter().filter(|call| call.action == "DescribeCases");
    asked.map(|call| serde_json::from_str::<Value>(&call.body).unwrap()["caseIdList"].clone()).collect()
}

#[test]
fn the_case_that_was_opened_is_the_one_that_is_shown() {
    let server = with_a_plan();
    let world = World::new().env("GUARDRAIL_NOW", AFTERWARDS).endpoint(&server.url);
    let words = [&SAID[..], &["--send", "--yes"]].concat();
    let _ = world.run_words(&words).exits(0);
    let _ = world.run("appeal --status").exits(0);
    let id = "case-123456789012-muen-2026-0123456789abcdef";
    assert_eq!(asked_for(&server), [json!([id])]);
    // Another one by its id; and what AWS does not have any more is no reason to show nothing.
    let _ = world.run("appeal --status --case case-1").exits(0);
    assert_eq!(asked_for(&server)[1], json!(["case-1"]));
    let gone = |call: &Call| match (&*call.action, call.body.contains("caseIdList")) {
        ("DescribeCases", true) => Some(Answer::error(call, 400, "CaseIdNotFound", "no such case")),
        _ => support(call),
    };
    let server = Account::of(Either(Arc::new(Told(gone)), afterwards())).start();
    let world = world.endpoint(&server.url);
    let screen = world.run("appeal --status").exits(0);
    assert!(screen.stdout.contains("Case 176543210012345"), "{screen}");
    assert_eq!(asked_for(&server), [json!([id]), Value::Null]);
    let _ = world.run("appeal --status --case case-1").exits(1);
    // `init` remembers its choices beside it.
    let file = world.home().join(".config/guardrail/accounts/123456789012.toml");
    assert!(std::fs::read_to_string(file).unwrap().contains(id));
}

fn no_plan(call: &Call) -> Option<Answer> {
    (call.service == "support").then(|| Answer::error(call, 400, "SubscriptionRequiredException", "no plan"))
}

#[test]
fn awss_answer_is_shown() {
    let server = with_a_plan();
    let screen = run(&server, &["--status"]).exits(0);
    assert!(
        screen.stdout.contains("Case 176543210012345 of account 123456789012: pending-customer-action"),
        "{screen}"
    );
    let [own, aws] = ["Hello AWS Support,", "We have approved a one-time adjustment of 324.21 USD."]
        .map(|it| screen.stdout.find(it));
    assert!(own.unwrap() < aws.unwrap(), "{screen}");
    let japanese = run(&server, &["--status", "--lang", "ja"]).exits(0);
    assert!(japanese.stdout.contains("メッセージ 2 件"), "{japanese}");
}

/// moto has cases, and neither codes nor dry runs nor messages of a case.
#[test]
fn a_case_that_is_opened_in_moto_is_read_back() {
    fn missing(call: &Call) -> Option<Answer> {
        let told = matches!(&*call.action, "DescribeServices" | "DescribeCreateCaseOptions" | "DescribeCommunications");
        let dry = call.action == "CreateCase" && call.body.contains("\"dryRun\":true");
        (call.service == "support" && (told || dry)).then(|| support(call))?
    }
    fn others(call: &Call) -> Option<Answer> {
        (call.service != "support").then(|| guardrail::demo::respond(&*afterwards(), call))
    }
    let moto = Emulator::moto();
    let server = proxy::over(&moto.url, Arc::new(Either(Arc::new(Told(missing)), Arc::new(Told(others)))));
    let opened = run(&server, &["--send", "--yes", "--format", "json"]).exits(0).json();
    let id = opened["case"]["id"].as_str().unwrap().to_owned();
    let read = run(&server, &["--status", "--case", &id, "--format", "json"]).exits(0).json();
    assert_eq!(
        (&read["case"]["id"], &read["case"]["subject"]),
        (&opened["case"]["id"], &opened["letters"][0]["subject"])
    );
    assert_eq!(
        (&read["case"]["service"]["code"], &read["case"]["category"]["code"]),
        (&json!("billing"), &json!("dispute-charge"))
    );
    assert!(moto.url.starts_with("http"), "kept until here");
}
