//! The sentences about a sweep: its scope, the bill, the prices and the totals.

use super::bill;
use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::{Argument, Finding, Reason, Region, SweepReport, Usd};
use crate::render::amount::amount;
use crate::render::sentence::{account, note, time};
use crate::render::terminal::{BOLD, DIM, GREEN, RED, YELLOW};

/// Above this number of types only their count is shown, which is in the heading.
const NAMES: usize = 40;

/// Account, time and size of the scope, and the bill.
pub fn head(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    [heading(report, speech)].into_iter().chain(bill::in_a_sweep(report, speech)).collect()
}

/// The scope by name, for forms that are read without their command line.
pub fn scope(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    let scope = &report.scope;
    let regions = |regions: &[Region]| regions.iter().map(Region::as_str).collect::<Vec<_>>().join(" ");
    let chosen = scope.partial && scope.resources.len() <= NAMES;
    let names = [
        ("scope-regions", regions(&scope.regions)),
        ("scope-types", if chosen { scope.resources.join(" ") } else { String::new() }),
        ("scope-not-enabled", regions(&scope.disabled_regions)),
    ];
    let named = names.into_iter().filter(|(_, names)| !names.is_empty());
    named.map(|(id, names)| Statement::new(About::Scope, DIM, speech.with(id, &[("names", names)]))).collect()
}

/// The source of the prices, and the parts of the account that were not checked.
pub fn notes(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    let mut notes = Vec::new();
    if let Some((first, last)) = price_dates(&report.findings) {
        let id = if first == last { "prices-of-one-day" } else { "prices-of-days" };
        notes.push((About::Prices, speech.with(id, &[("first", first), ("last", last)])));
    }
    notes.extend(report.live_prices_failed.map(|why| (About::Prices, speech.plain(not_live(why)))));
    let disabled = &report.scope.disabled_regions;
    if !disabled.is_empty() {
        notes.push((About::Scope, speech.with("disabled-regions", &[("count", disabled.len())])));
    }
    notes.extend(report.notes.iter().map(|it| (About::Scope, note(it, speech))));
    if report.scope.partial {
        notes.push((About::Scope, speech.plain("scope-narrowed")));
    }
    if report.bill.is_none() {
        notes.push((About::Bill, speech.plain("bill-not-compared")));
    }
    notes.into_iter().map(|(about, text)| Statement::new(about, DIM, text)).collect()
}

/// The sum of the sweep. With a gap it never says that nothing bills.
pub fn verdict(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    let totals = &report.totals;
    let args = [
        ("regions", Argument::from(report.scope.regions.len())),
        ("count", totals.findings.into()),
        ("hour", amount(totals.usd_per_hour.monthly()).into()),
        ("month", amount(totals.usd_per_month).into()),
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
    let gaps = || speech.with("sweep-gaps", &[("count", report.gaps.len())]);
    let gaps = (!report.gaps.is_empty()).then(|| Statement::new(About::Total, RED, gaps()));
    let interrupted = report.interrupted.then(|| Statement::new(About::Total, RED, speech.plain("sweep-interrupted")));
    [Statement::new(About::Total, style, speech.with(id, &args))].into_iter().chain(gaps).chain(interrupted).collect()
}

fn heading(report: &SweepReport, speech: &Speech) -> Statement {
    let args = [
        ("account", Argument::from(account(&report.scope.account))),
        ("regions", report.scope.regions.len().into()),
        ("resources", report.scope.resources.len().into()),
        ("at", time(report.made_at).into()),
    ];
    Statement::new(About::Scope, DIM, speech.with("sweep-heading", &args))
}

/// Why AWS's price list of today was not used.
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
