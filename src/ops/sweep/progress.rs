//! How far a sweep is.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// A question is one type in one region.
    pub questions: usize,
    pub answered: usize,
    pub findings: usize,
}
