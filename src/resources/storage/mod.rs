//! Storage: buckets, file systems, backups and transfers.

mod backup_recovery_point;
mod efs_file_system;
mod fsx_backup;
mod fsx_charges;
mod fsx_file_cache;
mod fsx_file_system;
mod glacier_vault;
mod s3_bucket;
mod s3_charges;
mod s3_directory_bucket;
mod s3_sizes;
mod storage_gateway;
mod transfer_server;
mod transfer_web_app;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &efs_file_system::RESOURCE,
    &fsx_file_system::RESOURCE,
    &fsx_file_cache::RESOURCE,
    &fsx_backup::RESOURCE,
    &transfer_server::RESOURCE,
    &transfer_web_app::RESOURCE,
    &storage_gateway::RESOURCE,
    &backup_recovery_point::RESOURCE,
    &s3_bucket::RESOURCE,
    &s3_directory_bucket::RESOURCE,
    &glacier_vault::RESOURCE,
];
