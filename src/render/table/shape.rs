//! A report as columns and rows of text, and the cells that several tables share.

use crate::lang::Speech;
use crate::model::Gap;
use crate::render::facts::Statement;
use crate::render::sentence::reason;

/// A report as rows of text.
#[derive(Default)]
pub struct Table {
    pub title: String,
    /// The scope of the report, shown before the rows.
    pub head: Vec<Statement>,
    /// The kind of each row, for programs.
    pub kind: &'static str,
    pub columns: &'static [Column],
    /// A heading for each column, in the user's language.
    pub heads: Vec<String>,
    /// A cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The gaps, a sentence for each.
    pub gaps: Vec<String>,
    /// The same for people: a sentence for all that one step would close.
    pub alike: Vec<String>,
    /// Services that the bill charges for without a single finding, as sentences.
    pub unexplained: Vec<String>,
    /// The verdict and how sure it is, shown after the rows.
    pub foot: Vec<Statement>,
}

/// One column: its name, and how it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The name for programs, never translated.
    pub key: &'static str,
    pub kind: Kind,
    /// Left out for people: it repeats another column, or is a detail.
    pub for_programs: bool,
    /// Appended after the columns of older versions, so that none of those moves.
    pub added: bool,
}

/// How a column is shown to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    /// For copying: a command, an id.
    Code,
}

impl Kind {
    /// The CSS class of its cells.
    pub fn class(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Code => "code",
        }
    }
}

pub(super) const fn text(key: &'static str) -> Column {
    Column { key, kind: Kind::Text, for_programs: false, added: false }
}

pub(super) const fn number(key: &'static str) -> Column {
    Column { kind: Kind::Number, ..text(key) }
}

pub(super) const fn code(key: &'static str) -> Column {
    Column { kind: Kind::Code, ..text(key) }
}

impl Column {
    pub(super) const fn for_programs(self) -> Self {
        Self { for_programs: true, ..self }
    }

    pub(super) const fn added(self) -> Self {
        Self { added: true, ..self }
    }
}

/// A value, and the text for people if that differs.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    pub value: String,
    shown: Option<String>,
}

impl Cell {
    pub fn shown_as(value: impl Into<String>, shown: impl Into<String>) -> Self {
        Self { value: value.into(), shown: Some(shown.into()) }
    }

    /// The text for people.
    pub fn shown(&self) -> &str {
        self.shown.as_ref().unwrap_or(&self.value)
    }
}

impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self { value, shown: None }
    }
}

impl From<Option<String>> for Cell {
    fn from(value: Option<String>) -> Self {
        value.unwrap_or_default().into()
    }
}

impl Table {
    /// The indices of the columns for people: those with a value in any row.
    pub fn places(&self) -> Vec<usize> {
        let has = |at: usize| self.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.shown().is_empty()));
        (0..self.columns.len()).filter(|at| !self.columns[*at].for_programs && has(*at)).collect()
    }

    /// The headings of these columns, each with the kind of its column.
    pub fn headings<'a>(&'a self, places: &'a [usize]) -> impl Iterator<Item = (Kind, &'a str)> {
        places.iter().filter_map(|at| Some((self.columns[*at].kind, self.heads.get(*at)?.as_str())))
    }

    /// The cells of a row in these columns, each with the kind of its column.
    pub fn seen<'a>(&'a self, row: &'a [Cell], places: &'a [usize]) -> impl Iterator<Item = (Kind, &'a str)> {
        places.iter().filter_map(|at| Some((self.columns[*at].kind, row.get(*at)?.shown())))
    }
}

pub(super) fn heads(columns: &[Column], speech: &Speech) -> Vec<String> {
    columns.iter().map(|column| speech.plain(&format!("column-{}", column.key.replace('_', "-")))).collect()
}

pub(super) fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

/// Each once, by name.
pub(super) fn distinct(parts: impl Iterator<Item = String>) -> Vec<String> {
    parts.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

pub(super) fn gap_line(gap: &Gap, speech: &Speech) -> String {
    let wide = if gap.resource.is_none() { "gap-other-regions" } else { "gap-whole-account" };
    let region = gap.region.as_ref().map_or_else(|| speech.plain(wide), ToString::to_string);
    let resource = gap.resource.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    format!("{region}{resource}: {}", reason(gap, speech))
}
