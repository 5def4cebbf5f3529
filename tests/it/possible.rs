//! With partial permissions, safeguards are set up where they are allowed; the others are reported and not tried.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use guardrail::demo::{Answer, Call, Story};
use serde_json::{Value, json};

use insta::assert_snapshot;

use crate::emulators::Emulator;
use crate::ministack::{changed_fields, row};
use crate::proxy::{self, Either, Told};
use crate::recording::is_read;
use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::stateful::Stateful;
use crate::world::{ACCOUNT, Screen, World};

const INIT: &str = "init --email a@example.com --limit 10 --yes";
const PAYER: &str = "210987654321";
/// The region of a "project" besides us-east-1, which AWS's own policy allows.
const PROJECT: &str = "ap-southeast-2";
const FLOOR: [&str; 2] = [PROJECT, "us-west-2"];

/// ministack with the parts that it lacks; the answers of the story take precedence over both.
struct Case {
    stack: Emulator,
    aws: Arc<Stateful>,
    server: Server,
    world: World,
}

impl Case {
    fn new(story: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Self {
        let (stack, aws) = (Emulator::ministack(), Arc::new(Stateful::default()));
        let rest = Either(Arc::new(Told(story)), aws.clone());
        let server = proxy::over(&stack.url, Arc::new(rest));
        let world = World::new().endpoint(&server.url).env("GUARDRAIL_NOW", "");
        Self { stack, aws, server, world }
    }

    fn run(&self, line: &str) -> Screen {
        self.server.recording.clear();
        let screen = self.world.run(line);
        assert_eq!(self.server.recording.undeclared(), BTreeSet::new(), "not in `guardrail policy`\n{screen}");
        screen
    }

    /// Service and region of every write of the last run.
    fn changed(&self) -> BTreeSet<(String, String)> {
        let changes = self.server.recording.calls().into_iter().filter(|call| !is_read(&call.action));
        changes.map(|call| (call.service, call.region)).collect()
    }

    fn topics(&self, region: &str) -> u64 {
        self.stack.python("topic.py", &["count", region]).as_u64().unwrap()
    }
}

fn refused(call: &Call, why: &str) -> Answer {
    let code = if call.service == "sns" { "AuthorizationError" } else { "AccessDeniedException" };
    let message = format!("User: somebody is not authorized to perform: {}:{} {why}", call.service, call.action);
    Answer::error(call, 403, code, &message)
}

/// An AWS "project" (fact sheet, section 7.1).
fn project(call: &Call) -> Option<Answer> {
    let allowed = match (&*call.service, &*call.action) {
        ("organizations", "DescribeOrganization") => {
            let organization = json!({ "Organization": { "MasterAccountId": PAYER } });
            return Some(Answer::ok(call, &organization.to_string()));
        }
        ("sts" | "iam" | "budgets" | "ce" | "freetier", _) => true,
        ("billing" | "notifications-contacts", _) => false,
        _ if FLOOR.contains(&&*call.region) => true,
        ("monitoring", action) => call.region == "us-east-1" && is_read(action),
        ("ec2", "DescribeRegions") => call.region == "us-east-1",
        _ => false,
    };
    if allowed { None } else { Some(refused(call, "with an explicit deny in a service control policy")) }
}

/// Safeguard, region, reason of every gap.
fn gaps(report: &Value) -> Vec<[&str; 3]> {
    let gaps = report["gaps"].as_array().unwrap().iter();
    gaps.map(|gap| ["resource", "region", "reason"].map(|key| gap[key].as_str().unwrap_or("-"))).collect()
}

fn has_note(row: &Value, note: &str) -> bool {
    row["notes"].as_array().unwrap().iter().any(|it| it == note)
}

#[test]
fn a_project_gets_its_topic_and_its_trail_where_they_may_be() {
    let case = Case::new(project);
    let plan = case.run(&INIT.replace("--yes", "--dry-run --format json")).exits(3).json();
    assert_eq!((case.changed(), row(&plan, "billing-alarm")["result"].as_str()), (BTreeSet::new(), Some("skipped")));
    assert!(has_note(row(&plan, "notification-topic"), "elsewhere=ap-southeast-2"), "{plan:#}");
    assert!(has_note(row(&plan, "monthly-budget"), "by-email-only"), "{plan:#}");

    let report = case.run(&format!("{INIT} --format json")).exits(3).json();
    assert_eq!(report["notes"], json!([format!("project-account={PAYER}")]));
    let results: Vec<_> = report["safeguards"].as_array().unwrap().iter().map(|it| it["result"].as_str()).collect();
    let done = Some("done");
    assert_eq!(results, [None, done, Some("skipped"), done, done, done, done, None, done], "{report:#}");
    for id in ["notification-topic", "trail"] {
        assert!(has_note(row(&report, id), "elsewhere=ap-southeast-2"), "{report:#}");
    }
    let gap = ["billing-alarm", "us-east-1", "denied-by-organization"];
    assert_eq!(gaps(&report), [gap]);
    let places =
        [("budgets", "us-east-1"), ("ce", "us-east-1"), ("cloudtrail", PROJECT), ("s3", PROJECT), ("sns", PROJECT)];
    assert_eq!(case.changed(), places.map(|(service, region)| (service.to_owned(), region.to_owned())).into());
    assert_eq!([case.topics(PROJECT), case.topics("us-east-1"), case.topics("us-west-2")], [1, 0, 0]);
    let anomalies = case.aws.look().subscriptions.into_values().next().unwrap().body;
    assert_eq!(anomalies["Subscribers"][0]["Address"], format!("arn:aws:sns:{PROJECT}:{ACCOUNT}:guardrail-alerts"));

    let screen = case.run(INIT).exits(3);
    assert_eq!(case.changed(), BTreeSet::new(), "{screen}");
    assert!(screen.stdout.contains("In ap-southeast-2: a policy of your organisation forbids it"), "{screen}");
    // The alarm that the profile wants is missing.
    let report = case.run("check --format json").exits(10).json();
    assert_eq!(row(&report, "notification-topic")["state"], "ok", "{report:#}");
    assert_eq!(row(&report, "trail")["proof"][0]["status"], "ok", "{report:#}");
    let links = row(&report, "notification-topic")["proof"].as_array().unwrap();
    assert_eq!((&links[0]["subject"], &links[0]["status"]), (&json!("Cost Anomaly Detection"), &json!("ok")));
    assert_eq!(gaps(&report), [gap]);
    let rung = case.run("check --send-test");
    assert!(case.changed().contains(&("sns".to_owned(), PROJECT.to_owned())), "{rung}");

    let screen = case.run("remove --yes");
    let taken_away = case.changed();
    assert!(
        ["sns", "cloudtrail", "s3"].iter().all(|it| taken_away.contains(&((*it).to_owned(), PROJECT.to_owned()))),
        "{screen}"
    );
    assert!(case.topics(PROJECT) == 0 && case.aws.look().subscriptions.is_empty(), "{screen}");
    let screen = case.run("remove --yes");
    assert_eq!(case.changed(), BTreeSet::new(), "{screen}");
}

/// A safeguard may exist in a region that does not answer: no second one is created elsewhere.
#[test]
fn while_a_region_does_not_answer_nothing_is_created_in_another() {
    let case = Case::new(|call| match (&*call.service, &*call.region) {
        ("sns" | "cloudtrail", "us-west-2") => Some(Answer::error(call, 500, "InternalFailure", "try again")),
        _ => project(call),
    });
    let screen = case.run(INIT).exits(3);
    let services: BTreeSet<String> = case.changed().into_iter().map(|(service, _)| service).collect();
    assert_eq!(services, ["budgets".to_owned()].into(), "{screen}");
}

#[test]
fn without_the_topic_budgets_warn_by_mail_and_get_it_later() {
    let denied = Arc::new(AtomicBool::new(true));
    let still = denied.clone();
    let case = Case::new(move |call| {
        let no = still.load(Ordering::SeqCst) && call.service == "sns";
        if no { Some(refused(call, "because no identity-based policy allows it")) } else { None }
    });
    let screen = case.run(INIT).exits(3);
    let changed: BTreeSet<String> = case.changed().into_iter().map(|(service, _)| service).collect();
    assert!(changed.contains("budgets") && !changed.contains("monitoring") && !changed.contains("ce"), "{screen}");
    assert!(screen.stdout.contains("skipped: a safeguard that it needs is missing"), "{screen}");
    let alerts =
        || case.stack.python("safeguards.py", &["look"])["guardrail"]["budgets"]["guardrail-monthly"]["alerts"].take();
    let told = |address: &str| alerts().as_object().unwrap().values().all(|who| who.to_string().contains(address));
    assert!(told("a@example.com") && !alerts().to_string().contains("arn:aws:sns"), "{}", alerts());
    let again = case.run(INIT).exits(3);
    assert_eq!(case.changed(), BTreeSet::new(), "{again}");
    let report = case.run("check --format json").json();
    assert_eq!(row(&report, "monthly-budget")["state"], "ok", "{report:#}");

    denied.store(false, Ordering::SeqCst);
    let report = case.run("check --format json").json();
    assert!(!changed_fields(&report, "monthly-budget").is_empty(), "{report:#}");
    let _ = case.run(INIT);
    assert!(told("a@example.com") && told("arn:aws:sns:us-east-1"), "{}", alerts());
    let screen = case.run(INIT);
    assert!(screen.stdout.contains("No changes."), "{screen}");
}

/// The topic can be read but not created: later safeguards of the run do without it.
#[test]
fn a_topic_that_cannot_be_created_blocks_no_budget() {
    let case = Case::new(|call| if call.action == "CreateTopic" { Some(refused(call, "")) } else { None });
    let report = case.run(&format!("{INIT} --format json")).exits(3).json();
    let result = |id| row(&report, id)["result"].as_str().unwrap_or("-");
    assert_eq!(["notification-topic", "billing-alarm", "monthly-budget"].map(result), ["failed", "skipped", "done"]);
    assert_eq!(gaps(&report), [["notification-topic", "us-east-1", "denied"]]);
}

#[test]
fn without_any_permission_nothing_is_planned_or_changed() {
    let server = Account::of(Told(|call: &Call| match &*call.service {
        "sts" => Fixtures::of(&[]).answer(call),
        _ => Some(refused(call, "because no identity-based policy allows it")),
    }))
    .start();
    let world = World::new().endpoint(&server.url);
    for line in [INIT, &INIT.replace(" --yes", ""), "remove --yes"] {
        let screen = world.run(line).exits(3);
        assert!(screen.stdout.contains("None of the 9 safeguards could be checked"), "{screen}");
    }
    let world = world.env("COLUMNS", "80");
    assert_snapshot!(world.run("check"), @r"
    exit 3
    --- stdout
    Account 123456789012 · profile personal · region us-east-1

    ? Billing alerts preference  could not be checked
        the permission billing:GetBillingPreferences is missing
    ? Notification topic  could not be checked
        the permission sns:GetTopicAttributes is missing
    ? Billing alarm  could not be checked
        the permission cloudwatch:DescribeAlarms is missing
    ? Zero-spend budget  could not be checked
        the permission budgets:ViewBudget is missing
    ? Monthly budget  could not be checked
        the permission budgets:ViewBudget is missing
    ? Free-tier budgets  could not be checked
        the permission budgets:ViewBudget is missing
    ? Cost anomaly detection  could not be checked
        the permission ce:GetAnomalyMonitors is missing
    ? Budget action  could not be checked
        the permission iam:GetPolicy is missing
    ? Audit trail  could not be checked
        the permission cloudtrail:DescribeTrails is missing

    `guardrail policy check` prints an IAM policy with every permission that the
    command needs.

    Does a warning reach you?
      unknown   whether AWS publishes the estimated charges is not known: in the
                console, open Billing → Billing preferences → Alert preferences and
                tick “Receive CloudWatch billing alerts”

    No safeguard could be checked; the reasons are above.
    ");
    assert_snapshot!(world.run("bill"), @r"
    exit 3
    --- stdout
    Account 123456789012 · bill of 2026-11 · 2026-11-23 00:00 UTC

    The figures of the bill could not be read: the permission cloudwatch:ListMetrics
    is missing.
    AWS bills by UTC months: this one ends on 2026-12-01 00:00 UTC.

    Could not be read
      the permission billing:GetCredits is missing
      the permission budgets:ViewBudget is missing
      the permission cloudwatch:ListMetrics is missing
      the permission ec2:DescribeRegions is missing
      the permission ec2:DescribeReservedInstances is missing
      the permission elasticache:DescribeReservedCacheNodes is missing
      the permission es:DescribeReservedInstances is missing
      the permission freetier:GetAccountPlanState is missing
      the permission freetier:GetFreeTierUsage is missing
      the permission memorydb:DescribeReservedNodes is missing
      the permission rds:DescribeReservedDBInstances is missing
      the permission redshift:DescribeReservedNodes is missing
      the permission savingsplans:DescribeSavingsPlans is missing
      the permission support:DescribeSeverityLevels is missing
    `guardrail policy bill` prints an IAM policy with every permission that the
    command needs.

    Line by line: https://console.aws.amazon.com/costmanagement/home#/bills
    ");
    assert_eq!(server.recording.mutating(), BTreeSet::new());
    assert!(!world.home().join(".config/guardrail").exists());
}

#[test]
fn a_bucket_of_another_account_is_reported_with_the_next_step() {
    let case = Case::new(|call| (call.action == "HeadBucket").then(|| Answer::error(call, 403, "", "")));
    let screen = case.run(INIT).exits(3);
    let told = screen.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&format!("The bucket name guardrail-trail-{ACCOUNT} cannot be used")), "{screen}");
    assert!(told.contains("turn the trail off in the profile"), "{screen}");
}
