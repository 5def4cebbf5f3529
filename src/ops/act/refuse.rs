//! What is chosen and left alone, each with its reason.

use std::collections::BTreeSet;

use crate::model::actions::{Refusal, Why};
use crate::model::group::goes_with_instance;
use crate::model::{Billing, CheckOutcome, Finding, Note, Owner, Remedy, Step, SweepReport, Verb};
use crate::resources::find;
use crate::safeguards::TAG;

use super::wanted::Wanted;

pub(super) const INSTANCE: &str = "ec2-instance";
const CLUSTER: &str = "eks-cluster";

/// The notes that say why no command ends a charge.
const EXPLAIN: &[&str] = &[
    "committed",
    "committed-until",
    "renewed-by-itself",
    "change-plan",
    "in-recycle-bin",
    "in-recycle-bin-until",
    "managed-by",
    "service-managed",
    "ends-with",
    "ends-by-itself",
    "ends-on-request",
    "use-sni",
    "attached-to",
];

/// What is chosen, without what is refused.
pub(super) struct Accepted<'a> {
    pub findings: Vec<&'a Finding>,
    pub refused: Vec<Refusal>,
}

pub(super) fn judge<'a>(swept: &'a SweepReport, wanted: &Wanted) -> Accepted<'a> {
    let chosen = swept.findings.iter().filter(|it| wanted.choice.takes(it));
    let mut accepted = Accepted { findings: Vec::new(), refused: Vec::new() };
    for finding in chosen {
        match of_itself(finding, wanted, swept) {
            Some(refusal) => accepted.refused.push(refusal),
            None => accepted.findings.push(finding),
        }
    }
    // What depends on a refused thing is refused, too, and what depends on that.
    loop {
        let keys: BTreeSet<&str> = accepted.findings.iter().map(|it| &*it.key).collect();
        let refused: Vec<Refusal> =
            accepted.findings.iter().filter_map(|it| of_others(it, &keys, swept, wanted)).collect();
        if refused.is_empty() {
            return accepted;
        }
        accepted.findings.retain(|it| refused.iter().all(|refusal| refusal.key != it.key));
        accepted.refused.extend(refused);
    }
}

/// Reasons that lie in the thing itself.
fn of_itself(it: &Finding, wanted: &Wanted, swept: &SweepReport) -> Option<Refusal> {
    let refused = |why| Some(Refusal::of(it, why));
    if let Some(kept) = &it.exempt {
        return Some(Refusal::of(it, Why::Kept).about(format!("{}: {}", kept.until, kept.reason)));
    }
    if it.tags.get(TAG.0).map(String::as_str) == Some(TAG.1) {
        return refused(Why::Guardrail);
    }
    if it.billing == Billing::Ending {
        return refused(Why::Ending);
    }
    if let Some(created) = wanted.choice.from.as_ref().and_then(|from| from.get(&it.key)).filter(|_| true)
        && created.is_some()
        && *created != it.created_at
    {
        return Some(Refusal::of(it, Why::Changed).about("created_at"));
    }
    // With its owner, or not at all: its own remedy does not count.
    if owner(it, swept).is_some() {
        return None;
    }
    let Some(remedy) = remedy(it, wanted.verb) else {
        // With its instance, or not at all.
        if goes_with_instance(it, wanted.verb) && instance(it).is_some() {
            return None;
        }
        let other = |verb| it.commands.get(&verb).cloned();
        return match (wanted.verb, other(Verb::Stop), other(Verb::Delete)) {
            (Verb::Stop, _, Some(delete)) => Some(Refusal::of(it, Why::CannotStop).instead(Some(delete))),
            (Verb::Delete, Some(stop), _) => Some(Refusal::of(it, Why::CannotDelete).instead(Some(stop))),
            _ => Some(Refusal::of(it, Why::NoRemedy).because(explanation(it))),
        };
    };
    let protected = remedy.steps.iter().any(removes_protection);
    if protected && !wanted.remove_protection { refused(Why::Protected) } else { None }
}

/// Reasons that lie in what it belongs to, and in what belongs to it.
fn of_others(it: &Finding, accepted: &BTreeSet<&str>, swept: &SweepReport, wanted: &Wanted) -> Option<Refusal> {
    let verb = wanted.verb;
    if let Some(part) = swept.findings.iter().find(|part| is_kept(part) && ends_with(part, it, swept, verb)) {
        return Some(Refusal::of(it, Why::EndsKept).about(called(part)));
    }
    if let Some(owner) = owner(it, swept) {
        let whole = finding_of(owner, it, swept);
        if whole.is_some_and(|whole| accepted.contains(&*whole.key)) {
            return None;
        }
        let about = format!("{}:{}", owner.resource, owner.id);
        // The owner's own remedy, where that is a finding, too.
        let of_owner = || whole.and_then(|whole| whole.commands.get(&verb).cloned());
        let instead = owner.command.clone().or_else(of_owner);
        return Some(Refusal::of(it, Why::Owned).about(about).instead(instead));
    }
    let by_name = wanted.choice.names_exactly(it) && !goes_with_instance(it, verb);
    let stays = |other: &&Finding| !accepted.contains(&*other.key) && other.billing != Billing::Ending;
    let used_by = attached(it, &swept.findings).into_iter().find(stays);
    let used_by = used_by.map(called).or_else(|| {
        let instance = instance(it)?;
        let running = swept.findings.iter().find(|other| is(other, INSTANCE, instance) && near(other, it));
        let known = swept.coverage.get(INSTANCE).and_then(|cells| cells.get(&it.region));
        let there = match running {
            Some(running) => stays(&running),
            // A stopped instance costs nothing and is no finding: it may end only where all instances could be listed.
            None => !matches!(known, Some(CheckOutcome::Found | CheckOutcome::Empty)),
        };
        there.then(|| format!("{INSTANCE}:{instance}"))
    });
    used_by.filter(|_| !by_name).map(|about| Refusal::of(it, Why::Attached).about(about))
}

