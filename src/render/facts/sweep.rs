//! The sentences about a sweep: its verdict, the bill, its scope, the gaps and the prices.

use anstyle::Style;
use rust_decimal::Decimal;

use super::statement::{About, Statement};
use super::{bill, changes, gaps};
use crate::lang::Speech;
use crate::model::money::HOURS_A_MONTH;
use crate::model::{Argument, CheckOutcome, Cost, Finding, Reason, Region, SweepReport, Usd, Verdict};
use crate::render::amount::amount;
use crate::render::sentence::{account, note, time};
use crate::render::terminal::{BOLD, DIM, GREEN, RED, YELLOW};

/// Above this number of types only their count is shown.
const NAMES: usize = 40;

const HOURS_A_DAY: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

/// Account and time, the verdict, what changed, and the bill.
pub fn head(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    let cut_short = |id: &str| Statement::new(About::Total, RED, speech.plain(id)).labelled(speech.plain("label-note"));
    let interrupted = report.interrupted.then(|| cut_short("sweep-interrupted"));
    let late = report.late.then(|| cut_short("sweep-late"));
    let verdict = [heading(report, speech), verdict(report, speech)];
    let first = verdict.into_iter().chain(interrupted).chain(late);
    first.chain(changes::changes(report, speech)).chain([bill::in_a_sweep(report, speech)]).collect()
}

/// The scope by name, for formats that are read without their command line.
pub fn scope(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    let scope = &report.scope;
    let regions = |regions: &[Region]| regions.iter().map(Region::as_str).collect::<Vec<_>>().join(" ");
    let chosen = scope.partial && scope.resources.len() <= NAMES;
    let names = [
        ("scope-regions", regions(&scope.regions)),
        ("scope-types", if chosen { scope.resources.join(" ") } else { String::new() }),
        ("scope-not-enabled", regions(&scope.disabled_regions)),
    ];
    let shown = names.into_iter().filter(|(_, names)| !names.is_empty());
    shown.map(|(id, names)| Statement::new(About::Scope, DIM, speech.with(id, &[("names", names)]))).collect()
}

/// The explained part of the bill, exemptions, gaps, the scope, and the prices.
pub fn foot(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    let labelled = |about: About, label: &str, text: String| {
        Statement::new(about, Style::new(), text).labelled(speech.plain(label))
    };
    let mut foot: Vec<Statement> = bill::explained(report, speech).into_iter().collect();
    foot.extend(kept(report, speech).map(|text| labelled(About::Total, "label-kept", text)));
    foot.extend(gaps::in_short(report, speech));
    foot.push(labelled(About::Scope, "label-coverage", coverage(report, speech)));
    if let Some((first, last)) = price_dates(&report.findings) {
        let id = if first == last { "prices-of-one-day" } else { "prices-of-days" };
        let text = speech.with(id, &[("first", first), ("last", last)]);
        foot.push(labelled(About::Prices, "label-prices", text));
    }
    let not_live = report.live_prices_failed.map(|why| speech.plain(not_live(why)));
    foot.extend(not_live.map(|text| labelled(About::Prices, "label-prices", text)));
    foot.extend(report.notes.iter().map(|it| labelled(About::Scope, "label-note", note(it, speech))));
    foot
}

/// The answer in a word, and its reason. With a gap it never says that the account is safe.
fn verdict(report: &SweepReport, speech: &Speech) -> Statement {
    let kept = kept(report, speech);
    let (style, label, text) = match report.verdict {
        Verdict::Safe if kept.is_some() => (GREEN, "verdict-safe", speech.plain("sweep-safe-but-kept")),
        Verdict::Safe => {
            let scope = &report.scope;
            let of_some_types = scope.resources_known.is_some_and(|known| known > scope.resources.len());
            let id = if of_some_types { "sweep-safe-narrowed" } else { "sweep-safe" };
            let args = [("regions", scope.regions.len()), ("types", scope.resources.len())];
            (GREEN, "verdict-safe", speech.with(id, &args))
        }
        Verdict::NotSafe => (RED, "verdict-not-safe", costs(report, speech)),
        Verdict::NotSure => (YELLOW, "verdict-not-sure", speech.plain(not_sure(report))),
    };
    Statement::new(About::Total, style.bold(), text).labelled(speech.plain(label))
}

