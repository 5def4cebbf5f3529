//! The report of `guardrail stop` and `guardrail delete`: what is planned, what was done, and what is there afterwards.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::Command;
use super::finding::Finding;
use super::gap::Gap;
use super::money::Usd;
use super::note::Note;
use super::place::{Account, Region};
use super::remedy::{Loss, Remains, Takes};
use super::report::is_false;
use super::verb::Verb;
use super::words::Words;

pub const ACTIONS_SCHEMA: &str = "guardrail/actions/v1";

/// The report of `guardrail stop` and `guardrail delete`, and of `--log`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActionReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub account: Account,
    /// In the order of doing.
    pub actions: Vec<ActionRow>,
    /// What was chosen and is left alone.
    pub refused: Vec<Refusal>,
    pub gaps: Vec<Gap>,
    pub totals: Savings,
    /// Notes about the run as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The user ended the run before everything was done.
    #[serde(default, skip_serializing_if = "is_false")]
    pub interrupted: bool,
}

/// The sum of what the actions save a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Savings {
    pub usd_per_month_saved: Usd,
    /// A lower bound: something has no known price.
    pub at_least: bool,
}

/// One thing that is stopped or deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActionRow {
    /// The key of the finding.
    pub key: String,
    pub verb: Verb,
    pub region: Region,
    pub resource: String,
    pub names: Words,
    pub id: String,
    pub name: Option<String>,
    /// The key of the first thing of the decision that this is part of: they end together.
    pub decision: String,
    /// What the decision ends, where that is no finding: a stopped instance, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// The keys of the things that have to end first.
    pub after: Vec<String>,
    /// Empty if AWS deletes it with the first thing of the decision.
    pub steps: Vec<StepRow>,
    /// Whether it can be undone.
    pub reversible: bool,
    pub loses: Vec<Loss>,
    pub keeps_costing: Vec<Remains>,
    /// A note that AWS undoes it, and when.
    pub comes_back: Option<Note>,
    pub takes: Takes,
    /// The known part of the charges that end; `null` if no part of them is known.
    pub usd_per_month_saved: Option<Usd>,
    /// Whether charges end whose amount is unknown: the figure is then a lower bound.
    pub at_least: bool,
    /// `null` before it is done.
    pub verified: Option<Verified>,
}

/// One call, or one wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepRow {
    /// As the AWS CLI would do it.
    pub command: String,
    pub result: StepResult,
    #[schemars(with = "Option<String>")]
    pub at: Option<Timestamp>,
    /// AWS's message, shortened to one line.
    pub message: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepResult {
    Planned,
    Done,
    Failed,
    /// A step before it failed, or what it depends on is still there.
    Skipped,
}

/// The state of a thing after the run, as its type lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verified {
    Gone,
    Ending,
    Stopped,
    StillThere,
    /// It could not be listed.
    Unknown,
}

impl Verified {
    /// Whether the charge has ended as far as the action ends it.
    #[must_use]
    pub const fn is_proof(self) -> bool {
        matches!(self, Self::Gone | Self::Ending | Self::Stopped)
    }
}

/// A thing that was chosen and is left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    pub key: String,
    pub region: Region,
    pub resource: String,
    pub names: Words,
    pub id: String,
    pub name: Option<String>,
    pub why: Why,
    /// More about the reason: what keeps it, what owns it, what changed.
    pub about: Option<String>,
    /// Why no command ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Note>,
    /// What to do instead.
    pub instead: Option<Command>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It is not as it was in the plan, or in the report that chose it.
    Changed,
    /// The profile keeps it.
    Kept,
    /// Something else created it, and would create it again or loses it.
    Owned,
    /// It is attached to something that is not chosen.
    Attached,
    /// Something that is kept would end with it.
    EndsKept,
    /// guardrail set it up: `guardrail remove` removes it.
    Guardrail,
    /// AWS protects it from deletion: `--remove-protection`.
    Protected,
    /// It cannot be stopped, only deleted.
    CannotStop,
    /// Only stopping ends or lowers the charge.
    CannotDelete,
    /// No command ends the charge.
    NoRemedy,
    /// It is already being deleted.
    Ending,
}

/// One line of the action log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    pub at: Timestamp,
    /// The begin of the run.
    pub run: Timestamp,
    pub key: String,
    pub verb: Verb,
    /// From 1 on; 0 for the verification.
    pub step: usize,
    pub of: usize,
    pub command: String,
    pub event: Event,
    pub message: Option<String>,
    pub verified: Option<Verified>,
    pub usd_per_month_saved: Option<Usd>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// Written before a call.
    Begun,
    /// Written after it.
    Done,
    Failed,
    /// Written after everything was listed again.
    Verified,
}

impl ActionReport {
    #[must_use]
    pub fn new(account: Account, made_at: Timestamp) -> Self {
        Self {
            schema: ACTIONS_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            account,
            actions: Vec::new(),
            refused: Vec::new(),
            gaps: Vec::new(),
            totals: Savings::default(),
            notes: Vec::new(),
            interrupted: false,
        }
    }

    /// The same with the sum of these actions.
    #[must_use]
    pub fn summed(mut self) -> Self {
        let counts = |row: &&ActionRow| row.verified.is_none_or(Verified::is_proof);
        let rows = || self.actions.iter().filter(counts);
        self.totals = Savings {
            usd_per_month_saved: rows().filter_map(|row| row.usd_per_month_saved).sum::<Usd>().monthly(),
            at_least: rows().any(|row| row.at_least || row.usd_per_month_saved.is_none()),
        };
        self
    }
}

impl ActionRow {
    #[must_use]
    pub fn failed(&self) -> bool {
        self.steps.iter().any(|step| step.result == StepResult::Failed)
    }

    /// AWS's message of the step that failed.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        let failed = self.steps.iter().find(|step| step.result == StepResult::Failed)?;
        Some(failed.message.as_deref().unwrap_or_default())
    }
}

impl StepRow {
    #[must_use]
    pub fn planned(command: String) -> Self {
        Self { command, result: StepResult::Planned, at: None, message: None }
    }
}

impl Refusal {
    #[must_use]
    pub fn of(finding: &Finding, why: Why) -> Self {
        Self {
            key: finding.key.clone(),
            region: finding.region.clone(),
            resource: finding.resource.clone(),
            names: finding.names.clone(),
            id: finding.id.clone(),
            name: finding.name.clone(),
            why,
            about: None,
            because: None,
            instead: None,
        }
    }

    #[must_use]
    pub fn about(self, about: impl Into<String>) -> Self {
        Self { about: Some(about.into()), ..self }
    }

    #[must_use]
    pub fn because(self, because: Option<Note>) -> Self {
        Self { because, ..self }
    }

    #[must_use]
    pub fn instead(self, instead: Option<Command>) -> Self {
        Self { instead, ..self }
    }
}
