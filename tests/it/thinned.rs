//! Answers with parts missing: nothing may hide a row, and nothing may panic.

use std::collections::BTreeSet;
use std::future::pending;
use std::sync::{Arc, Mutex};

use guardrail::ops::sweep::sweep;
use guardrail::resources::{self, Resource};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::sweeps::only;
use crate::types::place;
use crate::world::{ACCOUNT, sdk};

/// Without these there is no row: what the type is about is not there, or the answer says of somebody else's.
const DECIDING: &[(&str, &str)] = &[
    // An interface without a public address.
    ("ec2-address", "publicIp"),
    // Without its engine a database is one of RDS, and told there.
    ("docdb-instance", "Engine"),
    ("docdb-cluster", "Engine"),
    ("neptune-instance", "Engine"),
    ("neptune-cluster", "Engine"),
    // What makes an alarm dearer than the free ones.
    ("cloudwatch-alarm", "Expression"),
    ("cloudwatch-alarm", "Period"),
    // Nobody has subscribed.
    ("quicksight-subscription", "AccountInfo"),
    // A stopped fleet bills only for large disks.
    ("appstream-fleet", "RootVolumeConfig"),
    ("appstream-fleet", "VolumeSizeInGb"),
    // A vault without a name cannot be asked for what it holds.
    ("backup-recovery-point", "BackupVaultName"),
    // What an inventory does not say reads as zero.
    ("glacier-vault", "SizeInBytes"),
    // A job that has ended bills only if it keeps its machines warm.
    ("sagemaker-training-job", "WarmPoolStatus"),
    // Of two trails one is free: which, they agree upon in every region by what they are.
    ("cloudtrail-trail", "IsMultiRegionTrail"),
    // Only an address of its own bills.
    ("cloudfront-distribution", "SSLSupportMethod"),
];

/// What is left out of every answer.
#[derive(Debug, Clone)]
enum Cut {
    Nothing,
    /// Every member of this name.
    Member(String),
    /// A part of all members, by chance.
    Some(Vec<bool>),
}

type Shared = Arc<Mutex<Cut>>;

/// A type's fixtures, with whatever the cut says left out.
fn serve(resource: &Resource, cut: &Shared) -> Server {
    let cut = cut.clone();
    let edit = move |text: &str| thin(text, &cut.lock().unwrap());
    Account::of(Fixtures::of(&[resource.id]).regions(&[place(resource).as_str()], &[]).edited(edit)).start()
}

async fn rows(server: &Server, resource: &Resource) -> usize {
    let (sdk, account, options) = (sdk(&server.url), ACCOUNT.parse().unwrap(), only(place(resource), &[resource.id]));
    let swept = sweep(&sdk, &account, &options, pending(), |_| {}).await;
    // A whole answer that cannot be read is a gap: that hides nothing either.
    swept.map_or(usize::MAX, |report| if report.gaps.is_empty() { report.findings.len() } else { usize::MAX })
}

fn thin(text: &str, cut: &Cut) -> String {
    let mut chance = match cut {
        Cut::Some(drops) => drops.iter().cycle(),
        _ => [].iter().cycle(),
    };
    let mut drops = |name: &str| match cut {
        Cut::Nothing => false,
        Cut::Member(member) => member == name,
        Cut::Some(_) => *chance.next().unwrap_or(&false),
    };
    if text.trim_start().starts_with('<') {
        return thin_xml(text, &mut drops);
    }
    let mut answer: Value = serde_json::from_str(text).unwrap();
    thin_json(&mut answer, &mut drops);
    answer.to_string()
}

/// What leads to the next page is no part of a row.
fn is_token(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("token")
        || name == "lastevaluatedtablename"
        || name == "lastevaluatedbackuparn"
        || name == "position"
        || name.contains("marker")
        || name == "istruncated"
        || name == "hasmoreresults"
}

/// Leaves out members; lists stay, as they hold the rows.
fn thin_json(value: &mut Value, drops: &mut impl FnMut(&str) -> bool) {
    match value {
        Value::Object(members) => {
            members.retain(|name, value| is_token(name) || holds_rows(value) || !drops(name));
            members.values_mut().for_each(|member| thin_json(member, drops));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| thin_json(item, drops)),
        _ => {}
    }
}

fn holds_rows(value: &Value) -> bool {
    match value {
        Value::Array(_) => true,
        Value::Object(members) => members.values().any(holds_rows),
        _ => false,
    }
}

/// Leaves out elements without children.
fn thin_xml(text: &str, drops: &mut impl FnMut(&str) -> bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        let end = tag.find('>').unwrap() + 1;
        let name = tag[1..end - 1].split_whitespace().next().unwrap_or_default();
        let closing = format!("</{name}>");
        let body = &tag[end..];
        let leaf = body.find('<').filter(|inside| body[*inside..].starts_with(&closing));
        match leaf {
            Some(inside) if !is_token(name) && drops(name) => rest = &body[inside + closing.len()..],
            _ => {
                out.push_str(&tag[..end]);
                rest = body;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The names of everything that can be left out of a type's answers.
pub fn members(resource: &Resource) -> BTreeSet<String> {
    let folder = format!("{}/tests/it/fixtures/{}", env!("CARGO_MANIFEST_DIR"), resource.id);
    let mut names = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut note = |name: &str| {
            names.insert(name.to_owned());
            false
        };
        if text.trim_start().starts_with('<') {
            thin_xml(&text, &mut note);
        } else {
            thin_json(&mut serde_json::from_str(&text).unwrap(), &mut note);
        }
    }
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn no_missing_member_hides_a_row() {
    let mut hidden = Vec::new();
    for resource in resources::ALL.iter().copied() {
        let cut = Shared::new(Mutex::new(Cut::Nothing));
        let server = serve(resource, &cut);
        let all = rows(&server, resource).await;
        for member in members(resource) {
            *cut.lock().unwrap() = Cut::Member(member.clone());
            let left = rows(&server, resource).await;
            if left < all && !DECIDING.contains(&(resource.id, &*member)) {
                hidden.push(format!("{} without {member}: {left} of {all}", resource.id));
            }
        }
    }
    assert!(hidden.is_empty(), "{hidden:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_thinned_by_chance_hide_nothing() {
    let mut runner = TestRunner::deterministic();
    let chances = proptest::collection::vec(proptest::bool::weighted(0.3), 97);
    let mut hidden = Vec::new();
    for resource in resources::ALL.iter().copied() {
        let cut = Shared::new(Mutex::new(Cut::Nothing));
        let server = serve(resource, &cut);
        let all = rows(&server, resource).await;
        if DECIDING.iter().any(|(id, _)| *id == resource.id) {
            continue;
        }
        for _ in 0..4 {
            let drops = chances.new_tree(&mut runner).unwrap().current();
            *cut.lock().unwrap() = Cut::Some(drops.clone());
            let left = rows(&server, resource).await;
            if left < all {
                hidden.push(format!("{}: {left} of {all} with {drops:?}", resource.id));
            }
        }
    }
    assert!(hidden.is_empty(), "{hidden:#?}");
}
