//! The sentences about the gaps of a sweep: one for all missing permissions, one for each other reason.

use std::collections::{BTreeMap, BTreeSet};

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::bill::BILL;
use crate::model::{Argument, Gap, Reason, Region, SweepReport};
use crate::render::sentence::reason;
use crate::render::terminal::{RED, YELLOW};

/// The gaps in short: one sentence for each way to close them.
pub fn in_short(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    let (missing, others): (Vec<&Gap>, Vec<&Gap>) =
        report.gaps.iter().partition(|gap| gap.reason == Reason::Denied && gap.action.is_some());
    let statement = |style, label: &str, text| Statement::new(About::Total, style, text).labelled(speech.plain(label));
    let missing = permissions(&missing, speech).map(|text| statement(RED, "label-missing", text));
    let mut alike: BTreeMap<_, Vec<&Gap>> = BTreeMap::new();
    for gap in others {
        alike.entry((gap.reason, gap.cause, gap.resource.as_deref() == Some(BILL))).or_default().push(gap);
    }
    let types = report.scope.resources.len();
    let others = alike.values().map(|places| statement(YELLOW, "label-not-checked", sentence(places, types, speech)));
    missing.into_iter().chain(others).collect()
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
pub fn sentence(places: &[&Gap], types: usize, speech: &Speech) -> String {
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
