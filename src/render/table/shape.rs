//! A report as rows of text, and the cells that several tables share.

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
    /// Stable names for programs, never translated.
    pub keys: &'static [&'static str],
    /// The same columns in the user's language.
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// The gaps, as sentences.
    pub gaps: Vec<String>,
    /// The verdict and how sure it is, shown after the rows.
    pub foot: Vec<Statement>,
}

pub(super) fn heads(keys: &[&str], speech: &Speech) -> Vec<String> {
    keys.iter().map(|key| speech.plain(&format!("column-{}", key.replace('_', "-")))).collect()
}

pub(super) fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

pub(super) fn gap_line(gap: &Gap, speech: &Speech) -> String {
    let wide = if gap.resource.is_none() { "gap-other-regions" } else { "gap-whole-account" };
    let region = gap.region.as_ref().map_or_else(|| speech.plain(wide), ToString::to_string);
    let resource = gap.resource.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    format!("{region}{resource}: {}", reason(gap, speech))
}
