//! How a charge is ended: the calls, and what they lose, leave and save.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::money::Usd;
use super::note::Note;
use super::verb::Verb;

/// A way to end or lower the charges of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Remedy {
    pub verb: Verb,
    /// In this order, each only if the one before succeeded.
    pub steps: Vec<Step>,
    /// Whether it can be undone: a stopped thing is started, a deletion is cancelled in its waiting period.
    pub reversible: bool,
    /// What is lost.
    pub loses: Vec<Loss>,
    /// What is still charged afterwards.
    pub keeps_costing: Vec<Remains>,
    /// A note that AWS undoes it, and when.
    pub comes_back: Option<Note>,
    pub takes: Takes,
    /// The known part of the charges that end; `null` if no part of them is known.
    pub usd_per_month_saved: Option<Usd>,
    /// Whether charges end whose amount is unknown: the figure is then a lower bound.
    pub at_least: bool,
}

/// One command of the AWS CLI, and the call that it makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// The service and the operation, by their names in AWS's models: `opensearch`, `DeleteDomain`.
    pub service: String,
    pub operation: String,
    /// The members of the request.
    pub input: Map<String, Value>,
    /// The waiter in AWS's models whose state it waits for: `VolumeAvailable`. The call is then repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Whether the bucket is emptied first: all versions and unfinished uploads.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub empties: bool,
    /// As it is printed: one step of the finding's command.
    pub command: String,
}

/// What an action loses for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// Its stored data.
    Data,
    /// Backups and snapshots of it.
    Backups,
    /// Its IP addresses or host names, which others may use.
    Address,
    /// A phone number or sender.
    Number,
    /// Key material: what is encrypted with it can never be read again.
    Keys,
    /// Settings that somebody made by hand: rules, dashboards, models.
    Settings,
}

/// What is still charged after an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Remains {
    /// Its disks or stored data.
    Storage,
    /// Its IP address.
    Address,
    /// A last backup that the action makes.
    LastBackup,
    /// Things that it made, which it leaves behind.
    Leftovers,
    /// The extra price of a version past its standard support.
    ExtendedSupport,
    /// A price by the month or for a term, until that is over.
    Term,
}

/// About how long an action takes until AWS has done it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    #[default]
    Seconds,
    Minutes,
    UpToAnHour,
}
