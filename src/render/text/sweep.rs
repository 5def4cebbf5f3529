//! The sweep on a terminal: the dearest first, what to do under each, and an honest last line.

use std::collections::{BTreeMap, BTreeSet};

use anstyle::Style;

use super::{bill, coverage, findings};
use crate::lang::Speech;
use crate::model::{Finding, Gap, Reason, Region, SweepReport, Usd};
use crate::render::amount::amount;
use crate::render::layout::Layout;
use crate::render::sentence::{account, reason, time};
use crate::render::terminal::{BOLD, DIM, GREEN, RED, YELLOW, paragraph, styled};

pub(super) fn sweep(report: &SweepReport, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    heading(report, speech, layout, &mut out);
    bill::header(report, speech, layout, &mut out);
    if !report.findings.is_empty() {
        findings::write(&report.findings, speech, layout, &mut out);
    }
    bill::compared(report, speech, layout, &mut out);
    gaps(report, speech, layout, &mut out);
    if layout.verbose {
        coverage::write(&report.coverage, &report.scope.disabled_regions, speech, layout, &mut out);
    }
    footnotes(report, speech, layout, &mut out);
    last_line(report, speech, layout, &mut out);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn heading(report: &SweepReport, speech: &Speech, layout: Layout, out: &mut String) {
    let accounts: Vec<String> = report.scope.accounts.iter().map(account).collect();
    let args = [
        ("account", accounts.join(", ")),
        ("regions", report.scope.regions.len().to_string()),
        ("resources", report.scope.resources.len().to_string()),
        ("at", time(report.made_at)),
    ];
    paragraph(&speech.with("sweep-heading", &args), 0, DIM, layout, out);
    out.push('\n');
}

/// What could not be looked at: the same reason in many places is one line.
fn gaps(report: &SweepReport, speech: &Speech, layout: Layout, out: &mut String) {
    if report.gaps.is_empty() {
        return;
    }
    line(out, &styled(RED, &speech.with("gaps-heading", &[("count", report.gaps.len().to_string())])));
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

/// Gaps of one cause are mended together: a missing permission by itself, what an organisation forbids all at once.
fn cause(gap: &Gap) -> (Reason, &str, Option<&str>) {
    match gap.reason {
        Reason::Denied => (gap.reason, "", gap.action.as_deref()),
        Reason::Other | Reason::Unreachable => (gap.reason, &gap.message, gap.action.as_deref()),
        _ => (gap.reason, "", None),
    }
}

/// Regions and types; the types only where some of all `types` could be looked at.
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

/// Up to four names, and how many more.
fn some(names: BTreeSet<&str>, speech: &Speech) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    match names.as_slice() {
        [first, second, third, rest @ ..] if rest.len() > 1 => {
            let more = speech.with("and-more", &[("count", rest.len().to_string())]);
            format!("{first} {second} {third} {more}")
        }
        _ => names.join(" "),
    }
}

fn footnotes(report: &SweepReport, speech: &Speech, layout: Layout, out: &mut String) {
    let mut notes = Vec::new();
    if let Some((first, last)) = price_dates(&report.findings) {
        let id = if first == last { "prices-of-one-day" } else { "prices-of-days" };
        notes.push(speech.with(id, &[("first", first), ("last", last)]));
    }
    notes.extend(report.live_prices_failed.map(|why| speech.plain(not_live(why))));
    let disabled = &report.scope.disabled_regions;
    if !disabled.is_empty() {
        notes.push(speech.with("disabled-regions", &[("count", disabled.len().to_string())]));
    }
    if report.scope.partial {
        notes.push(speech.plain("scope-narrowed"));
    }
    if report.bill.is_none() {
        notes.push(speech.plain("bill-not-compared"));
    }
    for text in &notes {
        paragraph(text, 0, DIM, layout, out);
    }
    if !notes.is_empty() {
        out.push('\n');
    }
}

/// Why prices are those of the snapshot.
fn not_live(why: Reason) -> &'static str {
    match why {
        Reason::Denied => "prices-not-live-denied",
        Reason::DeniedByOrganization => "prices-not-live-denied-by-organization",
        Reason::Throttled => "prices-not-live-throttled",
        Reason::Timeout => "prices-not-live-timeout",
        Reason::Unreachable => "prices-not-live-unreachable",
        Reason::DisabledRegion | Reason::Other => "prices-not-live-other",
    }
}

fn price_dates(findings: &[Finding]) -> Option<(String, String)> {
    let dates = || findings.iter().flat_map(|it| &it.charges).filter_map(|charge| charge.price.as_of.clone());
    Some((dates().min()?, dates().max()?))
}

/// What it comes to. With a gap it never says that nothing bills.
fn last_line(report: &SweepReport, speech: &Speech, layout: Layout, out: &mut String) {
    let totals = &report.totals;
    let args = [
        ("regions", report.scope.regions.len().to_string()),
        ("count", totals.findings.to_string()),
        ("hour", amount(totals.usd_per_hour.monthly())),
        ("month", amount(totals.usd_per_month)),
    ];
    let unexplained = report.bill.as_ref().is_some_and(|bill| bill.unexplained().next().is_some());
    let unpriced = totals.usd_per_month == Usd::ZERO;
    let (style, id) = match (totals.findings, report.gaps.is_empty()) {
        (0, true) if unexplained => (YELLOW, "sweep-nothing-unexplained"),
        (0, true) => (GREEN, "sweep-nothing"),
        (0, false) => (YELLOW, "sweep-nothing-seen"),
        _ if unpriced && totals.at_least => (BOLD, "sweep-found-unpriced"),
        _ if totals.at_least => (BOLD, "sweep-found-at-least"),
        _ => (BOLD, "sweep-found"),
    };
    let gaps = (!report.gaps.is_empty())
        .then(|| (RED, speech.with("sweep-gaps", &[("count", report.gaps.len().to_string())])));
    for (style, text) in [(style, speech.with(id, &args))].into_iter().chain(gaps) {
        paragraph(&text, 0, style, layout, out);
    }
}
