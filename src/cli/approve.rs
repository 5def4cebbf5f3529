//! The approval of a plan: by `--yes`, or by a person who has seen it.

use super::delivery::deliver;
use super::flags::Flags;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::model::report::{Outcome, SafeguardRow};
use crate::ops::guard::{Approved, Plan};
use crate::render::{Format, Phase, Report, render};
use crate::ui::Ui;

/// Shows the plan and asks for approval. A plan without changes is neither shown nor asked about.
///
/// # Errors
/// There is no terminal to ask at, or the answer is no.
pub fn approve(plan: Plan, phase: Phase, yes: bool, flags: &Flags, ui: &Ui) -> Result<Approved<Plan>> {
    let changes = |row: &SafeguardRow| row.result == Some(Outcome::Planned);
    if !plan.report.safeguards.iter().any(changes) {
        return Ok(Approved::by_the_person(plan));
    }
    let shown = Report::Safeguards(&plan.report, phase);
    if !yes && !ui.can_ask() {
        deliver(shown, flags, ui)?;
        return Err(Error::usage(Text::new("error-not-approved")).hint(Text::new("hint-not-approved")));
    }
    ui.show(&render(shown, Format::Text, &ui.speech, flags.layout(ui))?);
    if yes || ui.confirm("ask-approve")? {
        return Ok(Approved::by_the_person(plan));
    }
    Err(Error::usage(Text::new("nothing-changed")))
}
