//! Containers: ECS, EKS and the images they are made from.

// LATER mod ecr_repository;
// LATER mod ecs_external_instance;
// LATER mod ecs_reading;
// LATER mod ecs_service;
// LATER mod ecs_task;
// LATER mod eks_capability;
// LATER mod eks_cluster;
// LATER mod eks_reading;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &eks_cluster::RESOURCE,
// LATER &eks_capability::RESOURCE,
// LATER &ecs_service::RESOURCE,
// LATER &ecs_task::RESOURCE,
// LATER &ecs_external_instance::RESOURCE,
// LATER &ecr_repository::RESOURCE,
];
