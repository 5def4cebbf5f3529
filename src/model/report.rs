//! The reports: the contract with other programs. Every rendering is a function of one of these.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bill::Bill;
use super::change::{Action, Change};
use super::changes::Changes;
use super::coverage::Coverage;
use super::finding::Finding;
use super::gap::{Gap, Reason};
use super::money::Usd;
use super::note::Note;
use super::place::{Account, Region};
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
    /// The answer to the question whether the account may be left as it is.
    #[serde(default)]
    pub verdict: Verdict,
    pub totals: Totals,
    /// The difference from an earlier sweep of the same account and scope; `null` if there is none.
    #[serde(default)]
    pub changes: Option<Changes>,
    /// The bill that the sweep was compared with; absent if AWS has no figures, with a gap if they could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<Bill>,
    /// By cost, the most expensive first. A maximum counts in full, an unknown price as 50 USD a month, a charge by use as zero.
    pub findings: Vec<Finding>,
    pub gaps: Vec<Gap>,
    /// The result of looking for each type in each region.
    #[serde(default)]
    pub coverage: Coverage,
    /// The user ended the sweep before everything had answered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub interrupted: bool,
    /// The time limit ended the sweep before everything had answered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub late: bool,
    /// Notes about the sweep as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Why AWS's price list could not be read, or not completely. `null` if it could, or if only the snapshot was wanted.
    #[serde(default)]
    pub live_prices_failed: Option<Reason>,
}

/// The answer to the question whether the account may be left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything in scope was read, and only things that are kept on purpose cost money.
    Safe,
    /// Something costs money.
    NotSafe,
    /// Nothing was found, but not everything could be read, or the bill grows by something that was not found.
    #[default]
    NotSure,
}

impl Verdict {
    #[must_use]
    pub fn of(findings: &[Finding], gaps: &[Gap], bill: Option<&Bill>) -> Self {
        if findings.iter().any(|it| it.exempt.is_none()) { Self::NotSafe } else { Self::of_the_rest(gaps, bill) }
    }

    /// The verdict without counting the findings.
    #[must_use]
    pub fn of_the_rest(gaps: &[Gap], bill: Option<&Bill>) -> Self {
        let unexplained = bill.is_some_and(|bill| bill.unexplained().next().is_some());
        if unexplained || !gaps.is_empty() { Self::NotSure } else { Self::Safe }
    }
}

/// The scope of the sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SweepScope {
    /// One sweep is one account: a list of exactly one.
    #[serde(rename = "accounts", with = "only_one")]
    #[schemars(with = "Vec<Account>")]
    pub account: Account,
    pub regions: Vec<Region>,
    /// Regions that this account has not enabled. They cannot be read.
    pub disabled_regions: Vec<Region>,
    pub resources: Vec<String>,
    /// How many types this version of guardrail knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources_known: Option<usize>,
    /// The user narrowed the sweep with `--regions`, `--resources` or a profile.
    pub partial: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

/// One account as a list of one.
mod only_one {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Account;

    pub fn serialize<S: Serializer>(account: &Account, serializer: S) -> Result<S::Ok, S::Error> {
        [account].serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Account, D::Error> {
        let accounts = Vec::<Account>::deserialize(deserializer)?;
        let [account]: [Account; 1] =
            accounts.try_into().map_err(|_| D::Error::custom("a sweep has exactly one account"))?;
        Ok(account)
    }
}

/// The sums of the findings' amounts as shown, so that a reader can add them up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    pub findings: usize,
    pub usd_per_hour: Usd,
    pub usd_per_month: Usd,
    /// The sums are lower bounds: something has no known price or could not be read.
    pub at_least: bool,
}

impl Totals {
    #[must_use]
    pub fn of(findings: &[Finding], gaps: &[Gap]) -> Self {
        let unpriced = |finding: &Finding| finding.charges.iter().any(|charge| charge.usd_per_month.is_none());
        let hour = Usd::checked_sum(findings.iter().filter_map(|finding| finding.usd_per_hour));
        let month = Usd::checked_sum(findings.iter().filter_map(|finding| finding.usd_per_month));
        let overflows = hour.is_none() || month.is_none();
        Self {
            findings: findings.len(),
            usd_per_hour: hour.unwrap_or(Usd::MAX).hourly(),
            usd_per_month: month.unwrap_or(Usd::MAX).monthly(),
            at_least: overflows || !gaps.is_empty() || findings.iter().any(unpriced),
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
    /// Notes about the kind of account, and about who can change denied permissions.
    pub notes: Vec<Note>,
    /// In the order of creation.
    pub safeguards: Vec<SafeguardRow>,
    pub gaps: Vec<Gap>,
}

/// One safeguard: its state, its planned action, and whether its warnings arrive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SafeguardRow {
    pub id: String,
    pub names: Words,
    /// The profile wants it, or the account has it.
    #[serde(default = "yes")]
    pub wanted: bool,
    pub state: State,
    pub action: Action,
    /// `null` for a comparison (`check`).
    pub result: Option<Outcome>,
    pub changes: Vec<Change>,
    /// The fields of a new safeguard's `changes`, or parts of them, that a plan shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headline: Vec<String>,
    pub proof: Vec<Proof>,
    /// The cost of the safeguard itself.
    pub usd_per_month: Usd,
    /// Notes: what was adopted, what was kept and why.
    pub notes: Vec<Note>,
}

/// The default for reports without the field.
fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Ok,
    Missing,
    Drifted,
    /// It exists, though the profile does not want it.
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
    /// Its value: the time a confirmation expires, the call that failed.
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
