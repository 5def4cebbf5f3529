//! What can bill. One file for each type; `ALL` is the catalogue.

mod classic_load_balancer;
mod cloudsearch_domain;
mod database_clusters;
mod database_instances;
mod dax_cluster;
mod dms_replication_instance;
mod dms_serverless_replication;
mod docdb_cluster;
mod docdb_elastic_cluster;
mod docdb_instance;
mod dynamodb_charges;
mod dynamodb_table;
mod ec2_address;
mod ec2_instance;
mod ec2_nat_gateway;
mod ec2_snapshot;
mod ec2_volume;
mod elasticache_cluster;
mod elasticache_serverless_cache;
mod elasticache_snapshot;
mod lifecycle;
mod load_balancer;
mod memorydb_cluster;
mod memorydb_snapshot;
mod neptune_analytics_graph;
mod neptune_cluster;
mod neptune_instance;
mod opensearch_charges;
mod opensearch_domain;
mod rds_charges;
mod rds_cluster;
mod rds_instance;
mod rds_proxy;
mod rds_reading;
mod rds_retained_backup;
mod rds_shard_group;
mod rds_snapshot;
mod reading;
mod redshift_charges;
mod redshift_cluster;
mod redshift_serverless_snapshot;
mod redshift_serverless_workgroup;
mod redshift_snapshot;
mod sizes;
mod timestream_influxdb_charges;
mod timestream_influxdb_cluster;
mod timestream_influxdb_instance;

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
    // Databases, caches and search.
    &elasticache_cluster::RESOURCE,
    &elasticache_serverless_cache::RESOURCE,
    &redshift_cluster::RESOURCE,
    &redshift_serverless_workgroup::RESOURCE,
    &memorydb_cluster::RESOURCE,
    &dax_cluster::RESOURCE,
    &dynamodb_table::RESOURCE,
    &dms_replication_instance::RESOURCE,
    &dms_serverless_replication::RESOURCE,
    &timestream_influxdb_instance::RESOURCE,
    &timestream_influxdb_cluster::RESOURCE,
    &docdb_elastic_cluster::RESOURCE,
    &neptune_analytics_graph::RESOURCE,
    &docdb_instance::RESOURCE,
    &docdb_cluster::RESOURCE,
    &neptune_instance::RESOURCE,
    &neptune_cluster::RESOURCE,
    &rds_retained_backup::RESOURCE,
    &rds_proxy::RESOURCE,
    &rds_shard_group::RESOURCE,
    &elasticache_snapshot::RESOURCE,
    &memorydb_snapshot::RESOURCE,
    &redshift_snapshot::RESOURCE,
    &redshift_serverless_snapshot::RESOURCE,
    &cloudsearch_domain::RESOURCE,
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
