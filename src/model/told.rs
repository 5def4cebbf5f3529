//! What notifications have said already, so that each change is sent once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::money::Usd;

/// What was sent to one destination about an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Keys of findings, and the sweep that sent them.
    pub findings: BTreeMap<String, Timestamp>,
    /// Keys of new findings that could not be sent: the next sweep sends them.
    pub pending: BTreeSet<String>,
    /// The daily spend that a further rise is measured against.
    pub usd_per_day: Option<Usd>,
}