/// The cost of the findings per month and per day.
fn costs(report: &SweepReport, speech: &Speech) -> String {
    let totals = &report.totals;
    let day = Usd(totals.usd_per_month.0 * HOURS_A_DAY / HOURS_A_MONTH).monthly();
    let cost: Cost = report.findings.iter().map(Cost::of).sum();
    if cost.exact.is_none() && !cost.open && report.gaps.is_empty() {
        let args = [("count", Argument::from(totals.findings)), ("month", amount(cost.at_most.monthly()).into())];
        return speech.with("sweep-cost-at-most", &args);
    }
    let args = [
        ("count", Argument::from(totals.findings)),
        ("month", amount(totals.usd_per_month).into()),
        ("day", amount(day).into()),
    ];
    let id = match totals.at_least {
        true if totals.usd_per_month == Usd::ZERO => "sweep-cost-unknown",
        true => "sweep-cost-at-least",
        false => "sweep-cost",
    };
    let unpriced = report.findings.iter().filter(|it| Cost::of(it).unpriced).count();
    let unpriced =
        (unpriced > 0 && id != "sweep-cost-unknown").then(|| speech.with("sweep-unpriced", &[("count", unpriced)]));
    let sentences: Vec<String> = [speech.with(id, &args)].into_iter().chain(unpriced).collect();
    sentences.join(&speech.plain("between-sentences"))
}

fn not_sure(report: &SweepReport) -> &'static str {
    let seen = |outcome: &CheckOutcome| matches!(outcome, CheckOutcome::Found | CheckOutcome::Empty);
    // A report in an organisation's has no coverage.
    let looked = report.coverage.is_empty() || report.coverage.values().flat_map(|cells| cells.values()).any(seen);
    match report.gaps.is_empty() {
        true => "sweep-unexplained",
        false if looked => "sweep-not-seen",
        false => "sweep-seen-nowhere",
    }
}

/// The things that the profile keeps on purpose.
fn kept(report: &SweepReport, speech: &Speech) -> Option<String> {
    let kept = || report.findings.iter().filter(|it| it.exempt.is_some());
    let usd: Usd = kept().filter_map(|it| it.usd_per_month).sum();
    let args = [("count", Argument::from(kept().count())), ("month", amount(usd.monthly()).into())];
    (kept().next().is_some()).then(|| speech.with("sweep-kept", &args))
}

fn coverage(report: &SweepReport, speech: &Speech) -> String {
    let scope = &report.scope;
    let known = scope.resources_known.filter(|known| *known > scope.resources.len());
    let id = if known.is_some() { "coverage-size-of" } else { "coverage-size" };
    let args =
        [("regions", scope.regions.len()), ("types", scope.resources.len()), ("known", known.unwrap_or_default())];
    let disabled = scope.disabled_regions.len();
    let disabled = (disabled > 0).then(|| speech.with("disabled-regions", &[("count", disabled)]));
    let narrowed = scope.partial.then(|| speech.plain("scope-narrowed"));
    let sentences: Vec<String> = [speech.with(id, &args)].into_iter().chain(narrowed).chain(disabled).collect();
    sentences.join(&speech.plain("between-sentences"))
}

fn heading(report: &SweepReport, speech: &Speech) -> Statement {
    let args = [("account", account(&report.scope.account)), ("at", time(report.made_at))];
    Statement::new(About::Scope, BOLD, speech.with("sweep-heading", &args))
}

/// Why AWS's current price list was not used.
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
