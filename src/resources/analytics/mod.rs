//! Search, streams and analytics.

// LATER mod athena_capacity_reservation;
// LATER mod cloudsearch_domain;
// LATER mod emr_cluster;
// LATER mod emr_serverless_application;
// LATER mod glue_dev_endpoint;
// LATER mod glue_session;
// LATER mod glue_units;
// LATER mod kinesis_commitment;
// LATER mod kinesis_stream;
// LATER mod managed_flink_application;
// LATER mod mq_broker;
// LATER mod msk_cluster;
// LATER mod msk_connector;
// LATER mod msk_replicator;
// LATER mod mwaa_environment;
// LATER mod opensearch_charges;
// LATER mod opensearch_domain;
// LATER mod opensearch_ingestion_pipeline;
// LATER mod opensearch_serverless_capacity;
// LATER mod opensearch_serverless_collection;
// LATER mod quicksight_charges;
// LATER mod quicksight_subscription;
mod redshift_charges;
// LATER mod redshift_cluster;
// LATER mod redshift_serverless_snapshot;
// LATER mod redshift_serverless_workgroup;
// LATER mod redshift_snapshot;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &opensearch_domain::RESOURCE,
// LATER &msk_cluster::RESOURCE,
// LATER &msk_connector::RESOURCE,
// LATER &msk_replicator::RESOURCE,
// LATER &mq_broker::RESOURCE,
// LATER &mwaa_environment::RESOURCE,
// LATER &kinesis_stream::RESOURCE,
// LATER &managed_flink_application::RESOURCE,
// LATER &emr_cluster::RESOURCE,
// LATER &emr_serverless_application::RESOURCE,
// LATER &glue_dev_endpoint::RESOURCE,
// LATER &glue_session::RESOURCE,
// LATER &athena_capacity_reservation::RESOURCE,
// LATER &redshift_cluster::RESOURCE,
// LATER &redshift_serverless_workgroup::RESOURCE,
// LATER &redshift_snapshot::RESOURCE,
// LATER &redshift_serverless_snapshot::RESOURCE,
// LATER &cloudsearch_domain::RESOURCE,
// LATER &quicksight_subscription::RESOURCE,
// LATER &opensearch_serverless_collection::RESOURCE,
// LATER &opensearch_ingestion_pipeline::RESOURCE,
];
