//! Markdown: a table for an issue, a chat or a job summary.

use std::fmt::Write as _;

use super::table::Table;

pub fn write(table: &Table) -> String {
    let mut out = format!("# {}\n\n", escaped(&table.title));
    for statement in &table.head {
        let _ = writeln!(out, "{}\n", escaped(&statement.sentence()));
    }
    let _ = writeln!(out, "| {} |", cells(table.heads.iter()));
    let _ = writeln!(out, "|{}", " --- |".repeat(table.heads.len()));
    for row in &table.rows {
        let _ = writeln!(out, "| {} |", cells(row.iter()));
    }
    for (index, gap) in table.gaps.iter().enumerate() {
        let _ = writeln!(out, "{}- {}", if index == 0 { "\n" } else { "" }, escaped(gap));
    }
    for statement in &table.foot {
        let _ = writeln!(out, "\n{}", escaped(&statement.sentence()));
    }
    out
}

fn cells<'a>(row: impl Iterator<Item = &'a String>) -> String {
    row.map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | ")
}

/// Escapes untrusted text, so that it cannot end a cell, start a line or become HTML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '#' => {
                safe.push('\\');
                safe.push(letter);
            }
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cell_never_breaks_its_row(cell in "\\PC{0,40}|[|\n\r<>`]{0,9}") {
            let table = Table { keys: &["id"], heads: vec!["id".into()], rows: vec![vec![cell]], ..Table::default() };
            let written = write(&table);
            let row = written.lines().nth(4).unwrap();
            prop_assert_eq!(written.lines().count(), 5);
            prop_assert_eq!(row.replace("\\\\", "").replace("\\|", "").matches('|').count(), 2);
            prop_assert!(!row.contains('<'));
        }
    }
}
