//! Replication and migration.

mod dms_replication_instance;
mod dms_serverless_replication;
mod drs_source_server;
mod mgn_source_server;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &dms_replication_instance::RESOURCE,
    &dms_serverless_replication::RESOURCE,
    &drs_source_server::RESOURCE,
    &mgn_source_server::RESOURCE,
];
