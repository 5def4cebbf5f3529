//! Markdown: a table for an issue, a chat or a job summary.

use std::fmt::Write as _;

use super::table::{Kind, Table};
use crate::model::appeal::Letter;

pub fn write(table: &Table) -> String {
    let mut out = format!("# {}\n\n", escaped(&table.title));
    for statement in &table.head {
        let _ = writeln!(out, "{}\n", own(&statement.sentence()));
    }
    if !table.rows.is_empty() {
        rows(table, &mut out);
    }
    for (index, gap) in table.alike.iter().chain(&table.unexplained).enumerate() {
        let _ = writeln!(out, "{}- {}", if index == 0 { "\n" } else { "" }, escaped(gap));
    }
    for statement in &table.foot {
        let _ = writeln!(out, "\n{}", own(&statement.sentence()));
    }
    out
}

/// The letters, each as it is pasted.
pub fn letters(letters: &[Letter]) -> String {
    let one = |letter: &Letter| {
        let longest = letter.body.split(|it| it != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        format!("\n## {}\n\n{fence}text\n{}\n{fence}\n", escaped(&letter.subject), letter.body)
    };
    letters.iter().map(one).collect()
}

fn rows(table: &Table, out: &mut String) {
    let places = table.places();
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let _ = writeln!(out, "{}", line(table.headings(&places).map(|(_, head)| escaped(head)).collect()));
    let _ = writeln!(out, "{}", line(table.headings(&places).map(|(kind, _)| rule(kind).to_owned()).collect()));
    for row in &table.rows {
        let _ =
            writeln!(out, "{}", line(table.seen(row, &places).map(|(kind, cell)| self::cell(kind, cell)).collect()));
    }
}

/// The line between headings and rows: figures are right-aligned.
fn rule(kind: Kind) -> &'static str {
    if kind == Kind::Number { "---:" } else { "---" }
}

fn cell(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Code if !text.is_empty() => code(text),
        _ => escaped(text),
    }
}

/// A code span, in a fence longer than any of its own; inside a table a bar is escaped even there.
fn code(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { '\u{FFFD}' } else { letter }).collect();
    // In a code span, backslash and bar together end a table's cell whatever the escape.
    if plain.contains("\\|") {
        return escaped(text);
    }
    let longest = plain.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if plain.starts_with('`') || plain.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", plain.replace('|', "\\|"))
}

/// Breaks up what GitHub and others would make a link of, and is not seen.
const NOTHING: &str = "<!-- -->";

/// Escapes untrusted text: it cannot end a cell, start a line, become HTML, a formula or a link, or call a person.
fn escaped(text: &str) -> String {
    let plain = own(text);
    let linked = [("@", "@"), ("://", ":"), ("www.", "www"), ("\\#", "\\#")];
    linked.iter().fold(plain, |plain, (link, head)| {
        let tail = &link[head.len()..];
        plain.replace(link, &format!("{head}{NOTHING}{tail}"))
    })
}

/// Escapes a sentence of this program, whose links may work.
fn own(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '$' => {
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
    use crate::render::table::Column;

    const ID: Column = Column { key: "id", kind: Kind::Text, for_programs: false, added: false };
    const COMMAND: Column = Column { key: "stop_command", kind: Kind::Code, ..ID };

    fn written(cells: Vec<String>) -> String {
        let heads = vec!["id".into(), "stop".into()];
        let rows = vec![cells.into_iter().map(Into::into).collect()];
        write(&Table { columns: &[ID, COMMAND], heads, rows, ..Table::default() })
    }

    #[test]
    fn a_command_is_code_that_can_be_copied() {
        let row = |command: &str| written(vec!["v_1".into(), command.into()]).lines().nth(4).unwrap().to_owned();
        assert_eq!(row("aws x --name a_b"), r"| v\_1 | `aws x --name a_b` |");
        assert_eq!(row("aws x '`|`'"), r"| v\_1 | ``aws x '`\|`'`` |");
        // A column that is empty in every row is left out.
        assert_eq!(row(""), r"| v\_1 |");
    }

    #[test]
    fn a_name_makes_no_mention_and_no_link() {
        let row = |name: &str| written(vec![name.into(), String::new()]).lines().nth(4).unwrap().to_owned();
        assert_eq!(row("@octocat #1"), r"| @<!-- -->octocat \#<!-- -->1 |");
        assert_eq!(row("http://a www.b"), "| http:<!-- -->//a www<!-- -->.b |");
        assert_eq!(row("~~a~~ $b$"), r"| \~\~a\~\~ \$b\$ |");
    }

    /// The bars that end a cell.
    fn bars(row: &str) -> usize {
        let (mut count, mut letters) = (0, row.chars());
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => drop(letters.next()),
                '|' => count += 1,
                _ => {}
            }
        }
        count
    }

    proptest! {
        #[test]
        fn a_cell_never_breaks_its_row(cell in "\\PC{1,40}|[|\n\r<>`]{1,9}", command in "\\PC{1,40}|[|\n\r<>`]{1,9}") {
            let written = written(vec![cell, command]);
            prop_assert_eq!(written.lines().count(), 5);
            let row = written.lines().nth(4).unwrap();
            prop_assert_eq!(bars(row), 3, "{}", row);
            prop_assert!(!row.replace(NOTHING, "").split_once(" | ").unwrap().0.contains('<'));
        }
    }
}
