//! Where was looked for what, and what came of it: the matrix of resource types and regions.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::gap::Reason;
use super::place::Region;

/// Resource type → region → what came of looking there. What lives in no region stands where it was asked for.
pub type Coverage = BTreeMap<String, BTreeMap<Region, Look>>;

/// What came of looking for one type in one region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// Something that bills.
    Found,
    /// Nothing that bills.
    Empty,
    /// AWS does not offer the service there.
    NotOffered,
    /// A permission is missing.
    Denied,
    /// A policy of the organisation forbids it.
    DeniedByOrganization,
    /// The region is not enabled for the account: nobody can look, and what was left there may still bill.
    DisabledRegion,
    /// Not answered, or not in full.
    Failed,
}

impl Look {
    /// What a failure with this reason comes to.
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
