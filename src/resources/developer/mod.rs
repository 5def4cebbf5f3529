//! Tools for developers.

// LATER mod cloud9_environment;
// LATER mod codebuild_fleet;
// LATER mod codepipeline;
// LATER mod managed_blockchain_accessor;
// LATER mod managed_blockchain_node;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &codebuild_fleet::RESOURCE,
// LATER &managed_blockchain_accessor::RESOURCE,
// LATER &managed_blockchain_node::RESOURCE,
// LATER &cloud9_environment::RESOURCE,
// LATER &codepipeline::RESOURCE,
];
