//! The plan: what is done to what, in which order, and what is left alone.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::{Choice, Name, not_found};
use super::journal::Journal;
use super::log::unfinished;
use super::order::{depth, waits};
use super::refuse::{Accepted, INSTANCE, attached, finding_of, instance, judge, owner, remedy};
use super::wanted::Wanted;
use crate::aws::remedy::actions as permissions_of;
use crate::error::Result;
use crate::model::actions::{Event, LogEntry, StepRow};
use crate::model::group::{Cause, goes_with_instance, groups};
use crate::model::{
    ActionReport, ActionRow, Billing, CheckOutcome, Cost, Finding, Note, Region, Step, SweepReport, Takes, Usd, Verb,
    Verified,
};

/// The actions of a run.
#[derive(Debug, Clone)]
pub struct Plan {
    pub report: ActionReport,
    /// The things as they are in the plan, by key.
    pub(super) things: BTreeMap<String, Finding>,
    /// The keys that each thing waits for, whatever becomes of them.
    pub(super) waits: BTreeMap<String, BTreeSet<String>>,
    /// What runs that were cut have ended, as is seen now.
    pub(super) settled: Vec<LogEntry>,
}

impl Plan {
    /// Whether there is anything to do.
    #[must_use]
    pub fn does_nothing(&self) -> bool {
        self.report.actions.is_empty()
    }

    /// The IAM actions of its calls.
    #[must_use]
    pub fn permissions(&self) -> BTreeSet<&'static str> {
        let rows = self.report.actions.iter().filter(|row| !row.steps.is_empty());
        let remedies = rows.filter_map(|row| remedy(self.things.get(&row.key)?, row.verb));
        remedies.flat_map(|remedy| &remedy.steps).flat_map(permissions_of).collect()
    }

    /// Whether runs that were cut have ended something that is not recorded yet.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        !self.settled.is_empty()
    }

    /// Records what runs that were cut have ended.
    ///
    /// # Errors
    /// It cannot be recorded.
    pub async fn settle(&self, journal: &dyn Journal) -> Result<()> {
        for entry in &self.settled {
            journal.record(entry).await?;
        }
        Ok(())
    }

    /// Whether a thing that the choice names by itself is left alone: it is still there.
    #[must_use]
    pub fn leaves_a_named_one(&self, swept: &SweepReport, choice: &Choice) -> bool {
        let named = |key: &str| swept.findings.iter().any(|it| it.key == key && choice.names_exactly(it));
        self.report.refused.iter().any(|it| named(&it.key))
    }

    /// A thing of the plan, as it is there.
    #[must_use]
    pub fn thing(&self, key: &str) -> Option<&Finding> {
        self.things.get(key)
    }
}

/// The plan for what is chosen of a sweep. `begun` has what earlier runs began and did not verify, and `ended` what they ended.
///
/// # Errors
/// A word names nothing in the account.
pub fn plan(swept: &SweepReport, wanted: &Wanted, log: &[LogEntry]) -> Result<Plan> {
    let (plan, absent) = plan_among(swept, wanted, log);
    absent.first().map_or(Ok(plan), |name| Err(not_found(name, &swept.findings)))
}

