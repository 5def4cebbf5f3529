//! The approval of a plan: by `--yes`, or by a person who has seen it.

use super::delivery::deliver;
use super::flags::Flags;
use crate::error::{Error, Result};
use crate::model::report::{Outcome, SafeguardRow};
use crate::model::{Text, Verb};
use crate::ops::act;
use crate::ops::appeal::case;
use crate::ops::guard::{Approved, Plan};
use crate::ops::organization::{ActionPlans, Plans};
use crate::ops::schedule;
use crate::render::{Acting, Format, Phase, Report, render};
use crate::ui::Ui;

/// How a command that changes something is approved.
#[derive(Debug, Clone, Copy)]
pub struct Approval {
    /// Only the plan is wanted.
    pub dry_run: bool,
    /// The plan is approved by `--yes`.
    pub yes: bool,
}

/// Shows the plan and asks for approval. A plan without changes is neither shown nor asked about.
///
/// # Errors
/// As for [`agreed`].
pub fn approve(plan: Plan, phase: Phase, yes: bool, flags: &Flags, ui: &Ui) -> Result<Approved<Plan>> {
    let changes = |row: &SafeguardRow| row.result == Some(Outcome::Planned);
    if plan.report.safeguards.iter().any(changes) {
        confirmed(Report::Safeguards(&plan.report, phase), yes, flags, ui)?;
    }
    Ok(Approved::by_the_person(plan))
}

/// The same for the plans of all accounts of an organisation, which are one plan to the person.
///
/// # Errors
/// As for [`agreed`].
pub fn approve_all(plans: Plans, phase: Phase, yes: bool, flags: &Flags, ui: &Ui) -> Result<Approved<Plans>> {
    if plans.report.changes() {
        confirmed(Report::OrganizationSafeguards(&plans.report, phase), yes, flags, ui)?;
    }
    Ok(Approved::by_the_person(plans))
}

/// The same for the nightly run.
///
/// # Errors
/// As for [`agreed`].
pub fn approve_schedule(plan: schedule::Plan, yes: bool, flags: &Flags, ui: &Ui) -> Result<Approved<schedule::Plan>> {
    if !plan.is_empty() {
        confirmed(Report::Schedule(&plan.report, Phase::Planned), yes, flags, ui)?;
    }
    Ok(Approved::by_the_person(plan))
}

/// The same for its removal.
///
/// # Errors
/// As for [`agreed`].
pub fn approve_removal(
    removal: schedule::Removal,
    yes: bool,
    flags: &Flags,
    ui: &Ui,
) -> Result<Approved<schedule::Removal>> {
    confirmed(Report::Schedule(&removal.report, Phase::PlannedRemoval), yes, flags, ui)?;
    Ok(Approved::by_the_person(removal))
}

/// The same for what `stop` and `delete` do. A deletion is approved by typing the number of the account.
///
/// # Errors
/// As for [`agreed`].
pub fn approve_actions(plan: act::Plan, verb: Verb, yes: bool, flags: &Flags, ui: &Ui) -> Result<Approved<act::Plan>> {
    let account = &plan.report.account.id;
    let ask = || match verb {
        Verb::Stop => ui.confirm("ask-approve"),
        Verb::Delete => ui.repeated(&Text::new("ask-account").with("account", account), account.as_str()),
    };
    agreed(Report::Actions(&plan.report, verb, Acting::Planned), yes, &CHANGES, ask, flags, ui)?;
    Ok(Approved::by_the_person(plan))
}

/// The same for what they do in an organisation. A deletion is approved by typing its id.
///
/// # Errors
/// As for [`agreed`].
pub fn approve_actions_of_all(
    plans: ActionPlans,
    verb: Verb,
    yes: bool,
    flags: &Flags,
    ui: &Ui,
) -> Result<Approved<ActionPlans>> {
    let count = plans.report.reports().filter(|own| !own.actions.is_empty()).count();
    let organization = plans.report.organization.id.clone().unwrap_or_default();
    let ask = || match verb {
        Verb::Stop => ui.confirm("ask-approve"),
        Verb::Delete => {
            ui.repeated(&Text::new("ask-organization").with("count", count).with("id", &organization), &organization)
        }
    };
    agreed(Report::OrganizationActions(&plans.report, verb, Acting::Planned), yes, &CHANGES, ask, flags, ui)?;
    Ok(Approved::by_the_person(plans))
}

/// The same for a case at AWS Support, which cannot be taken back once it is opened.
///
/// # Errors
/// As for [`agreed`].
pub fn approve_case(
    plan: case::Plan,
    shown: Report<'_>,
    yes: bool,
    flags: &Flags,
    ui: &Ui,
) -> Result<Approved<case::Plan>> {
    agreed(shown, yes, &CASE, || ui.confirm("ask-approve-case"), flags, ui)?;
    Ok(Approved::by_the_person(plan))
}

/// What is said of a plan that is not approved.
struct Unapproved {
    /// There is no terminal to ask at.
    unasked: &'static str,
    /// The person says no.
    refused: &'static str,
}

const CHANGES: Unapproved = Unapproved { unasked: "error-not-approved", refused: "nothing-changed" };
const CASE: Unapproved = Unapproved { unasked: "error-appeal-not-approved", refused: "nothing-sent" };

/// Shows changes and asks yes or no.
fn confirmed(shown: Report<'_>, yes: bool, flags: &Flags, ui: &Ui) -> Result<()> {
    agreed(shown, yes, &CHANGES, || ui.confirm("ask-approve"), flags, ui)
}

/// Shows a plan and asks for approval, unless `--yes` has given it.
///
/// # Errors
/// There is no terminal to ask at, or the answer is no.
fn agreed(
    shown: Report<'_>,
    yes: bool,
    otherwise: &Unapproved,
    ask: impl FnOnce() -> Result<bool>,
    flags: &Flags,
    ui: &Ui,
) -> Result<()> {
    if !yes && !ui.can_ask() {
        deliver(shown, flags, ui)?;
        return Err(Error::usage(Text::new(otherwise.unasked)).hint(Text::new("hint-not-approved")));
    }
    ui.show(&render(shown, Format::Text, &ui.speech, flags.layout(ui))?);
    if yes || ask()? {
        return Ok(());
    }
    Err(Error::usage(Text::new(otherwise.refused)))
}
