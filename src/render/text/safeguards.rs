//! The safeguards on a terminal: the plan (`+` create, `~` update, `-` remove), its results, the drift, and the proof
//! that warnings arrive.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anstyle::Style;

use super::changes::{comma, every_field, plan_lines};
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
    body(report, phase, speech, layout, &mut out);
    Statement::write(&[facts::verdict(report, phase, speech)], layout, &mut out);
    out
}

/// Everything but the heading and the verdict.
pub(super) fn body(report: &SafeguardReport, phase: Phase, speech: &Speech, layout: Layout, out: &mut String) {
    let notes = facts::notes(report, speech);
    Statement::write(&notes, layout, out);
    if !notes.is_empty() {
        out.push('\n');
    }
    for row in report.safeguards.iter().filter(|row| layout.verbose || row.wanted) {
        safeguard(row, &reasons(report, row, speech), phase, speech, layout, out);
    }
    gaps(report, phase, speech, layout, out);
    if matches!(phase, Phase::Applied | Phase::Checked) {
        chain(report, speech, layout, out);
    }
}

/// Why the safeguard could not be read or set up, each reason once.
fn reasons(report: &SafeguardReport, row: &SafeguardRow, speech: &Speech) -> BTreeSet<String> {
    let of_row = report.gaps.iter().filter(|gap| gap.resource.as_ref() == Some(&row.id));
    of_row.map(|gap| reason(gap, speech)).collect()
}

/// Adds a line for the safeguard. One without a change, note or gap is only counted, unless the layout is verbose.
fn safeguard(
    row: &SafeguardRow,
    reasons: &BTreeSet<String>,
    phase: Phase,
    speech: &Speech,
    layout: Layout,
    out: &mut String,
) {
    let quiet = row.action == Action::None && row.state == State::Ok && row.notes.is_empty() && reasons.is_empty();
    if quiet && !layout.verbose && phase != Phase::Checked {
        return;
    }
    let name = row.names.get(speech.lang);
    let outcome = outcome(row, phase, speech);
    let _ = writeln!(out, "{} {}{}", symbol(row), styled(BOLD, name), outcome);
    for text in reasons {
        paragraph(text, 4, RED, layout, out);
    }
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
        paragraph(&text, 4, Style::new(), layout, out);
    }
}

fn symbol(row: &SafeguardRow) -> String {
    match (row.result, row.action, row.state) {
        (Some(Outcome::Failed), ..) | (None, _, State::Missing | State::Drifted | State::Unwanted) => styled(RED, "!"),
        (_, _, State::Unknown) | (Some(Outcome::Skipped), ..) => styled(YELLOW, "?"),
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

/// The gaps of safeguards that have no line of their own, and how all missing permissions are given.
fn gaps(report: &SafeguardReport, phase: Phase, speech: &Speech, layout: Layout, out: &mut String) {
    let rows = || report.safeguards.iter().filter(|row| layout.verbose || row.wanted);
    for gap in report.gaps.iter().filter(|gap| !rows().any(|row| gap.resource.as_ref() == Some(&row.id))) {
        let row = report.safeguards.iter().find(|row| gap.resource.as_ref() == Some(&row.id));
        let name = row.map(|row| row.names.get(speech.lang)).unwrap_or_default();
        paragraph(&format!("{name}: {}", reason(gap, speech)), 2, RED, layout, out);
    }
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
    if let Some(permissions) = facts::permissions(report, phase, speech) {
        Statement::write(&[permissions], layout, out);
        out.push('\n');
    }
}

/// Adds the chain from a charge to a person. Links of one kind that hold are one line, unless the layout is verbose.
fn chain(report: &SafeguardReport, speech: &Speech, layout: Layout, out: &mut String) {
    let mut all = report.safeguards.iter().flat_map(|row| row.proof.iter().cloned()).peekable();
    if all.peek().is_some() {
        let _ = writeln!(out, "{}", styled(BOLD, &speech.plain("chain-heading")));
        links(all, speech, layout, out);
    }
}

/// A line for each link, with its status.
pub(super) fn links(all: impl Iterator<Item = Proof>, speech: &Speech, layout: Layout, out: &mut String) {
    let all: Vec<Proof> = if layout.verbose { all.collect() } else { joined(all, speech) };
    for link in all {
        let (style, id) = match link.status {
            Status::Ok => (GREEN, "status-ok"),
            Status::Waiting => (YELLOW, "status-waiting"),
            Status::Broken => (RED, "status-broken"),
            Status::Unknown => (CYAN, "status-unknown"),
        };
        let status = padded(&speech.plain(id), 8);
        for (index, part) in wrapped(&proof(&link, speech), layout.width.saturating_sub(12)).iter().enumerate() {
            let lead = if index == 0 { styled(style, &status) } else { " ".repeat(8) };
            let _ = writeln!(out, "  {lead}  {part}");
        }
    }
    out.push('\n');
}

/// Links of one kind that hold as one link of all their subjects.
fn joined(links: impl Iterator<Item = Proof>, speech: &Speech) -> Vec<Proof> {
    let mut joined: Vec<Proof> = Vec::new();
    for link in links {
        let holds = |it: &&mut Proof| it.step == link.step && [it.status, link.status] == [Status::Ok; 2];
        match (joined.iter_mut().find(holds).map(|it| &mut it.subject), &link.subject) {
            (Some(Some(subjects)), Some(subject)) => {
                subjects.push_str(comma(speech));
                subjects.push_str(subject);
            }
            _ => joined.push(link),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn links_of_one_kind_are_one_line_where_they_hold() {
        let link =
            |step: &str, subject: &str, status| Proof { subject: Some(subject.to_owned()), ..Proof::new(step, status) };
        let links = [
            link("budget-alerts", "a", Status::Ok),
            link("alarm-rings", "x", Status::Ok),
            link("budget-alerts", "b", Status::Broken),
            link("budget-alerts", "c", Status::Ok),
            Proof::new("billing-alerts-on", Status::Ok),
            Proof::new("billing-alerts-on", Status::Ok),
        ];
        let joined = joined(links.into_iter(), &Speech::new(Lang::En));
        let shown: Vec<_> = joined.iter().map(|it| (it.step.as_str(), it.subject.as_deref(), it.status)).collect();
        let expected = [
            ("budget-alerts", Some("a, c"), Status::Ok),
            ("alarm-rings", Some("x"), Status::Ok),
            ("budget-alerts", Some("b"), Status::Broken),
            ("billing-alerts-on", None, Status::Ok),
            ("billing-alerts-on", None, Status::Ok),
        ];
        assert_eq!(shown, expected);
    }
}
