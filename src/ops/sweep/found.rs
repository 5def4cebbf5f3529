//! One thing that a sweep found: its type, where it is, and how its type lists it.

use crate::model::{Listed, Region, Scope};
use crate::resources::{Resource, owner_by_tags};

#[derive(Debug, Clone)]
pub struct Found {
    pub region: Region,
    pub resource: &'static Resource,
    pub listed: Listed,
}

impl Found {
    /// The region is the one that was asked. Only a type that is listed in one place for all regions names another.
    #[must_use]
    pub fn new(asked_in: &Region, resource: &'static Resource, mut listed: Listed) -> Self {
        let region = listed.region.take().filter(|_| resource.scope == Scope::Global);
        let region = region.unwrap_or_else(|| asked_in.clone());
        let commands = listed.commands.into_iter();
        listed.commands = commands.map(|(verb, command)| (verb, command.in_region(&region))).collect();
        let owner = listed.owner.or_else(|| owner_by_tags(&listed.tags));
        listed.owner = owner.map(|owner| owner.in_region(&region));
        Self { region, resource, listed }
    }

    /// The order of a report's keys, the same in every sweep.
    pub(super) fn order(&self) -> impl Ord + '_ {
        let Self { region, resource, listed } = self;
        (region, resource.id, &listed.id, &listed.arn, listed.created_at, &listed.name)
    }
}
