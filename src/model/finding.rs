//! One thing that bills.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::charge::Charge;
use super::command::Command;
use super::money::Usd;
use super::place::{AccountId, Region};
use super::words::{Words, words};

/// One thing that bills, and what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
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
    /// Its charges have run without a break since it was created: it cannot be stopped, and does not change.
    #[serde(skip)]
    pub bills_since_creation: bool,
    pub tags: BTreeMap<String, String>,
    /// What made it and would make it again, or goes on using it: end that first.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// One of many small things: the text report tells them together.
    #[serde(default)]
    pub small: bool,
    pub charges: Vec<Charge>,
    pub usd_per_hour: Option<Usd>,
    pub usd_per_month: Option<Usd>,
    /// What it has come to since then, at the list price of today. Only where the charges have run without a break.
    pub usd_since_created: Option<Usd>,
    /// What ends or lowers the charge.
    pub can: Vec<Verb>,
    /// The AWS CLI command for each of `can`.
    pub commands: BTreeMap<Verb, Command>,
    pub notes: Vec<Note>,
}

impl Finding {
    /// A finding of the given id that bills for nothing yet. Account, region and resource type are filled in by the
    /// sweep, which knows them.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            account: "000000000000".parse().unwrap_or_else(|()| unreachable!("twelve digits")),
            region: Region::home(),
            resource: String::new(),
            names: words("", ""),
            id: id.into(),
            arn: None,
            name: None,
            billing: Billing::Running,
            created_at: None,
            bills_since_creation: false,
            tags: BTreeMap::new(),
            owner: None,
            small: false,
            charges: Vec::new(),
            usd_per_hour: None,
            usd_per_month: None,
            usd_since_created: None,
            can: Vec::new(),
            commands: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    #[must_use]
    pub fn named(mut self, name: Option<String>) -> Self {
        self.name = name.filter(|name| !name.is_empty());
        self
    }

    #[must_use]
    pub fn charge(mut self, charge: Charge) -> Self {
        self.charges.push(charge);
        self
    }

    #[must_use]
    pub fn note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }

    /// Adds what can be done about it, with the AWS CLI command (its region is added by the sweep).
    #[must_use]
    pub fn can(mut self, verb: Verb, command: Command) -> Self {
        self.can.push(verb);
        self.commands.insert(verb, command);
        self
    }

    /// Puts what stands in the way of it first, if it can be done at all.
    #[must_use]
    pub fn first(mut self, verb: Verb, step: Command) -> Self {
        if let Some(command) = self.commands.remove(&verb) {
            self.commands.insert(verb, step.then(command));
        }
        self
    }
}

/// What a thing belongs to: the cause, of which the thing is the symptom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Owner {
    /// The id of its resource type: `auto-scaling-group`.
    pub resource: String,
    pub names: Words,
    pub id: String,
    /// The AWS CLI command that ends it, and with it what belongs to it.
    pub command: Option<Command>,
}

/// Whether the thing itself bills, or only what it leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Billing {
    Running,
    /// Only its storage or address bills.
    Stopped,
    /// On its way out, and still billing.
    Ending,
}

/// What ends or lowers a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// It can be started again; its storage goes on billing.
    Stop,
    /// It is gone for good.
    Delete,
}

/// Something to know about a finding: the id of a sentence (`note-…` in `lang`) and what fills its gap,
/// written `restarts-by-itself=2026-11-29T03:00:00Z`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Note(String);

impl Note {
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.to_owned())
    }

    #[must_use]
    pub fn with(id: &str, value: impl fmt::Display) -> Self {
        Self(format!("{id}={value}"))
    }

    #[must_use]
    pub fn id(&self) -> &str {
        self.0.split_once('=').map_or(&self.0, |(id, _)| id)
    }

    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.0.split_once('=').map(|(_, value)| value)
    }
}
