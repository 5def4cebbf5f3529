//! Logs, metrics, alarms and configuration.

mod cloudtrail_event_data_store;
mod cloudtrail_trail;
mod cloudwatch_alarm;
mod cloudwatch_dashboard;
mod config_recorder;
mod grafana_workspace;
mod internet_monitor;
mod log_group;
mod metric_stream;
mod network_flow_monitor;
mod network_flow_scope;
mod network_monitor;
mod prometheus_scraper;
mod resilience_hub_app;
mod ssm_parameter;
mod synthetics_canary;
mod trail_events;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &ssm_parameter::RESOURCE,
    &log_group::RESOURCE,
    &cloudwatch_alarm::RESOURCE,
    &cloudwatch_dashboard::RESOURCE,
    &synthetics_canary::RESOURCE,
    &metric_stream::RESOURCE,
    &internet_monitor::RESOURCE,
    &network_monitor::RESOURCE,
    &network_flow_monitor::RESOURCE,
    &network_flow_scope::RESOURCE,
    &resilience_hub_app::RESOURCE,
    &grafana_workspace::RESOURCE,
    &prometheus_scraper::RESOURCE,
    &cloudtrail_trail::RESOURCE,
    &cloudtrail_event_data_store::RESOURCE,
    &config_recorder::RESOURCE,
];
