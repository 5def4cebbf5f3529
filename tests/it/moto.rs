//! `sweep` against moto: it finds what boto3 created, no more and no less.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::emulators::Emulator;
use crate::recording::Recording;
use crate::world::{Screen, World};
use crate::{proxy, validity};

/// The types of `leftovers.py`. Further ones are in `emulated.rs`; moto supports no others.
const TYPES: [&str; 11] = [
    "ec2-instance",
    "ec2-volume",
    "ec2-snapshot",
    "ec2-address",
    "ec2-nat-gateway",
    "load-balancer",
    "classic-load-balancer",
    "rds-instance",
    "rds-cluster",
    "rds-snapshot",
    "opensearch-domain",
];
const REGIONS: [&str; 3] = ["ap-northeast-1", "eu-west-1", "us-east-1"];
/// Region, resource type, id.
type Row = [String; 3];

fn leftovers(moto: &Emulator, verb: &str) -> Value {
    moto.python("leftovers.py", &[&[verb], &REGIONS[..]].concat())
}

fn sweep(url: &str) -> Screen {
    World::new().endpoint(url).run(&format!(
        "sweep --no-bill --offline-prices --format json --regions {} --resources {}",
        REGIONS.join(","),
        TYPES.join(",")
    ))
}

fn found(report: &Value) -> Vec<Row> {
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let row = |finding| [word(finding, "region"), word(finding, "resource"), word(finding, "id")];
    report["findings"].as_array().unwrap().iter().map(row).collect()
}

fn proven(recording: &Recording) {
    assert_eq!(recording.mutating(), BTreeSet::new(), "a sweep changes nothing");
    assert_eq!(recording.undeclared(), BTreeSet::new(), "IAM actions that `guardrail policy` would not grant");
    validity::prove(recording);
}

#[test]
fn every_charged_resource_is_found_and_nothing_else() {
    let moto = Emulator::moto();
    let made: Vec<Row> = serde_json::from_value(leftovers(&moto, "make")).unwrap();
    assert_eq!(made.len(), 18 * REGIONS.len());
    let proxy = proxy::before(&moto.url);

    let report = sweep(&proxy.url).exits(10).json();
    let found = found(&report);
    assert_eq!(found.len(), found.iter().collect::<BTreeSet<_>>().len(), "found twice: {found:#?}");
    assert_eq!(BTreeSet::from_iter(found), BTreeSet::from_iter(made));
    assert_eq!(report["gaps"], Value::Array(Vec::new()));
    assert_eq!(report["totals"]["findings"], 18 * REGIONS.len());
    proven(&proxy.recording);

    assert_eq!(leftovers(&moto, "delete").as_array().unwrap().len(), REGIONS.len());
    let report = sweep(&proxy.url).exits(0).json();
    assert_eq!(self::found(&report), Vec::<Row>::new());
    assert_eq!(report["gaps"], Value::Array(Vec::new()));
}

#[test]
fn a_stopped_instance_is_charged_for_its_disk_only() {
    let moto = Emulator::moto();
    leftovers(&moto, "make");
    let report = sweep(&moto.url).exits(10).json();
    let billing = |id: &str| {
        let rows = report["findings"].as_array().unwrap().iter().filter(|row| row["id"] == id);
        rows.map(|row| row["billing"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(billing("course-db"), ["running"; 3]);
    assert_eq!(billing("sleeping-db"), ["stopped"; 3]);
}
