//! A report as bytes. Uses only the model and the language: a report read back from JSON renders the same.

mod bill;
mod bill_table;
pub mod catalogue;
mod coverage;
mod csv;
mod findings;
mod html;
mod json;
mod markdown;
mod plan;
mod table;
mod text;
mod words;

use jiff::tz::TimeZone;

use crate::error::Result;
use crate::lang::Speech;
use crate::model::{BillReport, SafeguardReport, SweepReport};

/// The forms a report can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    #[default]
    Text,
    Json,
    Csv,
    Markdown,
    Html,
}

/// How text looks on the screen it is for.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// Show everything, also what is as it should be.
    pub verbose: bool,
    /// Somebody is looking: draw.
    pub charts: bool,
}

/// Any of the reports.
#[derive(Debug, Clone, Copy)]
pub enum Report<'a> {
    Sweep(&'a SweepReport),
    Safeguards(&'a SafeguardReport, Phase),
    /// With the time zone of the person who reads it.
    Bill(&'a BillReport, &'a TimeZone),
}

/// What a safeguard report is the report of: future tense before, past tense after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Planned,
    PlannedRemoval,
    Applied,
    Removed,
    Checked,
}

/// The report in one of the forms. Text carries ANSI colours; whoever prints it strips them where they are not wanted.
///
/// # Errors
/// A form that cannot be written, which would be a mistake in this program.
pub fn render(report: Report<'_>, format: Format, speech: &Speech, page: Page) -> Result<String> {
    let shown = |text: String| Ok(words::harmless(&text));
    match (format, report) {
        (Format::Text, Report::Sweep(report)) => shown(text::sweep(report, speech, page)),
        (Format::Text, Report::Safeguards(report, phase)) => shown(plan::safeguards(report, phase, speech, page)),
        (Format::Text, Report::Bill(report, zone)) => shown(bill::bill(report, zone, speech, page)),
        (Format::Json, Report::Bill(report, _)) => json::write(report),
        (Format::Json, Report::Sweep(report)) => json::write(report),
        (Format::Json, Report::Safeguards(report, _)) => json::write(&json::with_hints(report)),
        (Format::Csv, report) => csv::write(&table::of(report, speech)),
        (Format::Markdown, report) => Ok(markdown::write(&table::of(report, speech))),
        (Format::Html, report) => html::write(&table::of(report, speech), speech),
    }
}
