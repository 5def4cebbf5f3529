//! Databases and caches.

mod database_clusters;
mod database_instances;
// LATER mod dax_cluster;
mod docdb_cluster;
mod docdb_elastic_cluster;
mod docdb_instance;
// LATER mod dsql_cluster;
// LATER mod dynamodb_backup;
// LATER mod dynamodb_charges;
// LATER mod dynamodb_table;
// LATER mod elasticache_cluster;
// LATER mod elasticache_serverless_cache;
// LATER mod elasticache_snapshot;
// LATER mod keyspaces_charges;
// LATER mod keyspaces_table;
// LATER mod memorydb_cluster;
// LATER mod memorydb_snapshot;
mod neptune_analytics_graph;
mod neptune_cluster;
mod neptune_instance;
mod rds_charges;
mod rds_cluster;
mod rds_extended_support;
mod rds_instance;
mod rds_proxy;
mod rds_reading;
mod rds_retained_backup;
mod rds_shard_group;
mod rds_snapshot;
mod rds_storage;
// LATER mod timestream_influxdb_charges;
// LATER mod timestream_influxdb_cluster;
// LATER mod timestream_influxdb_instance;
// LATER mod timestream_table;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &rds_instance::RESOURCE,
    &rds_cluster::RESOURCE,
    &rds_snapshot::RESOURCE,
    // LATER &elasticache_cluster::RESOURCE,
    // LATER &elasticache_serverless_cache::RESOURCE,
    // LATER &memorydb_cluster::RESOURCE,
    // LATER &dax_cluster::RESOURCE,
    // LATER &dynamodb_table::RESOURCE,
    // LATER &dynamodb_backup::RESOURCE,
    // LATER &dsql_cluster::RESOURCE,
    // LATER &keyspaces_table::RESOURCE,
    // LATER &timestream_table::RESOURCE,
    // LATER &timestream_influxdb_instance::RESOURCE,
    // LATER &timestream_influxdb_cluster::RESOURCE,
    &docdb_elastic_cluster::RESOURCE,
    &neptune_analytics_graph::RESOURCE,
    &docdb_instance::RESOURCE,
    &docdb_cluster::RESOURCE,
    &neptune_instance::RESOURCE,
    &neptune_cluster::RESOURCE,
    &rds_retained_backup::RESOURCE,
    &rds_proxy::RESOURCE,
    &rds_shard_group::RESOURCE,
    // LATER &elasticache_snapshot::RESOURCE,
    // LATER &memorydb_snapshot::RESOURCE,
];
