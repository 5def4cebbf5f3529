//! Renders a report in one of the formats.

use super::format::Format;
use super::layout::Layout;
use super::report::Report;
use super::terminal::{harmless, marked};
use super::{csv, html, json, markdown, table, text};
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{AccountReport, Text};

/// The report in one of the formats. Text has ANSI colours; the caller strips them if they are not wanted.
///
/// # Errors
/// A format that cannot be written: a mistake in this program.
pub fn render(report: Report<'_>, format: Format, speech: &Speech, layout: Layout) -> Result<String> {
    match (format, report) {
        (Format::Text, report) => in_text(report, speech, layout),
        (Format::Json, Report::Sweep(report)) => json::write(report),
        (Format::Json, Report::Organization(report)) => json::write(report),
        (Format::Json, Report::Safeguards(report, _)) => json::write(&json::with_hints(report)),
        (Format::Json, Report::Bill(report, _)) => json::write(report),
        (Format::Json, Report::Resources(report)) => json::write(report),
        (Format::Csv, Report::Organization(report)) => csv::write(&table::organization_findings(report, speech)),
        (Format::Csv, report) => csv::write(&table::of(report, speech)),
        (Format::Markdown, report) => Ok(markdown::write(&table::of(report, speech))),
        (Format::Html, Report::Organization(report)) => html::organization(report, speech),
        (Format::Html, report) => html::write(report, &table::of(report, speech), speech),
    }
}

/// The findings of one account of an organisation as CSV, with a line of headings first.
///
/// # Errors
/// As for [`render`].
pub fn account_rows(account: &AccountReport, speech: &Speech) -> Result<String> {
    csv::write(&table::account_findings(account, speech))
}

/// Invisible characters are replaced before the layout, so that no value can end a line.
fn in_text(report: Report<'_>, speech: &Speech, layout: Layout) -> Result<String> {
    let failed = |error| Error::failed(Text::new("error-render")).detail(error);
    let (sweep, organization, safeguards, bill);
    let report = match report {
        Report::Sweep(report) => {
            sweep = marked(report).map_err(failed)?;
            Report::Sweep(&sweep)
        }
        Report::Organization(report) => {
            organization = marked(report).map_err(failed)?;
            Report::Organization(&organization)
        }
        Report::Safeguards(report, phase) => {
            safeguards = marked(report).map_err(failed)?;
            Report::Safeguards(&safeguards, phase)
        }
        Report::Bill(report, zone) => {
            bill = marked(report).map_err(failed)?;
            Report::Bill(&bill, zone)
        }
        Report::Resources(report) => Report::Resources(report),
    };
    Ok(harmless(&text::of(report, speech, layout)))
}
