//! What can bill. One file for each type; `ALL` is the catalogue.

mod access_analyzer;
mod api_gateway_cache;
mod apprunner_service;
mod appstream_app_block_builder;
mod appstream_fleet;
mod appstream_image_builder;
mod appstream_volume;
mod athena_capacity_reservation;
mod auto_scaling_group;
mod backup_recovery_point;
mod batch_compute_environment;
mod bedrock_custom_model;
mod bedrock_custom_model_deployment;
mod bedrock_imported_model;
mod bedrock_knowledge_base;
mod bedrock_marketplace_endpoint;
mod bedrock_provisioned_throughput;
mod chime_phone_number;
mod classic_load_balancer;
mod cloud9_environment;
mod cloud_wan_core_network;
mod cloudfront_distribution;
mod cloudhsm_cluster;
mod cloudsearch_domain;
mod cloudtrail_event_data_store;
mod cloudtrail_trail;
mod cloudwatch_alarm;
mod cloudwatch_dashboard;
mod codebuild_fleet;
mod codepipeline;
mod comprehend_endpoint;
mod connect_phone_number;
mod config_recorder;
mod database_clusters;
mod database_instances;
mod dax_cluster;
mod details;
mod detective_graph;
mod direct_connect_connection;
mod directory;
mod dms_replication_instance;
mod dms_serverless_replication;
mod docdb_cluster;
mod docdb_elastic_cluster;
mod docdb_instance;
mod drs_source_server;
mod dsql_cluster;
mod dynamodb_backup;
mod dynamodb_charges;
mod dynamodb_table;
mod ec2_address;
mod ec2_capacity_reservation;
mod ec2_client_vpn_endpoint;
mod ec2_dedicated_host;
mod ec2_fast_snapshot_restore;
mod ec2_fleet;
mod ec2_image;
mod ec2_instance;
mod ec2_ipam;
mod ec2_nat_gateway;
mod ec2_recycle_bin;
mod ec2_reserved_instance;
mod ec2_route_server_endpoint;
mod ec2_snapshot;
mod ec2_spot_fleet;
mod ec2_tagged;
mod ec2_traffic_mirror_session;
mod ec2_transit_gateway_attachment;
mod ec2_verified_access_endpoint;
mod ec2_volume;
mod ec2_vpc_encryption_control;
mod ec2_vpc_endpoint;
mod ec2_vpn_concentrator;
mod ec2_vpn_connection;
mod ecr_repository;
mod ecs_external_instance;
mod ecs_reading;
mod ecs_service;
mod ecs_task;
mod efs_file_system;
mod eks_capability;
mod eks_cluster;
mod eks_reading;
mod elastic_beanstalk_environment;
mod elasticache_cluster;
mod elasticache_serverless_cache;
mod elasticache_snapshot;
mod emr_cluster;
mod emr_serverless_application;
mod evs_environment;
mod fsx_backup;
mod fsx_charges;
mod fsx_file_cache;
mod fsx_file_system;
mod gamelift_capacity;
mod gamelift_fleet;
mod gamelift_stream_group;
mod glacier_vault;
mod global_accelerator;
mod glue_dev_endpoint;
mod glue_session;
mod glue_units;
mod grafana_workspace;
mod guardduty_detector;
mod health_check;
mod healthlake_datastore;
mod hosted_zone;
mod internet_monitor;
mod inspector;
mod kendra_index;
mod kinesis_commitment;
mod keyspaces_charges;
mod keyspaces_table;
mod kinesis_stream;
mod kms_key;
mod lambda_provisioned_concurrency;
mod lifecycle;
mod lightsail_bucket;
mod lightsail_container_service;
mod lightsail_database;
mod lightsail_disk;
mod lightsail_distribution;
mod lightsail_instance;
mod lightsail_load_balancer;
mod lightsail_reading;
mod lightsail_snapshot;
mod lightsail_static_ip;
mod load_balancer;
mod log_group;
mod mainframe_environment;
mod mail_manager_add_on;
mod mail_manager_ingress_point;
mod macie_session;
mod managed_blockchain_accessor;
mod managed_blockchain_node;
mod managed_flink_application;
mod mediaconnect_flow;
mod mediaconvert_queue;
mod medialive_channel;
mod medialive_input;
mod memorydb_cluster;
mod memorydb_snapshot;
mod metric_stream;
mod mgn_source_server;
mod mq_broker;
mod msk_cluster;
mod msk_connector;
mod msk_replicator;
mod mwaa_environment;
mod neptune_analytics_graph;
mod neptune_cluster;
mod neptune_instance;
mod network_firewall;
mod network_flow_monitor;
mod network_flow_scope;
mod network_monitor;
mod opensearch_charges;
mod opensearch_domain;
mod opensearch_ingestion_pipeline;
mod opensearch_serverless_capacity;
mod opensearch_serverless_collection;
mod paging;
mod payment_cryptography_key;
mod pcs_cluster;
mod personalize_campaign;
mod personalize_recommender;
mod private_ca;
mod prometheus_scraper;
mod qbusiness_application;
mod qbusiness_charges;
mod quicksight_charges;
mod quicksight_subscription;
mod rds_charges;
mod rds_cluster;
mod rds_extended_support;
mod rds_instance;
mod rds_proxy;
mod rds_reading;
mod rds_retained_backup;
mod rds_shard_group;
mod rds_snapshot;
mod reading;
mod redshift_charges;
mod redshift_cluster;
mod redshift_serverless_snapshot;
mod redshift_serverless_workgroup;
mod redshift_snapshot;
mod registered_domain;
mod rekognition_model;
mod rekognition_stream_processor;
mod resilience_hub_app;
mod resource;
mod route53_profile_association;
mod route53_recovery_cluster;
mod route53_resolver_endpoint;
mod s3_bucket;
mod s3_charges;
mod s3_directory_bucket;
mod s3_sizes;
mod sagemaker_app;
mod sagemaker_charges;
mod sagemaker_domain;
mod sagemaker_endpoint;
mod sagemaker_hyperpod_cluster;
mod sagemaker_jobs;
mod sagemaker_mlflow_server;
mod sagemaker_notebook_instance;
mod sagemaker_partner_app;
mod sagemaker_processing_job;
mod sagemaker_space;
mod sagemaker_training_job;
mod sagemaker_training_plan;
mod sagemaker_transform_job;
mod savings_plan;
mod secret;
mod security_hub;
mod security_lake;
mod ses_dedicated_ip;
mod shield_subscription;
mod sizes;
mod sms_leases;
mod sms_phone_number;
mod sms_sender_id;
mod ssm_parameter;
mod storage_gateway;
mod support_plan;
mod synthetics_canary;
mod timestream_influxdb_charges;
mod timestream_influxdb_cluster;
mod timestream_influxdb_instance;
mod timestream_table;
mod traffic_policy_record;
mod trail_events;
mod transfer_server;
mod transfer_web_app;
mod vpc_lattice_service;
mod waf_charges;
mod waf_web_acl;
mod workmail_organization;
mod workspace;
mod workspaces_instance;
mod workspaces_pool;
mod workspaces_web_portal;

