//! What belongs to something else: every type says what its things own, and what is attached or owned says to what.

use std::collections::BTreeSet;
use std::path::Path;

use guardrail::aws::Cx;
use guardrail::model::{Billing, Finding};
use guardrail::ops::act::explanation;
use guardrail::resources::{self, Resource};

use crate::responder::{Account, Fixtures};
use crate::sweeps::{only, swept};
use crate::types::place;
use crate::world::{ACCOUNT, sdk};

/// A CloudFormation stack is an owner by its tag and is no type: it may own anything, and costs nothing.
const STACK: &str = "cloudformation-stack";

/// Pairs that no fixture shows: Kubernetes tags these as its balancers, and `ELB NAME` is the interface of a classic balancer.
const UNSEEN: &[(&str, &str)] =
    &[("eks-cluster", "ec2-instance"), ("eks-cluster", "ec2-volume"), ("classic-load-balancer", "ec2-address")];

/// The types that the source of a type which makes owners names, but for its own.
fn in_source(resource: &Resource) -> Vec<&'static str> {
    let families = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/resources");
    let name = format!("{}.rs", resource.id.replace('-', "_"));
    let mut folders = std::fs::read_dir(families).unwrap().map(|entry| entry.unwrap().path().join(&name));
    let source = folders.find_map(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let code = source.split("#[cfg(test)]").next().unwrap();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("owns: ")).collect();
    let named = |id: &&str| *id != resource.id && code.contains(&format!("\"{id}\""));
    let ids = resources::ALL.iter().map(|it| it.id).filter(named);
    if code.contains("Owned {") { ids.collect() } else { Vec::new() }
}

/// The types of the things that a type's fixture says it owns.
async fn owned(resource: &Resource) -> BTreeSet<&'static str> {
    let place = place(resource);
    let server = Account::of(Fixtures::of(&[resource.id]).regions(&[place.as_str()], &[])).start();
    let cx = Cx::new(&ACCOUNT.parse().unwrap(), &place, &sdk(&server.url));
    let listing = (resource.list)(&cx).await.unwrap();
    listing.owned.iter().map(|it| it.resource).collect()
}

/// The types that a finding names as what it belongs to or is attached to.
fn named(it: &Finding) -> BTreeSet<String> {
    let to: Vec<&str> = it.notes.iter().filter(|note| note.id() == "attached-to").filter_map(|it| it.value()).collect();
    let begins = |start: &str| to.iter().any(|text| text.split(' ').any(|word| word.starts_with(start)));
    let balancer = |has_path: bool| to.iter().any(|text| text.starts_with("ELB ") && text.contains('/') == has_path);
    let attached = [
        ("ec2-instance", begins("i-")),
        ("ec2-nat-gateway", begins("nat-")),
        ("load-balancer", balancer(true)),
        ("classic-load-balancer", balancer(false)),
        ("medialive-channel", it.resource == "medialive-input" && !to.is_empty()),
        ("lightsail-instance", it.resource == "lightsail-disk" && !to.is_empty()),
    ];
    let attached = attached.into_iter().filter(|(_, is)| *is).map(|(id, _)| id.to_owned());
    it.owner.iter().map(|owner| owner.resource.clone()).chain(attached).filter(|id| id != STACK).collect()
}

/// Without the row, `delete ec2-snapshot` would not know the image that needs the snapshot.
#[tokio::test]
async fn a_type_says_what_its_things_own() {
    let mut seen: BTreeSet<(String, String)> =
        UNSEEN.iter().map(|(owner, owned)| ((*owner).to_owned(), (*owned).to_owned())).collect();
    for resource in resources::ALL.iter().copied() {
        seen.extend(in_source(resource).into_iter().map(|it| (resource.id.to_owned(), it.to_owned())));
        seen.extend(owned(resource).await.into_iter().map(|it| (resource.id.to_owned(), it.to_owned())));
        let place = place(resource);
        let mut types: Vec<&str> = resource.owns.to_vec();
        types.push(resource.id);
        let fixtures = Fixtures::of(&types).regions(&[place.as_str()], &[]);
        let report = swept(&Account::of(fixtures).start(), &only(place, &types)).await;
        for it in &report.findings {
            seen.extend(named(it).into_iter().map(|owner| (owner, it.resource.clone())));
        }
    }
    let said = resources::ALL.iter().flat_map(|it| it.owns.iter().map(|owned| (it.id.to_owned(), (*owned).to_owned())));
    let said: BTreeSet<(String, String)> = said.collect();
    assert_eq!(seen.difference(&said).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "missing in `owns`");
    assert_eq!(said.difference(&seen).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "owned in no fixture");
    let known = |id: &String| resources::find(id).is_some();
    assert!(said.iter().all(|(owner, owned)| known(owner) && known(owned)));
}

/// What no command ends, and what does not go with something else, says why.
#[tokio::test]
async fn what_has_no_command_says_why() {
    let mut silent = BTreeSet::new();
    for resource in resources::ALL.iter().copied() {
        let place = place(resource);
        let fixtures = Fixtures::of(&[resource.id]).regions(&[place.as_str()], &[]);
        let report = swept(&Account::of(fixtures).start(), &only(place, &[resource.id])).await;
        let goes = |it: &Finding| it.notes.iter().any(|note| note.id() == "released-with-instance");
        let open = report.findings.iter().filter(|it| it.remedies.is_empty() && it.owner.is_none() && !goes(it));
        let open = open.filter(|it| it.billing != Billing::Ending);
        let open = open.filter(|it| explanation(it).is_none());
        silent.extend(open.map(|it| format!("{} {}: {:?}", it.resource, it.id, it.notes)));
    }
    assert_eq!(silent, BTreeSet::new());
}
