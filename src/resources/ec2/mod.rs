//! EC2: instances, and what outlives them: volumes, snapshots, addresses, hosts.

mod auto_scaling_group;
mod ec2_address;
mod ec2_capacity_reservation;
mod ec2_dedicated_host;
mod ec2_fast_snapshot_restore;
mod ec2_fleet;
mod ec2_image;
mod ec2_instance;
mod ec2_recycle_bin;
mod ec2_reserved_instance;
mod ec2_snapshot;
mod ec2_spot_fleet;
pub(super) mod ec2_tagged;
mod ec2_volume;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &ec2_instance::RESOURCE,
    &ec2_volume::RESOURCE,
    &ec2_snapshot::RESOURCE,
    &ec2_recycle_bin::RESOURCE,
    &ec2_address::RESOURCE,
    &ec2_dedicated_host::RESOURCE,
    &ec2_capacity_reservation::RESOURCE,
    &ec2_fast_snapshot_restore::RESOURCE,
    &auto_scaling_group::RESOURCE,
    &ec2_image::RESOURCE,
    &ec2_spot_fleet::RESOURCE,
    &ec2_fleet::RESOURCE,
    &ec2_reserved_instance::RESOURCE,
];
