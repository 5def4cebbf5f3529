//! Other ways to run programs: Batch, Beanstalk, App Runner, Lambda, and whole environments.

// LATER mod apprunner_service;
// LATER mod batch_compute_environment;
// LATER mod elastic_beanstalk_environment;
// LATER mod evs_environment;
// LATER mod lambda_provisioned_concurrency;
// LATER mod mainframe_environment;
// LATER mod pcs_cluster;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &apprunner_service::RESOURCE,
// LATER &lambda_provisioned_concurrency::RESOURCE,
// LATER &pcs_cluster::RESOURCE,
// LATER &evs_environment::RESOURCE,
// LATER &mainframe_environment::RESOURCE,
// LATER &elastic_beanstalk_environment::RESOURCE,
// LATER &batch_compute_environment::RESOURCE,
];
