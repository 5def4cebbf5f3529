//! The report of `guardrail schedule`: the parts of the nightly run in AWS, and whether it works.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::change::{Action, Change};
use super::gap::Gap;
use super::money::Usd;
use super::place::{Account, Region};
use super::report::{Outcome, Proof, State, Verdict};
use super::words::Words;

pub const SCHEDULE_SCHEMA: &str = "guardrail/schedule/v1";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScheduleReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    /// The account that the nightly run is in, and its region.
    pub account: Account,
    pub region: Region,
    /// The organisation that is swept; `null` if it is this account alone.
    pub organization: Option<String>,
    /// Only some regions or types are swept.
    #[serde(default)]
    pub partial: bool,
    /// How many accounts a run sweeps today; `null` if that could not be read.
    pub accounts: Option<usize>,
    /// The time of day, such as `03:00`, in this time zone; `null` if there is no schedule and none is planned.
    pub at: Option<String>,
    pub time_zone: Option<String>,
    pub emails: Vec<String>,
    /// The address from which SES sends the mail; `null` if SNS sends it.
    #[serde(default)]
    pub sender: Option<String>,
    /// In the order of creation.
    pub parts: Vec<SchedulePart>,
    /// Whether the run works and its mail arrives.
    pub proof: Vec<Proof>,
    /// The most that a run costs, for all its accounts.
    pub usd_per_run: Usd,
    /// The most that all of it costs with a run every night.
    pub usd_per_month: Usd,
    /// The newest run; `null` before the first.
    pub last_run: Option<ScheduleRun>,
    /// The folder of all reports: `s3://bucket/runs/`.
    pub reports: Option<String>,
    pub gaps: Vec<Gap>,
}

/// One part: a stack, or a `StackSet`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SchedulePart {
    pub id: String,
    pub names: Words,
    /// Its name in CloudFormation.
    pub name: String,
    pub state: State,
    pub action: Action,
    /// `null` for a comparison (`--check`).
    pub result: Option<Outcome>,
    pub changes: Vec<Change>,
}

/// One run of the state machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScheduleRun {
    pub name: String,
    /// AWS's word: `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED`.
    pub status: String,
    #[schemars(with = "Option<String>")]
    pub started_at: Option<Timestamp>,
    /// Why it failed.
    pub message: Option<String>,
    /// `null` until it has succeeded.
    pub verdict: Option<Verdict>,
    pub accounts: Option<usize>,
    pub swept: Option<usize>,
    pub report: Option<String>,
}
