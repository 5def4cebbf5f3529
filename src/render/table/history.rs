//! The history as rows: one for each sweep.

use super::shape::{Cell, Column, Table, code, heads, number, text};
use crate::lang::Speech;
use crate::model::HistoryReport;
use crate::model::runs::{AccountHistory, Run};
use crate::render::facts::history as facts;

const COLUMNS: &[Column] = &[
    code("account"),
    number("made_at"),
    text("verdict"),
    number("findings"),
    number("usd_per_day"),
    number("usd_per_month").for_programs(),
    text("at_least").for_programs(),
    number("new"),
    number("gone"),
    number("gaps"),
    text("partial").for_programs(),
    number("bill_usd_per_day").for_programs(),
];

pub(super) fn table(report: &HistoryReport, speech: &Speech) -> Table {
    let rows = report.accounts.iter().flat_map(|of| of.runs.iter().map(|run| row(of, run, speech)));
    Table {
        title: speech.plain("title-history"),
        head: report.accounts.iter().map(|it| facts::heading(it, speech)).collect(),
        kind: "sweep",
        columns: COLUMNS,
        heads: heads(COLUMNS, speech),
        rows: rows.collect(),
        foot: facts::foot(report, speech),
        ..Table::default()
    }
}

fn row(of: &AccountHistory, run: &Run, speech: &Speech) -> Vec<Cell> {
    let count = |count: Option<usize>| count.map(|it| it.to_string()).unwrap_or_default();
    let key = serde_json::to_value(run.verdict).ok();
    let key = key.as_ref().and_then(|it| it.as_str()).unwrap_or_default();
    vec![
        of.account.id.to_string().into(),
        Cell::shown_as(run.made_at.to_string(), run.made_at.strftime("%Y-%m-%d %H:%M").to_string()),
        Cell::shown_as(key, facts::verdict(run.verdict, speech).1),
        run.findings.to_string().into(),
        run.usd_per_day.to_string().into(),
        run.usd_per_month.to_string().into(),
        run.at_least.to_string().into(),
        count(run.new).into(),
        count(run.gone).into(),
        run.gaps.to_string().into(),
        run.partial.to_string().into(),
        run.bill_usd_per_day.map(|usd| usd.to_string()).into(),
    ]
}
