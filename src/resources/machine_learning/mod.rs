//! Machine learning: SageMaker, Bedrock and the services around them.

// LATER mod bedrock_custom_model;
// LATER mod bedrock_custom_model_deployment;
// LATER mod bedrock_imported_model;
// LATER mod bedrock_knowledge_base;
// LATER mod bedrock_marketplace_endpoint;
// LATER mod bedrock_provisioned_throughput;
// LATER mod comprehend_endpoint;
// LATER mod healthlake_datastore;
mod kendra_index;
// LATER mod personalize_campaign;
// LATER mod personalize_recommender;
// LATER mod qbusiness_application;
// LATER mod qbusiness_charges;
// LATER mod rekognition_model;
// LATER mod rekognition_stream_processor;
// LATER mod sagemaker_app;
mod sagemaker_charges;
// LATER mod sagemaker_domain;
// LATER mod sagemaker_endpoint;
// LATER mod sagemaker_hyperpod_cluster;
mod sagemaker_jobs;
// LATER mod sagemaker_mlflow_server;
// LATER mod sagemaker_notebook_instance;
// LATER mod sagemaker_partner_app;
// LATER mod sagemaker_processing_job;
// LATER mod sagemaker_space;
// LATER mod sagemaker_training_job;
// LATER mod sagemaker_training_plan;
// LATER mod sagemaker_transform_job;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    // LATER &sagemaker_endpoint::RESOURCE,
    // LATER &sagemaker_app::RESOURCE,
    // LATER &sagemaker_space::RESOURCE,
    // LATER &sagemaker_domain::RESOURCE,
    // LATER &sagemaker_notebook_instance::RESOURCE,
    &kendra_index::RESOURCE,
    // LATER &bedrock_provisioned_throughput::RESOURCE,
    // LATER &bedrock_knowledge_base::RESOURCE,
    // LATER &sagemaker_training_job::RESOURCE,
    // LATER &sagemaker_processing_job::RESOURCE,
    // LATER &sagemaker_transform_job::RESOURCE,
    // LATER &sagemaker_mlflow_server::RESOURCE,
    // LATER &sagemaker_hyperpod_cluster::RESOURCE,
    // LATER &sagemaker_partner_app::RESOURCE,
    // LATER &sagemaker_training_plan::RESOURCE,
    // LATER &bedrock_imported_model::RESOURCE,
    // LATER &bedrock_custom_model::RESOURCE,
    // LATER &bedrock_custom_model_deployment::RESOURCE,
    // LATER &bedrock_marketplace_endpoint::RESOURCE,
    // LATER &comprehend_endpoint::RESOURCE,
    // LATER &rekognition_model::RESOURCE,
    // LATER &rekognition_stream_processor::RESOURCE,
    // LATER &personalize_campaign::RESOURCE,
    // LATER &personalize_recommender::RESOURCE,
    // LATER &qbusiness_application::RESOURCE,
    // LATER &healthlake_datastore::RESOURCE,
];
