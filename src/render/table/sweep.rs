//! The sweep as rows: one for each finding.

use super::shape::{Table, gap_line, heads, joined};
use crate::lang::Speech;
use crate::model::{Bill, Finding, SweepReport};
use crate::render::facts::sweep as facts;
use crate::render::sentence::{charge, note};

const KEYS: &[&str] = &[
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

pub(super) fn table(report: &SweepReport, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-sweep"),
        head: [facts::head(report, speech), facts::scope(report, speech)].concat(),
        kind: "finding",
        keys: KEYS,
        heads: heads(KEYS, speech),
        rows: report.findings.iter().map(|finding| finding_row(finding, speech)).collect(),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).chain(unexplained(report, speech)).collect(),
        foot: facts::foot(report, speech),
    }
}

/// Services that the bill charges for without a single finding, as sentences.
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
