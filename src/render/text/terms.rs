//! A list of terms with their descriptions.

use std::fmt::Write as _;

use anstyle::Style;

use crate::render::layout::Layout;
use crate::render::terminal::{columns, padded, styled, wrapped};

/// The longest term that shares a line with its description.
const LONGEST_TERM: usize = 28;

/// Terms on the left, their descriptions on the right.
#[must_use]
pub fn terms(rows: &[(&str, Vec<(Style, String)>)], layout: Layout) -> String {
    // A longer term has its own line, so that the descriptions keep their width.
    let indent = rows.iter().map(|(term, _)| columns(term)).max().unwrap_or(0).min(LONGEST_TERM) + 2;
    let mut out = String::new();
    for (term, parts) in rows {
        let mut term = *term;
        if columns(term) + 2 > indent {
            let _ = writeln!(out, "{term}");
            term = "";
        }
        let lines = parts.iter().flat_map(|(style, text)| {
            wrapped(text, layout.width.saturating_sub(indent)).into_iter().map(|part| styled(*style, &part))
        });
        for line in lines {
            let _ = writeln!(out, "{}{line}", padded(std::mem::take(&mut term), indent));
        }
    }
    out
}
