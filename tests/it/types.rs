//! Every resource type against its fixture: found, found on page two, denied, priced.

use std::collections::BTreeSet;

use guardrail::model::{Charge, Finding, PriceSource, Reason, Region, SweepReport};
use guardrail::ops::sweep::Options;
use guardrail::prices::{Book, sku};
use guardrail::resources::{self, Resource};

use crate::recording::operation;
use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::sweeps::{self, only};

const HERE: &str = "ap-northeast-1";

/// Charges without a Tokyo price in the bundled book. Each line is a hole that live prices may fill; a line that no fixture needs is
/// an error too.
const UNPRICED: &str = include_str!("unpriced.txt");

/// Tokyo, or a region that offers the type.
pub fn place(resource: &Resource) -> Region {
    Some(Region::new(HERE)).filter(|here| resource.may_be_in(here)).unwrap_or_else(Region::home)
}

/// Whether its things are no findings: what they cost is that of what they own, or measured by use.
pub fn only_owns(resource: &Resource) -> bool {
    resource.billed_as.is_empty() || resource.id == "bedrock-custom-model-deployment"
}

async fn swept(server: &Server, resource: &Resource) -> SweepReport {
    let regions = asked_about(resource);
    sweeps::swept(server, &Options { regions, ..only(place(resource), &[resource.id]) }).await
}

fn fixtures(resource: &Resource) -> Fixtures {
    let regions = asked_about(resource);
    Fixtures::of(&[resource.id]).regions(&regions.iter().map(Region::as_str).collect::<Vec<_>>(), &[])
}

/// The region of the sweep, or those in which a global type has things.
fn asked_about(resource: &Resource) -> Vec<Region> {
    let elsewhere = ELSEWHERE.iter().find(|(id, _)| *id == resource.id);
    elsewhere.map_or_else(|| vec![place(resource)], |(_, regions)| regions.iter().copied().map(Region::new).collect())
}

fn account(resource: &Resource) -> Account {
    Account::of(fixtures(resource))
}

/// The signing name of an IAM action's service.
fn service(action: &str) -> &str {
    match action.split_once(':').unwrap().0 {
        "cloudwatch" => "monitoring",
        service => service,
    }
}

fn has_page_two(resource: &Resource, operation: &str) -> bool {
    let folder = format!("{}/tests/it/fixtures/{}", env!("CARGO_MANIFEST_DIR"), resource.id);
    ["xml", "json"].iter().any(|form| std::path::Path::new(&format!("{folder}/{operation}.2.{form}")).is_file())
}

/// The regions of the things in the fixtures of global types; the others are at home.
const ELSEWHERE: &[(&str, &[&str])] = &[("s3-bucket", &["ap-northeast-1", "eu-west-1"])];

/// The regions of a type's findings.
fn places(resource: &Resource) -> BTreeSet<Region> {
    let elsewhere = ELSEWHERE.iter().find(|(id, _)| *id == resource.id);
    match elsewhere {
        Some((_, regions)) => regions.iter().copied().map(Region::new).collect(),
        None => resource.asked_in(&[place(resource)]).into_iter().collect(),
    }
}

#[tokio::test]
async fn each_is_found_where_it_is() {
    for resource in resources::ALL.iter().copied() {
        let report = swept(&account(resource).start(), resource).await;
        let id = resource.id;
        assert_eq!(report.gaps, [], "{id}");
        assert_eq!(report.findings.is_empty(), only_owns(resource), "{id}: {} findings", report.findings.len());
        assert!(report.findings.iter().all(|it| it.resource == id), "{id}: {:?}", report.findings);
        let found: BTreeSet<Region> = report.findings.iter().map(|it| it.region.clone()).collect();
        assert!(only_owns(resource) || found == places(resource), "{id}: found in {found:?}");
    }
}

/// Types with rows that a second page removes: without the workgroup there, its namespace seems unused.
const EXPLAINED: &[(&str, &str)] = &[("redshift-serverless-workgroup", "redshift-serverless:ListWorkgroups")];

