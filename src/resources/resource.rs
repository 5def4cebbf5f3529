//! What a resource type is: its data, and a function that lists its charged things.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::aws::Cx;
use crate::aws::api::Asks;
use crate::aws::endpoints::offered;
use crate::error::{Error, Result};
use crate::model::{Command, Listed, Owner, Region, Scope, Words};
use futures::future::BoxFuture;
use rust_decimal::Decimal;

/// One type of thing that can be charged. Only values vary between types, so a type is data.
pub struct Resource {
    /// Kebab-case, equal to the name of its file.
    pub id: &'static str,
    pub names: Words,
    /// How it is charged, in a sentence.
    pub bills: Words,
    pub scope: Scope,
    /// Many things that cost little each: the text report groups them.
    pub small: bool,
    /// Its services on the bill: the values of `ServiceName` in AWS's billing metric, which are the service codes of its price
    /// list entries.
    pub billed_as: &'static [&'static str],
    /// The operations that read it, the list itself first.
    pub asks: &'static [&'static dyn Asks],
    /// The IAM actions that stopping or deleting it requires.
    pub writes: &'static [&'static str],
    /// The types of which things may belong to things of this type or be attached to them: what uses them is known only where this
    /// type is listed, too.
    pub owns: &'static [&'static str],
    pub list: for<'a> fn(&'a Cx) -> BoxFuture<'a, Result<Listing>>,
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Resource {
    /// The IAM actions that listing it requires, each once. They live as long as the program.
    #[must_use]
    pub fn reads(&self) -> &'static [&'static str] {
        static READS: Mutex<BTreeMap<&str, &[&str]>> = Mutex::new(BTreeMap::new());
        let mut known = READS.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(self.id).or_insert_with(|| {
            let mut actions = Vec::new();
            for action in self.asks.iter().map(|asked| asked.action()) {
                if !actions.contains(&action) {
                    actions.push(action);
                }
            }
            actions.leak()
        })
    }

    /// The endpoint prefix of its service in AWS's public endpoint data (`src/aws/endpoints.txt`), which lists the regions that
    /// offer it.
    #[must_use]
    pub fn endpoint(&self) -> &'static str {
        self.asks.first().map_or("", |asked| asked.endpoint())
    }

    /// The regions to list it in: those that offer it, or its home.
    #[must_use]
    pub fn asked_in(&self, regions: &[Region]) -> Vec<Region> {
        match self.scope {
            Scope::Global => vec![Region::home()],
            Scope::Only(region) => vec![Region::new(region)],
            Scope::Region => regions.iter().filter(|region| self.may_be_in(region)).cloned().collect(),
        }
    }

    /// A thing of this type as the owner of other things, and the command that deletes it with them.
    #[must_use]
    pub fn owner(&self, id: &str, command: impl Into<Option<Command>>) -> Owner {
        Owner {
            resource: self.id.to_owned(),
            names: self.names.clone(),
            id: id.to_owned(),
            command: command.into(),
            remedy: None,
        }
    }

    /// Whether AWS offers its service in the region; true if that is not known.
    #[must_use]
    pub fn may_be_in(&self, region: &Region) -> bool {
        offered(self.endpoint(), region) != Some(false)
    }
}

/// The charged things of one type and region, and the calls that failed.
#[derive(Default)]
pub struct Listing {
    pub findings: Vec<Listed>,
    /// Detail calls that failed. Their findings are kept.
    pub faults: Vec<Error>,
    /// Things of this or other types that belong to the listed ones.
    pub owned: Vec<Owned>,
    /// Further use of a free allowance: its kind and amount.
    pub used: Vec<(&'static str, Decimal)>,
}

/// A thing and its owner.
pub struct Owned {
    /// The type of the thing: ids are unique only within a type.
    pub resource: &'static str,
    /// Its ARN, or its id if AWS gives it no ARN; in the same region.
    pub thing: String,
    pub owner: Owner,
}

impl From<Vec<Listed>> for Listing {
    fn from(findings: Vec<Listed>) -> Self {
        Self { findings, ..Self::default() }
    }
}
