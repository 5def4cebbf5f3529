//! Delivers a report in the chosen format to the chosen place, and decides the exit code.

use super::exit::Exit;
use super::flags::Flags;
use crate::error::Result;
use crate::render::{Report, render};
use crate::ui::Ui;

/// Writes the report to stdout, or to the file of `--output`.
///
/// # Errors
/// It cannot be written there.
pub fn deliver(report: Report<'_>, flags: &Flags, ui: &Ui) -> Result<Exit> {
    let text = render(report, flags.format(), &ui.speech, flags.layout(ui))?;
    ui.deliver(&text, flags.output())?;
    Ok(Exit::from(report))
}