/// Second pages that change no row.
const NOTHING_MORE: &[(&str, &str)] = &[
    // AWS's own keyspaces.
    ("keyspaces-table", "keyspaces:ListKeyspaces"),
    // A version without an instance.
    ("rds-instance", "rds:DescribeDBMajorEngineVersions"),
    ("rds-cluster", "rds:DescribeDBMajorEngineVersions"),
    // A namespace that a workgroup uses.
    ("redshift-serverless-workgroup", "redshift-serverless:ListNamespaces"),
    // A rejected attachment.
    ("cloud-wan-core-network", "networkmanager:ListAttachments"),
    // The details are those of both pages, whatever the request.
    ("ecs-service", "ecs:ListClusters"),
    ("ecs-service", "ecs:ListServices"),
    ("ecs-service", "ecs:ListTasks"),
    ("ecs-task", "ecs:ListClusters"),
    ("ecs-task", "ecs:ListTasks"),
    ("ecs-external-instance", "ecs:ListClusters"),
    ("ecs-external-instance", "ecs:ListContainerInstances"),
    // Hosts are no rows: they are EC2 instances that belong to the environment.
    ("evs-environment", "evs:ListEnvironmentHosts"),
    // The details, which are not paged, are those of both pages.
    ("codebuild-fleet", "codebuild:ListFleets"),
];

/// Every second page is left out once: a list is then shorter, and any other answer changes a row.
#[tokio::test]
async fn every_second_page_is_read() {
    let (mut paged, mut unchanged) = (0, Vec::new());
    for resource in resources::ALL.iter().copied().filter(|resource| !only_owns(resource)) {
        let whole = swept(&account(resource).start(), resource).await.findings;
        for asked in resource.asks {
            let (action, operation) = (asked.operation(), operation(asked.operation()));
            if !has_page_two(resource, operation) || NOTHING_MORE.contains(&(resource.id, action)) {
                continue;
            }
            let server = Account::of(fixtures(resource).one_page_of(operation)).start();
            let report = swept(&server, resource).await;
            let (id, part) = (resource.id, report.findings);
            assert_eq!(report.gaps, [], "{id} without page two of {action}");
            let ids = |findings: &[Finding]| findings.iter().map(|it| it.id.clone()).collect::<BTreeSet<_>>();
            let list = resource.asks[0].operation() == action && !EXPLAINED.contains(&(id, action));
            assert!(!list || ids(&whole).is_superset(&ids(&part)), "{id}: more is found without page two of {action}");
            let differ = |these: &[Finding], those: &[Finding]| these.iter().any(|it| !those.contains(it));
            let changed = differ(&whole, &part) || !list && differ(&part, &whole);
            if !changed {
                unchanged.push(format!("{id}: page two of {action} changes nothing"));
            }
            paged += 1;
        }
    }
    assert!(unchanged.is_empty(), "{unchanged:#?}");
    assert!(paged > 0);
}

#[tokio::test]
async fn each_denial_is_a_gap_that_names_the_permission() {
    for resource in resources::ALL.iter().copied() {
        for action in resource.reads() {
            let server = account(resource).deny(service(action), operation(action)).start();
            let report = swept(&server, resource).await;
            let named: Vec<_> = report.gaps.iter().map(|gap| (gap.reason, gap.action.as_deref())).collect();
            assert!(named.contains(&(Reason::Denied, Some(*action))), "{} without {action}: {named:?}", resource.id);
        }
    }
}

#[tokio::test]
async fn every_charge_has_a_price_or_is_known_to_have_none() {
    let mut unpriced = BTreeSet::new();
    for resource in resources::ALL.iter().copied() {
        let report = swept(&account(resource).start(), resource).await;
        for finding in &report.findings {
            assert!(!finding.charges.is_empty(), "{} {} is charged for nothing", resource.id, finding.id);
            let billed = |charge: &Charge| resource.billed_as.contains(&&*charge.sku.service);
            assert!(finding.charges.iter().all(billed), "{} is on the bill as {:?}", resource.id, finding.charges);
            let open = finding.charges.iter().filter(|charge| charge.price.source == PriceSource::Unknown);
            unpriced.extend(open.map(|charge| charge.sku.to_string()));
        }
    }
    if std::env::var_os("UPDATE_UNPRICED").is_some() {
        let lines = unpriced.iter().map(|sku| [&**sku, "\n"].concat()).collect::<String>();
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/unpriced.txt"), lines).unwrap();
        return;
    }
    let known: BTreeSet<String> = UNPRICED.lines().map(str::to_owned).collect();
    assert_eq!(unpriced, known);
}

