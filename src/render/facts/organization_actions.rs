//! The sentences about what `stop` and `delete` plan and did in the accounts of an organisation.

use anstyle::Style;

use super::actions as of_one;
use super::gaps;
use super::organization::{left_out, not_entered, not_seen, some};
use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::{ActionReport, Argument, EnteredAccount, Entry, OrganizationActions, Verb};
use crate::render::report::Acting;
use crate::render::sentence::time;
use crate::render::terminal::{BOLD, RED};

pub fn heading(report: &OrganizationActions, verb: Verb, acting: Acting, speech: &Speech) -> Statement {
    let id = if acting == Acting::Planned { "acts-plan-heading" } else { "acts-done-heading" };
    let count = report.reports().filter(|own| !own.actions.is_empty()).count();
    let args = [
        ("id", Argument::from(report.organization.id.clone().unwrap_or_else(|| "?".to_owned()))),
        ("count", count.into()),
        ("at", time(report.made_at).into()),
        ("verb", of_one::word(verb).into()),
    ];
    Statement::new(About::Scope, BOLD, speech.with(id, &args))
}

/// The accounts in which something is done or left alone.
pub fn with_something(
    report: &OrganizationActions,
) -> impl Iterator<Item = (&EnteredAccount<ActionReport>, &ActionReport)> {
    let entered = report.accounts.iter().filter_map(|it| Some((it, it.report.as_deref()?)));
    entered.filter(|(_, own)| !(own.actions.is_empty() && own.refused.is_empty() && own.notes.is_empty()))
}

/// The person who approves a plan sees the number of every account in it.
pub fn account(account: &EnteredAccount<ActionReport>) -> Statement {
    let id = &account.id;
    let text = account.name.as_ref().map_or_else(|| id.to_string(), |name| format!("{name} ({id})"));
    Statement::new(About::Account, BOLD, text)
}

/// The accounts with nothing to do, what could not be listed and where, and the accounts that were not entered or left out.
pub fn foot(report: &OrganizationActions, verb: Verb, speech: &Speech) -> Vec<Statement> {
    let something: Vec<&str> = with_something(report).map(|(it, _)| it.id.as_str()).collect();
    let entered = || report.accounts.iter().filter_map(|it| Some((it.id.as_str(), it.report.as_deref()?)));
    let idle = entered().filter(|(id, own)| own.gaps.is_empty() && !something.contains(id));
    let idle: Vec<&str> = idle.map(|(id, _)| id).collect();
    let mut foot = Vec::new();
    if !idle.is_empty() {
        let args = [
            ("count", Argument::from(idle.len())),
            ("accounts", some(&idle, speech).into()),
            ("verb", of_one::word(verb).into()),
        ];
        let text = speech.with("acts-idle", &args);
        foot.push(Statement::new(About::Account, Style::new(), text).labelled(speech.plain("label-note")));
    }
    let unseen =
        entered().flat_map(|(id, own)| gaps::of_some_types(&own.gaps, speech).into_iter().map(move |why| (why, id)));
    foot.extend(not_seen(unseen, speech));
    foot.extend(not_entered(&report.gaps, &report.role, of_one::word(verb), speech));
    foot.extend(left_out(report.accounts.iter().filter(|it| it.state == Entry::Excluded).count(), speech));
    foot.extend(report.together().and_then(|all| of_one::permissions(&all, verb, speech)));
    foot
}

/// The plan or its result in all accounts.
pub fn summary(report: &OrganizationActions, verb: Verb, acting: Acting, speech: &Speech) -> Vec<Statement> {
    match report.together() {
        Some(all) => of_one::summary(&all, verb, acting, speech),
        None => vec![Statement::new(About::Total, RED, speech.plain("fleet-none-entered"))],
    }
}
