//! Search, streams and analytics.

mod athena_capacity_reservation;
mod cloudsearch_domain;
mod emr_charges;
mod emr_cluster;
mod emr_serverless_application;
mod emr_serverless_charges;
mod glue_dev_endpoint;
mod glue_session;
mod glue_units;
mod kinesis_charges;
mod kinesis_commitment;
mod kinesis_stream;
mod managed_flink_application;
mod managed_flink_charges;
mod mq_broker;
mod msk_charges;
mod msk_cluster;
mod msk_connector;
mod msk_replicator;
mod mwaa_environment;
mod opensearch_charges;
mod opensearch_domain;
mod opensearch_ingestion_pipeline;
mod opensearch_serverless_capacity;
mod opensearch_serverless_collection;
mod quicksight_charges;
mod quicksight_subscription;
mod redshift_charges;
mod redshift_cluster;
mod redshift_serverless_snapshot;
mod redshift_serverless_workgroup;
mod redshift_snapshot;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &opensearch_domain::RESOURCE,
    &msk_cluster::RESOURCE,
    &msk_connector::RESOURCE,
    &msk_replicator::RESOURCE,
    &mq_broker::RESOURCE,
    &mwaa_environment::RESOURCE,
    &kinesis_stream::RESOURCE,
    &managed_flink_application::RESOURCE,
    &emr_cluster::RESOURCE,
    &emr_serverless_application::RESOURCE,
    &glue_dev_endpoint::RESOURCE,
    &glue_session::RESOURCE,
    &athena_capacity_reservation::RESOURCE,
    &redshift_cluster::RESOURCE,
    &redshift_serverless_workgroup::RESOURCE,
    &redshift_snapshot::RESOURCE,
    &redshift_serverless_snapshot::RESOURCE,
    &cloudsearch_domain::RESOURCE,
    &quicksight_subscription::RESOURCE,
    &opensearch_serverless_collection::RESOURCE,
    &opensearch_ingestion_pipeline::RESOURCE,
];
