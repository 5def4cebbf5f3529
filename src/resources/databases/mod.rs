//! Databases and caches.

// LATER mod database_clusters;
// LATER mod database_instances;
// LATER mod dax_cluster;
// LATER mod docdb_cluster;
// LATER mod docdb_elastic_cluster;
// LATER mod docdb_instance;
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
// LATER mod timestream_influxdb_charges;
// LATER mod timestream_influxdb_cluster;
// LATER mod timestream_influxdb_instance;
// LATER mod timestream_table;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &rds_instance::RESOURCE,
// LATER &rds_cluster::RESOURCE,
// LATER &rds_snapshot::RESOURCE,
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
// LATER &docdb_elastic_cluster::RESOURCE,
// LATER &neptune_analytics_graph::RESOURCE,
// LATER &docdb_instance::RESOURCE,
// LATER &docdb_cluster::RESOURCE,
// LATER &neptune_instance::RESOURCE,
// LATER &neptune_cluster::RESOURCE,
// LATER &rds_retained_backup::RESOURCE,
// LATER &rds_proxy::RESOURCE,
// LATER &rds_shard_group::RESOURCE,
// LATER &elasticache_snapshot::RESOURCE,
// LATER &memorydb_snapshot::RESOURCE,
];
