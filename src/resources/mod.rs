//! What can bill. One file for each type; `ALL` is the catalogue.

mod appstream_fleet;
mod appstream_image_builder;
mod appstream_volume;
mod backup_recovery_point;
mod classic_load_balancer;
mod cloudhsm_cluster;
mod directory;
mod drs_source_server;
mod ec2_address;
mod ec2_instance;
mod ec2_nat_gateway;
mod ec2_snapshot;
mod ec2_volume;
mod efs_file_system;
mod fsx_backup;
mod fsx_charges;
mod fsx_file_system;
mod gamelift_capacity;
mod gamelift_fleet;
mod load_balancer;
mod mediaconnect_flow;
mod mediaconvert_queue;
mod medialive_channel;
mod medialive_input;
mod mgn_source_server;
mod opensearch_charges;
mod opensearch_domain;
mod private_ca;
mod quicksight_subscription;
mod rds_charges;
mod rds_cluster;
mod rds_instance;
mod rds_reading;
mod rds_snapshot;
mod reading;
mod s3_bucket;
mod s3_charges;
mod s3_sizes;
mod storage_gateway;
mod stored_bytes;
mod token_pages;
mod transfer_server;
mod transfer_web_app;
mod workspace;
mod workspaces_pool;
mod workspaces_web_portal;

use futures::future::BoxFuture;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::aws::endpoints::offered;
use crate::error::{Error, Result};
use crate::model::{Finding, Owner, Region, Scope, Words};

/// One type of thing that can bill. Only values vary, so it is data.
pub struct Resource {
    /// Kebab-case, the same as the name of its file.
    pub id: &'static str,
    pub names: Words,
    /// How it bills, in a sentence.
    pub bills: Words,
    pub scope: Scope,
    /// The prefix of its service's endpoints in AWS's public endpoint data (`src/aws/endpoints.txt`), which says where it is offered.
    pub endpoint: &'static str,
    /// One of many that cost little each: the text report tells them together.
    pub small: bool,
    /// Where its charges stand on the bill: the values of `ServiceName` in AWS's billing metric, which are the service codes
    /// of its price list entries.
    pub billed_as: &'static [&'static str],
    /// The IAM actions that listing it needs.
    pub reads: &'static [&'static str],
    /// The IAM actions that stopping or deleting it needs.
    pub writes: &'static [&'static str],
    pub list: for<'a> fn(&'a Cx) -> BoxFuture<'a, Result<Listing>>,
}

impl Resource {
    /// Where it is asked for: in each of the regions that offer it, or in its home.
    #[must_use]
    pub fn asked_in(&self, regions: &[Region]) -> Vec<Region> {
        match self.scope {
            Scope::Global => vec![Region::home()],
            Scope::Only(region) => vec![Region::new(region)],
            Scope::Region => regions.iter().filter(|region| self.may_be_in(region)).cloned().collect(),
        }
    }

    /// Whether AWS offers its service in the region, as far as that is known.
    #[must_use]
    pub fn may_be_in(&self, region: &Region) -> bool {
        offered(self.endpoint, region) != Some(false)
    }
}

/// What bills, and what could not be told about it.
#[derive(Default)]
pub struct Listing {
    pub findings: Vec<Finding>,
    /// Detail calls that failed. Their findings are kept.
    pub faults: Vec<Error>,
    /// Things of other types, or of this one, that belong to what was listed.
    pub owned: Vec<Owned>,
    /// What else counts against a free allowance: its kind and how much.
    pub used: Vec<(&'static str, Decimal)>,
}

/// A thing and what it belongs to.
pub struct Owned {
    /// The id or the ARN of its finding, in the same region.
    pub thing: String,
    pub owner: Owner,
}

impl From<Vec<Finding>> for Listing {
    fn from(findings: Vec<Finding>) -> Self {
        Self { findings, ..Self::default() }
    }
}

/// Every type, in the order of the catalogue.
pub static ALL: &[&Resource] = &[
    &ec2_instance::RESOURCE,
    &ec2_volume::RESOURCE,
    &ec2_snapshot::RESOURCE,
    &ec2_address::RESOURCE,
    &ec2_nat_gateway::RESOURCE,
    &load_balancer::RESOURCE,
    &classic_load_balancer::RESOURCE,
    &rds_instance::RESOURCE,
    &rds_cluster::RESOURCE,
    &rds_snapshot::RESOURCE,
    &opensearch_domain::RESOURCE,
    // Storage, desktops and media.
    &efs_file_system::RESOURCE,
    &fsx_file_system::RESOURCE,
    &fsx_backup::RESOURCE,
    &directory::RESOURCE,
    &workspace::RESOURCE,
    &quicksight_subscription::RESOURCE,
    &transfer_server::RESOURCE,
    &transfer_web_app::RESOURCE,
    &cloudhsm_cluster::RESOURCE,
    &private_ca::RESOURCE,
    &appstream_fleet::RESOURCE,
    &appstream_image_builder::RESOURCE,
    &workspaces_pool::RESOURCE,
    &workspaces_web_portal::RESOURCE,
    &gamelift_fleet::RESOURCE,
    &medialive_channel::RESOURCE,
    &medialive_input::RESOURCE,
    &mediaconnect_flow::RESOURCE,
    &mediaconvert_queue::RESOURCE,
    &storage_gateway::RESOURCE,
    &drs_source_server::RESOURCE,
    &mgn_source_server::RESOURCE,
    &backup_recovery_point::RESOURCE,
    &s3_bucket::RESOURCE,
];

/// The type of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Resource> {
    ALL.iter().find(|resource| resource.id == id).copied()
}

/// Whether things of this service on the bill are looked for.
#[must_use]
pub fn covers(service: &str) -> bool {
    ALL.iter().any(|resource| resource.billed_as.contains(&service))
}
