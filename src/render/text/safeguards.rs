//! The safeguards on a terminal: the plan (`+` create, `~` update, `-` remove), its results, the drift, and the proof
//! that warnings arrive.

use std::fmt::Write as _;

use anstyle::Style;

use super::changes::{every_field, plan_lines};
use crate::lang::Speech;
use crate::model::report::{Outcome, Proof, SafeguardRow, State, Status};
use crate::model::{Action, SafeguardReport};
use crate::render::facts::{Statement, safeguards as facts};
use crate::render::layout::Layout;
use crate::render::report::Phase;
use crate::render::sentence::{note, proof, reason};
use crate::render::terminal::{BOLD, CYAN, DIM, GREEN, RED, YELLOW, padded, paragraph, styled, wrapped};

pub(super) fn safeguards(report: &SafeguardReport, phase: Phase, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    Statement::write(&[facts::heading(report, speech)], layout, &mut out);
    out.push('\n');
    let notes = facts::notes(report, speech);
    Statement::write(&notes, layout, &mut out);
    if !notes.is_empty() {
        out.push('\n');
    }
    for row in report.safeguards.iter().filter(|row| layout.verbose || row.wanted) {
        safeguard(row, phase, speech, layout, &mut out);
    }
    gaps(report, speech, layout, &mut out);
    if matches!(phase, Phase::Applied | Phase::Checked) {
        chain(report, speech, layout, &mut out);
    }
    Statement::write(&[facts::verdict(report, phase, speech)], layout, &mut out);
    out
}

/// Adds a line for the safeguard. One without a change or note is only counted, unless the layout is verbose.
fn safeguard(row: &SafeguardRow, phase: Phase, speech: &Speech, layout: Layout, out: &mut String) {
    let quiet = row.action == Action::None && row.state == State::Ok && row.notes.is_empty();
    if quiet && !layout.verbose && phase != Phase::Checked {
        return;
    }
    let name = row.names.get(speech.lang);
    let outcome = outcome(row, phase, speech);
    let _ = writeln!(out, "{} {}{}", symbol(row), styled(BOLD, name), outcome);
    let about = format!("about-{}", row.id);
    if row.action == Action::Create
        && matches!(phase, Phase::Planned)
        && let Some(text) = speech.get(&about)
    {
        paragraph(&text, 4, DIM, layout, out);
    }
    if matches!(phase, Phase::Planned | Phase::Checked) || matches!(row.result, Some(Outcome::Failed)) {
        for text in changes(row, phase, speech, layout) {
            paragraph(&text, 4, Style::new(), layout, out);
        }
    }
    for text in row.notes.iter().map(|it| note(it, speech)) {
        paragraph(&text, 4, DIM, layout, out);
    }
}

fn symbol(row: &SafeguardRow) -> String {
    match (row.result, row.action, row.state) {
        (Some(Outcome::Failed | Outcome::Skipped), ..)
        | (_, _, State::Unknown)
        | (None, _, State::Missing | State::Drifted | State::Unwanted) => styled(RED, "!"),
        (_, Action::Create, _) => styled(GREEN, "+"),
        (_, Action::Update, _) => styled(YELLOW, "~"),
        (_, Action::Remove, _) => styled(RED, "-"),
        (_, Action::None, _) => styled(GREEN, "="),
    }
}

fn outcome(row: &SafeguardRow, phase: Phase, speech: &Speech) -> String {
    let id = match (phase, row.result, row.state, row.action) {
        (_, Some(Outcome::Failed), ..) => "row-failed",
        (_, Some(Outcome::Skipped), ..) => "row-skipped",
        (_, _, State::Unknown, _) => "row-unknown",
        (Phase::Checked, _, State::Ok, _) => "row-ok",
        (Phase::Checked, _, State::Missing, _) => "row-missing",
        (Phase::Checked, _, State::Drifted, _) => "row-drifted",
        (Phase::Checked, _, State::Unwanted, _) => "row-unwanted",
        (Phase::Applied | Phase::Removed, Some(Outcome::Done), _, Action::Create) => "row-created",
        (Phase::Applied | Phase::Removed, Some(Outcome::Done), _, Action::Update) => "row-updated",
        (Phase::Applied | Phase::Removed, Some(Outcome::Done), _, Action::Remove) => "row-removed",
        (Phase::Planned | Phase::PlannedRemoval, .., Action::Create) => "row-will-create",
        (Phase::Planned | Phase::PlannedRemoval, .., Action::Update) => "row-will-update",
        (Phase::Planned | Phase::PlannedRemoval, .., Action::Remove) => "row-will-remove",
        _ => "row-unchanged",
    };
    format!("  {}", styled(DIM, &speech.with(id, &[("usd", row.usd_per_month.to_string())])))
}

/// The headline of a new object, each object of a drift; `-v` shows every field.
fn changes(row: &SafeguardRow, phase: Phase, speech: &Speech, layout: Layout) -> Vec<String> {
    if layout.verbose {
        return every_field(row, speech);
    }
    if row.action == Action::Create && phase == Phase::Checked {
        return Vec::new();
    }
    plan_lines(row, speech)
}

fn gaps(report: &SafeguardReport, speech: &Speech, layout: Layout, out: &mut String) {
    for gap in &report.gaps {
        let row = report.safeguards.iter().find(|row| gap.resource.as_ref() == Some(&row.id));
        let name = row.map(|row| row.names.get(speech.lang)).unwrap_or_default();
        for (index, part) in
            wrapped(&format!("{name}: {}", reason(gap, speech)), layout.width.saturating_sub(2)).iter().enumerate()
        {
            let mark = if index == 0 { "!" } else { " " };
            let _ = writeln!(out, "{} {}", styled(RED, mark), part);
        }
    }
    if !report.gaps.is_empty() || !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// Adds the chain from a charge to a person, one line for each link.
fn chain(report: &SafeguardReport, speech: &Speech, layout: Layout, out: &mut String) {
    let links: Vec<&Proof> = report.safeguards.iter().flat_map(|row| &row.proof).collect();
    if links.is_empty() {
        return;
    }
    let _ = writeln!(out, "{}", styled(BOLD, &speech.plain("chain-heading")));
    for link in links {
        let (style, id) = match link.status {
            Status::Ok => (GREEN, "status-ok"),
            Status::Waiting => (YELLOW, "status-waiting"),
            Status::Broken => (RED, "status-broken"),
            Status::Unknown => (CYAN, "status-unknown"),
        };
        let status = padded(&speech.plain(id), 8);
        for (index, part) in wrapped(&proof(link, speech), layout.width.saturating_sub(12)).iter().enumerate() {
            let lead = if index == 0 { styled(style, &status) } else { " ".repeat(8) };
            let _ = writeln!(out, "  {lead}  {part}");
        }
    }
    out.push('\n');
}
