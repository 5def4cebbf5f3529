//! Everything that an emulator has is deleted, and read back with boto3: what was chosen is gone, everything else is untouched.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::emulated::{MINISTACK, MOTO};
use crate::emulators::Emulator;
use crate::recording::Recording;
use crate::world::World;
use crate::{proxy, validity};

const HERE: &str = "ap-northeast-1";
const THERE: &str = "eu-west-1";

/// Types that the emulator lists and cannot end: it does not know the call.
const NOT_ENDED_BY_MOTO: &[&str] = &["network-firewall", "vpc-lattice-service"];
const NOT_ENDED_BY_MINISTACK: &[&str] = &[];

/// A deleted database leaves its last snapshot; and moto breaks on detaching the disk of a stopped instance.
const LEFT_BEHIND: &[&str] = &["ec2-volume", "rds-snapshot"];

const KEEP: &str =
    "[[sweep.keep]]\nresource = \"kinesis-stream\"\nname = \"*\"\nreason = \"exam\"\nuntil = 2027-01-01\n";

fn ids(report: &Value, list: &str, wanted: impl Fn(&Value) -> bool) -> BTreeSet<String> {
    let rows = report[list].as_array().unwrap().iter().filter(|row| wanted(row));
    rows.map(|row| row["resource"].as_str().unwrap().to_owned()).collect()
}

fn left(emulator: &Emulator, region: &str) -> BTreeMap<String, Vec<String>> {
    serde_json::from_value(emulator.python("acting.py", &["look", region])).unwrap()
}

fn ended(emulator: &Emulator, name: &str, types: &[&str], not_ended: &[&str]) {
    let made: Vec<[String; 2]> = serde_json::from_value(emulator.python("everything.py", &[name])).unwrap();
    let _ = emulator.python("acting.py", &["foreign"]);
    let proxy = proxy::before(&emulator.url);
    let world = World::new().endpoint(&proxy.url);
    let stream = made.iter().find(|[resource, _]| resource == "kinesis-stream").unwrap();
    std::fs::write(world.home().join("keep.toml"), KEEP.replace('*', &stream[1])).unwrap();
    let line = format!(
        "delete {} --regions {HERE},us-east-1 --yes --account 123456789012 --remove-protection --offline-prices --wait 3 \
         -c keep.toml --format json",
        types.join(" ")
    );
    let screen = world.run(&line);
    let report = screen.json();
    let proven = |row: &Value| ["gone", "ending"].contains(&row["verified"].as_str().unwrap_or_default());
    let gone = ids(&report, "actions", proven);
    let open = ids(&report, "actions", |row| !proven(row));
    for row in report["actions"].as_array().unwrap().iter().filter(|row| !proven(row)) {
        println!("{} {}: {} {}", row["resource"], row["id"], row["verified"], row["steps"]);
    }
    println!("{name}: {} types ended, {} not; refused: {}", gone.len(), open.len(), report["refused"]);
    assert_eq!(open, not_ended.iter().map(|id| (*id).to_owned()).collect());
    let refused = ids(&report, "refused", |row| row["why"] != "kept");
    let whole: BTreeSet<String> = gone.iter().chain(&open).chain(&refused).cloned().collect();
    let expected: BTreeSet<String> =
        types.iter().map(|id| (*id).to_owned()).filter(|id| id != "kinesis-stream").collect();
    assert_eq!(whole, expected);
    // As boto3 sees it.
    let foreign = left(emulator, THERE);
    assert_eq!(
        (&*foreign["dynamodb-table"], &*foreign["kinesis-stream"]),
        (&["foreign".to_owned()][..], &["foreign".to_owned()][..])
    );
    for (resource, ids) in left(emulator, HERE).iter().filter(|(resource, _)| gone.contains(*resource)) {
        let still: Vec<&String> = ids.iter().filter(|id| made.iter().any(|[_, made]| id.contains(&**made))).collect();
        assert!(still.is_empty() || resource == "secret", "{resource}: {still:?}");
    }
    assert!(left(emulator, HERE)["kinesis-stream"].contains(&stream[1]));
    approved_only(&proxy.recording);
    let sweep = format!(
        "sweep --no-bill --offline-prices --format json --regions {HERE},us-east-1 --resources {} -c keep.toml",
        types.join(",")
    );
    let again = world.run(&sweep).json();
    let stays = ids(&again, "findings", |row| row["billing"] != "ending" && row["exempt"].is_null());
    assert_eq!(stays, open.union(&refused).cloned().collect(), "{again:#}");
}

/// Instances with disks, gateways with addresses, balancers, databases: what depends on something else ends after it.
#[test]
fn what_a_course_leaves_behind_is_deleted() {
    let moto = Emulator::moto();
    let made: Vec<[String; 3]> = serde_json::from_value(moto.python("leftovers.py", &["make", HERE])).unwrap();
    let types: BTreeSet<&str> = made.iter().map(|[_, resource, _]| &**resource).collect();
    let world = World::new().endpoint(&moto.url);
    let types: Vec<&str> = types.into_iter().collect();
    let line = format!(
        "delete {} --regions {HERE} --yes --account 123456789012 --remove-protection --offline-prices --wait 3 --format json",
        types.join(" ")
    );
    let screen = world.run(&line);
    let report = screen.json();
    for row in report["actions"].as_array().unwrap().iter().filter(|row| row["verified"] != "gone") {
        println!("{} {}: {} {}", row["resource"], row["id"], row["verified"], row["steps"]);
    }
    println!(
        "leftovers: {} of {} things in {} types",
        report["actions"].as_array().unwrap().len(),
        made.len(),
        types.len()
    );
    let again =
        format!("sweep --no-bill --offline-prices --format json --regions {HERE} --resources {}", types.join(","));
    let left = ids(&world.run(&again).json(), "findings", |_| true);
    assert_eq!(left, LEFT_BEHIND.iter().map(|id| (*id).to_owned()).collect());
}

fn approved_only(recording: &Recording) {
    assert_eq!(recording.undeclared(), BTreeSet::new(), "IAM actions that `guardrail policy` would not grant");
    validity::prove(recording);
}

#[test]
fn every_type_that_moto_has_is_deleted() {
    ended(&Emulator::moto(), "moto", MOTO, NOT_ENDED_BY_MOTO);
}

#[test]
fn every_type_that_ministack_has_is_deleted() {
    ended(&Emulator::ministack(), "ministack", MINISTACK, NOT_ENDED_BY_MINISTACK);
}
