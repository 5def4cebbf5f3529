//! The things of an appeal: what caused the charges, when it was made, noticed and ended, and whether it is still charged.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::moment::Moment;
use super::options::{Act, Options, Past, SaidEnd};
use crate::error::{Error, Result};
use crate::model::{CheckOutcome, CreatedBy, Finding, Gap, Region, Source, SweepReport, Text, Usd, Verb, Words};
use crate::resources::{self, Resource};

/// A thing below this cost a month is no reason for a letter by itself.
const WORTH_A_LETTER: Usd = Usd(Decimal::ONE);

/// A moment, and how it is known.
pub type Known = (Moment, Source);

/// Something that cost money.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// Empty for a thing that only the person names.
    pub key: String,
    /// The type; `None` for a thing that only the person names.
    pub names: Option<Words>,
    /// The name, or the id of a thing without one.
    pub id: String,
    pub region: Option<Region>,
    pub arn: Option<String>,
    pub charges: Vec<String>,
    /// The services on the bill: `AmazonES`.
    pub services: BTreeSet<String>,
    pub usd_per_month: Option<Usd>,
    pub created: Option<Known>,
    pub created_by: Option<CreatedBy>,
    pub noticed: Option<Known>,
    pub ended: Option<(Known, End)>,
    pub still: Still,
}

/// How a thing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Deleted,
    Stopped,
    /// It was there in one sweep and not in the next.
    Gone,
    /// As the person says.
    Said,
}

/// The state of a thing in the sweep of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Still {
    Gone,
    Charged,
    /// The sweep could not look there, or the thing is known only by the person's words.
    Unknown,
}

/// The things of the letter, the most expensive first.
///
/// # Errors
/// The person names a thing that no sweep has seen.
pub fn things(now: &SweepReport, past: &Past, options: &Options) -> Result<Vec<Thing>> {
    let seen = seen(now, past);
    let wanted = |finding: &Finding| options.about.iter().any(|word| is_named(finding, word));
    let missing = options.about.iter().find(|word| !seen.values().any(|it| is_named(it, word)));
    if let Some(word) = missing {
        let unknown = Error::usage(Text::new("error-appeal-unknown").with("thing", word));
        return Err(unknown.hint(Text::new("hint-appeal-unknown")));
    }
    let said_of = |finding: &Finding| options.ended.iter().find(|said| is_meant(said, finding));
    let all = seen.values().map(|finding| {
        let said = said_of(finding);
        (finding.exempt.is_none(), thing(finding, now, past, said, options))
    });
    let all: Vec<(bool, Thing)> = all.collect();
    let unmatched = options.ended.iter().filter(|said| !seen.values().any(|finding| is_meant(said, finding)));
    let mut things: Vec<Thing> = if options.about.is_empty() {
        let worth = |it: &Thing| it.usd_per_month.is_none_or(|usd| usd >= WORTH_A_LETTER);
        let said = |it: &Thing| matches!(it.ended, Some((_, End::Said)));
        let ended: Vec<_> = all.iter().filter(|(_, it)| it.ended.is_some() && (said(it) || worth(it))).collect();
        ended.into_iter().map(|(_, it)| it.clone()).chain(unmatched.map(|said| named(said, now, options))).collect()
    } else {
        seen.values().zip(&all).filter(|(finding, _)| wanted(finding)).map(|(_, (_, it))| it.clone()).collect()
    };
    things.sort_by(|a, b| b.usd_per_month.cmp(&a.usd_per_month).then_with(|| a.key.cmp(&b.key)));
    if things.is_empty() && options.services.is_empty() {
        // Nothing has ended: the letter is about the most expensive thing, which has to be ended first.
        let charged = all.into_iter().filter(|(counts, it)| *counts && it.still == Still::Charged);
        things.extend(charged.map(|(_, it)| it).max_by_key(|it| it.usd_per_month));
    }
    Ok(things)
}

/// Everything that any sweep found, as it was last seen.
pub(super) fn seen<'a>(now: &'a SweepReport, past: &'a Past) -> BTreeMap<&'a str, &'a Finding> {
    let all = past.sweeps.iter().chain([now]);
    all.flat_map(|sweep| &sweep.findings).map(|finding| (finding.key.as_str(), finding)).collect()
}

fn is_named(finding: &Finding, word: &str) -> bool {
    [Some(&finding.key), Some(&finding.id), finding.name.as_ref(), finding.arn.as_ref()]
        .contains(&Some(&word.to_owned()))
}

/// Whether one of the words is the id or the name of the thing.
fn is_meant(said: &SaidEnd, finding: &Finding) -> bool {
    said.what == finding.key || said.what.split_whitespace().any(|word| is_named(finding, word))
}

