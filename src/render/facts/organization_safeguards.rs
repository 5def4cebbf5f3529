//! The sentences about the safeguards of an organisation: how many accounts are alike, and what is planned, done or different.

use anstyle::Style;

use super::organization::{left_out, not_entered, some};
use super::safeguards::{self as of_one, command};
use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::organization_safeguards::{ANY_ACCOUNT, Alike};
use crate::model::report::{Outcome, SafeguardRow, State, Status};
use crate::model::{AccountId, Action, Argument, Entry, OrganizationSafeguards, SafeguardReport, Usd};
use crate::render::report::Phase;
use crate::render::sentence::time;
use crate::render::terminal::{BOLD, GREEN, RED, YELLOW};

pub fn heading(report: &OrganizationSafeguards, speech: &Speech) -> Statement {
    let args = [
        ("id", Argument::from(report.organization.id.clone().unwrap_or_else(|| "?".to_owned()))),
        ("count", report.accounts.len().into()),
        ("profile", report.profile.clone().into()),
        ("at", time(report.made_at).into()),
    ];
    Statement::new(About::Scope, BOLD, speech.with("fleet-heading", &args))
}

/// The accounts of a group, and the same sentence about each of them as in a report of its own.
pub fn group(alike: &Alike<'_>, phase: Phase, speech: &Speech) -> Statement {
    let numbers: Vec<&str> = alike.accounts.iter().map(|id| AccountId::as_str(id)).collect();
    // The person who approves a plan sees the number of every account in it.
    let plan = matches!(phase, Phase::Planned | Phase::PlannedRemoval);
    let shown = if plan { numbers.join(" ") } else { some(&numbers, speech) };
    let args = [("count", Argument::from(numbers.len())), ("accounts", shown.into())];
    let verdict = of_one::verdict(&alike.report, phase, speech);
    let text = format!("{}: {}", speech.with("organization-accounts", &args), verdict.text);
    Statement::new(About::Account, verdict.style, text)
}

/// What stands for the number of each account, if it is there.
pub fn any_account(groups: &[Alike<'_>], shown: &str, speech: &Speech) -> Option<Statement> {
    let several = groups.iter().any(|it| it.accounts.len() > 1) && shown.contains(ANY_ACCOUNT);
    let text = several.then(|| speech.with("fleet-any-account", &[("account", ANY_ACCOUNT)]))?;
    Some(Statement::new(About::Scope, Style::new(), text))
}

/// The accounts that were not entered, with what mends it, and those that were left out; then the sum.
pub fn foot(report: &OrganizationSafeguards, phase: Phase, speech: &Speech) -> Vec<Statement> {
    let mut foot = not_entered(&report.gaps, &report.role, command(phase), speech);
    let excluded = report.accounts.iter().filter(|it| it.state == Entry::Excluded).count();
    foot.extend(left_out(excluded, speech));
    foot.push(verdict(report, phase, speech));
    foot
}

/// The plan of all accounts, its result or the drift, in one sentence.
pub fn verdict(report: &OrganizationSafeguards, phase: Phase, speech: &Speech) -> Statement {
    let rows = || report.reports().flat_map(|it| &it.safeguards).filter(|row| row.wanted);
    let action =
        |action: Action| rows().filter(|row| row.action == action && row.result != Some(Outcome::Skipped)).count();
    let accounts = |test: &dyn Fn(&SafeguardReport) -> bool| report.reports().filter(|it| test(it)).count();
    let any = |report: &SafeguardReport, test: fn(&SafeguardRow) -> bool| report.safeguards.iter().any(test);
    let failed = |row: &SafeguardRow| matches!(row.result, Some(Outcome::Failed | Outcome::Skipped));
    let changed = |row: &SafeguardRow| row.action != Action::None;
    let wrong = |row: &SafeguardRow| {
        matches!(row.state, State::Missing | State::Drifted | State::Unwanted)
            || row.proof.iter().any(|link| link.status == Status::Broken)
    };
    let open = |it: &SafeguardReport| {
        let waits = |link: Status| matches!(link, Status::Waiting | Status::Unknown);
        !it.gaps.is_empty() || it.safeguards.iter().flat_map(|row| &row.proof).any(|link| waits(link.status))
    };
    let (create, update, remove) = (action(Action::Create), action(Action::Update), action(Action::Remove));
    let usd: Usd = rows().map(|row| row.usd_per_month).sum();
    let entered = report.reports().count();
    let args = [
        ("accounts", Argument::from(entered)),
        ("create", create.into()),
        ("update", update.into()),
        ("remove", remove.into()),
        ("changed", accounts(&|it| any(it, changed)).into()),
        ("same", accounts(&|it| !any(it, changed) && it.gaps.is_empty()).into()),
        ("failed", accounts(&|it| any(it, failed) || !it.gaps.is_empty()).into()),
        ("wrong", accounts(&|it| any(it, wrong)).into()),
        ("open", accounts(&|it| !any(it, wrong) && open(it)).into()),
        ("usd", usd.monthly().to_string().into()),
    ];
    let nothing = create + update + remove == 0;
    let some_failed = report.reports().any(|it| any(it, failed) || !it.gaps.is_empty());
    let (style, id) = match phase {
        _ if entered == 0 => (RED, "fleet-none-entered"),
        Phase::Checked if report.reports().any(|it| any(it, wrong)) => (RED, "fleet-drift"),
        Phase::Checked if report.reports().any(open) => (YELLOW, "fleet-open"),
        Phase::Checked if !report.gaps.is_empty() => (YELLOW, "fleet-ok"),
        Phase::Checked => (GREEN, "fleet-ok"),
        Phase::Applied | Phase::Removed if some_failed => (RED, "fleet-applied-partly"),
        Phase::Planned | Phase::PlannedRemoval | Phase::Applied | Phase::Removed if nothing => (GREEN, "fleet-nothing"),
        Phase::Planned => (BOLD, "fleet-plan"),
        Phase::PlannedRemoval => (BOLD, "fleet-removal"),
        Phase::Applied => (GREEN, "fleet-applied"),
        Phase::Removed => (GREEN, "fleet-removed"),
    };
    Statement::new(About::Total, style, speech.with(id, &args))
}
