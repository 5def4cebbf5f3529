//! CSV: one row for each finding or safeguard, then one for each gap. A cell that a spreadsheet would run is made text.

use ::csv::Writer;

use super::table::Table;
use crate::error::{Error, Result};
use crate::model::Text;

pub fn write(table: &Table) -> Result<String> {
    let failed = |error: &dyn std::fmt::Display| Error::failed(Text::new("error-render")).detail(error);
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(table.keys.iter().copied().chain(["gap"])).map_err(|error| failed(&error))?;
    for row in &table.rows {
        writer
            .write_record(row.iter().map(|cell| safe(cell)).chain([String::new()]))
            .map_err(|error| failed(&error))?;
    }
    for gap in &table.gaps {
        let blank = table.keys.iter().map(|_| String::new());
        writer.write_record(blank.chain([safe(gap)])).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

/// A tag is anybody's text, and spreadsheets run cells that begin like a formula.
fn safe(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cell_comes_back_as_it_was_or_as_plain_text(cell in ".{0,40}") {
            let table = Table { title: String::new(), keys: &["id"], heads: Vec::new(), rows: vec![vec![cell.clone()]], gaps: Vec::new() };
            let written = write(&table).unwrap();
            let mut reader = ::csv::Reader::from_reader(written.as_bytes());
            let back = reader.records().next().unwrap().unwrap()[0].to_owned();
            let as_text = ["'", &cell].concat();
            prop_assert!(back == cell || back == as_text);
            prop_assert!(!back.starts_with(['=', '+', '-', '@']));
        }
    }
}
