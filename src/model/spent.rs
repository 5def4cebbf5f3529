//! What a thing has cost so far, as far as it is known.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::money::Usd;

/// The cost of a finding up to the sweep, at list prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Spent {
    pub usd: Usd,
    pub kind: Sure,
    #[schemars(with = "String")]
    pub since: Timestamp,
    pub from: Beginning,
}

/// How sure the amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sure {
    /// All charges of the period are known.
    About,
    /// A part has no figure, or some of the period was not seen.
    AtLeast,
}

/// The beginning of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Beginning {
    /// The thing was created then, and has been charged without a break.
    Created,
    /// A sweep saw it then for the first time. It may be older.
    FirstSeen,
}
