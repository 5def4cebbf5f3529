//! Containers: ECS, EKS and the images they are made from.

mod ecr_repository;
mod ecs_external_instance;
mod ecs_reading;
mod ecs_service;
mod ecs_task;
mod eks_capability;
mod eks_cluster;
mod eks_parts;
mod eks_reading;
mod eks_support;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &eks_cluster::RESOURCE,
    &eks_capability::RESOURCE,
    &ecs_service::RESOURCE,
    &ecs_task::RESOURCE,
    &ecs_external_instance::RESOURCE,
    &ecr_repository::RESOURCE,
];
