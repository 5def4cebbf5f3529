//! Renders a report in one of the forms.

use super::format::Format;
use super::layout::Layout;
use super::report::Report;
use super::terminal::harmless;
use super::{csv, html, json, markdown, table, text};
use crate::error::Result;
use crate::lang::Speech;

/// The report in one of the forms. Text has ANSI colours; the caller strips them where they are not wanted.
///
/// # Errors
/// A form that cannot be written, which would be a mistake in this program.
pub fn render(report: Report<'_>, format: Format, speech: &Speech, layout: Layout) -> Result<String> {
    match (format, report) {
        (Format::Text, report) => Ok(harmless(&text::of(report, speech, layout))),
        (Format::Json, Report::Sweep(report)) => json::write(report),
        (Format::Json, Report::Safeguards(report, _)) => json::write(&json::with_hints(report)),
        (Format::Json, Report::Bill(report, _)) => json::write(report),
        (Format::Json, Report::Resources(report)) => json::write(report),
        (Format::Csv, report) => csv::write(&table::of(report, speech)),
        (Format::Markdown, report) => Ok(markdown::write(&table::of(report, speech))),
        (Format::Html, report) => html::write(report, &table::of(report, speech), speech),
    }
}
