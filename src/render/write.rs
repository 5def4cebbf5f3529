//! Renders a report in one of the formats.

use super::format::Format;
use super::layout::Layout;
use super::report::Report;
use super::table::Table;
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
    if format == Format::Json {
        return in_json(report);
    }
    // Values are made harmless before they are laid out, so that none can end a line, turn it round or hide in it.
    let failed = |error| Error::failed(Text::new("error-render")).detail(error);
    let (sweep, organization, safeguards, of_organization, acts, bill, history, actions, appeal, advice, schedule);
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
        Report::OrganizationSafeguards(report, phase) => {
            of_organization = marked(report).map_err(failed)?;
            Report::OrganizationSafeguards(&of_organization, phase)
        }
        Report::OrganizationActions(report, verb, acting) => {
            acts = marked(report).map_err(failed)?;
            Report::OrganizationActions(&acts, verb, acting)
        }
        Report::Bill(report, zone) => {
            bill = marked(report).map_err(failed)?;
            Report::Bill(&bill, zone)
        }
        Report::History(report) => {
            history = marked(report).map_err(failed)?;
            Report::History(&history)
        }
        Report::Appeal(report) => {
            appeal = text::marked_letters(report).map_err(failed)?;
            Report::Appeal(&appeal)
        }
        Report::Advice(report) => {
            advice = marked(report).map_err(failed)?;
            Report::Advice(&advice)
        }
        Report::Resources(report) => Report::Resources(report),
        Report::Schedule(report, phase) => {
            schedule = marked(report).map_err(failed)?;
            Report::Schedule(&schedule, phase)
        }
        Report::Actions(report, verb, acting) => {
            actions = marked(report).map_err(failed)?;
            Report::Actions(&actions, verb, acting)
        }
    };
    match (format, report) {
        (Format::Text, report) => Ok(harmless(&text::of(report, speech, layout))),
        (Format::Json, report) => in_json(report),
        (Format::Csv, report) => csv::write(&rows(report, speech)),
        (Format::CsvExcel, report) => csv::for_excel(&rows(report, speech)),
        (Format::Markdown, Report::Appeal(report)) => {
            Ok(markdown::write(&table::of(Report::Appeal(report), speech)) + &markdown::letters(&report.letters))
        }
        (Format::Markdown, report) => Ok(markdown::write(&table::of(report, speech))),
        (Format::Html, Report::Organization(report)) => html::organization(report, speech),
        (Format::Html, report) => html::write(report, &table::of(report, speech), speech),
    }
}

/// The table of a report as rows that belong to one thing each: an organisation has one for each finding.
fn rows(report: Report<'_>, speech: &Speech) -> Table {
    match report {
        Report::Organization(report) => table::organization_findings(report, speech),
        report => table::of(report, speech),
    }
}

/// The findings of one account of an organisation as CSV, with a line of headings first.
///
/// # Errors
/// As for [`render`].
pub fn account_rows(account: &AccountReport, speech: &Speech) -> Result<String> {
    let account = marked(account).map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    csv::write(&table::account_findings(&account, speech))
}

fn in_json(report: Report<'_>) -> Result<String> {
    match report {
        Report::Sweep(report) => json::write(report),
        Report::Organization(report) => json::write(report),
        Report::Safeguards(report, _) => json::write(&json::with_hints(report)),
        Report::OrganizationSafeguards(report, _) => json::write(&json::with_hints_of_all(report)),
        Report::OrganizationActions(report, ..) => json::write(report),
        Report::Bill(report, _) => json::write(report),
        Report::History(report) => json::write(report),
        Report::Appeal(report) => json::write(report),
        Report::Advice(report) => json::write(report),
        Report::Resources(report) => json::write(report),
        Report::Actions(report, ..) => json::write(report),
        Report::Schedule(report, _) => json::write(report),
    }
}
