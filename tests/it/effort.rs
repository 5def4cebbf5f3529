//! The cost of a sweep in requests and resources: no call twice, and limits of concurrency and open files.

use std::collections::{BTreeMap, BTreeSet};
use std::future::pending;
use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use guardrail::aws::regions::DEFAULT;
use guardrail::model::{Gap, Reason, Region, Scope, SweepReport};
use guardrail::ops::sweep::{Options, sweep};
use guardrail::resources;

use crate::recording::iam_action;
use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::sweeps::{self, everything};
use crate::world::{ACCOUNT, World, sdk};

fn empty_account(latency: u64) -> Server {
    let account = Account::of(Fixtures::of(&[]).regions(&DEFAULT, &[]));
    account.latency(Duration::from_millis(latency)).start()
}

async fn swept(server: &Server, at_once: usize) -> SweepReport {
    sweeps::swept(server, &Options { at_once, ..everything() }).await
}

#[tokio::test]
async fn no_call_is_made_twice() {
    let server = empty_account(0);
    assert_eq!(swept(&server, 128).await.gaps, []);
    let mut calls: BTreeMap<_, usize> = BTreeMap::new();
    for call in server.recording.calls() {
        *calls.entry((call.region, call.service, call.action, call.path, call.body)).or_default() += 1;
    }
    let twice: Vec<_> = calls.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
    let asked: BTreeSet<_> =
        server.recording.calls().iter().map(|call| (call.region.clone(), iam_action(call))).collect();
    let regions = DEFAULT.map(Region::new);
    for resource in resources::ALL.iter().copied() {
        let list = resource.reads()[0].to_owned();
        let places = resource.asked_in(&regions).into_iter().map(|region| (region.to_string(), list.clone()));
        let missing: Vec<_> = places.filter(|place| !asked.contains(place)).collect();
        assert!(missing.is_empty(), "{}: not asked for {missing:?}", resource.id);
    }
}

#[tokio::test]
async fn a_region_that_never_answers_costs_one_timeout() {
    let account = Account::of(Fixtures::of(&[]).regions(&["ap-northeast-1", "eu-west-1"], &[])).hang("eu-west-1");
    let server = account.start();
    let patience = TimeoutConfig::builder().operation_timeout(Duration::from_secs(1)).build();
    let sdk = sdk(&server.url).to_builder().timeout_config(patience).build();
    let account = ACCOUNT.parse().unwrap();
    let report = sweep(&sdk, &account, &Options { at_once: 8, ..everything() }, pending(), |_| {}).await.unwrap();
    let asked = server.recording.calls().iter().filter(|call| call.region == "eu-west-1").count();
    let silent = |gap: &&Gap| gap.region.as_ref().is_some_and(|region| region.as_str() == "eu-west-1");
    let there = resources::ALL.iter().filter(|it| !it.asked_in(&[Region::new("eu-west-1")]).is_empty());
    let there = there.filter(|it| it.scope == Scope::Region).count();
    // Those in flight when the first timeout ended, some of which make two calls.
    assert!((1..=16).contains(&asked), "{asked} questions for {there} types to a region that answered none");
    assert_eq!(report.gaps.iter().filter(silent).count(), there);
    assert!(report.gaps.iter().all(|gap| gap.reason == Reason::Timeout && gap.action.is_some()), "{:?}", report.gaps);
}

#[tokio::test]
async fn concurrency_stays_within_its_limit() {
    let server = empty_account(10);
    assert_eq!(swept(&server, 4).await.gaps, []);
    assert_eq!(server.peak.highest(), 4);
}

#[test]
fn few_open_files_make_it_slower_and_nothing_else() {
    let server = empty_account(500);
    let world = World::new().endpoint(&server.url);
    // More requests than the limit, and few enough for a test.
    let some = "--resources ec2-instance,ec2-volume,ec2-snapshot,ec2-address,rds-instance,rds-snapshot";
    let sweep = |limit: &str| world.shell(&format!(r#"ulimit {limit} && exec "$0" sweep {some}"#)).exits(0);
    let _ = sweep("-n 128");
    assert!(server.peak.highest() <= 64, "{}", server.peak.highest());
    // A limit that may be raised is raised.
    let _ = sweep("-Sn 128");
    assert!(server.peak.highest() > 64, "{}", server.peak.highest());
}
