//! Lightsail: small servers, and everything around them, for a monthly price.

// LATER mod lightsail_bucket;
// LATER mod lightsail_container_service;
// LATER mod lightsail_database;
// LATER mod lightsail_disk;
// LATER mod lightsail_distribution;
// LATER mod lightsail_instance;
// LATER mod lightsail_load_balancer;
// LATER mod lightsail_reading;
// LATER mod lightsail_snapshot;
// LATER mod lightsail_static_ip;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &lightsail_instance::RESOURCE,
// LATER &lightsail_database::RESOURCE,
// LATER &lightsail_load_balancer::RESOURCE,
// LATER &lightsail_disk::RESOURCE,
// LATER &lightsail_static_ip::RESOURCE,
// LATER &lightsail_container_service::RESOURCE,
// LATER &lightsail_snapshot::RESOURCE,
// LATER &lightsail_bucket::RESOURCE,
// LATER &lightsail_distribution::RESOURCE,
];
