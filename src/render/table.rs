//! The columns of a report, chosen once; CSV, Markdown and HTML differ only in their syntax.

use super::Report;
use super::words::{charge, note, proof, reason};
use crate::lang::Speech;
use crate::model::report::SafeguardRow;
use crate::model::{Bill, Finding, Gap, SafeguardReport, SweepReport};

/// A report as rows of text.
pub struct Table {
    pub title: String,
    /// Stable names for programs, never translated.
    pub keys: &'static [&'static str],
    /// The same columns in the user's language.
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// What could not be looked at, as sentences.
    pub gaps: Vec<String>,
}

pub fn of(report: Report<'_>, speech: &Speech) -> Table {
    match report {
        Report::Sweep(report) => sweep(report, speech),
        Report::Safeguards(report, _) => safeguards(report, speech),
        Report::Bill(report, _) => super::bill_table::table(report, speech),
    }
}

const SWEEP: &[&str] = &[
    "account",
    "region",
    "resource",
    "id",
    "name",
    "billing",
    "charges",
    "usd_per_hour",
    "usd_per_month",
    "created_at",
    "notes",
    "commands",
];

fn sweep(report: &SweepReport, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-sweep"),
        keys: SWEEP,
        heads: heads(SWEEP, speech),
        rows: report.findings.iter().map(|finding| finding_row(finding, speech)).collect(),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).chain(unexplained(report, speech)).collect(),
    }
}

/// What the bill charges for and nothing of which was found, as sentences.
fn unexplained<'a>(report: &'a SweepReport, speech: &'a Speech) -> impl Iterator<Item = String> + 'a {
    report.bill.iter().flat_map(Bill::unexplained).map(|service| {
        let usd = service.usd_per_day.unwrap_or_default().to_string();
        speech.with("unexplained", &[("service", service.service.clone()), ("usd", usd)])
    })
}

fn finding_row(finding: &Finding, speech: &Speech) -> Vec<String> {
    let shown = |value: Option<String>| value.unwrap_or_default();
    let billing = serde_json::to_value(finding.billing).ok();
    vec![
        finding.account.to_string(),
        finding.region.to_string(),
        finding.resource.clone(),
        finding.id.clone(),
        shown(finding.name.clone()),
        shown(billing.as_ref().and_then(|it| it.as_str()).map(str::to_owned)),
        joined(finding.charges.iter().map(|it| charge(it, speech))),
        shown(finding.usd_per_hour.map(|usd| usd.to_string())),
        shown(finding.usd_per_month.map(|usd| usd.to_string())),
        shown(finding.created_at.map(|at| at.to_string())),
        joined(finding.notes.iter().map(|it| note(it, speech))),
        joined(finding.commands.values().map(ToString::to_string)),
    ]
}

const SAFEGUARDS: &[&str] = &["safeguard", "state", "action", "result", "changes", "proof", "usd_per_month", "notes"];

fn safeguards(report: &SafeguardReport, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-safeguards"),
        keys: SAFEGUARDS,
        heads: heads(SAFEGUARDS, speech),
        rows: report.safeguards.iter().map(|row| safeguard_row(row, speech)).collect(),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).collect(),
    }
}

fn safeguard_row(row: &SafeguardRow, speech: &Speech) -> Vec<String> {
    let key = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let value = |it: &dyn Fn() -> serde_json::Result<serde_json::Value>| it().map(key).unwrap_or_default();
    let changes = row.changes.iter().map(|change| {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
        format!("{}: {} → {}", change.field, side(&change.from), side(&change.to))
    });
    vec![
        row.id.clone(),
        value(&|| serde_json::to_value(row.state)),
        value(&|| serde_json::to_value(row.action)),
        value(&|| serde_json::to_value(row.result)),
        joined(changes),
        joined(row.proof.iter().map(|it| proof(it, speech))),
        row.usd_per_month.to_string(),
        joined(row.notes.iter().map(|it| note(it, speech))),
    ]
}

pub fn heads(keys: &[&str], speech: &Speech) -> Vec<String> {
    keys.iter().map(|key| speech.plain(&format!("column-{}", key.replace('_', "-")))).collect()
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

pub fn gap_line(gap: &Gap, speech: &Speech) -> String {
    let wide = if gap.resource.is_none() { "gap-other-regions" } else { "gap-whole-account" };
    let region = gap.region.as_ref().map_or_else(|| speech.plain(wide), ToString::to_string);
    let resource = gap.resource.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    format!("{region}{resource}: {}", reason(gap, speech))
}
