//! `stop` and `delete` below the command line, on an account that lives: order, changes, denials, two runs, interruptions.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region as SdkRegion, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use futures::future::BoxFuture;
use guardrail::demo;
use guardrail::error::Result;
use guardrail::model::actions::{Event, LogEntry, StepResult, Why};
use guardrail::model::{ActionReport, Usd, Verb, Verified};
use guardrail::ops::act::{self, Choice, Journal, Name, Plan, Wanted};
use guardrail::ops::{Approved, sweep};
use jiff::Timestamp;

use crate::gate::{Gate, Point, Way};
use crate::lab::{Lab, State, Thing, thing};
use crate::sweeps::everything;
use crate::world::{ACCOUNT, NOW};

const HERE: &str = "eu-west-1";
const TYPES: [&str; 4] = ["ec2-instance", "ec2-volume", "ec2-address", "ec2-nat-gateway"];

/// The log of a test, in memory.
#[derive(Default)]
struct Notes(Mutex<Vec<LogEntry>>);

impl Notes {
    fn entries(&self) -> Vec<LogEntry> {
        self.0.lock().unwrap().clone()
    }
}

impl Journal for Notes {
    fn record<'a>(&'a self, entry: &'a LogEntry) -> BoxFuture<'a, Result<()>> {
        self.0.lock().unwrap().push(entry.clone());
        Box::pin(std::future::ready(Ok(())))
    }
}

