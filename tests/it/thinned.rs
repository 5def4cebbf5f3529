//! Answers with missing members: no row may disappear, and nothing may panic.

use std::collections::BTreeSet;
use std::future::pending;
use std::sync::{Arc, Mutex};

use guardrail::aws::Cx;
use guardrail::ops::sweep::sweep;
use guardrail::resources::{self, Resource};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::sweeps::only;
use crate::types::{only_owns, place};
use crate::world::{ACCOUNT, sdk};

/// Members without which there is no row: the thing does not exist, or the answer describes another one.
const DECIDING: &[(&str, &str)] = &[
    // An interface without a public address.
    ("ec2-address", "publicIp"),
    // Without its engine a database counts as RDS, and is reported there.
    ("docdb-instance", "Engine"),
    ("docdb-cluster", "Engine"),
    ("neptune-instance", "Engine"),
    ("neptune-cluster", "Engine"),
    // The expression makes an alarm cost more than the free ones.
    ("cloudwatch-alarm", "Expression"),
    ("cloudwatch-alarm", "Period"),
    // No subscription.
    ("quicksight-subscription", "AccountInfo"),
    // A stopped fleet is charged only for large disks.
    ("appstream-fleet", "RootVolumeConfig"),
    ("appstream-fleet", "VolumeSizeInGb"),
    // The content of a vault without a name cannot be read.
    ("backup-recovery-point", "BackupVaultName"),
    // The nodes of a network without an id cannot be read.
    ("managed-blockchain-node", "Id"),
    // A missing size in an inventory reads as zero.
    ("glacier-vault", "SizeInBytes"),
    // A finished job is charged only for a warm pool.
    ("sagemaker-training-job", "WarmPoolStatus"),
    // A knowledge base without a store owns nothing.
    ("bedrock-knowledge-base", "knowledgeBase"),
    ("bedrock-knowledge-base", "storageConfiguration"),
    ("bedrock-knowledge-base", "opensearchServerlessConfiguration"),
    // One of two trails is free: every region chooses the same one by these members.
    ("cloudtrail-trail", "IsMultiRegionTrail"),
    // The tag of an instance names its environment.
    ("cloud9-environment", "key"),
    ("cloud9-environment", "value"),
    // Only a dedicated IP address is charged.
    ("cloudfront-distribution", "SSLSupportMethod"),
    // The tag of an instance that names its group.
    ("batch-compute-environment", "key"),
    ("batch-compute-environment", "value"),
];

/// Members in the path of another request. Without them that request cannot be made, which is a gap in addition to the row.
const IN_A_PATH: &[(&str, &str)] = &[
    ("bedrock-imported-model", "modelArn"),
    ("internet-monitor", "MonitorName"),
    ("mediaconnect-flow", "flowArn"),
    ("network-monitor", "monitorName"),
    ("qbusiness-application", "applicationId"),
    ("qbusiness-application", "indexId"),
    ("api-gateway-cache", "id"),
    ("cloud-wan-core-network", "CoreNetworkId"),
    ("lambda-provisioned-concurrency", "FunctionArn"),
    ("lambda-provisioned-concurrency", "FunctionName"),
    ("mainframe-environment", "environmentId"),
    ("docdb-elastic-cluster", "clusterArn"),
    ("dsql-cluster", "identifier"),
    ("mediaconnect-flow", "flowArn"),
];

/// Members that may be missing alone, but not together.
const DECIDING_TOGETHER: &[(&str, &str)] = &[
    // They decide which alarms are free; another choice may leave fewer charged ones.
    ("cloudwatch-alarm", "AlarmArn"),
    ("cloudwatch-alarm", "AlarmName"),
    // They decide which events a trail logs, and which trail is free.
    ("cloudtrail-trail", "HasCustomEventSelectors"),
    ("cloudtrail-trail", "HasInsightSelectors"),
    ("cloudtrail-trail", "HomeRegion"),
    ("cloudtrail-trail", "Name"),
    ("cloudtrail-trail", "TrailARN"),
];

/// Whether a member identifies an owned thing: without it the owner is unknown, and the row stays.
fn identifies(resource: &Resource, member: &str) -> bool {
    let member = member.to_lowercase();
    only_owns(resource) && ["id", "ids", "arn", "arns", "name"].iter().any(|end| member.ends_with(end))
}

fn is_deciding(resource: &Resource, member: &str) -> bool {
    let named = (resource.id, member);
    DECIDING.contains(&named) || IN_A_PATH.contains(&named) || identifies(resource, member)
}

/// The members that are removed from every answer.
#[derive(Debug, Clone)]
enum Cut {
    Nothing,
    /// Every member with this name.
    Member(String),
    /// A random part of all members, except these.
    Some(Vec<bool>, BTreeSet<String>),
}

