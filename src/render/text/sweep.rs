//! The sweep on a terminal: the most expensive finding first, its commands under it, and a last line that hides no gap.

use std::collections::{BTreeMap, BTreeSet};

use anstyle::Style;

use super::{bill, coverage, findings};
use crate::lang::Speech;
use crate::model::{Gap, Reason, Region, SweepReport};
use crate::render::facts::{Statement, sweep as facts};
use crate::render::layout::Layout;
use crate::render::sentence::reason;
use crate::render::terminal::{RED, paragraph, styled};

pub(super) fn sweep(report: &SweepReport, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    for statement in facts::head(report, speech) {
        Statement::write(&[statement], layout, &mut out);
        out.push('\n');
    }
    if !report.findings.is_empty() {
        findings::write(&report.findings, speech, layout, &mut out);
    }
    bill::compared(report, speech, layout, &mut out);
    gaps(report, speech, layout, &mut out);
    if layout.verbose {
        coverage::write(&report.coverage, &report.scope.disabled_regions, speech, layout, &mut out);
    }
    let notes = facts::notes(report, speech);
    Statement::write(&notes, layout, &mut out);
    if !notes.is_empty() {
        out.push('\n');
    }
    Statement::write(&facts::verdict(report, speech), layout, &mut out);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// The gaps: one line for all places with the same reason.
fn gaps(report: &SweepReport, speech: &Speech, layout: Layout, out: &mut String) {
    if report.gaps.is_empty() {
        return;
    }
    line(out, &styled(RED, &speech.with("gaps-heading", &[("count", report.gaps.len())])));
    let mut alike: BTreeMap<_, Vec<&Gap>> = BTreeMap::new();
    for gap in &report.gaps {
        alike.entry(cause(gap)).or_default().push(gap);
    }
    for places in alike.values() {
        let actions = some(distinct(places, |gap| gap.action.as_deref()), speech);
        let why = reason(&Gap { action: Some(actions).filter(|it| !it.is_empty()), ..places[0].clone() }, speech);
        let text = format!("{}: {why}", where_not(places, report.scope.resources.len(), speech));
        paragraph(&text, 2, Style::new(), layout, out);
    }
    out.push('\n');
}

/// Groups gaps that one step would close: each missing permission is a group, all denials by the organisation are one.
fn cause(gap: &Gap) -> (Reason, &str, Option<&str>) {
    match gap.reason {
        Reason::Denied => (gap.reason, "", gap.action.as_deref()),
        Reason::Other | Reason::Unreachable => (gap.reason, &gap.message, gap.action.as_deref()),
        _ => (gap.reason, "", None),
    }
}

/// Regions and types of the gaps; no types if all `types` are concerned.
fn where_not(places: &[&Gap], types: usize, speech: &Speech) -> String {
    let regions = distinct(places, |gap| gap.region.as_ref().map(Region::as_str));
    let resources = distinct(places, |gap| gap.resource.as_deref());
    let everything = places.len() == regions.len() * types;
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
