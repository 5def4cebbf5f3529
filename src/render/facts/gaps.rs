//! The sentences about the gaps of a sweep: one for all missing permissions, one for each other reason.

use std::collections::{BTreeMap, BTreeSet};

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::bill::BILL;
use crate::model::{Argument, Cause, Gap, Reason, Region, SweepReport};
use crate::render::sentence::reason;
use crate::render::terminal::{RED, YELLOW};

/// The gaps in short: one sentence for each way to close them.
pub fn in_short(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    let (of_everything, others) = of_everything(&report.gaps);
    let (missing, others): (Vec<&Gap>, Vec<&Gap>) =
        others.into_iter().partition(|gap| gap.reason == Reason::Denied && gap.action.is_some());
    let statement = |style, label: &str, text| Statement::new(About::Total, style, text).labelled(speech.plain(label));
    let of_everything = of_everything.values().map(|gaps| statement(RED, "label-not-checked", alike(gaps, speech)));
    let of_everything: Vec<Statement> = of_everything.collect();
    let missing = permissions(&missing, speech).map(|text| statement(RED, "label-missing", text));
    let mut groups: BTreeMap<_, Vec<&Gap>> = BTreeMap::new();
    for gap in others {
        groups.entry((gap.reason, gap.cause, gap.resource.as_deref() == Some(BILL))).or_default().push(gap);
    }
    let types = report.scope.resources.len();
    let others = groups.values().map(|places| statement(YELLOW, "label-not-checked", sentence(places, types, speech)));
    of_everything.into_iter().chain(missing).chain(others).collect()
}

/// The gaps whose cause stands behind every request, by their cause, and the others.
pub fn of_everything(gaps: &[Gap]) -> (BTreeMap<Cause, Vec<&Gap>>, Vec<&Gap>) {
    let (mut causes, mut others): (BTreeMap<Cause, Vec<&Gap>>, _) = (BTreeMap::new(), Vec::new());
    for gap in gaps {
        match gap.cause.filter(|cause| cause.concerns_everything()) {
            Some(cause) => causes.entry(cause).or_default().push(gap),
            None => others.push(gap),
        }
    }
    (causes, others)
}

/// Gaps of one cause that stands behind every request: how many, and why.
pub fn alike(gaps: &[&Gap], speech: &Speech) -> String {
    let why = gaps.first().map(|gap| reason(gap, speech)).unwrap_or_default();
    speech.with("gaps-alike", &[("count", Argument::from(gaps.len())), ("why", why.into())])
}

/// Everything that could not be looked at, one sentence for all places that one step would close.
pub fn in_full(report: &SweepReport, speech: &Speech) -> Vec<String> {
    closing(&report.gaps, report.scope.resources.len(), speech)
}

/// The same of a report about some types only, which are all named.
pub fn of_some_types(gaps: &[Gap], speech: &Speech) -> Vec<String> {
    closing(gaps, 0, speech)
}

fn closing(gaps: &[Gap], types: usize, speech: &Speech) -> Vec<String> {
    let (of_everything, others) = of_everything(gaps);
    let mut groups: BTreeMap<_, Vec<&Gap>> = BTreeMap::new();
    for gap in others {
        groups.entry(step(gap)).or_default().push(gap);
    }
    let of_everything = of_everything.values().map(|gaps| alike(gaps, speech));
    of_everything.chain(groups.values().map(|places| sentence(places, types, speech))).collect()
}

/// What would close the gap: each missing permission is a step, all denials by the organisation are one.
fn step(gap: &Gap) -> (Reason, &str, Option<&str>) {
    match gap.reason {
        Reason::Denied => (gap.reason, "", gap.action.as_deref()),
        Reason::Other | Reason::Unreachable => (gap.reason, &gap.message, gap.action.as_deref()),
        _ => (gap.reason, "", None),
    }
}

fn permissions(gaps: &[&Gap], speech: &Speech) -> Option<String> {
    let actions = distinct(gaps, |gap| gap.action.as_deref());
    if actions.is_empty() {
        return None;
    }
    let args = [("count", Argument::from(actions.len())), ("names", some(actions, speech).into())];
    Some(speech.with("permissions-missing", &args))
}

/// All places with the same reason: where it was, and why.
fn sentence(places: &[&Gap], types: usize, speech: &Speech) -> String {
    let actions = some(distinct(places, |gap| gap.action.as_deref()), speech);
    let mut why = reason(&Gap { action: Some(actions).filter(|it| !it.is_empty()), ..places[0].clone() }, speech);
    let messages = distinct(places, |gap| Some(&gap.message)).len();
    if messages > 1 && matches!(places[0].reason, Reason::Other | Reason::Unreachable) && places[0].cause.is_none() {
        why = format!("{why} {}", speech.with("and-more", &[("count", messages - 1)]));
    }
    format!("{}: {why}", where_not(places, types, speech))
}

/// Regions and types of the gaps; no types if all `types` are affected.
fn where_not(places: &[&Gap], types: usize, speech: &Speech) -> String {
    let regions = distinct(places, |gap| gap.region.as_ref().map(Region::as_str));
    let resources = distinct(places, |gap| gap.resource.as_deref());
    let everything = places.len() == regions.len() * types && !resources.contains(BILL);
    match (regions.is_empty(), resources.is_empty()) {
        (true, true) => speech.plain("gap-other-regions"),
        (true, false) => format!("{}, {}", speech.plain("gap-whole-account"), some(resources, speech)),
        (false, none) if none || everything => some(regions, speech),
        _ => format!("{}, {}", some(regions, speech), some(resources, speech)),
    }
}

fn distinct<'a>(places: &[&'a Gap], name: impl Fn(&'a Gap) -> Option<&'a str>) -> BTreeSet<&'a str> {
    places.iter().filter_map(|gap| name(gap)).collect()
}

/// Up to four names, and the number of the others.
fn some(names: BTreeSet<&str>, speech: &Speech) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    match names.as_slice() {
        [first, second, third, rest @ ..] if rest.len() > 1 => {
            let more = speech.with("and-more", &[("count", rest.len())]);
            format!("{first} {second} {third} {more}")
        }
        _ => names.join(" "),
    }
}
