//! The matrix of resource types and regions: where the sweep looked, and with what result.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::gap::Reason;
use super::place::Region;

/// Resource type → region → the result of the check. Global types are listed under the region that serves them.
pub type Coverage = BTreeMap<String, BTreeMap<Region, CheckOutcome>>;

/// The result of looking for one type in one region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    /// Something is charged.
    Found,
    /// Nothing is charged.
    Empty,
    /// AWS does not offer the service there.
    NotOffered,
    /// A permission is missing.
    Denied,
    /// A policy of the organisation forbids it.
    DeniedByOrganization,
    /// The region is not enabled for the account: it cannot be read, and things left there may still be charged.
    DisabledRegion,
    /// No answer, or only a part of it.
    Failed,
}

impl CheckOutcome {
    /// The result of a check that failed for this reason.
    #[must_use]
    pub fn failed(reason: Reason) -> Self {
        match reason {
            Reason::Denied => Self::Denied,
            Reason::DeniedByOrganization => Self::DeniedByOrganization,
            Reason::DisabledRegion => Self::DisabledRegion,
            Reason::Throttled | Reason::Timeout | Reason::Unreachable | Reason::Other => Self::Failed,
        }
    }
}
