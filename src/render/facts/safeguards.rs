//! The sentences about the safeguards of an account.

use anstyle::Style;

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::report::{Outcome, SafeguardRow, State, Status};
use crate::model::{Action, Argument, Reason, SafeguardReport, Usd};
use crate::render::report::Phase;
use crate::render::sentence::{account, note};
use crate::render::terminal::{BOLD, GREEN, RED, YELLOW};

pub fn heading(report: &SafeguardReport, speech: &Speech) -> Statement {
    let args = [("account", account(&report.account)), ("profile", report.profile.clone())];
    Statement::new(About::Scope, BOLD, speech.with("plan-heading", &args))
}

/// The kind of account, and who can change what AWS refused.
pub fn notes(report: &SafeguardReport, speech: &Speech) -> Vec<Statement> {
    report.notes.iter().map(|it| Statement::new(About::Account, Style::new(), note(it, speech))).collect()
}

/// The command of a report.
pub fn command(phase: Phase) -> &'static str {
    match phase {
        Phase::Planned | Phase::Applied => "init",
        Phase::Checked => "check",
        Phase::PlannedRemoval | Phase::Removed => "remove",
    }
}

/// How the missing permissions are given, if any is missing.
pub fn permissions(report: &SafeguardReport, phase: Phase, speech: &Speech) -> Option<Statement> {
    let missing = report.gaps.iter().any(|gap| gap.reason == Reason::Denied && gap.action.is_some());
    let text = missing.then(|| speech.with("permissions-of-command", &[("command", command(phase))]))?;
    Some(Statement::new(About::Account, Style::new(), text))
}

/// The plan, its result or the drift, in one sentence.
pub fn verdict(report: &SafeguardReport, phase: Phase, speech: &Speech) -> Statement {
    let count =
        |test: &dyn Fn(&SafeguardRow) -> bool| report.safeguards.iter().filter(|row| row.wanted && test(row)).count();
    let action = |action: Action| count(&|row| row.action == action && row.result != Some(Outcome::Skipped));
    let (create, update, remove) = (action(Action::Create), action(Action::Update), action(Action::Remove));
    let usd: Usd = report.safeguards.iter().map(|row| row.usd_per_month).sum();
    let args = [
        ("create", Argument::from(create)),
        ("update", update.into()),
        ("remove", remove.into()),
        ("same", count(&|row| row.action == Action::None && row.state == State::Ok).into()),
        ("failed", count(&|row| matches!(row.result, Some(Outcome::Failed | Outcome::Skipped))).into()),
        ("all", count(&|_| true).into()),
        ("wrong", count(&|row| matches!(row.state, State::Missing | State::Drifted | State::Unwanted)).into()),
        ("seen", count(&|row| row.state != State::Unknown).into()),
        ("unknown", count(&|row| row.state == State::Unknown).into()),
        ("usd", usd.monthly().to_string().into()),
    ];
    let nothing = create + update + remove == 0;
    let hopeless = report.safeguards.iter().all(|row| row.state == State::Unknown || !row.wanted);
    let unseen = report.safeguards.iter().any(|row| row.state == State::Unknown);
    let failed = report.safeguards.iter().any(|row| matches!(row.result, Some(Outcome::Failed | Outcome::Skipped)));
    let (style, id) = match phase {
        Phase::Checked => return checked(report, speech, &args),
        _ if hopeless && unseen => (RED, "plan-nothing-possible"),
        _ if nothing && unseen => (YELLOW, "plan-nothing-seen"),
        Phase::Planned | Phase::Applied if nothing => (GREEN, "plan-nothing"),
        Phase::PlannedRemoval | Phase::Removed if nothing => (GREEN, "removal-nothing"),
        Phase::Planned => (BOLD, "plan-summary"),
        Phase::PlannedRemoval => (BOLD, "removal-summary"),
        Phase::Applied | Phase::Removed if failed => (RED, "applied-partly"),
        Phase::Applied => (GREEN, "applied-summary"),
        Phase::Removed => (GREEN, "removed-summary"),
    };
    Statement::new(About::Total, style, speech.with(id, &args))
}

fn checked(report: &SafeguardReport, speech: &Speech, args: &[(&str, Argument)]) -> Statement {
    let wrong = |row: &SafeguardRow| matches!(row.state, State::Missing | State::Drifted | State::Unwanted);
    let any = |status: Status| report.safeguards.iter().flat_map(|row| &row.proof).any(|link| link.status == status);
    let (style, id) = if report.safeguards.iter().any(wrong) {
        (RED, "check-drift")
    } else if any(Status::Broken) {
        (RED, "check-broken")
    } else if !report.gaps.is_empty() || any(Status::Unknown) {
        (YELLOW, "check-incomplete")
    } else if any(Status::Waiting) {
        (YELLOW, "check-waiting")
    } else {
        (GREEN, "check-ok")
    };
    Statement::new(About::Total, style, speech.with(id, args))
}