pub use resource::{Listing, Owned, Resource};

/// Every type, in the order of the catalogue.
pub static ALL: &[&Resource] = &[
    &ec2_instance::RESOURCE,
    &ec2_volume::RESOURCE,
    &ec2_snapshot::RESOURCE,
    &ec2_address::RESOURCE,
    &ec2_nat_gateway::RESOURCE,
    &load_balancer::RESOURCE,
    &classic_load_balancer::RESOURCE,
    &rds_instance::RESOURCE,
    &rds_cluster::RESOURCE,
    &rds_snapshot::RESOURCE,
    &opensearch_domain::RESOURCE,
    // Containers, streams and simple servers.
    &eks_cluster::RESOURCE,
    &ecs_service::RESOURCE,
    &ecs_task::RESOURCE,
    &apprunner_service::RESOURCE,
    &lightsail_instance::RESOURCE,
    &lightsail_database::RESOURCE,
    &lightsail_load_balancer::RESOURCE,
    &lightsail_disk::RESOURCE,
    &lightsail_static_ip::RESOURCE,
    &lightsail_container_service::RESOURCE,
    &lightsail_snapshot::RESOURCE,
    &lightsail_bucket::RESOURCE,
    &msk_cluster::RESOURCE,
    &msk_connector::RESOURCE,
    &mq_broker::RESOURCE,
    &mwaa_environment::RESOURCE,
    &kinesis_stream::RESOURCE,
    &managed_flink_application::RESOURCE,
    &emr_cluster::RESOURCE,
    &emr_serverless_application::RESOURCE,
    &glue_dev_endpoint::RESOURCE,
    &glue_session::RESOURCE,
    &managed_blockchain_accessor::RESOURCE,
    &managed_blockchain_node::RESOURCE,
    &pcs_cluster::RESOURCE,
    // The network and what runs in it.
    &ec2_vpc_endpoint::RESOURCE,
    &ec2_vpn_connection::RESOURCE,
    &ec2_transit_gateway_attachment::RESOURCE,
    &network_firewall::RESOURCE,
    &global_accelerator::RESOURCE,
    &ec2_client_vpn_endpoint::RESOURCE,
    &ec2_dedicated_host::RESOURCE,
    &ec2_capacity_reservation::RESOURCE,
    &ec2_fast_snapshot_restore::RESOURCE,
    &route53_resolver_endpoint::RESOURCE,
    // Databases, caches and search.
    &elasticache_cluster::RESOURCE,
    &elasticache_serverless_cache::RESOURCE,
    &redshift_cluster::RESOURCE,
    &redshift_serverless_workgroup::RESOURCE,
    &memorydb_cluster::RESOURCE,
    &dax_cluster::RESOURCE,
    &dynamodb_table::RESOURCE,
    &dms_replication_instance::RESOURCE,
    &dms_serverless_replication::RESOURCE,
    &timestream_influxdb_instance::RESOURCE,
    &timestream_influxdb_cluster::RESOURCE,
    &docdb_elastic_cluster::RESOURCE,
    &neptune_analytics_graph::RESOURCE,
    &docdb_instance::RESOURCE,
    &docdb_cluster::RESOURCE,
    &neptune_instance::RESOURCE,
    &neptune_cluster::RESOURCE,
    &auto_scaling_group::RESOURCE,
    &elastic_beanstalk_environment::RESOURCE,
    &ec2_image::RESOURCE,
    &ec2_spot_fleet::RESOURCE,
    &batch_compute_environment::RESOURCE,
    &cloud9_environment::RESOURCE,
    &ec2_verified_access_endpoint::RESOURCE,
    &ec2_route_server_endpoint::RESOURCE,
    &ec2_traffic_mirror_session::RESOURCE,
    &ec2_ipam::RESOURCE,
    &direct_connect_connection::RESOURCE,
    &vpc_lattice_service::RESOURCE,
    &cloud_wan_core_network::RESOURCE,
    &ec2_reserved_instance::RESOURCE,
    // Keys, names, watching: small things that add up.
    &kms_key::RESOURCE,
    &secret::RESOURCE,
    &log_group::RESOURCE,
    &cloudwatch_alarm::RESOURCE,
    &cloudwatch_dashboard::RESOURCE,
    &hosted_zone::RESOURCE,
    &health_check::RESOURCE,
    &registered_domain::RESOURCE,
    &waf_web_acl::RESOURCE,
    &ecr_repository::RESOURCE,
    &synthetics_canary::RESOURCE,
    &access_analyzer::RESOURCE,
    &codepipeline::RESOURCE,
    &grafana_workspace::RESOURCE,
    &prometheus_scraper::RESOURCE,
    &cloudfront_distribution::RESOURCE,
    &ses_dedicated_ip::RESOURCE,
    &shield_subscription::RESOURCE,
    &cloudtrail_trail::RESOURCE,
    &cloudtrail_event_data_store::RESOURCE,
    &rds_retained_backup::RESOURCE,
    &rds_proxy::RESOURCE,
    &rds_shard_group::RESOURCE,
    &elasticache_snapshot::RESOURCE,
    &memorydb_snapshot::RESOURCE,
    &redshift_snapshot::RESOURCE,
    &redshift_serverless_snapshot::RESOURCE,
    &cloudsearch_domain::RESOURCE,
    // Storage, desktops and media.
    &efs_file_system::RESOURCE,
    &fsx_file_system::RESOURCE,
    &fsx_backup::RESOURCE,
    &directory::RESOURCE,
    &workspace::RESOURCE,
    &quicksight_subscription::RESOURCE,
    &transfer_server::RESOURCE,
    &transfer_web_app::RESOURCE,
    &cloudhsm_cluster::RESOURCE,
    &private_ca::RESOURCE,
    &appstream_fleet::RESOURCE,
    &appstream_image_builder::RESOURCE,
    &workspaces_pool::RESOURCE,
    &workspaces_web_portal::RESOURCE,
    &gamelift_fleet::RESOURCE,
    &medialive_channel::RESOURCE,
    &medialive_input::RESOURCE,
    &mediaconnect_flow::RESOURCE,
    &mediaconvert_queue::RESOURCE,
    &storage_gateway::RESOURCE,
    &drs_source_server::RESOURCE,
    &mgn_source_server::RESOURCE,
    &backup_recovery_point::RESOURCE,
    &s3_bucket::RESOURCE,
    // Machine learning.
    &opensearch_serverless_collection::RESOURCE,
    &sagemaker_endpoint::RESOURCE,
    &sagemaker_app::RESOURCE,
    &sagemaker_space::RESOURCE,
    &sagemaker_notebook_instance::RESOURCE,
    &kendra_index::RESOURCE,
    &bedrock_provisioned_throughput::RESOURCE,
    &bedrock_knowledge_base::RESOURCE,
    &sagemaker_training_job::RESOURCE,
    &sagemaker_processing_job::RESOURCE,
    &sagemaker_transform_job::RESOURCE,
    &sagemaker_mlflow_server::RESOURCE,
    &sagemaker_hyperpod_cluster::RESOURCE,
    &bedrock_imported_model::RESOURCE,
    &bedrock_custom_model::RESOURCE,
    &bedrock_custom_model_deployment::RESOURCE,
    &bedrock_marketplace_endpoint::RESOURCE,
    &opensearch_ingestion_pipeline::RESOURCE,
    &comprehend_endpoint::RESOURCE,
    &rekognition_model::RESOURCE,
    &personalize_campaign::RESOURCE,
    &personalize_recommender::RESOURCE,
    &qbusiness_application::RESOURCE,
    &healthlake_datastore::RESOURCE,
    // Environments, media, machine learning, archives.
    &evs_environment::RESOURCE,
    &mainframe_environment::RESOURCE,
    &workspaces_instance::RESOURCE,
    &gamelift_stream_group::RESOURCE,
    &glacier_vault::RESOURCE,
    &s3_directory_bucket::RESOURCE,
    &appstream_app_block_builder::RESOURCE,
    &rekognition_stream_processor::RESOURCE,
    &sagemaker_partner_app::RESOURCE,
    &sagemaker_training_plan::RESOURCE,
    &sagemaker_domain::RESOURCE,
    // Numbers, mail, monitors, commitments.
    &connect_phone_number::RESOURCE,
    &sms_phone_number::RESOURCE,
    &sms_sender_id::RESOURCE,
    &chime_phone_number::RESOURCE,
    &workmail_organization::RESOURCE,
    &mail_manager_ingress_point::RESOURCE,
    &mail_manager_add_on::RESOURCE,
    &network_monitor::RESOURCE,
    &internet_monitor::RESOURCE,
    &network_flow_monitor::RESOURCE,
    &network_flow_scope::RESOURCE,
    &metric_stream::RESOURCE,
    &savings_plan::RESOURCE,
    &support_plan::RESOURCE,
    // Functions, builds, tables.
    &lambda_provisioned_concurrency::RESOURCE,
    &api_gateway_cache::RESOURCE,
    &codebuild_fleet::RESOURCE,
    &ssm_parameter::RESOURCE,
    &resilience_hub_app::RESOURCE,
    &athena_capacity_reservation::RESOURCE,
    &keyspaces_table::RESOURCE,
    &timestream_table::RESOURCE,
    &dsql_cluster::RESOURCE,
    &dynamodb_backup::RESOURCE,
    // Security services.
    &guardduty_detector::RESOURCE,
    &security_hub::RESOURCE,
    &inspector::RESOURCE,
    &macie_session::RESOURCE,
    &detective_graph::RESOURCE,
    &security_lake::RESOURCE,
    &config_recorder::RESOURCE,
    &payment_cryptography_key::RESOURCE,
    // The network's and EC2's rest.
    &ec2_fleet::RESOURCE,
    &ec2_recycle_bin::RESOURCE,
    &ec2_vpc_encryption_control::RESOURCE,
    &ec2_vpn_concentrator::RESOURCE,
    &traffic_policy_record::RESOURCE,
    &route53_recovery_cluster::RESOURCE,
    &route53_profile_association::RESOURCE,
    &ecs_external_instance::RESOURCE,
    &msk_replicator::RESOURCE,
    &fsx_file_cache::RESOURCE,
    &lightsail_distribution::RESOURCE,
    &eks_capability::RESOURCE,
];

/// The type of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Resource> {
    ALL.iter().find(|resource| resource.id == id).copied()
}

/// Whether things of this service on the bill are looked for.
#[must_use]
pub fn covers(service: &str) -> bool {
    ALL.iter().any(|resource| resource.billed_as.contains(&service))
}
