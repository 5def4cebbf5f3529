//! The nightly run as rows: one for each of its parts.

use super::shape::{Cell, Column, Table, code, distinct, gap_line, heads, joined, text};
use crate::lang::Speech;
use crate::model::ScheduleReport;
use crate::model::schedule::SchedulePart;
use crate::render::facts::{About, Statement, schedule as facts};
use crate::render::report::Phase;
use crate::render::sentence::proof;
use crate::render::text::difference;

const COLUMNS: &[Column] =
    &[text("part"), text("name"), code("stack"), text("state"), text("action"), text("result"), text("changes")];

pub(super) fn table(report: &ScheduleReport, phase: Phase, speech: &Speech) -> Table {
    let link = |it| Statement::new(About::Account, anstyle::Style::new(), proof(it, speech));
    Table {
        title: speech.plain("title-schedule"),
        head: facts::head(report, phase, speech),
        kind: "part",
        columns: COLUMNS,
        heads: heads(COLUMNS, speech),
        rows: report.parts.iter().map(|part| row(part, speech)).collect(),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).collect(),
        alike: distinct(report.gaps.iter().map(|gap| gap_line(gap, speech))),
        unexplained: Vec::new(),
        foot: report.proof.iter().map(link).chain(facts::foot(report, phase, speech)).collect(),
    }
}

fn row(part: &SchedulePart, speech: &Speech) -> Vec<Cell> {
    let word = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let cells = [
        part.id.clone(),
        part.names.get(speech.lang).to_owned(),
        part.name.clone(),
        word(serde_json::to_value(part.state)),
        word(serde_json::to_value(part.action)),
        word(serde_json::to_value(part.result)),
        joined(part.changes.iter().map(difference)),
    ];
    cells.map(Cell::from).to_vec()
}
