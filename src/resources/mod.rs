//! What can bill. One file for each type; `ALL` is the catalogue.

mod bedrock_custom_model;
mod bedrock_custom_model_deployment;
mod bedrock_imported_model;
mod bedrock_knowledge_base;
mod bedrock_marketplace_endpoint;
mod bedrock_provisioned_throughput;
mod classic_load_balancer;
mod comprehend_endpoint;
mod details;
mod doubt;
mod ec2_address;
mod ec2_instance;
mod ec2_nat_gateway;
mod ec2_snapshot;
mod ec2_volume;
mod healthlake_datastore;
mod kendra_index;
mod load_balancer;
mod opensearch_charges;
mod opensearch_domain;
mod opensearch_ingestion_pipeline;
mod opensearch_serverless_capacity;
mod opensearch_serverless_collection;
mod personalize_campaign;
mod personalize_recommender;
mod qbusiness_application;
mod qbusiness_charges;
mod rds_charges;
mod rds_cluster;
mod rds_instance;
mod rds_reading;
mod rds_snapshot;
mod reading;
mod rekognition_model;
mod sagemaker_app;
mod sagemaker_charges;
mod sagemaker_endpoint;
mod sagemaker_hyperpod_cluster;
mod sagemaker_jobs;
mod sagemaker_mlflow_server;
mod sagemaker_notebook_instance;
mod sagemaker_processing_job;
mod sagemaker_space;
mod sagemaker_training_job;
mod sagemaker_transform_job;

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
    // Machine learning.
    &opensearch_serverless_collection::RESOURCE,
    &sagemaker_endpoint::RESOURCE,
    &sagemaker_app::RESOURCE,
    &sagemaker_space::RESOURCE,
    &sagemaker_notebook_instance::RESOURCE,
    &kendra_index::RESOURCE,
    &bedrock_provisioned_throughput::RESOURCE,
    &bedrock_knowledge_base::RESOURCE,
    &sagemaker_training_job::RESOURCE,
    &sagemaker_processing_job::RESOURCE,
    &sagemaker_transform_job::RESOURCE,
    &sagemaker_mlflow_server::RESOURCE,
    &sagemaker_hyperpod_cluster::RESOURCE,
    &bedrock_imported_model::RESOURCE,
    &bedrock_custom_model::RESOURCE,
    &bedrock_custom_model_deployment::RESOURCE,
    &bedrock_marketplace_endpoint::RESOURCE,
    &opensearch_ingestion_pipeline::RESOURCE,
    &comprehend_endpoint::RESOURCE,
    &rekognition_model::RESOURCE,
    &personalize_campaign::RESOURCE,
    &personalize_recommender::RESOURCE,
    &qbusiness_application::RESOURCE,
    &healthlake_datastore::RESOURCE,
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
