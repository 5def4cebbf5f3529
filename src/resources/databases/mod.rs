//! Databases and caches.

// LATER mod database_clusters;
// LATER mod database_instances;
mod dax_cluster;
// LATER mod docdb_cluster;
// LATER mod docdb_elastic_cluster;
// LATER mod docdb_instance;
mod dsql_cluster;
mod dynamodb_backup;
mod dynamodb_charges;
mod dynamodb_table;
mod elasticache_cluster;
mod elasticache_serverless_cache;
mod elasticache_snapshot;
mod keyspaces_charges;
mod keyspaces_table;
mod memorydb_cluster;
mod memorydb_snapshot;
// LATER mod neptune_analytics_graph;
// LATER mod neptune_cluster;
// LATER mod neptune_instance;
// LATER mod rds_charges;
// LATER mod rds_cluster;
// LATER mod rds_extended_support;
// LATER mod rds_instance;
// LATER mod rds_proxy;
// LATER mod rds_reading;
// LATER mod rds_retained_backup;
// LATER mod rds_shard_group;
// LATER mod rds_snapshot;
mod timestream_influxdb_charges;
mod timestream_influxdb_cluster;
mod timestream_influxdb_instance;
mod timestream_table;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    // LATER &rds_instance::RESOURCE,
    // LATER &rds_cluster::RESOURCE,
    // LATER &rds_snapshot::RESOURCE,
    &elasticache_cluster::RESOURCE,
    &elasticache_serverless_cache::RESOURCE,
    &memorydb_cluster::RESOURCE,
    &dax_cluster::RESOURCE,
    &dynamodb_table::RESOURCE,
    &dynamodb_backup::RESOURCE,
    &dsql_cluster::RESOURCE,
    &keyspaces_table::RESOURCE,
    &timestream_table::RESOURCE,
    &timestream_influxdb_instance::RESOURCE,
    &timestream_influxdb_cluster::RESOURCE,
    // LATER &docdb_elastic_cluster::RESOURCE,
    // LATER &neptune_analytics_graph::RESOURCE,
    // LATER &docdb_instance::RESOURCE,
    // LATER &docdb_cluster::RESOURCE,
    // LATER &neptune_instance::RESOURCE,
    // LATER &neptune_cluster::RESOURCE,
    // LATER &rds_retained_backup::RESOURCE,
    // LATER &rds_proxy::RESOURCE,
    // LATER &rds_shard_group::RESOURCE,
    &elasticache_snapshot::RESOURCE,
    &memorydb_snapshot::RESOURCE,
];