/// A price by the second that is taken for one by the hour is wrong by 3,600.
#[tokio::test]
async fn a_price_of_the_book_is_of_the_unit_that_is_charged() {
    let (mut charges, mut wrong) = (BTreeSet::new(), BTreeSet::new());
    for resource in resources::ALL.iter().copied() {
        let report = swept(&account(resource).start(), resource).await;
        for charge in report.findings.iter().flat_map(|it| &it.charges) {
            charges.insert(charge.sku.to_string());
            let priced = charge.price.source == PriceSource::Bundled;
            let unit = crate::price_book::unit(&charge.sku.to_string());
            // Their quantity is that of an hour, in the unit of the price: gigabyte-seconds, runs.
            let counted = ["Lambda-Provisioned-Concurrency", "item=canary_run"];
            let counted = counted.iter().any(|it| charge.sku.to_string().contains(it));
            if priced && !counted && unit != Some(charge.unit) {
                wrong.insert(format!("{} is charged by {:?}, and its price is by {unit:?}", charge.sku, charge.unit));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // How many of the catalogue's charges have no price, for the notes of a release.
    let unpriced = |region: &str| {
        let region = Region::new(region);
        let known = |key: &&String| Book::default().price(&sku(String::from(*key).leak()), &region).is_some();
        charges.iter().filter(|key| !known(key)).count()
    };
    let regions = ["ap-northeast-1", "us-east-1", "eu-west-1"];
    println!("{} charges, without a price: {:?}", charges.len(), regions.map(|region| (region, unpriced(region))));
}

#[tokio::test]
async fn every_call_is_declared_so_that_the_printed_policy_covers_it() {
    for resource in resources::ALL.iter().copied() {
        let server = account(resource).start();
        let _ = swept(&server, resource).await;
        assert_eq!(server.recording.undeclared(), BTreeSet::<String>::new(), "{}", resource.id);
    }
}

#[tokio::test]
async fn every_request_is_valid_by_the_models_of_aws() {
    let mut recordings = Vec::new();
    for resource in resources::ALL.iter().copied() {
        let server = account(resource).start();
        let _ = swept(&server, resource).await;
        recordings.push((resource.id, server.recording.all()));
    }
    crate::validity::prove_all(&recordings);
}

/// Things that a list leaves out by default, and the option that includes them.
const LEFT_OUT: &[(&str, &str, &str)] = &[
    // Archived images.
    ("ecr-repository", "DescribeImages", r#""imageStatus":"ANY""#),
    // Composite alarms and alarms on logs.
    ("cloudwatch-alarm", "DescribeAlarms", "CompositeAlarm"),
    ("cloudwatch-alarm", "DescribeAlarms", "LogAlarm"),
    // The shards of a snapshot, which have its size.
    ("memorydb-snapshot", "DescribeSnapshots", "ShowDetail"),
    // The users of other namespaces.
    ("quicksight-subscription", "ListUsers", "/namespaces/partners/"),
];

#[tokio::test]
async fn things_that_a_list_leaves_out_by_default_are_requested() {
    for (id, action, said) in LEFT_OUT {
        let resource = resources::find(id).unwrap();
        let server = account(resource).start();
        let _ = swept(&server, resource).await;
        let asked = server.recording.all().into_iter().filter(|it| it.call.action == *action);
        let mut asked = asked.map(|it| it.call.path + &String::from_utf8_lossy(&it.body));
        assert!(asked.any(|it| it.contains(said)), "{id} does not ask for {said}");
    }
}