fn sdk(http: SharedHttpClient) -> SdkConfig {
    let credentials = Credentials::new(ACCOUNT, "secret", None, None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(http)
        .region(SdkRegion::new("us-east-1"))
        .retry_config(RetryConfig::disabled())
        .build()
}

fn line(lab: &Lab) -> SharedHttpClient {
    demo::client(Arc::new(lab.clone()))
}

fn named(words: &[&str]) -> Choice {
    Choice { names: words.iter().map(|word| Name::parse(word).unwrap()).collect(), ..Choice::default() }
}

fn options(choice: &Choice) -> act::Options {
    act::Options {
        at_once: 8,
        pace: Duration::from_millis(1),
        patience: Duration::from_millis(300),
        sweep: sweep::Options {
            regions: choice.places(),
            resources: choice.types(),
            made_at: NOW.parse().unwrap(),
            ..everything()
        },
        now: || NOW.parse().unwrap(),
    }
}

/// The same with a profile that keeps a thing of each of these types and ids.
fn keeping(choice: &Choice, things: &[(&str, &str)]) -> act::Options {
    let keep = things.iter().map(|(resource, id)| {
        format!("[[sweep.keep]]\nresource = '{resource}'\nid = '{id}'\nreason = 'exam'\nuntil = 2027-01-01\n")
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("p.toml");
    std::fs::write(&file, keep.collect::<String>()).unwrap();
    let mut options = options(choice);
    let profile = guardrail::profile::load(&file.display().to_string(), &|text| text.id.to_owned());
    options.sweep.keep = profile.unwrap().sweep.keep;
    options
}

async fn planned(sdk: &SdkConfig, verb: Verb, choice: &Choice, log: &Notes) -> Result<Plan> {
    planned_by(sdk, verb, choice, log, &options(choice)).await
}

async fn planned_by(sdk: &SdkConfig, verb: Verb, choice: &Choice, log: &Notes, options: &act::Options) -> Result<Plan> {
    let options = &options.sweep;
    let account = ACCOUNT.parse().unwrap();
    let swept = sweep::sweep(sdk, &account, options, std::future::pending(), |_| {}).await?;
    act::plan(&swept, &Wanted { verb, choice: choice.clone(), remove_protection: false }, &log.entries())
}

async fn done(sdk: &SdkConfig, plan: Plan, choice: &Choice, log: &Notes) -> ActionReport {
    let approved = Approved::by_the_person(plan);
    act::run(sdk, approved, &options(choice), log, std::future::pending(), |_| {}).await.unwrap()
}

/// Plans and acts at once.
async fn acted(http: SharedHttpClient, verb: Verb, choice: &Choice, log: &Notes) -> Result<ActionReport> {
    let sdk = sdk(http);
    let plan = planned(&sdk, verb, choice, log).await?;
    Ok(done(&sdk, plan, choice, log).await)
}

fn verdicts(report: &ActionReport) -> Vec<(&str, Option<Verified>)> {
    report.actions.iter().map(|row| (&*row.id, row.verified)).collect()
}

fn refused(report: &ActionReport) -> Vec<(&str, Why)> {
    report.refused.iter().map(|it| (&*it.id, it.why)).collect()
}

fn at(log: &[LogEntry], id: &str, event: Event) -> usize {
    let place = log.iter().position(|it| it.key.ends_with(&format!("/{id}")) && it.event == event);
    place.unwrap_or_else(|| panic!("{id} {event:?} is not in the log"))
}

#[tokio::test]
async fn what_others_need_ends_after_them_and_everything_is_verified() {
    let (lab, log) = (Lab::full(&[HERE]), Notes::default());
    let report = acted(line(&lab), Verb::Delete, &named(&TYPES), &log).await.unwrap();
    assert_eq!(lab.left(), Vec::<String>::new(), "{report:#?}");
    let proven = |it: &Option<Verified>| it.is_some_and(Verified::is_proof);
    assert!(report.actions.iter().all(|row| proven(&row.verified)), "{:?}", verdicts(&report));
    assert!(lab.things().iter().all(|it| it.acted <= 1), "{:#?}", lab.things());
    let log = log.entries();
    let id = |id: &str| format!("{id}-{HERE}");
    for (first, then) in [("i-lab", "vol-data"), ("i-lab", "eipalloc-lab"), ("nat-lab", "eipalloc-nat")] {
        assert!(at(&log, &id(first), Event::Verified) < at(&log, &id(then), Event::Begun), "{first}, {then}");
    }
    // The disk of the instance ends with it: nothing is called for it.
    let root = report.actions.iter().find(|row| row.id == id("vol-root")).unwrap();
    assert!(root.steps.is_empty() && root.verified == Some(Verified::Gone));
    // What is independent does not wait.
    assert!(at(&log, &id("vol-lost"), Event::Begun) < at(&log, &id("eipalloc-nat"), Event::Begun));
    assert!(act::unfinished(&log).is_empty());
}

#[tokio::test]
async fn a_stop_takes_only_what_can_be_stopped() {
    let (lab, log) = (Lab::full(&[HERE]), Notes::default());
    let report = acted(line(&lab), Verb::Stop, &named(&TYPES), &log).await.unwrap();
    let id = format!("i-lab-{HERE}");
    assert_eq!(verdicts(&report), [(&*id, Some(Verified::Stopped))]);
    assert_eq!(lab.things().iter().filter(|it| it.acted > 0).count(), 1);
    assert!(report.refused.iter().all(|it| it.why == Why::CannotStop), "{:?}", refused(&report));
    assert_eq!(report.refused.len(), 6);
}

#[tokio::test]
async fn what_changed_since_the_plan_is_left_alone() {
    let change: [(&str, fn(&mut Thing)); 3] = [
        ("tags", |it| it.tags.push(("course".to_owned(), "ml".to_owned()))),
        ("created_at", |it| it.created = "2026-11-22T00:00:00.000Z".to_owned()),
        ("commands", |it| it.to = Some("i-other".to_owned())),
    ];
    for (about, change) in change {
        let other = thing("i-other", HERE);
        let lab = Lab::of(&[HERE], vec![thing("vol-one", HERE), thing("vol-two", HERE), other]);
        let (log, sdk, choice) = (Notes::default(), sdk(line(&lab)), named(&["ec2-volume"]));
        let plan = planned(&sdk, Verb::Delete, &choice, &log).await.unwrap();
        lab.change("vol-one", change);
        let report = done(&sdk, plan, &choice, &log).await;
        assert_eq!(refused(&report), [("vol-one", Why::Changed)], "{about}");
        assert_eq!(report.refused[0].about.as_deref(), Some(about));
        assert_eq!(lab.left(), ["vol-one", "i-other"]);
    }
}

#[tokio::test]
async fn what_is_gone_before_its_turn_is_no_failure() {
    let lab = Lab::of(&[HERE], vec![thing("vol-one", HERE)]);
    let (log, sdk, choice) = (Notes::default(), sdk(line(&lab)), named(&["ec2-volume"]));
    let plan = planned(&sdk, Verb::Delete, &choice, &log).await.unwrap();
    lab.change("vol-one", |it| it.state = State::Gone);
    let report = done(&sdk, plan, &choice, &log).await;
    assert_eq!(verdicts(&report), [("vol-one", Some(Verified::Gone))]);
    assert_eq!(report.actions[0].steps[0].result, StepResult::Skipped);
}

#[tokio::test]
async fn a_failure_holds_up_only_what_depends_on_it() {
    let (lab, log) = (Lab::full(&[HERE]), Notes::default());
    let denied = crate::lab::denying(&lab, "TerminateInstances");
    let report = acted(denied, Verb::Delete, &named(&TYPES), &log).await.unwrap();
    let left: BTreeSet<String> = lab.left().into_iter().collect();
    let id = |id: &str| format!("{id}-{HERE}");
    assert_eq!(left, ["i-lab", "vol-root", "vol-data", "eipalloc-lab"].map(id).into());
    let row = |name: &str| report.actions.iter().find(|row| row.id == id(name)).unwrap();
    assert!(row("i-lab").failed() && row("i-lab").failure().unwrap().contains("UnauthorizedOperation"));
    for held in ["vol-data", "eipalloc-lab"] {
        assert_eq!(row(held).verified, Some(Verified::StillThere));
        assert!(row(held).steps.iter().all(|step| step.result == StepResult::Skipped), "{held}");
    }
    assert_eq!(row("eipalloc-nat").verified, Some(Verified::Gone));
}

#[tokio::test]
async fn two_runs_at_once_end_each_thing_once() {
    let lab = Lab::full(&[HERE]);
    let (sdk, choice, one, two) = (sdk(line(&lab)), named(&TYPES), Notes::default(), Notes::default());
    let first = planned(&sdk, Verb::Delete, &choice, &one).await.unwrap();
    let second = planned(&sdk, Verb::Delete, &choice, &two).await.unwrap();
    let (first, second) = futures::join!(done(&sdk, first, &choice, &one), done(&sdk, second, &choice, &two));
    assert_eq!(lab.left(), Vec::<String>::new());
    assert!(lab.things().iter().all(|it| it.acted <= 1), "{:#?}", lab.things());
    for report in [first, second] {
        let open = |it: &Option<Verified>| !it.is_some_and(Verified::is_proof);
        assert!(report.actions.iter().all(|row| !open(&row.verified)), "{:?}", verdicts(&report));
        assert!(report.refused.is_empty());
    }
}

#[tokio::test]
async fn kept_owned_and_foreign_things_are_not_touched() {
    let owned = [("aws:autoscaling:groupName".to_owned(), "workers".to_owned())].to_vec();
    let own = [("managed-by".to_owned(), "guardrail".to_owned())].to_vec();
    let on = |id: &str, to: &str| Thing { to: Some(to.to_owned()), ..thing(id, HERE) };
    let lab = Lab::of(
        &[HERE],
        vec![
            Thing { tags: owned, ..thing("i-worker", HERE) },
            Thing { goes: true, ..on("vol-worker", "i-worker") },
            on("eipalloc-worker", "i-worker"),
            thing("vol-kept", HERE),
            Thing { tags: own, ..thing("vol-own", HERE) },
            thing("vol-chosen", HERE),
        ],
    );
    let (log, sdk, choice) = (Notes::default(), sdk(line(&lab)), named(&TYPES));
    let options = keeping(&choice, &[("ec2-volume", "vol-kept")]);
    let plan = planned_by(&sdk, Verb::Delete, &choice, &log, &options).await.unwrap();
    let report = act::run(&sdk, Approved::by_the_person(plan), &options, &log, std::future::pending(), |_| {}).await;
    let report = report.unwrap();
    assert_eq!(verdicts(&report), [("vol-chosen", Some(Verified::Gone))]);
    let expected = [
        ("vol-kept", Why::Kept),
        ("i-worker", Why::Owned),
        ("eipalloc-worker", Why::Attached),
        ("vol-worker", Why::Attached),
        ("vol-own", Why::Guardrail),
    ];
    assert_eq!(refused(&report), expected);
    assert!(report.refused[1].instead.as_ref().unwrap().to_string().contains("update-auto-scaling-group"));
    assert!(lab.things().iter().all(|it| it.acted == usize::from(it.id == "vol-chosen")));
    // An attached address that is named by itself is ended; the disk of a running instance is not.
    let choice = named(&["ec2-address:eipalloc-worker", "ec2-volume:vol-worker"]);
    let plan = planned(&sdk, Verb::Delete, &choice, &log).await.unwrap();
    assert_eq!(plan.report.actions.iter().map(|row| &*row.id).collect::<Vec<_>>(), ["eipalloc-worker"]);
    assert_eq!(refused(&plan.report), [("vol-worker", Why::Attached)]);
}

/// A gateway that is kept needs its address, and an instance is not ended with a disk that is kept.
#[tokio::test]
async fn what_is_kept_keeps_what_it_needs() {
    let lab = Lab::full(&[HERE]);
    let (log, sdk, choice) = (Notes::default(), sdk(line(&lab)), named(&TYPES));
    let id = |id: &str| format!("{id}-{HERE}");
    let (gateway, disk) = (id("nat-lab"), id("vol-root"));
    let options = keeping(&choice, &[("ec2-nat-gateway", &gateway), ("ec2-volume", &disk)]);
    let plan = planned_by(&sdk, Verb::Delete, &choice, &log, &options).await.unwrap();
    let expected = [
        (disk, Why::Kept),
        (gateway, Why::Kept),
        (id("eipalloc-lab"), Why::Attached),
        (id("eipalloc-nat"), Why::Attached),
        (id("vol-data"), Why::Attached),
        (id("i-lab"), Why::EndsKept),
    ];
    let left: BTreeSet<(String, String)> =
        refused(&plan.report).into_iter().map(|(id, why)| (id.to_owned(), format!("{why:?}"))).collect();
    assert_eq!(left, expected.into_iter().map(|(id, why)| (id, format!("{why:?}"))).collect());
    assert_eq!(plan.report.actions.iter().map(|row| &*row.id).collect::<Vec<_>>(), [id("vol-lost")]);
    // A stop ends neither disk nor address.
    let plan = planned_by(&sdk, Verb::Stop, &choice, &log, &options).await.unwrap();
    assert_eq!(plan.report.actions.iter().map(|row| &*row.id).collect::<Vec<_>>(), [id("i-lab")]);
}

/// What ends with an instance is saved once.
#[tokio::test]
async fn the_sum_of_a_plan_is_what_its_things_cost() {
    let (lab, log) = (Lab::full(&[HERE]), Notes::default());
    let plan = planned(&sdk(line(&lab)), Verb::Delete, &named(&TYPES), &log).await.unwrap();
    let costs = plan.report.actions.iter().map(|row| plan.thing(&row.key).unwrap().usd_per_month.unwrap());
    let sum: Usd = costs.sum();
    assert!(sum > Usd::ZERO && plan.report.actions.iter().any(|row| row.steps.is_empty()));
    assert_eq!(plan.report.totals.usd_per_month_saved, sum.monthly());
}

#[tokio::test]
async fn a_name_of_nothing_is_refused_unless_guardrail_ended_it() {
    let lab = Lab::of(&[HERE], vec![thing("vol-one", HERE)]);
    let (log, sdk) = (Notes::default(), sdk(line(&lab)));
    let error = planned(&sdk, Verb::Delete, &named(&["ec2-volume:vol-on"]), &log).await.unwrap_err();
    assert_eq!(error.what.id, "error-not-in-account");
    let choice = named(&["ec2-volume:vol-one"]);
    let plan = planned(&sdk, Verb::Delete, &choice, &log).await.unwrap();
    done(&sdk, plan, &choice, &log).await;
    let plan = planned(&sdk, Verb::Delete, &choice, &log).await.unwrap();
    assert!(plan.does_nothing() && plan.report.notes[0].id() == "ended-before");
}

/// Ends with the cut, and the run with it.
async fn killed(gate: &Gate) {
    while !gate.was_cut() {
        tokio::time::sleep(Duration::from_micros(200)).await;
    }
}

/// Every call of a deletion is cut: a write in three ways, a read in one. The next run ends what is left, and nothing twice.
#[tokio::test]
async fn a_run_that_is_cut_at_any_call_is_finished_by_the_next() {
    let choice = named(&TYPES);
    let gate = Gate::new(&line(&Lab::full(&[HERE])), None);
    acted(gate.client(), Verb::Delete, &choice, &Notes::default()).await.unwrap();
    let ways = |point: &Point| -> &'static [Way] {
        if point.is_read() { &[Way::Unanswered] } else { &[Way::Unsent, Way::Unanswered, Way::Blip] }
    };
    let points = gate.points();
    let (mut cut, mut reads, mut open) = (0, 0, 0);
    for (point, way) in points.iter().flat_map(|point| ways(point).iter().map(move |way| (point, *way))) {
        let (lab, log) = (Lab::full(&[HERE]), Notes::default());
        let gate = Gate::new(&line(&lab), Some((point.clone(), way)));
        // Where the line stays cut, the program is killed, too.
        tokio::select! {
            _ = acted(gate.client(), Verb::Delete, &choice, &log) => {}
            () = killed(&gate), if way != Way::Blip => {}
        }
        if !gate.was_cut() {
            // How often an end is looked for differs from run to run.
            assert!(point.is_read(), "{point} was not called");
            continue;
        }
        cut += 1;
        reads += usize::from(point.is_read());
        open += usize::from(!act::unfinished(&log.entries()).is_empty());
        let report = acted(line(&lab), Verb::Delete, &choice, &log).await.unwrap();
        assert_eq!(lab.left(), Vec::<String>::new(), "cut at {point}, {way:?}: {report:#?}");
        assert!(lab.things().iter().all(|it| it.acted <= 1), "cut at {point}, {way:?}: {:#?}", lab.things());
        let proven = |it: &Option<Verified>| it.is_some_and(Verified::is_proof);
        assert!(report.actions.iter().all(|row| proven(&row.verified)), "cut at {point}, {way:?}");
        assert!(act::unfinished(&log.entries()).is_empty(), "cut at {point}, {way:?}: {:#?}", log.entries());
    }
    println!("delete: {} calls, {cut} cuts, {reads} of them at a read, {open} left something open", points.len());
    assert!(cut > 30 && open > 10 && cut - reads >= 3 * 6, "{cut} {reads} {open}");
}

/// A person interrupts: nothing new is begun, what is under way may answer, and the report says so.
#[tokio::test]
async fn an_interruption_begins_nothing_new() {
    let lab = Lab::full(&[HERE]);
    let (log, choice) = (Notes::default(), named(&TYPES));
    let point = Point { service: "ec2".to_owned(), action: "TerminateInstances".to_owned(), nth: 1 };
    let (gate, hold) = Gate::holding(&line(&lab), point);
    let sdk = sdk(gate.client());
    let plan = planned(&sdk, Verb::Delete, &choice, &log).await.unwrap();
    let options = options(&choice);
    let interrupted = async {
        hold.reached.notified().await;
        hold.go.notify_one();
    };
    let approved = Approved::by_the_person(plan);
    let report = act::run(&sdk, approved, &options, &log, interrupted, |_| {}).await.unwrap();
    assert!(report.interrupted);
    let address = format!("eipalloc-lab-{HERE}");
    assert!(lab.left().contains(&address), "{:?}", lab.left());
    let row = report.actions.iter().find(|row| row.id == address).unwrap();
    assert_eq!(row.verified, Some(Verified::Unknown));
    let report = acted(line(&lab), Verb::Delete, &choice, &log).await.unwrap();
    assert!(lab.left().is_empty() && !report.interrupted);
    assert!(lab.things().iter().all(|it| it.acted <= 1));
}

/// Times in the log are those of the clock that the run is given.
#[tokio::test]
async fn the_log_has_each_call_before_and_after_it() {
    let lab = Lab::of(&[HERE], vec![thing("vol-one", HERE)]);
    let log = Notes::default();
    acted(line(&lab), Verb::Delete, &named(&["ec2-volume"]), &log).await.unwrap();
    let events: Vec<_> = log.entries().into_iter().map(|it| (it.event, it.step, it.verified)).collect();
    let expected = [(Event::Begun, 1, None), (Event::Done, 1, None), (Event::Verified, 0, Some(Verified::Gone))];
    assert_eq!(events, expected);
    let at: Timestamp = NOW.parse().unwrap();
    assert!(log.entries().iter().all(|it| it.at == at && it.key == format!("{ACCOUNT}/{HERE}/ec2-volume/vol-one")));
}
