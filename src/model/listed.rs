//! One thing as its resource type lists it: its charges, and the commands that end them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::charge::Charge;
use super::command::Command;
use super::finding::{Billing, Owner};
use super::note::Note;
use super::place::Region;
use super::remedy::{Loss, Takes};
use super::verb::Verb;

/// One charged thing, as its type lists it. The sweep makes a [`Finding`](super::Finding) of it, with a place and prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its region, if its type lists all regions in one place.
    pub region: Option<Region>,
    pub id: String,
    pub arn: Option<String>,
    pub name: Option<String>,
    pub billing: Billing,
    pub created_at: Option<Timestamp>,
    /// Whether its charges have run without a break since it was created: it cannot be stopped, and does not change.
    pub bills_since_creation: bool,
    pub tags: BTreeMap<String, String>,
    /// The thing that created it and would recreate it, or that still uses it.
    pub owner: Option<Owner>,
    pub charges: Vec<Charge>,
    /// The actions that end or lower the charge.
    pub can: Vec<Verb>,
    /// The AWS CLI command for each of `can`; the sweep adds the region.
    pub commands: BTreeMap<Verb, Command>,
    /// What deleting it loses for good.
    pub loses: Vec<Loss>,
    /// What stopping it loses.
    pub stop_loses: Vec<Loss>,
    /// About how long AWS takes to delete it; by default seconds, and minutes for what is charged by the hour.
    pub deleted_in: Option<Takes>,
    /// Whether its deletion has a waiting period, in which it can be cancelled.
    pub undoable: bool,
    /// What shows its contents, to be run before it is deleted.
    pub look: Option<Command>,
    pub notes: Vec<Note>,
}

impl Listed {
    /// A running thing with this id, without charges.
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
            loses: Vec::new(),
            stop_loses: Vec::new(),
            deleted_in: None,
            undoable: false,
            look: None,
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

    /// Adds an action with its AWS CLI command; the sweep adds the region.
    #[must_use]
    pub fn can(mut self, verb: Verb, command: Command) -> Self {
        self.can.push(verb);
        self.commands.insert(verb, command);
        self
    }

    /// Says what deleting it loses for good.
    #[must_use]
    pub fn loses(mut self, loss: Loss) -> Self {
        self.loses.push(loss);
        self
    }

    /// Says about how long AWS takes to delete it.
    #[must_use]
    pub fn deleted_in(mut self, takes: Takes) -> Self {
        self.deleted_in = Some(takes);
        self
    }

    /// Says that its deletion can be cancelled in a waiting period.
    #[must_use]
    pub fn undoable(mut self) -> Self {
        self.undoable = true;
        self
    }

    /// Adds the command that shows its contents (its region is added by the sweep).
    #[must_use]
    pub fn look(mut self, command: Command) -> Self {
        self.look = Some(command);
        self
    }

    /// Prepends a prerequisite step to the command for `verb`, if there is one.
    #[must_use]
    pub fn first(mut self, verb: Verb, step: Command) -> Self {
        if let Some(command) = self.commands.remove(&verb) {
            self.commands.insert(verb, step.then(command));
        }
        self
    }
}
