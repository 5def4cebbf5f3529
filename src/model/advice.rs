//! AWS's own cost recommendations, merged with what the sweep found.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::gap::Gap;
use super::money::Usd;
use super::place::{Account, Region};
use super::report::is_false;
use super::words::Words;

pub const ADVICE_SCHEMA: &str = "guardrail/advice/v1";

/// The report of `guardrail advice`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdviceReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub account: Account,
    /// Each of AWS's services that gives recommendations, and whether it could be asked.
    pub sources: Vec<Source>,
    /// The highest savings first.
    pub advice: Vec<Advice>,
    pub totals: Savings,
    pub gaps: Vec<Gap>,
}

/// A service of AWS that gives recommendations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    pub id: SourceId,
    pub state: SourceState,
    /// How many recommendations it has.
    pub advice: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceId {
    CostOptimizationHub,
    ComputeOptimizer,
    TrustedAdvisor,
}

impl SourceId {
    /// Its name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CostOptimizationHub => "Cost Optimization Hub",
            Self::ComputeOptimizer => "Compute Optimizer",
            Self::TrustedAdvisor => "Trusted Advisor",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceState {
    Asked,
    /// The account's support plan does not include it.
    NotInPlan,
    /// The account has not turned it on, which is free.
    NotEnrolled,
    /// It could not be read: see the gaps.
    Unread,
}

/// One recommendation, or several about the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Advice {
    /// Those that give it.
    pub sources: Vec<SourceId>,
    pub region: Option<Region>,
    pub arn: Option<String>,
    /// AWS's id of the thing.
    pub id: String,
    /// As AWS writes it: `Stop`, `Rightsize`, `Idle`, or the name of a check.
    pub action: String,
    /// AWS's words about it.
    pub what: Option<String>,
    /// AWS's estimate; of several, the highest.
    pub usd_per_month_saved: Option<Usd>,
    /// The same thing in the sweep; absent if the sweep did not find it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Found>,
}

/// A finding of the sweep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    pub key: String,
    pub names: Words,
    pub id: String,
    pub usd_per_month: Option<Usd>,
}

/// The sum of the savings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Savings {
    pub usd_per_month_saved: Usd,
    /// A lower bound: some advice has no figure, or something could not be read.
    #[serde(default, skip_serializing_if = "is_false")]
    pub at_least: bool,
}
