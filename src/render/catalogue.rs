//! The catalogue of resource types: what is looked for, how it bills, and what it needs.

use std::fmt::Write as _;

use anstyle::Style;
use serde::Serialize;

use super::words::{BOLD, DIM, columns, padded, styled, wrapped};
use super::{Format, Page, csv, html, json, markdown, table::Table};
use crate::error::Result;
use crate::lang::Speech;
use crate::model::Words;

pub const SCHEMA: &str = "guardrail/resources/v1";

/// One resource type, as the catalogue tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub id: &'static str,
    pub names: Words,
    pub bills: Words,
    pub scope: &'static str,
    pub reads: &'static [&'static str],
    pub writes: &'static [&'static str],
}

#[derive(Serialize)]
struct Catalogue<'a> {
    schema: &'static str,
    version: &'static str,
    resources: &'a [Row],
}

const KEYS: &[&str] = &["resource", "name", "bills", "reads"];

/// The catalogue in one of the forms.
///
/// # Errors
/// A form that cannot be written.
pub fn render(rows: &[Row], format: Format, speech: &Speech, page: Page) -> Result<String> {
    let table = || Table {
        title: speech.plain("title-resources"),
        keys: KEYS,
        heads: KEYS.iter().map(|key| speech.plain(&format!("column-{key}"))).collect(),
        rows: rows.iter().map(|row| cells(row, speech)).collect(),
        gaps: Vec::new(),
    };
    match format {
        Format::Text => Ok(text(rows, speech, page)),
        Format::Json => json::write(&Catalogue { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), resources: rows }),
        Format::Csv => csv::write(&table()),
        Format::Markdown => Ok(markdown::write(&table())),
        Format::Html => html::write(&table(), speech),
    }
}

fn cells(row: &Row, speech: &Speech) -> Vec<String> {
    let words = |words: &Words| words.get(speech.lang).to_owned();
    vec![row.id.to_owned(), words(&row.names), words(&row.bills), row.reads.join(" ")]
}

fn text(rows: &[Row], speech: &Speech, page: Page) -> String {
    let said = |row: &Row| {
        let words = |words: &Words| words.get(speech.lang).to_owned();
        vec![(BOLD, words(&row.names)), (Style::new(), words(&row.bills)), (DIM, row.reads.join(" "))]
    };
    terms(&rows.iter().map(|row| (row.id, said(row))).collect::<Vec<_>>(), page)
}

/// The columns of a term that has what is said beside it.
const LONGEST_TERM: usize = 28;

/// Terms on the left, and on the right what there is to say about each.
#[must_use]
pub fn terms(rows: &[(&str, Vec<(Style, String)>)], page: Page) -> String {
    // A long term has a line of its own: what is said about it needs room.
    let indent = rows.iter().map(|(term, _)| columns(term)).max().unwrap_or(0).min(LONGEST_TERM) + 2;
    let mut out = String::new();
    for (term, said) in rows {
        let mut term = *term;
        if columns(term) + 2 > indent {
            let _ = writeln!(out, "{term}");
            term = "";
        }
        let lines = said.iter().flat_map(|(style, text)| {
            wrapped(text, page.width.saturating_sub(indent)).into_iter().map(|part| styled(*style, &part))
        });
        for line in lines {
            let _ = writeln!(out, "{}{line}", padded(std::mem::take(&mut term), indent));
        }
    }
    out
}
