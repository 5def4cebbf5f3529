//! One thing that a sweep found: its type, its region and its listed data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::stored::Stored;
use crate::model::{Command, Listed, Note, Region, Scope};
use crate::resources::{Resource, owner_by_tags};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(into = "Stored", try_from = "Stored")]
pub struct Found {
    pub region: Region,
    pub resource: &'static Resource,
    pub listed: Listed,
}

impl Found {
    /// `asked_in` is the region, unless the type lists all regions in one: then its answer names another.
    #[must_use]
    pub fn new(asked_in: &Region, resource: &'static Resource, mut listed: Listed) -> Self {
        let region = listed.region.take().filter(|_| resource.scope == Scope::Global);
        let region = region.unwrap_or_else(|| asked_in.clone());
        let (commands, misread): (BTreeMap<_, _>, BTreeMap<_, _>) =
            listed.commands.into_iter().partition(|(_, command)| command.is_sound());
        if !misread.is_empty() {
            listed.notes.push(Note::new("no-command"));
        }
        listed.commands = commands.into_iter().map(|(verb, command)| (verb, command.in_region(&region))).collect();
        listed.look = listed.look.filter(Command::is_sound).map(|command| command.in_region(&region));
        let owner = listed.owner.or_else(|| owner_by_tags(&listed.tags));
        listed.owner = owner.map(|owner| owner.in_region(&region));
        Self { region, resource, listed }
    }

    /// The order of a report's findings, the same in every sweep.
    pub(super) fn order(&self) -> impl Ord + '_ {
        let Self { region, resource, listed } = self;
        (region, resource.id, &listed.id, &listed.arn, listed.created_at, &listed.name)
    }
}

impl From<Found> for Stored {
    fn from(Found { region, resource, listed }: Found) -> Self {
        Self::of(region, resource, listed)
    }
}

impl TryFrom<Stored> for Found {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let (region, resource, listed) = stored.read()?;
        Ok(Self { region, resource, listed })
    }
}
