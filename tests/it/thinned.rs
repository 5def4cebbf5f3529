//! Answers with parts missing: nothing may hide a row, and nothing may panic.

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
use crate::types::{owns, place};
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
    // A network without an id cannot be asked for what is in it.
    ("managed-blockchain-node", "Id"),
    // What an inventory does not say reads as zero.
    ("glacier-vault", "SizeInBytes"),
    // A job that has ended bills only if it keeps its machines warm.
    ("sagemaker-training-job", "WarmPoolStatus"),
    // A knowledge base without a store owns nothing.
    ("bedrock-knowledge-base", "knowledgeBase"),
    ("bedrock-knowledge-base", "storageConfiguration"),
    ("bedrock-knowledge-base", "opensearchServerlessConfiguration"),
    // Of two trails one is free: which, they agree upon in every region by what they are.
    ("cloudtrail-trail", "IsMultiRegionTrail"),
    // The tag of an instance names its environment.
    ("cloud9-environment", "key"),
    ("cloud9-environment", "value"),
    // Only an address of its own bills.
    ("cloudfront-distribution", "SSLSupportMethod"),
    // The tag of an instance that names its group.
    ("batch-compute-environment", "key"),
    ("batch-compute-environment", "value"),
];

/// These stand in the path of another request. Without them AWS cannot be asked, which is a gap beside the row.
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

/// Each of these may be missing, but not several at once.
const DECIDING_TOGETHER: &[(&str, &str)] = &[
    // By them the free ones are chosen; another choice may leave fewer that bill.
    ("cloudwatch-alarm", "AlarmArn"),
    ("cloudwatch-alarm", "AlarmName"),
    // What a trail logs, and which of the trails is the free one, is said by all of these.
    ("cloudtrail-trail", "HasCustomEventSelectors"),
    ("cloudtrail-trail", "HasInsightSelectors"),
    ("cloudtrail-trail", "HomeRegion"),
    ("cloudtrail-trail", "Name"),
    ("cloudtrail-trail", "TrailARN"),
];

/// Whether a member says what belongs to what: a thing without an identifier has no known owner, and its row stays.
fn identifies(resource: &Resource, member: &str) -> bool {
    let member = member.to_lowercase();
    owns(resource.id) && ["id", "ids", "arn", "arns", "name"].iter().any(|end| member.ends_with(end))
}

fn is_deciding(resource: &Resource, member: &str) -> bool {
    let named = (resource.id, member);
    DECIDING.contains(&named) || IN_A_PATH.contains(&named) || identifies(resource, member)
}

/// What is left out of every answer.
#[derive(Debug, Clone)]
enum Cut {
    Nothing,
    /// Every member of this name.
    Member(String),
    /// A part of all members, by chance, but none of these.
    Some(Vec<bool>, BTreeSet<String>),
}

type Shared = Arc<Mutex<Cut>>;

/// A type's fixtures, with whatever the cut says left out.
fn serve(resource: &Resource, cut: &Shared) -> Server {
    let cut = cut.clone();
    let edit = move |text: &str| thin(text, &cut.lock().unwrap());
    Account::of(Fixtures::of(&[resource.id]).regions(&[place(resource).as_str()], &[]).edited(edit)).start()
}

/// How many things of the type there are, or how many it says belong to its own; `None`: not everything could be read.
async fn rows(server: &Server, resource: &Resource) -> Option<usize> {
    let (sdk, account, here) = (sdk(&server.url), ACCOUNT.parse().unwrap(), place(resource));
    if owns(resource.id) {
        let listing = (resource.list)(&Cx::new(&account, &here, &sdk)).await.ok()?;
        return listing.faults.is_empty().then_some(listing.owned.len());
    }
    let report = sweep(&sdk, &account, &only(here, &[resource.id]), pending(), |_| {}).await.ok()?;
    report.gaps.is_empty().then_some(report.findings.len())
}

/// What became of the cuts.
#[derive(Default)]
struct Cuts {
    hidden: Vec<String>,
    gaps: Vec<String>,
}

impl Cuts {
    /// Adds one: what is left of all rows, and how it is described.
    fn add(&mut self, resource: &Resource, all: usize, left: Option<usize>, cut: &str) {
        match left {
            Some(left) if left >= all => {}
            Some(left) => self.hidden.push(format!("{} without {cut}: {left} of {all}", resource.id)),
            None => self.gaps.push(format!("{} without {cut}", resource.id)),
        }
    }

    /// A parser that refuses whatever is not whole would hide nothing, and read nothing.
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

/// A type's answers, whole at first, and what is found then.
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
        // The same for a type whichever others there are.
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
