//! What a sweep looks at, how long it may take, and what it knows beforehand.

use std::time::Duration;

use jiff::Timestamp;

use crate::model::{Region, Usd};
use crate::prices::Lookup;
use crate::profile::Keep;

/// Empty lists mean everything.
#[derive(Debug, Clone)]
pub struct Options {
    pub regions: Vec<Region>,
    pub resources: Vec<String>,
    /// What is meant to be there.
    pub keep: Vec<Keep>,
    /// The most requests in flight.
    pub at_once: usize,
    /// When to stop waiting. A request without an answer by then is a gap.
    pub timeout: Duration,
    /// Whether to compare the findings with the bill.
    pub bill: bool,
    /// The most a month should cost, if the person chose a limit.
    pub limit_usd: Option<Usd>,
    pub made_at: Timestamp,
    pub prices: Lookup,
}
