//! The difference between a sweep and an earlier one of the same account and scope.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::money::Usd;
use super::place::Region;
use super::words::Words;

/// What changed since an earlier sweep. Lists are in the order of the reports, keys are those of findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    /// When the earlier sweep was made.
    #[schemars(with = "String")]
    pub since: Timestamp,
    /// Found now, and not by the earlier sweep, which looked there.
    pub new: Vec<String>,
    /// Found by the earlier sweep, and not now, although this sweep looked there: no longer charged.
    pub gone: Vec<String>,
    /// In only one of the two, because the other could not look there.
    pub unknown: Vec<String>,
    /// In both, and the known cost is higher now.
    pub dearer: Vec<Repriced>,
    /// In both, and the known cost is lower now.
    pub cheaper: Vec<Repriced>,
    /// The things of `gone` and `unknown` that are not among the findings, as they were last seen.
    pub earlier: Vec<Earlier>,
    /// The total of the earlier sweep.
    pub usd_per_month_before: Usd,
    /// The daily spend on the bill at the time of the earlier sweep; `null` if it was not known.
    pub bill_usd_per_day_before: Option<Usd>,
}

/// A finding whose known cost changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Repriced {
    pub key: String,
    pub usd_per_month_before: Usd,
    pub usd_per_month: Usd,
}

/// A thing that an earlier sweep found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Earlier {
    pub key: String,
    pub region: Region,
    pub resource: String,
    pub names: Words,
    pub id: String,
    pub name: Option<String>,
    /// Its cost as far as it was known.
    pub usd_per_month: Option<Usd>,
    #[schemars(with = "String")]
    pub last_seen: Timestamp,
}

impl Changes {
    /// Whether the two reports differ in nothing that is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.dearer.is_empty() && self.cheaper.is_empty()
    }

    /// The things of earlier sweeps that are among these keys.
    pub fn earlier_of<'a>(&'a self, keys: &'a [String]) -> impl Iterator<Item = &'a Earlier> {
        self.earlier.iter().filter(|it| keys.contains(&it.key))
    }
}
