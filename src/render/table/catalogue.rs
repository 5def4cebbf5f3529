//! The catalogue of resource types as rows: one for each.

use super::shape::{Table, heads};
use crate::lang::Speech;
use crate::model::{Catalogue, CatalogueRow};

const KEYS: &[&str] = &["resource", "name", "bills", "reads"];

pub(super) fn table(report: &Catalogue, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-resources"),
        head: Vec::new(),
        kind: "resource",
        keys: KEYS,
        heads: heads(KEYS, speech),
        rows: report.resources.iter().map(|row| cells(row, speech)).collect(),
        gaps: Vec::new(),
        foot: Vec::new(),
    }
}

fn cells(row: &CatalogueRow, speech: &Speech) -> Vec<String> {
    let (name, bills) = (row.names.get(speech.lang), row.bills.get(speech.lang));
    vec![row.id.clone(), name.to_owned(), bills.to_owned(), row.reads.join(" ")]
}
