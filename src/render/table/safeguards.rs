//! The safeguards as rows: one for each.

use super::shape::{Cell, Column, Table, distinct, gap_line, heads, joined, number, text};
use crate::lang::Speech;
use crate::model::SafeguardReport;
use crate::model::report::SafeguardRow;
use crate::render::facts::safeguards as facts;
use crate::render::report::Phase;
use crate::render::sentence::{note, proof};
use crate::render::text::plan_lines;

pub(super) const COLUMNS: &[Column] = &[
    text("safeguard"),
    text("state"),
    text("action"),
    text("result"),
    text("changes"),
    text("proof"),
    number("usd_per_month"),
    text("notes"),
];

pub(super) fn table(report: &SafeguardReport, phase: Phase, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-safeguards"),
        head: [vec![facts::heading(report, speech)], facts::notes(report, speech)].concat(),
        kind: "safeguard",
        columns: COLUMNS,
        heads: heads(COLUMNS, speech),
        rows: report.safeguards.iter().map(|row| safeguard_row(row, speech)).collect(),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).collect(),
        alike: distinct(report.gaps.iter().map(|gap| gap_line(gap, speech))),
        unexplained: Vec::new(),
        foot: facts::permissions(report, phase, speech)
            .into_iter()
            .chain([facts::verdict(report, phase, speech)])
            .collect(),
    }
}

pub(super) fn safeguard_row(row: &SafeguardRow, speech: &Speech) -> Vec<Cell> {
    let key = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let value = |it: &dyn Fn() -> serde_json::Result<serde_json::Value>| it().map(key).unwrap_or_default();
    let changes = row.changes.iter().map(|change| {
        let side = |side: &[String]| if side.is_empty() { "-".to_owned() } else { side.join(", ") };
        format!("{}: {} → {}", change.field, side(&change.from), side(&change.to))
    });
    let cells = [
        row.id.clone(),
        value(&|| serde_json::to_value(row.state)),
        value(&|| serde_json::to_value(row.action)),
        value(&|| serde_json::to_value(row.result)),
        joined(changes),
        joined(row.proof.iter().map(|it| proof(it, speech))),
        row.usd_per_month.to_string(),
        joined(row.notes.iter().map(|it| note(it, speech))),
    ];
    let mut cells = cells.map(Cell::from).to_vec();
    let at = COLUMNS.iter().position(|column| column.key == "changes").unwrap_or_default();
    cells[at] = Cell::shown_as(std::mem::take(&mut cells[at].value), joined(plan_lines(row, speech).into_iter()));
    cells
}
