//! The sweep on a terminal: the dearest first, what to do under each, and an honest last line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::words::{
    BOLD, CYAN, DIM, GREEN, RED, YELLOW, account, amount, charge, note, padded, reason, styled, time, wrapped,
};
use super::{Page, bill};
use crate::lang::Speech;
use crate::model::{Billing, Finding, Gap, SweepReport, Usd};
use unicode_width::UnicodeWidthStr;

/// Where what belongs to a finding starts.
const INDENT: usize = 12;

pub fn sweep(report: &SweepReport, speech: &Speech, page: Page) -> String {
    let mut out = String::new();
    heading(report, speech, &mut out);
    bill::header(report, speech, page, &mut out);
    if !report.findings.is_empty() {
        findings(&report.findings, speech, page, &mut out);
    }
    bill::compared(report, speech, page, &mut out);
    gaps(&report.gaps, speech, page, &mut out);
    footnotes(report, speech, page, &mut out);
    last_line(report, speech, page, &mut out);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn heading(report: &SweepReport, speech: &Speech, out: &mut String) {
    let accounts: Vec<String> = report.scope.accounts.iter().map(account).collect();
    let args = [
        ("account", accounts.join(", ")),
        ("regions", report.scope.regions.len().to_string()),
        ("resources", report.scope.resources.len().to_string()),
        ("at", time(report.made_at)),
    ];
    line(out, &styled(DIM, &speech.with("sweep-heading", &args)));
    out.push('\n');
}

fn findings(findings: &[Finding], speech: &Speech, page: Page, out: &mut String) {
    let widest = |text: &dyn Fn(&Finding) -> String| findings.iter().map(|it| text(it).width()).max().unwrap_or(0);
    let name = |finding: &Finding| finding.names.get(speech.lang).to_owned();
    let (names, regions) = (widest(&name), widest(&|finding| finding.region.to_string()));
    let head = format!("{:>10}", speech.plain("column-usd-per-month"));
    line(out, &styled(DIM, head.trim_end()));
    for finding in findings {
        let region = padded(finding.region.as_str(), regions);
        let title = format!("{}  {region}  {}", styled(BOLD, &padded(&name(finding), names)), label(finding));
        let _ = writeln!(out, "{}  {title}{}", month(finding), billing(finding.billing, speech));
        details(finding, speech, page, out);
    }
    out.push('\n');
}

/// The monthly amount, ten columns wide: `490.56`, `490.56+` where something of it has no price, `?` where nothing has.
fn month(finding: &Finding) -> String {
    let open = finding.charges.iter().any(|charge| charge.usd_per_month.is_none());
    let text = match finding.usd_per_month {
        Some(usd) if open => format!("{}+", amount(usd)),
        Some(usd) => amount(usd),
        None => "?".to_owned(),
    };
    styled(YELLOW, &format!("{text:>10}"))
}

fn label(finding: &Finding) -> String {
    match &finding.name {
        Some(name) if *name != finding.id => format!("{} ({name})", finding.id),
        _ => finding.id.clone(),
    }
}

fn billing(billing: Billing, speech: &Speech) -> String {
    match billing {
        Billing::Running => String::new(),
        Billing::Stopped => format!("  {}", styled(DIM, &speech.plain("billing-stopped"))),
        Billing::Ending => format!("  {}", styled(DIM, &speech.plain("billing-ending"))),
    }
}

fn details(finding: &Finding, speech: &Speech, page: Page, out: &mut String) {
    let charges: Vec<String> = finding.charges.iter().map(|it| charge(it, speech)).collect();
    let notes: Vec<String> = finding.notes.iter().map(|it| note(it, speech)).collect();
    for text in [charges.join(" + "), notes.join(" · ")] {
        for part in wrapped(&text, page.width.saturating_sub(INDENT)).iter().filter(|part| !part.is_empty()) {
            let _ = writeln!(out, "{:INDENT$}{}", "", styled(DIM, part));
        }
    }
    for command in finding.commands.values() {
        for part in command.split_inclusive(" && ") {
            let _ = writeln!(out, "{:INDENT$}{}", "", styled(CYAN, part.trim_end()));
        }
    }
}

/// What could not be looked at: the same reason in many places is one line.
fn gaps(gaps: &[Gap], speech: &Speech, page: Page, out: &mut String) {
    if gaps.is_empty() {
        return;
    }
    line(out, &styled(RED, &speech.with("gaps-heading", &[("count", gaps.len().to_string())])));
    let mut alike: BTreeMap<String, Vec<&Gap>> = BTreeMap::new();
    for gap in gaps {
        alike.entry(reason(gap, speech)).or_default().push(gap);
    }
    for (why, places) in alike {
        let text = format!("{}: {why}", where_not(&places, speech));
        for part in wrapped(&text, page.width.saturating_sub(2)) {
            let _ = writeln!(out, "  {part}");
        }
    }
    out.push('\n');
}

fn where_not(places: &[&Gap], speech: &Speech) -> String {
    let mut regions: Vec<&str> =
        places.iter().filter_map(|gap| gap.region.as_ref()).map(crate::model::Region::as_str).collect();
    let mut resources: Vec<&str> = places.iter().filter_map(|gap| gap.resource.as_deref()).collect();
    regions.sort_unstable();
    regions.dedup();
    resources.sort_unstable();
    resources.dedup();
    let regions = if regions.is_empty() { speech.plain("gap-whole-account") } else { some(&regions, speech) };
    if resources.is_empty() { regions } else { format!("{regions}, {}", some(&resources, speech)) }
}

/// Up to four names, and how many more.
fn some(names: &[&str], speech: &Speech) -> String {
    match names {
        [first, second, third, rest @ ..] if rest.len() > 1 => {
            let more = speech.with("and-more", &[("count", rest.len().to_string())]);
            format!("{first} {second} {third} {more}")
        }
        _ => names.join(" "),
    }
}

fn footnotes(report: &SweepReport, speech: &Speech, page: Page, out: &mut String) {
    let mut notes = Vec::new();
    if let Some((first, last)) = price_dates(&report.findings) {
        let id = if first == last { "prices-of-one-day" } else { "prices-of-days" };
        notes.push(speech.with(id, &[("first", first), ("last", last)]));
    }
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
        for part in wrapped(text, page.width) {
            line(out, &styled(DIM, &part));
        }
    }
    if !notes.is_empty() {
        out.push('\n');
    }
}

fn price_dates(findings: &[Finding]) -> Option<(String, String)> {
    let dates = || findings.iter().flat_map(|it| &it.charges).filter_map(|charge| charge.price.as_of.clone());
    Some((dates().min()?, dates().max()?))
}

/// What it comes to. With a gap it never says that nothing bills.
fn last_line(report: &SweepReport, speech: &Speech, page: Page, out: &mut String) {
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
        for part in wrapped(&text, page.width) {
            line(out, &styled(style, &part));
        }
    }
}
