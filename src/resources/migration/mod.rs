//! Replication and migration.

// LATER mod dms_replication_instance;
// LATER mod dms_serverless_replication;
// LATER mod drs_source_server;
// LATER mod mgn_source_server;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &dms_replication_instance::RESOURCE,
// LATER &dms_serverless_replication::RESOURCE,
// LATER &drs_source_server::RESOURCE,
// LATER &mgn_source_server::RESOURCE,
];
