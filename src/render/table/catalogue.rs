//! The catalogue of resource types as rows: one for each.

use super::shape::{Cell, Column, Table, code, heads, text};
use crate::lang::Speech;
use crate::model::{Catalogue, CatalogueRow};

const COLUMNS: &[Column] = &[code("resource"), text("name"), text("bills"), text("reads")];

pub(super) fn table(report: &Catalogue, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-resources"),
        head: Vec::new(),
        kind: "resource",
        columns: COLUMNS,
        heads: heads(COLUMNS, speech),
        rows: report.resources.iter().map(|row| cells(row, speech)).collect(),
        gaps: Vec::new(),
        alike: Vec::new(),
        unexplained: Vec::new(),
        foot: Vec::new(),
    }
}

fn cells(row: &CatalogueRow, speech: &Speech) -> Vec<Cell> {
    let (name, bills) = (row.names.get(speech.lang), row.bills.get(speech.lang));
    [row.id.clone(), name.to_owned(), bills.to_owned(), row.reads.join(" ")].map(Cell::from).to_vec()
}
