//! The sweep on a terminal: the dearest first, what to do under each, and an honest last line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anstyle::Style;

use super::words::{
    BOLD, CYAN, DIM, GREEN, RED, YELLOW, account, amount, charge, columns, note, padded, paragraph, reason, styled,
    time,
};
use super::{Page, bill};
use crate::lang::Speech;
use crate::model::{Billing, Finding, Gap, Reason, Region, SweepReport, Usd};

/// Where what belongs to a finding starts.
const INDENT: usize = 12;

pub fn sweep(report: &SweepReport, speech: &Speech, page: Page) -> String {
    let mut out = String::new();
    heading(report, speech, page, &mut out);
    bill::header(report, speech, page, &mut out);
    if !report.findings.is_empty() {
        findings(&report.findings, speech, page, &mut out);
    }
    bill::compared(report, speech, page, &mut out);
    gaps(report, speech, page, &mut out);
    footnotes(report, speech, page, &mut out);
    last_line(report, speech, page, &mut out);
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
    let first: Vec<String> = [charges.join(" + ")].into_iter().chain(since(finding, speech)).collect();
    for text in [first.join(" · "), notes.join(" · ")] {
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

/// What it has come to since it was created.
fn since(finding: &Finding, speech: &Speech) -> Option<String> {
    let (usd, created) = (finding.usd_since_created?, finding.created_at?);
    let args = [("usd", amount(usd)), ("date", created.strftime("%Y-%m-%d").to_string())];
    Some(speech.with("usd-since-created", &args))
}

/// What could not be looked at: the same reason in many places is one line.
fn gaps(report: &SweepReport, speech: &Speech, page: Page, out: &mut String) {
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
        paragraph(&text, 2, Style::new(), page, out);
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

fn footnotes(report: &SweepReport, speech: &Speech, page: Page, out: &mut String) {
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
        paragraph(text, 0, DIM, page, out);
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
        paragraph(&text, 0, style, page, out);
    }
}
