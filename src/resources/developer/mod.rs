//! Developer tools.

mod cloud9_environment;
mod codebuild_fleet;
mod codepipeline;
mod managed_blockchain_accessor;
mod managed_blockchain_node;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &codebuild_fleet::RESOURCE,
    &managed_blockchain_accessor::RESOURCE,
    &managed_blockchain_node::RESOURCE,
    &cloud9_environment::RESOURCE,
    &codepipeline::RESOURCE,
];
