//! How the text form is laid out: width, level of detail, charts.

#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Columns.
    pub width: usize,
    /// Include rows that need no attention.
    pub verbose: bool,
    /// Draw bars: stdout is a terminal.
    pub charts: bool,
}
