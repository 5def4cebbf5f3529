//! The catalogue of resource types: what is looked for, how it bills, and what it needs.

use comfy_table::{ContentArrangement, Table as Grid, presets};
use serde::Serialize;

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
        Format::Text => Ok(text(&table(), page)),
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

fn text(table: &Table, page: Page) -> String {
    let mut grid = Grid::new();
    grid.load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(page.width).unwrap_or(u16::MAX))
        .set_header(&table.heads);
    for row in &table.rows {
        grid.add_row(row);
    }
    format!("{grid}\n")
}
