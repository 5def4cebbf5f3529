//! How a run goes about it, and its progress.

use std::time::Duration;

use jiff::Timestamp;

use crate::model::{Region, Verb, Words};
use crate::ops::sweep;

#[derive(Debug, Clone)]
pub struct Options {
    /// The maximum of calls that change something at the same time: far below AWS's limits, which are lowest for those.
    pub at_once: usize,
    /// Between two looks; each pause is longer, up to ten times as long.
    pub pace: Duration,
    /// The time to wait for an end.
    pub patience: Duration,
    /// For listing again.
    pub sweep: sweep::Options,
    pub now: fn() -> Timestamp,
}

/// The progress of a run.
#[derive(Debug, Clone)]
pub struct Progress {
    pub done: usize,
    pub all: usize,
    pub verb: Verb,
    pub names: Words,
    pub id: String,
    pub region: Region,
    /// Whether its end is awaited.
    pub waits: bool,
}