/// The same for one account of several; and the words that name nothing in it.
#[must_use]
pub fn plan_among<'a>(swept: &SweepReport, wanted: &'a Wanted, log: &[LogEntry]) -> (Plan, Vec<&'a Name>) {
    let mut absent = Vec::new();
    let mut report = ActionReport::new(swept.scope.account.clone(), swept.made_at);
    report.gaps.clone_from(&swept.gaps);
    report.interrupted = swept.interrupted;
    for name in &wanted.choice.names {
        let found = swept.findings.iter().any(|it| name.names(it));
        if found || !name.is_exact() {
            continue;
        }
        // A run that was cut may have ended it; and where not everything could be listed, it may be there.
        match log.iter().rev().find(|entry| entry.verb == wanted.verb && called(&name.word, entry)) {
            Some(entry) => report.notes.push(Note::with("ended-before", format!("{} ({})", name.word, entry.at))),
            None if swept.gaps.is_empty() => absent.push(name),
            None => report.notes.push(Note::with("not-seen", &name.word)),
        }
    }
    let mut settled = Vec::new();
    for (key, entry) in unfinished(log) {
        let verified = match swept.findings.iter().find(|it| it.key == key).map(|it| it.billing) {
            Some(Billing::Ending) => Some(Verified::Ending),
            Some(Billing::Stopped) if entry.verb == Verb::Stop => Some(Verified::Stopped),
            Some(_) => {
                report.notes.push(Note::with("begun-before", format!("{key} ({})", entry.at)));
                continue;
            }
            None => None,
        };
        if verified.is_some() {
            settled.push(LogEntry { at: swept.made_at, step: 0, event: Event::Verified, verified, ..entry });
        } else if was_listed(&key, swept) {
            report.notes.push(Note::with("ended-before", format!("{key} ({})", entry.at)));
            let verified = Some(if entry.verb == Verb::Stop { Verified::Stopped } else { Verified::Gone });
            settled.push(LogEntry { at: swept.made_at, step: 0, event: Event::Verified, verified, ..entry });
        }
    }
    let Accepted { findings, mut refused } = judge(swept, wanted);
    refused.sort_by(|a, b| (a.why, &a.key).cmp(&(b.why, &b.key)));
    report.refused = refused;
    let (rows, waits) = rows(&findings, swept, wanted.verb);
    report.actions = rows;
    let things = findings.into_iter().map(|it| (it.key.clone(), it.clone())).collect();
    (Plan { report: report.summed(), things, waits, settled }, absent)
}

/// Whether the type and region of a key were listed completely.
fn was_listed(key: &str, swept: &SweepReport) -> bool {
    let mut parts = key.split('/').skip(1);
    let (region, resource) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let cell = swept.coverage.get(resource).and_then(|cells| cells.get(&Region::new(region)));
    matches!(cell, Some(CheckOutcome::Found | CheckOutcome::Empty))
}

fn called(word: &str, entry: &LogEntry) -> bool {
    let id = word.split_once(':').filter(|_| !word.starts_with("arn:")).map_or(word, |(_, id)| id);
    entry.key == word || entry.key.ends_with(&format!("/{id}"))
}

type Waits = BTreeMap<String, BTreeSet<String>>;

/// A row for each finding, and what each waits for.
fn rows(findings: &[&Finding], swept: &SweepReport, verb: Verb) -> (Vec<ActionRow>, Waits) {
    let mut waits = waits(findings);
    let mut decisions: Vec<Vec<ActionRow>> = Vec::new();
    for group in groups(findings) {
        let ends = match group.cause {
            Cause::Instance(id) => Some(id.to_owned()),
            _ => None,
        };
        let carrier = group
            .members
            .iter()
            .find(|it| ends.is_some() && goes_with_instance(it, verb) && remedy(it, verb).is_some())
            .copied();
        let mut members = group.members.clone();
        members.sort_by_key(|it| carrier.is_some_and(|carrier| !std::ptr::eq(carrier, *it)));
        let first = &members[0].key;
        let rows = members.iter().map(|it| {
            let with = whole(it, findings, swept, carrier);
            let after: Vec<String> =
                with.into_iter().chain(attached(it, findings.iter().copied())).map(|whole| whole.key.clone()).collect();
            waits.entry(it.key.clone()).or_default().extend(after.iter().cloned());
            let row = row(it, verb, with, &after);
            ActionRow { decision: first.clone(), ends: ends.clone().filter(|_| carrier.is_some()), ..row }
        });
        decisions.push(rows.collect());
    }
    let deep = |rows: &[ActionRow]| rows.iter().map(|row| depth(&row.key, &waits)).min().unwrap_or_default();
    // Groups come by cost; that order stays where nothing else decides.
    decisions.sort_by_key(|rows| deep(rows));
    let mut rows: Vec<ActionRow> = decisions.into_iter().flatten().collect();
    count_once(&mut rows);
    (rows, waits)
}

