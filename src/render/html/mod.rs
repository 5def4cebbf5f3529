//! HTML: one page without external files. The templates escape every value.

mod bars;
mod coverage;
mod days;
mod findings;
mod history;
mod organization;
mod page;
mod tiles;

use askama::Template;
use page::Page;

use super::report::Report;
use super::table::Table;
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{OrganizationReport, Text};

/// The page of a report. `table` has its sentences, its gaps, and the rows for which the page has no better form.
pub fn write(report: Report<'_>, table: &Table, speech: &Speech) -> Result<String> {
    let page = Page::of(report, table, speech);
    page.render().map_err(|error| Error::failed(Text::new("error-render")).detail(error))
}

/// The page of an organisation.
pub fn organization(report: &OrganizationReport, speech: &Speech) -> Result<String> {
    let page = organization::Organization::of(report, speech);
    page.render().map_err(|error| Error::failed(Text::new("error-render")).detail(error))
}
