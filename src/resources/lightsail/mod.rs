//! Lightsail: small servers and what belongs to them, for a monthly price.

mod lightsail_bucket;
mod lightsail_container_service;
mod lightsail_database;
mod lightsail_disk;
mod lightsail_distribution;
mod lightsail_instance;
mod lightsail_load_balancer;
mod lightsail_plan;
mod lightsail_snapshot;
mod lightsail_static_ip;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &lightsail_instance::RESOURCE,
    &lightsail_database::RESOURCE,
    &lightsail_load_balancer::RESOURCE,
    &lightsail_disk::RESOURCE,
    &lightsail_static_ip::RESOURCE,
    &lightsail_container_service::RESOURCE,
    &lightsail_snapshot::RESOURCE,
    &lightsail_bucket::RESOURCE,
    &lightsail_distribution::RESOURCE,
];
