//! Other ways to run programs: Batch, Beanstalk, App Runner, Lambda, and whole environments.

mod apprunner_service;
mod batch_compute_environment;
mod elastic_beanstalk_environment;
mod evs_environment;
mod lambda_provisioned_concurrency;
mod mainframe_environment;
mod pcs_cluster;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &apprunner_service::RESOURCE,
    &lambda_provisioned_concurrency::RESOURCE,
    &pcs_cluster::RESOURCE,
    &evs_environment::RESOURCE,
    &mainframe_environment::RESOURCE,
    &elastic_beanstalk_environment::RESOURCE,
    &batch_compute_environment::RESOURCE,
];
