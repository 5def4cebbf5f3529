//! Texts of the table, which lives as long as the program.

/// Kept until the program ends.
pub(super) fn leak(text: String) -> &'static str {
    text.leak()
}
