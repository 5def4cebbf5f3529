//! The owners that types name for things of other types, so that people delete the cause and not the symptom.

use std::collections::BTreeMap;

use super::found::Found;
use crate::model::{Owner, Region};
use crate::resources::Owned;

/// Owners by region, type, and id or ARN of the owned thing.
#[derive(Default)]
pub(super) struct OwnershipIndex(BTreeMap<(Region, &'static str, String), Owner>);

impl OwnershipIndex {
    pub fn add(&mut self, region: &Region, owned: Vec<Owned>) {
        for Owned { resource, thing, owner } in owned {
            self.0.insert((region.clone(), resource, thing), owner.in_region(region));
        }
    }

    /// Sets the owner of each thing that has one. A thing never owns itself.
    pub fn apply(&self, found: &mut [Found]) {
        for Found { region, resource, listed } in found {
            let of = |thing: &String| self.0.get(&(region.clone(), resource.id, thing.clone()));
            let owner = listed.arn.as_ref().and_then(of).or_else(|| of(&listed.id));
            if let Some(owner) = owner.filter(|owner| (&*owner.resource, &*owner.id) != (resource.id, &*listed.id)) {
                listed.owner = Some(owner.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Listed, words};
    use crate::resources;

    fn index(resource: &'static str, thing: &str) -> OwnershipIndex {
        let owner = Owner {
            resource: "bedrock-knowledge-base".into(),
            names: words("", ""),
            id: "KB1".into(),
            command: None,
            remedy: None,
        };
        let mut index = OwnershipIndex::default();
        index.add(&Region::home(), vec![Owned { resource, thing: thing.to_owned(), owner }]);
        index
    }

    fn at(region: &str, resource: &str, listed: Listed) -> Found {
        Found::new(&Region::new(region), resources::find(resource).unwrap(), listed)
    }

    fn owners(index: &OwnershipIndex, mut found: Vec<Found>) -> Vec<Option<String>> {
        index.apply(&mut found);
        found.into_iter().map(|it| it.listed.owner.map(|owner| owner.id)).collect()
    }

    #[test]
    fn an_owner_is_known_in_its_region() {
        let volume = || Listed { arn: Some("arn:volume".into()), ..Listed::new("v") };
        let found = vec![at("us-east-1", "ec2-volume", volume()), at("eu-west-1", "ec2-volume", volume())];
        assert_eq!(owners(&index("ec2-volume", "arn:volume"), found), [Some("KB1".to_owned()), None]);
    }

    #[test]
    fn two_things_of_one_name_have_each_their_own_owner() {
        let study = |resource| at("us-east-1", resource, Listed::new("study"));
        let found = vec![study("ec2-volume"), study("ec2-snapshot")];
        assert_eq!(owners(&index("ec2-snapshot", "study"), found), [None, Some("KB1".to_owned())]);
    }
}
