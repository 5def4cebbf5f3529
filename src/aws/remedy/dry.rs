//! Whether a step is only tried.

/// Whether a step is only tried. EC2 answers what it would do; no other service does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dry {
    No,
    Yes,
}
