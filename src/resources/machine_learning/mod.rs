//! Machine learning: SageMaker, Bedrock and the services around them.

mod bedrock_custom_model;
mod bedrock_custom_model_deployment;
mod bedrock_imported_model;
mod bedrock_knowledge_base;
mod bedrock_knowledge_stores;
mod bedrock_marketplace_endpoint;
mod bedrock_provisioned_throughput;
mod comprehend_endpoint;
mod healthlake_datastore;
mod kendra_index;
mod personalize_campaign;
mod personalize_recommender;
mod qbusiness_application;
mod qbusiness_charges;
mod rekognition_model;
mod rekognition_stream_processor;
mod sagemaker_app;
mod sagemaker_charges;
mod sagemaker_domain;
mod sagemaker_endpoint;
mod sagemaker_endpoint_charges;
mod sagemaker_hyperpod_cluster;
mod sagemaker_jobs;
mod sagemaker_mlflow_server;
mod sagemaker_notebook_instance;
mod sagemaker_partner_app;
mod sagemaker_processing_job;
mod sagemaker_space;
mod sagemaker_training_charges;
mod sagemaker_training_job;
mod sagemaker_training_plan;
mod sagemaker_transform_job;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &sagemaker_endpoint::RESOURCE,
    &sagemaker_app::RESOURCE,
    &sagemaker_space::RESOURCE,
    &sagemaker_domain::RESOURCE,
    &sagemaker_notebook_instance::RESOURCE,
    &kendra_index::RESOURCE,
    &bedrock_provisioned_throughput::RESOURCE,
    &bedrock_knowledge_base::RESOURCE,
    &sagemaker_training_job::RESOURCE,
    &sagemaker_processing_job::RESOURCE,
    &sagemaker_transform_job::RESOURCE,
    &sagemaker_mlflow_server::RESOURCE,
    &sagemaker_hyperpod_cluster::RESOURCE,
    &sagemaker_partner_app::RESOURCE,
    &sagemaker_training_plan::RESOURCE,
    &bedrock_imported_model::RESOURCE,
    &bedrock_custom_model::RESOURCE,
    &bedrock_custom_model_deployment::RESOURCE,
    &bedrock_marketplace_endpoint::RESOURCE,
    &comprehend_endpoint::RESOURCE,
    &rekognition_model::RESOURCE,
    &rekognition_stream_processor::RESOURCE,
    &personalize_campaign::RESOURCE,
    &personalize_recommender::RESOURCE,
    &qbusiness_application::RESOURCE,
    &healthlake_datastore::RESOURCE,
];
