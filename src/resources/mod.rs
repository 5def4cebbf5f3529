//! The catalogue of resource types: a folder for each family, a file for each type.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod all;
mod analytics;
mod chosen;
mod commitments;
mod compute;
mod containers;
mod databases;
mod desktops;
mod details;
mod developer;
mod ec2;
mod extended_support;
mod family;
mod lifecycle;
mod lightsail;
mod machine_learning;
mod management;
mod media;
mod messaging;
mod migration;
mod network;
mod owner_tags;
mod paging;
mod reading;
mod resource;
mod security;
mod sizes;
mod storage;
mod usage_only;

pub use all::{ALL, FAMILIES};
pub use chosen::{chosen, matches, unknown};
pub use family::Family;
pub use owner_tags::owner_by_tags;
pub use resource::{Listing, Owned, Resource};
pub use usage_only::is_usage_only;

/// The type of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Resource> {
    ALL.iter().find(|resource| resource.id == id).copied()
}

/// Whether a resource type covers this service of the bill.
#[must_use]
pub fn covers(service: &str) -> bool {
    ALL.iter().any(|resource| resource.billed_as.contains(&service))
}
