//! How far a sweep is.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub regions: usize,
    pub regions_done: usize,
    pub findings: usize,
}