type Shared = Arc<Mutex<Cut>>;

/// Serves a type's fixtures without the members of the cut.
fn serve(resource: &Resource, cut: &Shared) -> Server {
    let cut = cut.clone();
    let edit = move |text: &str| thin(text, &cut.lock().unwrap());
    Account::of(Fixtures::of(&[resource.id]).regions(&[place(resource).as_str()], &[]).edited(edit)).start()
}

/// The number of the type's things, or of the things they own; `None` if something could not be read.
async fn rows(server: &Server, resource: &Resource) -> Option<usize> {
    let (sdk, account, here) = (sdk(&server.url), ACCOUNT.parse().unwrap(), place(resource));
    if only_owns(resource) {
        let listing = (resource.list)(&Cx::new(&account, &here, &sdk)).await.ok()?;
        return listing.faults.is_empty().then_some(listing.owned.len());
    }
    let report = sweep(&sdk, &account, &only(here, &[resource.id]), pending(), |_| {}).await.ok()?;
    report.gaps.is_empty().then_some(report.findings.len())
}

/// The results of all cuts.
#[derive(Default)]
struct Cuts {
    hidden: Vec<String>,
    gaps: Vec<String>,
}

impl Cuts {
    /// Adds one: the remaining of all rows, and the description of the cut.
    fn add(&mut self, resource: &Resource, all: usize, left: Option<usize>, cut: &str) {
        match left {
            Some(left) if left >= all => {}
            Some(left) => self.hidden.push(format!("{} without {cut}: {left} of {all}", resource.id)),
            None => self.gaps.push(format!("{} without {cut}", resource.id)),
        }
    }

    /// Gaps count as failures too: a parser that rejects every incomplete answer hides no row, but reads nothing.
    fn judge(&self) {
        assert!(self.hidden.is_empty(), "{:#?}", self.hidden);
        assert!(self.gaps.is_empty(), "cannot be read: {:#?}", self.gaps);
    }
}

fn thin(text: &str, cut: &Cut) -> String {
    let mut chance = match cut {
        Cut::Some(drops, _) => drops.iter().cycle(),
        _ => [].iter().cycle(),
    };
    let mut drops = |name: &str| match cut {
        Cut::Nothing => false,
        Cut::Member(member) => member == name,
        Cut::Some(_, kept) => *chance.next().unwrap_or(&false) && !kept.contains(name),
    };
    if text.trim_start().starts_with('<') {
        return thin_xml(text, &mut drops);
    }
    let mut answer: Value = serde_json::from_str(text).unwrap();
    thin_json(&mut answer, &mut drops);
    answer.to_string()
}

/// Page tokens are no part of a row.
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

/// Removes members; lists stay, because they hold the rows.
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

/// Removes elements without children.
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

/// The names of all removable members of a type's answers.
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

/// A type's complete answers, and the number of its rows.
async fn whole(resource: &Resource) -> (Shared, Server, usize) {
    let cut = Shared::new(Mutex::new(Cut::Nothing));
    let server = serve(resource, &cut);
    let all = rows(&server, resource).await;
    let all = all.filter(|all| *all > 0).unwrap_or_else(|| panic!("{}: {all:?} in whole answers", resource.id));
    (cut, server, all)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_missing_member_hides_a_row() {
    let mut cuts = Cuts::default();
    for resource in resources::ALL.iter().copied() {
        let (cut, server, all) = whole(resource).await;
        for member in members(resource).into_iter().filter(|member| !is_deciding(resource, member)) {
            *cut.lock().unwrap() = Cut::Member(member.clone());
            cuts.add(resource, all, rows(&server, resource).await, &member);
        }
    }
    cuts.judge();
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_thinned_by_chance_hide_nothing() {
    let chances = proptest::collection::vec(proptest::bool::weighted(0.3), 97);
    let mut cuts = Cuts::default();
    for resource in resources::ALL.iter().copied() {
        // The same for a type, whatever the other types are.
        let mut runner = TestRunner::deterministic();
        let (cut, server, all) = whole(resource).await;
        let is_kept = |name: &str| is_deciding(resource, name) || DECIDING_TOGETHER.contains(&(resource.id, name));
        let kept: BTreeSet<String> = members(resource).into_iter().filter(|name| is_kept(name)).collect();
        for _ in 0..4 {
            let drops = chances.new_tree(&mut runner).unwrap().current();
            *cut.lock().unwrap() = Cut::Some(drops.clone(), kept.clone());
            cuts.add(resource, all, rows(&server, resource).await, &format!("{drops:?}"));
        }
    }
    cuts.judge();
}
