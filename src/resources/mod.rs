//! What can bill. One file for each type; `ALL` is the catalogue.

mod classic_load_balancer;
mod ec2_address;
mod ec2_instance;
mod ec2_nat_gateway;
mod ec2_snapshot;
mod ec2_volume;
mod load_balancer;
mod opensearch_charges;
mod opensearch_domain;
mod rds_charges;
mod rds_cluster;
mod rds_instance;
mod rds_reading;
mod rds_snapshot;
mod reading;

use futures::future::BoxFuture;

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Finding, Scope, Words};

/// One type of thing that can bill. Only values vary, so it is data.
pub struct Resource {
    /// Kebab-case, the same as the name of its file.
    pub id: &'static str,
    pub names: Words,
    /// How it bills, in a sentence.
    pub bills: Words,
    pub scope: Scope,
    /// Where its charges stand on the bill: the values of `ServiceName` in AWS's billing metric, which are the service codes
    /// of its price list entries.
    pub billed_as: &'static [&'static str],
    /// The IAM actions that listing it needs.
    pub reads: &'static [&'static str],
    /// The IAM actions that stopping or deleting it needs.
    pub writes: &'static [&'static str],
    pub list: for<'a> fn(&'a Cx) -> BoxFuture<'a, Result<Listing>>,
}

/// What bills, and what could not be told about it.
#[derive(Default)]
pub struct Listing {
    pub findings: Vec<Finding>,
    /// Detail calls that failed. Their findings are kept.
    pub faults: Vec<Error>,
}

impl From<Vec<Finding>> for Listing {
    fn from(findings: Vec<Finding>) -> Self {
        Self { findings, faults: Vec::new() }
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
