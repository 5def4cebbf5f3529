//! AWS's recommendations as rows: one for each thing.

use super::shape::{Cell, Column, Table, code, distinct, gap_line, heads, number, text};
use crate::lang::Speech;
use crate::model::AdviceReport;
use crate::model::advice::Advice;
use crate::render::facts::advice as facts;

const COLUMNS: &[Column] = &[
    number("usd_per_month_saved"),
    text("region"),
    code("id"),
    text("action"),
    text("advised_by"),
    text("found"),
    code("arn").for_programs(),
];

pub(super) fn table(report: &AdviceReport, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-advice"),
        head: [vec![facts::heading(report, speech)], facts::head(report, speech)].concat(),
        kind: "advice",
        columns: COLUMNS,
        heads: heads(COLUMNS, speech),
        rows: report.advice.iter().map(|it| cells(it, speech)).collect(),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).collect(),
        alike: distinct(report.gaps.iter().map(|gap| gap_line(gap, speech))),
        unexplained: Vec::new(),
        foot: Vec::new(),
    }
}

fn cells(it: &Advice, speech: &Speech) -> Vec<Cell> {
    let who: Vec<&str> = it.sources.iter().map(|source| source.name()).collect();
    let what = it.what.as_ref().map(|what| format!(": {what}")).unwrap_or_default();
    let key = it.finding.as_ref().map(|found| found.key.clone()).unwrap_or_default();
    vec![
        it.usd_per_month_saved.map(|usd| usd.to_string()).into(),
        it.region.as_ref().map(ToString::to_string).into(),
        it.id.clone().into(),
        format!("{}{what}", it.action).into(),
        who.join(", ").into(),
        Cell::shown_as(key, facts::found(it, speech).unwrap_or_default()),
        it.arn.clone().into(),
    ]
}
