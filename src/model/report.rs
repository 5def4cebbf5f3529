//! What a command found: the contract other programs read. Every rendering is a function of one of these.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bill::Bill;
use super::change::{Action, Change};
use super::coverage::Coverage;
use super::finding::{Finding, Note};
use super::gap::{Gap, Reason};
use super::money::Usd;
use super::place::{AccountId, Region};
use super::words::Words;

pub const SWEEP_SCHEMA: &str = "guardrail/sweep/v1";
pub const SAFEGUARDS_SCHEMA: &str = "guardrail/safeguards/v1";

/// The report of `guardrail sweep`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SweepReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub scope: SweepScope,
    pub totals: Totals,
    /// What the sweep was held against; absent where AWS gave no figures, with a gap if it refused or failed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<Bill>,
    /// The dearest first; those without a price last.
    pub findings: Vec<Finding>,
    pub gaps: Vec<Gap>,
    /// What came of looking for each type in each region.
    #[serde(default)]
    pub coverage: Coverage,
    /// Why AWS's price list could not be read, or not all of it. `null`: it could, or the snapshot was asked for.
    #[serde(default)]
    pub live_prices_failed: Option<Reason>,
}

/// Where the sweep looked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SweepScope {
    pub accounts: Vec<Account>,
    pub regions: Vec<Region>,
    /// Regions this account has not enabled. Nothing could be looked at there.
    pub disabled_regions: Vec<Region>,
    pub resources: Vec<String>,
    /// The user narrowed the sweep with `--regions`, `--resources` or a profile.
    pub partial: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    pub id: AccountId,
    pub alias: Option<String>,
}

/// The sums of what the findings say, each as it is shown, so that a reader can add them up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    pub findings: usize,
    pub usd_per_hour: Usd,
    pub usd_per_month: Usd,
    /// Something has no known price or was not looked at: the sums are lower bounds.
    pub at_least: bool,
}

impl Totals {
    #[must_use]
    pub fn of(findings: &[Finding], gaps: &[Gap]) -> Self {
        let unpriced = |finding: &Finding| finding.charges.iter().any(|charge| charge.usd_per_month.is_none());
        Self {
            findings: findings.len(),
            usd_per_hour: findings.iter().filter_map(|finding| finding.usd_per_hour).sum::<Usd>().hourly(),
            usd_per_month: findings.iter().filter_map(|finding| finding.usd_per_month).sum::<Usd>().monthly(),
            at_least: !gaps.is_empty() || findings.iter().any(unpriced),
        }
    }
}

/// The report of `guardrail init`, `check` and `remove`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SafeguardReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub account: Account,
    pub profile: String,
    /// What kind of account it is, and who can change what AWS refused.
    pub notes: Vec<Note>,
    /// In the order in which they are made.
    pub safeguards: Vec<SafeguardRow>,
    pub gaps: Vec<Gap>,
}

/// One safeguard: how it is, what is to be done about it, and whether its warning arrives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SafeguardRow {
    pub id: String,
    pub names: Words,
    pub state: State,
    pub action: Action,
    /// `null` for a comparison (`check`).
    pub result: Option<Outcome>,
    pub changes: Vec<Change>,
    pub proof: Vec<Proof>,
    /// What the safeguard itself costs.
    pub usd_per_month: Usd,
    /// Things to know: what was adopted, what was kept and why.
    pub notes: Vec<Note>,
}

impl SafeguardRow {
    /// Whether the profile asks for it or the account has it.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.notes.iter().all(|note| note.id() != "not-wanted")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Ok,
    Missing,
    Drifted,
    /// There, though the profile does not want it.
    Unwanted,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Planned,
    Done,
    Failed,
    Skipped,
}

/// One link of the chain from a charge to a person who reads about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proof {
    pub step: String,
    /// Which of several: an address, an alarm, a bucket.
    pub subject: Option<String>,
    pub status: Status,
    /// What there is to know about it: the time a confirmation expires, the call that failed.
    pub value: Option<String>,
    /// The next step, in English.
    pub hint: Option<String>,
}

impl Proof {
    #[must_use]
    pub fn new(step: &str, status: Status) -> Self {
        Self { step: step.to_owned(), subject: None, status, value: None, hint: None }
    }

    #[must_use]
    pub fn of(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Ok,
    Waiting,
    Broken,
    Unknown,
}
