//! The sweep on a terminal: the dearest first, what to do under each, and an honest last line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;

use super::Page;
use super::words::{
    BOLD, CYAN, DIM, GREEN, RED, YELLOW, account, amount, charge, columns, note, padded, paragraph, reason, styled,
    time,
};
use crate::lang::Speech;
use crate::model::{Billing, Finding, Gap, SweepReport, Usd};

/// Where what belongs to a finding starts.
const INDENT: usize = 12;

pub fn sweep(report: &SweepReport, speech: &Speech, page: Page) -> String {
    let mut out = String::new();
    heading(report, speech, page, &mut out);
    if !report.findings.is_empty() {
        findings(&report.findings, speech, page, &mut out);
    }
    gaps(&report.gaps, speech, page, &mut out);
    footnotes(report, speech, page, &mut out);
    paragraph(&last_line(report, speech), 0, Style::new(), page, &mut out);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn heading(report: &SweepReport, speech: &Speech, page: Page, out: &mut String) {
    let accounts: Vec<String> = report.scope.accounts.iter().map(account).collect();
    let args = [
        ("account", accounts.join(", ")),
        ("regions", report.scope.regions.len().to_string()),
        ("resources", report.scope.resources.len().to_string()),
        ("at", time(report.made_at)),
    ];
    paragraph(&speech.with("sweep-heading", &args), 0, DIM, page, out);
    out.push('\n');
}

fn findings(findings: &[Finding], speech: &Speech, page: Page, out: &mut String) {
    let widest = |text: &dyn Fn(&Finding) -> String| findings.iter().map(|it| columns(&text(it))).max().unwrap_or(0);
    let name = |finding: &Finding| finding.names.get(speech.lang).to_owned();
    let (names, regions) = (widest(&name), widest(&|finding| finding.region.to_string()));
    let head = format!("{:>10}", speech.plain("column-usd-per-month"));
    line(out, &styled(DIM, head.trim_end()));
    for finding in findings {
        let region = padded(finding.region.as_str(), regions);
        let title = format!("{}  {}  {region}", month(finding), styled(BOLD, &padded(&name(finding), names)));
        let label = format!("{}{}", label(finding), billing(finding.billing, speech));
        if columns(&title) + 2 + columns(&label) <= page.width {
            let _ = writeln!(out, "{title}  {label}");
        } else {
            let _ = writeln!(out, "{}", title.trim_end());
            paragraph(&label, INDENT, Style::new(), page, out);
        }
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
        if !text.is_empty() {
            paragraph(&text, INDENT, DIM, page, out);
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
        paragraph(&text, 2, Style::new(), page, out);
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
    for text in &notes {
        paragraph(text, 0, DIM, page, out);
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
fn last_line(report: &SweepReport, speech: &Speech) -> String {
    let totals = &report.totals;
    let regions = ("regions", report.scope.regions.len().to_string());
    let sum = match (totals.findings, report.gaps.is_empty()) {
        (0, true) => styled(GREEN, &speech.with("sweep-nothing", &[regions])),
        (0, false) => styled(YELLOW, &speech.with("sweep-nothing-seen", &[regions])),
        (count, _) => {
            let id = match (totals.usd_per_month == Usd::ZERO, totals.at_least) {
                (true, true) => "sweep-found-unpriced",
                (false, true) => "sweep-found-at-least",
                (_, false) => "sweep-found",
            };
            let hour = totals.usd_per_hour.monthly();
            let args =
                [("count", count.to_string()), ("hour", hour.to_string()), ("month", amount(totals.usd_per_month))];
            styled(BOLD, &speech.with(id, &args))
        }
    };
    if report.gaps.is_empty() {
        return sum;
    }
    let gaps = speech.with("sweep-gaps", &[("count", report.gaps.len().to_string())]);
    format!("{sum}{}{}", speech.plain("sentence-gap"), styled(RED, &gaps))
}
