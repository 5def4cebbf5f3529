//! The facts of an appeal as rows.

use super::shape::{Cell, Column, Table, distinct, gap_line, heads, text};
use crate::lang::Speech;
use crate::model::AppealReport;
use crate::render::facts::appeal as facts;

const COLUMNS: &[Column] = &[text("fact"), text("about"), text("value"), text("source")];

pub(super) fn table(report: &AppealReport, speech: &Speech) -> Table {
    let head = [vec![facts::heading(report, speech)], facts::before(report, speech)].concat();
    let case = report.case.iter().flat_map(|case| facts::case(case, &report.account, speech));
    let steps =
        facts::steps(report, speech).into_iter().filter(|_| report.case.is_none() && !report.letters.is_empty());
    Table {
        title: speech.plain("title-appeal"),
        head,
        kind: "fact",
        columns: COLUMNS,
        heads: heads(COLUMNS, speech),
        rows: report.facts.iter().map(|fact| cells(fact, speech)).collect(),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).collect(),
        alike: distinct(report.gaps.iter().map(|gap| gap_line(gap, speech))),
        unexplained: Vec::new(),
        foot: case.chain(steps).collect(),
    }
}

fn cells(fact: &crate::model::appeal::Fact, speech: &Speech) -> Vec<Cell> {
    let [_, value, source] = facts::fact(fact, speech);
    let label = speech.plain(&format!("fact-{}", fact.id));
    let kind = serde_json::to_value(fact.source).ok().and_then(|it| it.as_str().map(str::to_owned));
    vec![
        Cell::shown_as(fact.id.clone(), label),
        fact.about.clone().into(),
        Cell::shown_as(fact.value.clone(), value),
        Cell::shown_as(kind.unwrap_or_default(), source),
    ]
}