/// What an instance saves includes the disks and addresses that end with it, which are rows of their own.
fn count_once(rows: &mut [ActionRow]) {
    let carried: Vec<(String, Usd)> = rows
        .iter()
        .filter(|row| row.steps.is_empty())
        .filter_map(|row| Some((row.after.first()?.clone(), row.usd_per_month_saved?)))
        .collect();
    for row in rows.iter_mut().filter(|row| row.resource == INSTANCE && !row.steps.is_empty()) {
        let with: Usd = carried.iter().filter(|(with, _)| *with == row.key).map(|(_, usd)| *usd).sum();
        row.usd_per_month_saved = row.usd_per_month_saved.map(|usd| (usd - with).monthly());
    }
}

/// The finding with which this one ends, or after which it can.
fn whole<'a>(
    it: &Finding,
    findings: &[&'a Finding],
    swept: &'a SweepReport,
    carrier: Option<&'a Finding>,
) -> Option<&'a Finding> {
    if let Some(owner) = owner(it, swept) {
        return finding_of(owner, it, swept);
    }
    let instance = instance(it)?;
    let running =
        findings.iter().find(|other| other.resource == INSTANCE && other.id == instance && other.region == it.region);
    running.copied().or(carrier.filter(|carrier| carrier.key != it.key))
}

fn row(it: &Finding, verb: Verb, with: Option<&Finding>, after: &[String]) -> ActionRow {
    let goes = with.is_some() && (it.owner.is_some() || goes_with_instance(it, verb));
    let remedy = remedy(it, verb).filter(|_| !goes);
    let steps = remedy.map(|remedy| &remedy.steps[..]).unwrap_or_default();
    // What it is attached to has ended by then.
    let steps = if with.is_some() { &steps[steps.len().saturating_sub(1)..] } else { steps };
    let cost = Cost::of(it);
    let known = cost.exact.is_some() || cost.at_most > Usd::ZERO;
    let all = known.then(|| cost.exact.unwrap_or_default() + cost.at_most);
    ActionRow {
        key: it.key.clone(),
        verb,
        region: it.region.clone(),
        resource: it.resource.clone(),
        names: it.names.clone(),
        id: it.id.clone(),
        name: it.name.clone(),
        decision: it.key.clone(),
        ends: None,
        after: after.to_vec(),
        steps: steps.iter().map(|step| StepRow::planned(step.command.clone())).collect(),
        reversible: remedy.is_some_and(|remedy| remedy.reversible),
        loses: remedy.map(|remedy| remedy.loses.clone()).unwrap_or_default(),
        keeps_costing: remedy.map(|remedy| remedy.keeps_costing.clone()).unwrap_or_default(),
        comes_back: remedy.and_then(|remedy| remedy.comes_back.clone()),
        takes: remedy.map_or(Takes::Seconds, |remedy| remedy.takes),
        usd_per_month_saved: remedy.map_or(all, |remedy| remedy.usd_per_month_saved).map(Usd::monthly),
        at_least: remedy.map_or(cost.open, |remedy| remedy.at_least),
        verified: None,
    }
}

/// The steps of a thing as it is now, if they are those that the plan showed: all of them, or the last where the first are done. What
/// something else has to end for is ended by that, and not taken apart.
pub(super) fn still<'a>(now: &'a Finding, row: &ActionRow) -> Option<&'a [Step]> {
    let steps = remedy(now, row.verb)?.steps.as_slice();
    let planned: Vec<&str> = row.steps.iter().map(|step| &*step.command).collect();
    let last = &steps[steps.len().saturating_sub(planned.len())..];
    let steps = if row.after.is_empty() { steps } else { last };
    let commands: Vec<&str> = steps.iter().map(|step| &*step.command).collect();
    (!commands.is_empty() && planned.ends_with(&commands)).then_some(steps)
}