fn thing(finding: &Finding, now: &SweepReport, past: &Past, said: Option<&SaidEnd>, options: &Options) -> Thing {
    let still = still(finding, now);
    let first = past.sweeps.iter().find(|sweep| has(sweep, &finding.key));
    let noticed = match (options.noticed, first) {
        (Some(at), _) => Some((at, Source::Said)),
        (None, Some(sweep)) => Some((Moment::At(sweep.made_at), Source::History)),
        (None, None) => Some((Moment::At(now.made_at), Source::Sweep)),
    };
    Thing {
        key: finding.key.clone(),
        names: Some(finding.names.clone()),
        id: finding.name.clone().unwrap_or_else(|| finding.id.clone()),
        region: Some(finding.region.clone()),
        arn: finding.arn.clone(),
        charges: finding.charges.iter().map(|charge| charge.what.clone()).collect(),
        services: finding.charges.iter().map(|charge| charge.sku.service.to_string()).collect(),
        usd_per_month: finding.usd_per_month,
        created: finding.created_at.map(|at| (Moment::At(at), Source::Account)),
        created_by: past.sweeps.iter().rev().find_map(|sweep| creator_in(sweep, &finding.key)),
        noticed,
        ended: said.map(|said| ((said.at, Source::Said), End::Said)).or_else(|| ended(finding, now, past, still)),
        still,
    }
}

/// A thing that the person names and no sweep has seen; its services are those of the type that the words name.
fn named(said: &SaidEnd, now: &SweepReport, options: &Options) -> Thing {
    let words = said.what.to_lowercase();
    let types = resources::ALL.iter().filter(|it| {
        words.contains(it.id) || words.contains(&it.names.en.to_lowercase()) || words.contains(&*it.names.ja)
    });
    let types: Vec<&Resource> = types.copied().collect();
    // Nothing of these types is left in any region that can be read: then the thing is not left either.
    let none = |it: &&Resource| {
        let regions = now.coverage.get(it.id);
        regions.is_some_and(|regions| {
            let empty = |it: &CheckOutcome| *it == CheckOutcome::Empty;
            let no_place = |it: &CheckOutcome| matches!(it, CheckOutcome::NotOffered | CheckOutcome::DisabledRegion);
            regions.values().any(empty) && regions.values().all(|it| empty(it) || no_place(it))
        })
    };
    let gone = !types.is_empty() && !now.scope.partial && types.iter().all(none);
    Thing {
        key: String::new(),
        names: None,
        id: said.what.clone(),
        region: None,
        arn: None,
        charges: Vec::new(),
        services: types.iter().flat_map(|it| it.billed_as).map(|service| (*service).to_owned()).collect(),
        usd_per_month: None,
        created: None,
        created_by: None,
        noticed: options.noticed.map(|at| (at, Source::Said)),
        ended: Some(((said.at, Source::Said), End::Said)),
        still: if gone { Still::Gone } else { Still::Unknown },
    }
}

/// The creator as an earlier sweep knew it.
fn creator_in(sweep: &SweepReport, key: &str) -> Option<CreatedBy> {
    let of = sweep.findings.iter().find(|finding| finding.key == key)?;
    of.created_by.clone().filter(|by| by.who.is_some())
}

fn has(sweep: &SweepReport, key: &str) -> bool {
    sweep.findings.iter().any(|finding| finding.key == key)
}

/// Whether the sweep looked for things of this type in this region, and everything answered.
fn looked(sweep: &SweepReport, finding: &Finding) -> bool {
    // A sweep that was stored has no coverage; its scope and its gaps say the same.
    if sweep.coverage.is_empty() {
        let (regions, types) = (&sweep.scope.regions, &sweep.scope.resources);
        let in_scope = types.contains(&finding.resource) && (!sweep.scope.partial || regions.contains(&finding.region));
        let hidden = |gap: &Gap| {
            gap.resource.as_ref().is_none_or(|id| *id == finding.resource)
                && gap.region.as_ref().is_none_or(|region| *region == finding.region)
        };
        return in_scope && !sweep.interrupted && !sweep.late && !sweep.gaps.iter().any(hidden);
    }
    let done = |outcome: &CheckOutcome| {
        matches!(outcome, CheckOutcome::Found | CheckOutcome::Empty | CheckOutcome::NotOffered)
    };
    let Some(regions) = sweep.coverage.get(&finding.resource).filter(|regions| !regions.is_empty()) else {
        return false;
    };
    match regions.get(&finding.region) {
        Some(outcome) => done(outcome),
        // A global type stands under the region that serves it.
        None => regions.len() == 1 && regions.values().all(done),
    }
}

fn still(finding: &Finding, now: &SweepReport) -> Still {
    match (has(now, &finding.key), looked(now, finding)) {
        (true, _) => Still::Charged,
        (false, true) => Still::Gone,
        (false, false) => Still::Unknown,
    }
}

/// By the action log, else by the first sweep without it. A thing that is charged as before has not ended.
fn ended(finding: &Finding, now: &SweepReport, past: &Past, still: Still) -> Option<(Known, End)> {
    let act = past.acts.iter().rev().find(|act| act.key == finding.key);
    let act = act.filter(|act| act.verb == Verb::Stop || still != Still::Charged);
    if let Some(Act { verb, at, .. }) = act {
        let end = if *verb == Verb::Stop { End::Stopped } else { End::Deleted };
        return Some(((Moment::At(*at), Source::ActionLog), end));
    }
    if still != Still::Gone {
        return None;
    }
    let all: Vec<&SweepReport> = past.sweeps.iter().chain([now]).collect();
    let last = all.iter().rposition(|sweep| has(sweep, &finding.key))?;
    let without = all[last + 1..].iter().find(|sweep| looked(sweep, finding))?;
    Some(((Moment::Between(all[last].made_at, without.made_at), Source::History), End::Gone))
}

#[cfg(test)]
mod tests;
