//! The formats of a report.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    #[default]
    Text,
    Json,
    Csv,
    /// CSV that a spreadsheet opens as UTF-8.
    CsvExcel,
    Markdown,
    Html,
}
