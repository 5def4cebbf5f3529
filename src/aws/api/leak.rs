//! Texts of the table, which live as long as the program.

/// Leaks the text: the table is loaded once and never freed.
pub(super) fn leak(text: String) -> &'static str {
    text.leak()
}
