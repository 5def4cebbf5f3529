//! The catalogue of resource types on a terminal.

use anstyle::Style;

use super::terms::terms;
use crate::lang::Speech;
use crate::model::{Catalogue, CatalogueRow};
use crate::render::layout::Layout;
use crate::render::terminal::{BOLD, DIM};

pub(super) fn catalogue(report: &Catalogue, speech: &Speech, layout: Layout) -> String {
    let about = |row: &CatalogueRow| {
        let name = row.names.get(speech.lang).to_owned();
        let bills = row.bills.get(speech.lang).to_owned();
        vec![(BOLD, name), (Style::new(), bills), (DIM, row.reads.join(" "))]
    };
    terms(&report.resources.iter().map(|row| (row.id.as_str(), about(row))).collect::<Vec<_>>(), layout)
}
