//! The nightly run on a terminal: its parts (`+` create, `~` update, `-` remove), its proof, and what it costs.

use std::fmt::Write as _;

use anstyle::Style;

use super::safeguards::links;
use crate::lang::Speech;
use crate::model::report::{Outcome, State};
use crate::model::schedule::SchedulePart;
use crate::model::{Action, Change, ScheduleReport};
use crate::render::facts::{Statement, schedule as facts};
use crate::render::layout::Layout;
use crate::render::report::Phase;
use crate::render::sentence::reason;
use crate::render::terminal::{BOLD, DIM, GREEN, RED, YELLOW, paragraph, styled};

pub(super) fn schedule(report: &ScheduleReport, phase: Phase, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    Statement::write(&facts::head(report, phase, speech), layout, &mut out);
    out.push('\n');
    for part in &report.parts {
        line(part, report, phase, speech, layout, &mut out);
    }
    let of_parts = |gap: &&crate::model::Gap| !report.parts.iter().any(|it| gap.resource.as_ref() == Some(&it.id));
    for gap in report.gaps.iter().filter(of_parts) {
        paragraph(&reason(gap, speech), 2, RED, layout, &mut out);
    }
    if !report.parts.is_empty() {
        out.push('\n');
    }
    if !report.proof.is_empty() {
        let _ = writeln!(out, "{}", styled(BOLD, &speech.plain("schedule-chain")));
        links(report.proof.iter().cloned(), speech, layout, &mut out);
    }
    Statement::write(&facts::foot(report, phase, speech), layout, &mut out);
    out
}

fn line(part: &SchedulePart, report: &ScheduleReport, phase: Phase, speech: &Speech, layout: Layout, out: &mut String) {
    let name = part.names.get(speech.lang);
    let what = speech.plain(word(part, phase));
    let _ =
        writeln!(out, "{} {}  {}", symbol(part), styled(BOLD, name), styled(DIM, &format!("{} · {what}", part.name)));
    for gap in report.gaps.iter().filter(|gap| gap.resource.as_ref() == Some(&part.id)) {
        paragraph(&reason(gap, speech), 4, RED, layout, out);
    }
    if phase == Phase::Planned && part.action == Action::Create {
        paragraph(&speech.plain(about(&part.id)), 4, DIM, layout, out);
    }
    let changed = part.state == State::Drifted && phase != Phase::Removed;
    if changed || layout.verbose {
        for change in &part.changes {
            paragraph(&difference(change), 4, Style::new(), layout, out);
        }
    }
}

/// What a new part is for.
fn about(id: &str) -> &'static str {
    match id {
        "reports" => "about-reports",
        "role" => "about-role",
        "roles" => "about-roles",
        _ => "about-nightly-run",
    }
}

pub(in crate::render) fn difference(change: &Change) -> String {
    let side = |values: &[String]| if values.is_empty() { "-".to_owned() } else { values.join(", ") };
    format!("{}: {} → {}", change.field, side(&change.from), side(&change.to))
}

fn symbol(part: &SchedulePart) -> String {
    match (part.result, part.action, part.state) {
        (Some(Outcome::Failed), ..) | (None, _, State::Missing | State::Drifted) => styled(RED, "!"),
        (Some(Outcome::Skipped), ..) | (_, _, State::Unknown) => styled(YELLOW, "?"),
        (_, Action::Create, _) => styled(GREEN, "+"),
        (_, Action::Update, _) => styled(YELLOW, "~"),
        (_, Action::Remove, _) => styled(RED, "-"),
        (_, Action::None, _) => styled(GREEN, "="),
    }
}

fn word(part: &SchedulePart, phase: Phase) -> &'static str {
    match (part.result, part.state, part.action) {
        (Some(Outcome::Failed), ..) => "row-failed",
        (Some(Outcome::Skipped), ..) => "schedule-skipped",
        (_, State::Unknown, _) => "row-unknown",
        (Some(Outcome::Planned), _, Action::Create) => "schedule-will-create",
        (Some(Outcome::Planned), _, Action::Update) => "row-will-update",
        (Some(Outcome::Planned), _, Action::Remove) => "row-will-remove",
        (Some(Outcome::Done), _, Action::Create) => "row-created",
        (Some(Outcome::Done), _, Action::Update) => "row-updated",
        (Some(Outcome::Done), _, Action::Remove) => "row-removed",
        (_, State::Missing, _) => "row-missing",
        (_, State::Drifted, _) => "schedule-differs",
        _ if phase == Phase::Checked => "schedule-ok",
        _ => "row-unchanged",
    }
}
