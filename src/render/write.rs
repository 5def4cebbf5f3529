//! Renders a report in one of the formats.

use super::format::Format;
use super::layout::Layout;
use super::report::Report;
use super::terminal::{harmless, marked};
use super::{csv, html, json, markdown, table, text};
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::Text;

/// The report in one of the formats. Text has ANSI colours; the caller strips them if they are not wanted.
///
/// # Errors
/// A format that cannot be written: a mistake in this program.
pub fn render(report: Report<'_>, format: Format, speech: &Speech, layout: Layout) -> Result<String> {
    if format == Format::Json {
        return in_json(report);
    }
    // Values are made harmless before they are laid out, so that none can end a line, turn it round or hide in it.
    let failed = |error| Error::failed(Text::new("error-render")).detail(error);
    let (sweep, safeguards, bill);
    let report = match report {
        Report::Sweep(report) => {
            sweep = marked(report).map_err(failed)?;
            Report::Sweep(&sweep)
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
    match format {
        Format::Text => Ok(harmless(&text::of(report, speech, layout))),
        Format::Json => in_json(report),
        Format::Csv => csv::write(&table::of(report, speech)),
        Format::CsvExcel => csv::for_excel(&table::of(report, speech)),
        Format::Markdown => Ok(markdown::write(&table::of(report, speech))),
        Format::Html => html::write(report, &table::of(report, speech), speech),
    }
}

fn in_json(report: Report<'_>) -> Result<String> {
    match report {
        Report::Sweep(report) => json::write(report),
        Report::Safeguards(report, _) => json::write(&json::with_hints(report)),
        Report::Bill(report, _) => json::write(report),
        Report::Resources(report) => json::write(report),
    }
}
