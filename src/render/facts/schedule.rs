//! The sentences about the nightly run.

use anstyle::Style;

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::report::{Outcome, State, Status};
use crate::model::schedule::{SchedulePart, ScheduleRun};
use crate::model::{Action, Argument, Gap, Reason, ScheduleReport, Verdict};
use crate::render::amount::amount;
use crate::render::report::Phase;
use crate::render::sentence::account;
use crate::render::terminal::{BOLD, GREEN, RED, YELLOW};

/// The account, and what is swept when.
pub fn head(report: &ScheduleReport, phase: Phase, speech: &Speech) -> Vec<Statement> {
    let place = [("account", account(&report.account)), ("region", report.region.to_string())];
    let heading = Statement::new(About::Scope, BOLD, speech.with("schedule-heading", &place));
    let removal = matches!(phase, Phase::PlannedRemoval | Phase::Removed);
    let (Some(at), Some(zone)) = (&report.at, &report.time_zone) else { return vec![heading] };
    if removal {
        return vec![heading];
    }
    let what = match &report.organization {
        Some(id) => speech.with(
            "schedule-organization",
            &[("id", Argument::from(id.as_str())), ("count", report.accounts.unwrap_or_default().into())],
        ),
        None => speech.plain("schedule-account"),
    };
    let when = [("what", what), ("at", at.clone()), ("zone", zone.clone()), ("emails", report.emails.join(", "))];
    let plain = |text: String| Statement::new(About::Account, Style::new(), text);
    let sender = report.sender.as_ref().map(|it| plain(speech.with("schedule-sender", &[("sender", it.as_str())])));
    let partial = report.partial.then(|| plain(speech.plain("schedule-partial")));
    [heading, plain(speech.with("schedule-when", &when))].into_iter().chain(partial).chain(sender).collect()
}

/// What it costs, and the result in one sentence.
pub fn foot(report: &ScheduleReport, phase: Phase, speech: &Speech) -> Vec<Statement> {
    let removal = matches!(phase, Phase::PlannedRemoval | Phase::Removed);
    let priced = !removal && report.accounts.is_some();
    let run = report.last_run.as_ref().map(|it| Statement::new(About::Account, Style::new(), last(it, speech)));
    let kept = report.reports.as_ref().map(|it| {
        let id = if removal { "schedule-reports-kept" } else { "schedule-reports" };
        Statement::new(About::Account, Style::new(), speech.with(id, &[("place", it.as_str())]))
    });
    let denied = report.gaps.iter().any(|gap| gap.reason == Reason::Denied && gap.action.is_some());
    let permissions = denied.then(|| {
        Statement::new(About::Account, Style::new(), speech.with("permissions-of-command", &[("command", "schedule")]))
    });
    // The one thing that a person has to do elsewhere: without it AWS refuses the StackSet.
    let distrusted =
        |gap: &Gap| gap.resource.as_deref() == Some("roles") && gap.message.contains("organizations access");
    let trust = report.gaps.iter().any(distrusted);
    let trust = trust.then(|| Statement::new(About::Account, Style::new(), speech.plain("schedule-trust")));
    run.into_iter()
        .chain(kept)
        .chain(trust)
        .chain(priced.then(|| cost(report, speech)))
        .chain(permissions)
        .chain([verdict(report, phase, speech)])
        .collect()
}

fn cost(report: &ScheduleReport, speech: &Speech) -> Statement {
    let args =
        [("run", report.usd_per_run.0.normalize().to_string()), ("month", amount(report.usd_per_month.monthly()))];
    Statement::new(About::Prices, Style::new(), speech.with("schedule-cost", &args))
}

/// The newest run in one sentence.
fn last(run: &ScheduleRun, speech: &Speech) -> String {
    let at = run.started_at.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default();
    let (Some(verdict), Some(accounts), Some(swept)) = (run.verdict, run.accounts, run.swept) else {
        let message = run.message.clone().unwrap_or_else(|| run.status.clone());
        return speech.with("schedule-last-run-other", &[("at", at), ("status", message)]);
    };
    let label = match verdict {
        Verdict::Safe => "verdict-safe",
        Verdict::NotSafe => "verdict-not-safe",
        Verdict::NotSure => "verdict-not-sure",
    };
    let args = [
        ("at", Argument::from(at)),
        ("verdict", speech.plain(label).into()),
        ("swept", swept.into()),
        ("accounts", accounts.into()),
    ];
    speech.with("schedule-last-run", &args)
}

fn verdict(report: &ScheduleReport, phase: Phase, speech: &Speech) -> Statement {
    let count = |test: fn(&SchedulePart) -> bool| report.parts.iter().filter(|it| test(it)).count();
    let args = [
        ("create", count(|it| it.action == Action::Create)),
        ("update", count(|it| it.action == Action::Update)),
        ("remove", count(|it| it.action == Action::Remove)),
        ("failed", count(|it| matches!(it.result, Some(Outcome::Failed | Outcome::Skipped)))),
        ("all", report.parts.len()),
    ];
    let nothing = report.parts.iter().all(|it| it.action == Action::None);
    let failed = args[3].1 > 0;
    let link = |status: Status| report.proof.iter().any(|it| it.status == status);
    // Reports that were kept are no nightly run.
    let missing = report.parts.iter().filter(|it| it.id != "reports").all(|it| it.state == State::Missing);
    let wrong = report.parts.iter().any(|it| it.state != State::Ok);
    let unsure = !report.gaps.is_empty() || link(Status::Unknown);
    let (style, id) = match phase {
        Phase::Planned | Phase::PlannedRemoval if !report.gaps.is_empty() => (RED, "schedule-unplanned"),
        Phase::Planned | Phase::Applied if nothing => (GREEN, "schedule-nothing"),
        Phase::Planned => (BOLD, "schedule-plan"),
        Phase::PlannedRemoval | Phase::Removed if report.parts.is_empty() => (GREEN, "schedule-removal-nothing"),
        Phase::PlannedRemoval => (BOLD, "schedule-removal"),
        Phase::Removed | Phase::Applied if failed => (RED, "schedule-failed"),
        Phase::Removed => (GREEN, "schedule-removed"),
        Phase::Checked if missing => (RED, "schedule-missing"),
        Phase::Checked if wrong => (RED, "schedule-drifted"),
        Phase::Applied | Phase::Checked if link(Status::Broken) => (RED, "schedule-broken"),
        Phase::Applied | Phase::Checked if unsure => (YELLOW, "schedule-unsure"),
        Phase::Applied | Phase::Checked if link(Status::Waiting) => (YELLOW, "schedule-waiting"),
        Phase::Applied | Phase::Checked => (GREEN, "schedule-works"),
    };
    Statement::new(About::Total, style, speech.with(id, &args))
}
