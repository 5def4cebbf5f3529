//! Databases and caches.

mod database_clusters;
mod database_instances;
mod dax_cluster;
mod docdb_cluster;
mod docdb_elastic_cluster;
mod docdb_instance;
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
mod timestream_influxdb_charges;
mod timestream_influxdb_cluster;
mod timestream_influxdb_instance;
mod timestream_table;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &rds_instance::RESOURCE,
    &rds_cluster::RESOURCE,
    &rds_snapshot::RESOURCE,
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
];
