//! CSV: one row for each finding or safeguard, then one for each gap, then one for each statement about the report.
//! Cells that a spreadsheet would run are turned into text.

use ::csv::Writer;

use super::table::{Cell, Table};
use crate::error::{Error, Result};
use crate::model::Text;

pub fn write(table: &Table) -> Result<String> {
    let failed = |error: &dyn std::fmt::Display| Error::failed(Text::new("error-render")).detail(error);
    let mut writer = Writer::from_writer(Vec::new());
    let keys = |added: bool| table.columns.iter().filter(move |column| column.added == added).map(|column| column.key);
    let columns = keys(false).chain(["gap", "kind", "statement"]).chain(keys(true));
    writer.write_record(columns).map_err(|error| failed(&error))?;
    let row = |cells: &[Cell], [gap, kind, statement]: [&str; 3]| {
        let own = |added: bool| {
            let of = table.columns.iter().enumerate().filter(move |(_, column)| column.added == added);
            of.map(|(at, _)| cells.get(at).map(|cell| safe(&cell.value)).unwrap_or_default())
        };
        own(false).chain([safe(gap), kind.to_owned(), safe(statement)]).chain(own(true)).collect::<Vec<_>>()
    };
    let findings = table.rows.iter().map(|cells| row(cells, ["", table.kind, ""]));
    let gaps = table.gaps.iter().chain(&table.unexplained).map(|gap| row(&[], [gap, "gap", ""]));
    let statements = table.head.iter().chain(&table.foot);
    let statements = statements.map(|it| row(&[], ["", it.about.key(), &it.sentence()]));
    for record in findings.chain(gaps).chain(statements) {
        writer.write_record(record).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

/// The same with a byte order mark: Excel takes a file without one for the text of its own region, and garbles Japanese.
/// Other readers take the mark for a part of the first column's name, so it is a form of its own.
pub fn for_excel(table: &Table) -> Result<String> {
    Ok(format!("\u{FEFF}{}", write(table)?))
}

/// Tags are untrusted, and spreadsheets run cells that begin like a formula.
fn safe(cell: &str) -> String {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let formula = cell.starts_with(FORMULA) || cell.trim_start().starts_with(FORMULA);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::render::table::{Column, Kind};

    const ID: Column = Column { key: "id", kind: Kind::Text, for_programs: false, added: false };
    const LATER: Column = Column { key: "owner", added: true, ..ID };

    #[test]
    fn an_added_column_comes_after_all_others() {
        let rows = vec![vec!["a".to_owned().into(), "b".to_owned().into()]];
        let table = Table { columns: &[LATER, ID], kind: "finding", rows, ..Table::default() };
        assert_eq!(write(&table).unwrap(), "id,gap,kind,statement,owner\nb,,finding,,a\n");
    }

    proptest! {
        #[test]
        fn a_cell_comes_back_as_it_was_or_as_plain_text(cell in ".{0,40}") {
            let table = Table { columns: &[ID], rows: vec![vec![cell.clone().into()]], ..Table::default() };
            let written = write(&table).unwrap();
            let mut reader = ::csv::Reader::from_reader(written.as_bytes());
            let back = reader.records().next().unwrap().unwrap()[0].to_owned();
            let as_text = ["'", &cell].concat();
            prop_assert!(back == cell || back == as_text);
            prop_assert!(!back.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']));
        }
    }
}
