//! The progress of a sweep.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// One question is one type in one region.
    pub questions: usize,
    pub answered: usize,
    pub findings: usize,
}
