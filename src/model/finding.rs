//! One row of a sweep: a charged thing with its key.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::charge::Charge;
use super::command::Command;
use super::creator::CreatedBy;
use super::money::Usd;
use super::note::Note;
use super::place::{AccountId, Region};
use super::remedy::Remedy;
use super::spent::Spent;
use super::verb::Verb;
use super::words::Words;

/// One charged thing, and its charges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// `account/region/resource/id`: the same in every sweep, and unique in a report.
    #[serde(default)]
    pub key: String,
    pub account: AccountId,
    pub region: Region,
    /// The id of its resource type: `ec2-instance`.
    pub resource: String,
    pub names: Words,
    pub id: String,
    pub arn: Option<String>,
    pub name: Option<String>,
    pub billing: Billing,
    #[schemars(with = "Option<String>")]
    pub created_at: Option<Timestamp>,
    /// The first sweep in the history that found it; `null` without a history.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub first_seen: Option<Timestamp>,
    /// Whether the earlier sweep did not find it; `null` if there is none, or if it could not look there.
    #[serde(default)]
    pub new: Option<bool>,
    /// Who created it; `null` if that was not asked (`--who`).
    #[serde(default)]
    pub created_by: Option<CreatedBy>,
    pub tags: BTreeMap<String, String>,
    /// The thing that created it and would recreate it, or that still uses it: delete that first.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// One of many small things: the text report groups them.
    #[serde(default)]
    pub small: bool,
    pub charges: Vec<Charge>,
    pub usd_per_hour: Option<Usd>,
    pub usd_per_month: Option<Usd>,
    /// Its cost since then, at today's list price. Only if the charges have run without a break.
    pub usd_since_created: Option<Usd>,
    /// Its cost so far, since it was created or since a sweep first saw it; `null` if that is not known.
    #[serde(default)]
    pub spent: Option<Spent>,
    /// The actions that end or lower the charge.
    pub can: Vec<Verb>,
    /// The AWS CLI command for each of `can`.
    pub commands: BTreeMap<Verb, Command>,
    /// The calls of each of `commands`, and what they lose, leave and save.
    #[serde(default)]
    pub remedies: Vec<Remedy>,
    /// The AWS CLI command that shows its contents, to be run before it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Command>,
    /// The profile keeps it on purpose. It is still charged, and still reported.
    #[serde(default)]
    pub exempt: Option<Exemption>,
    pub notes: Vec<Note>,
}

/// Why a finding is kept on purpose, and its last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exemption {
    pub reason: String,
    #[schemars(with = "String")]
    pub until: Date,
}

#[cfg(test)]
impl Finding {
    /// A finding for tests of rendering and grouping.
    ///
    /// # Panics
    /// Never: the account is a number of twelve digits.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self {
            key: id.to_owned(),
            account: "000000000000".parse().unwrap(),
            region: Region::home(),
            resource: String::new(),
            names: super::words("", ""),
            id: id.to_owned(),
            arn: None,
            name: None,
            billing: Billing::Running,
            created_at: None,
            first_seen: None,
            new: None,
            created_by: None,
            tags: BTreeMap::new(),
            owner: None,
            small: false,
            charges: Vec::new(),
            usd_per_hour: None,
            usd_per_month: None,
            usd_since_created: None,
            spent: None,
            can: Vec::new(),
            commands: BTreeMap::new(),
            remedies: Vec::new(),
            look: None,
            exempt: None,
            notes: Vec::new(),
        }
    }
}

/// The thing to which another belongs: the cause, of which that is the symptom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Owner {
    /// The id of its resource type: `auto-scaling-group`.
    pub resource: String,
    pub names: Words,
    pub id: String,
    /// The AWS CLI command that deletes it and everything that belongs to it.
    pub command: Option<Command>,
    /// The calls of `command`. What it saves is that of all findings that belong to it.
    #[serde(default)]
    pub remedy: Option<Box<Remedy>>,
}

impl Owner {
    /// The same owner, its command in this region; none that the AWS CLI would misread.
    #[must_use]
    pub fn in_region(self, region: &Region) -> Self {
        let command = self.command.filter(Command::is_sound).map(|command| command.in_region(region));
        Self { command, ..self }
    }
}

/// Whether the thing itself is charged, or only what it leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Billing {
    Running,
    /// Only its storage or address is charged.
    Stopped,
    /// It is being deleted, and is still charged.
    Ending,
}
