//! Storage: buckets, file systems, backups and transfers.

// LATER mod backup_recovery_point;
// LATER mod efs_file_system;
// LATER mod fsx_backup;
// LATER mod fsx_charges;
// LATER mod fsx_file_cache;
// LATER mod fsx_file_system;
// LATER mod glacier_vault;
mod s3_bucket;
mod s3_charges;
mod s3_directory_bucket;
mod s3_sizes;
// LATER mod storage_gateway;
// LATER mod transfer_server;
// LATER mod transfer_web_app;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    // LATER &efs_file_system::RESOURCE,
    // LATER &fsx_file_system::RESOURCE,
    // LATER &fsx_file_cache::RESOURCE,
    // LATER &fsx_backup::RESOURCE,
    // LATER &transfer_server::RESOURCE,
    // LATER &transfer_web_app::RESOURCE,
    // LATER &storage_gateway::RESOURCE,
    // LATER &backup_recovery_point::RESOURCE,
    &s3_bucket::RESOURCE,
    &s3_directory_bucket::RESOURCE,
    // LATER &glacier_vault::RESOURCE,
];
