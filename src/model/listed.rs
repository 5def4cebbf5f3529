//! What a resource type says of one thing that it found: what is charged for it, and what can be done about it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::charge::Charge;
use super::command::Command;
use super::finding::{Billing, Note, Owner, Verb};
use super::place::Region;

/// One thing that costs money, as its type lists it. The sweep makes a [`Finding`](super::Finding) of it, which has a place and prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it is, if its type is asked for in one place for all regions.
    pub region: Option<Region>,
    pub id: String,
    pub arn: Option<String>,
    pub name: Option<String>,
    pub billing: Billing,
    pub created_at: Option<Timestamp>,
    /// Its charges have run without a break since it was created: it cannot be stopped, and does not change.
    pub bills_since_creation: bool,
    pub tags: BTreeMap<String, String>,
    /// What made it and would make it again, or goes on using it.
    pub owner: Option<Owner>,
    pub charges: Vec<Charge>,
    /// What ends or lowers the charge.
    pub can: Vec<Verb>,
    /// The AWS CLI command for each of `can`; the sweep adds the region.
    pub commands: BTreeMap<Verb, Command>,
    pub notes: Vec<Note>,
}

impl Listed {
    /// A running thing of the given id that is charged for nothing yet.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            region: None,
            id: id.into(),
            arn: None,
            name: None,
            billing: Billing::Running,
            created_at: None,
            bills_since_creation: false,
            tags: BTreeMap::new(),
            owner: None,
            charges: Vec::new(),
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
