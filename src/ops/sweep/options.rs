//! The options of a sweep: its scope, time limit and inputs.

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
    /// The exemptions of the profile.
    pub keep: Vec<Keep>,
    /// The maximum of concurrent requests.
    pub at_once: usize,
    /// The time limit. A request without an answer by then is a gap.
    pub timeout: Duration,
    /// Whether to compare the findings with the bill.
    pub bill: bool,
    /// The monthly limit, if the person chose one.
    pub limit_usd: Option<Usd>,
    pub made_at: Timestamp,
    pub prices: Lookup,
}
