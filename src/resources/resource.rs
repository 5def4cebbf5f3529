//! What a resource type is: data, and one function that lists what bills.

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

/// One type of thing that can bill. Only values vary, so it is data.
pub struct Resource {
    /// Kebab-case, the same as the name of its file.
    pub id: &'static str,
    pub names: Words,
    /// How it bills, in a sentence.
    pub bills: Words,
    pub scope: Scope,
    /// One of many that cost little each: the text report tells them together.
    pub small: bool,
    /// Where its charges stand on the bill: the values of `ServiceName` in AWS's billing metric, which are the service codes
    /// of its price list entries.
    pub billed_as: &'static [&'static str],
    /// The operations that list it, the list itself first.
    pub asks: &'static [&'static dyn Asks],
    /// The IAM actions that stopping or deleting it needs.
    pub writes: &'static [&'static str],
    pub list: for<'a> fn(&'a Cx) -> BoxFuture<'a, Result<Listing>>,
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Resource {
    /// The IAM actions that listing it needs, each once. They live as long as the program.
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

    /// The prefix of its service's endpoints in AWS's public endpoint data (`src/aws/endpoints.txt`), which says where it is
    /// offered.
    #[must_use]
    pub fn endpoint(&self) -> &'static str {
        self.asks.first().map_or("", |asked| asked.endpoint())
    }

    /// Where it is asked for: in each of the regions that offer it, or in its home.
    #[must_use]
    pub fn asked_in(&self, regions: &[Region]) -> Vec<Region> {
        match self.scope {
            Scope::Global => vec![Region::home()],
            Scope::Only(region) => vec![Region::new(region)],
            Scope::Region => regions.iter().filter(|region| self.may_be_in(region)).cloned().collect(),
        }
    }

    /// One of this type as the owner of other things, and the command that ends it with them.
    #[must_use]
    pub fn owner(&self, id: &str, command: impl Into<Option<Command>>) -> Owner {
        Owner { resource: self.id.to_owned(), names: self.names.clone(), id: id.to_owned(), command: command.into() }
    }

    /// Whether AWS offers its service in the region, as far as that is known.
    #[must_use]
    pub fn may_be_in(&self, region: &Region) -> bool {
        offered(self.endpoint(), region) != Some(false)
    }
}

/// What bills, and what could not be told about it.
#[derive(Default)]
pub struct Listing {
    pub findings: Vec<Listed>,
    /// Detail calls that failed. Their findings are kept.
    pub faults: Vec<Error>,
    /// Things of other types, or of this one, that belong to what was listed.
    pub owned: Vec<Owned>,
    /// What else counts against a free allowance: its kind and how much.
    pub used: Vec<(&'static str, Decimal)>,
}

/// A thing and its owner.
pub struct Owned {
    /// The id of the thing's type: ids are unique within a type only.
    pub resource: &'static str,
    /// Its ARN, or its id where AWS gives no ARN; in the same region.
    pub thing: String,
    pub owner: Owner,
}

impl From<Vec<Listed>> for Listing {
    fn from(findings: Vec<Listed>) -> Self {
        Self { findings, ..Self::default() }
    }
}