/// Whether it is never to be ended, whatever else is.
fn is_kept(it: &Finding) -> bool {
    it.exempt.is_some() || it.tags.get(TAG.0).map(String::as_str) == Some(TAG.1)
}

/// Whether AWS ends the part together with the whole.
fn ends_with(part: &Finding, whole: &Finding, swept: &SweepReport, verb: Verb) -> bool {
    if part.key == whole.key || !near(part, whole) {
        return false;
    }
    if let Some(owner) = owner(part, swept) {
        return is(whole, &owner.resource, &owner.id);
    }
    let on = instance(part).filter(|_| goes_with_instance(part, verb));
    // A stopped instance is no finding: it ends by the command of one of its disks.
    let by_disk = || goes_with_instance(whole, verb) && instance(whole) == on;
    on.is_some_and(|id| is(whole, INSTANCE, id) || by_disk())
}

/// What AWS says about a thing that no command ends.
#[must_use]
pub fn explanation(it: &Finding) -> Option<Note> {
    EXPLAIN.iter().find_map(|id| it.notes.iter().find(|note| note.id() == *id)).cloned()
}

fn called(it: &Finding) -> String {
    format!("{}:{}", it.resource, it.id)
}

/// The thing to which a finding belongs, unless that is known to be gone: what an EKS cluster leaves behind still has its tag.
pub(super) fn owner<'a>(it: &'a Finding, swept: &SweepReport) -> Option<&'a Owner> {
    let owner = it.owner.as_ref()?;
    let listed = swept.coverage.get(CLUSTER).and_then(|cells| cells.get(&it.region));
    let all = matches!(listed, Some(CheckOutcome::Found | CheckOutcome::Empty));
    let gone = owner.resource == CLUSTER && all && finding_of(owner, it, swept).is_none();
    (!gone).then_some(owner)
}

pub(super) fn finding_of<'a>(owner: &Owner, it: &Finding, swept: &'a SweepReport) -> Option<&'a Finding> {
    swept.findings.iter().find(|other| is(other, &owner.resource, &owner.id) && near(other, it))
}

fn is(it: &Finding, resource: &str, id: &str) -> bool {
    it.resource == resource && (it.id == id || it.arn.as_deref() == Some(id) || it.name.as_deref() == Some(id))
}

fn near(it: &Finding, other: &Finding) -> bool {
    it.account == other.account && it.region == other.region
}

/// The instance that a volume or an address is attached to, if it is only one.
pub(super) fn instance(it: &Finding) -> Option<&str> {
    let mut to = it.notes.iter().filter(|note| note.id() == "attached-to").filter_map(|note| note.value());
    let (first, others) = (to.next()?, to.next());
    (others.is_none() && first.starts_with("i-")).then_some(first)
}

/// The things, other than instances, to which AWS says that it is attached: `Interface for NAT Gateway nat-0123`, `ELB app/web/50dc`.
pub(super) fn attached<'a>(it: &Finding, among: impl IntoIterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    let to: Vec<&str> =
        it.notes.iter().filter(|note| note.id() == "attached-to").filter_map(|note| note.value()).collect();
    let owns = |other: &Finding| find(&other.resource).is_some_and(|kind| kind.owns.contains(&&*it.resource));
    let is_in = |other: &Finding, text: &str| {
        let balancer = text.strip_prefix("ELB ").zip(other.arn.as_deref());
        text.split([' ', ',']).any(|word| word == other.id)
            || balancer.is_some_and(|(end, arn)| arn.ends_with(&format!("/{end}")))
    };
    let uses = |other: &&Finding| {
        other.resource != INSTANCE && near(other, it) && owns(other) && to.iter().any(|text| is_in(other, text))
    };
    if to.is_empty() { Vec::new() } else { among.into_iter().filter(uses).collect() }
}

pub(super) fn remedy(it: &Finding, verb: Verb) -> Option<&Remedy> {
    it.remedies.iter().find(|remedy| remedy.verb == verb)
}

/// Whether the step switches AWS's protection from deletion off: `DeletionProtection: false`.
pub(super) fn removes_protection(step: &Step) -> bool {
    let off = |(name, value): (&String, &serde_json::Value)| {
        name.to_lowercase().contains("protection") && value.as_bool() == Some(false)
    };
    step.input.iter().any(off)
}
