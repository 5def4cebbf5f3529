//! Actions as rows: one for each thing that was chosen, also for those that are left alone.

use super::shape::{Cell, Column, Table, code, distinct, gap_line, heads, joined, number, text};
use crate::lang::Speech;
use crate::model::actions::{Refusal, StepResult};
use crate::model::{ActionReport, ActionRow, Verb, Verified};
use crate::render::facts::actions as facts;
use crate::render::report::Acting;

pub(super) const COLUMNS: &[Column] = &[
    text("action"),
    text("result"),
    text("region"),
    text("resource"),
    code("id"),
    text("name"),
    number("usd_per_month_saved"),
    text("notes"),
    code("command"),
    text("key").for_programs(),
];

pub(super) fn table(report: &ActionReport, verb: Verb, acting: Acting, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-actions"),
        head: [vec![facts::heading(report, verb, acting, speech)], facts::notes(report, speech)].concat(),
        kind: "action",
        columns: COLUMNS,
        heads: heads(COLUMNS, speech),
        rows: rows(report, speech),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).collect(),
        alike: distinct(report.gaps.iter().map(|gap| gap_line(gap, speech))),
        unexplained: Vec::new(),
        foot: facts::permissions(report, verb, speech)
            .into_iter()
            .chain(facts::summary(report, verb, acting, speech))
            .collect(),
    }
}

/// A row for each thing that was chosen.
pub(super) fn rows(report: &ActionReport, speech: &Speech) -> Vec<Vec<Cell>> {
    let refused = report.refused.iter().map(|it| of_refusal(it, speech));
    report.actions.iter().map(|row| of_action(row, speech)).chain(refused).collect()
}

fn of_action(row: &ActionRow, speech: &Speech) -> Vec<Cell> {
    let result = match (row.verified, row.failed()) {
        (Some(verified), _) => Cell::shown_as(key(verified), facts::verified(verified, speech)),
        (None, true) => Cell::from("failed".to_owned()),
        (None, false) => Cell::shown_as("planned", speech.plain("act-planned")),
    };
    let said =
        row.steps.iter().filter(|step| step.result == StepResult::Failed).filter_map(|step| step.message.clone());
    let commands: Vec<&str> = row.steps.iter().map(|step| &*step.command).collect();
    vec![
        facts::word(row.verb).to_owned().into(),
        result,
        row.region.to_string().into(),
        Cell::shown_as(row.resource.clone(), row.names.get(speech.lang)),
        row.id.clone().into(),
        row.name.clone().into(),
        row.usd_per_month_saved.map(|usd| usd.to_string()).into(),
        joined(facts::about(row, speech).into_iter().chain(said)).into(),
        commands.join(" && ").into(),
        row.key.clone().into(),
    ]
}

fn of_refusal(it: &Refusal, speech: &Speech) -> Vec<Cell> {
    vec![
        Cell::shown_as("none", speech.plain("act-none")),
        Cell::shown_as("refused", speech.plain("act-refused")),
        it.region.to_string().into(),
        Cell::shown_as(it.resource.clone(), it.names.get(speech.lang)),
        it.id.clone().into(),
        it.name.clone().into(),
        String::new().into(),
        facts::refusal(it, speech).into(),
        it.instead.as_ref().map(ToString::to_string).into(),
        it.key.clone().into(),
    ]
}

const fn key(verified: Verified) -> &'static str {
    match verified {
        Verified::Gone => "gone",
        Verified::Ending => "ending",
        Verified::Stopped => "stopped",
        Verified::StillThere => "still-there",
        Verified::Unknown => "unknown",
    }
}
