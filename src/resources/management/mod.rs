//! Logs, metrics, alarms and configuration.

mod cloudtrail_event_data_store;
mod cloudtrail_trail;
mod cloudwatch_alarm;
mod cloudwatch_dashboard;
// LATER mod config_recorder;
// LATER mod grafana_workspace;
// LATER mod internet_monitor;
// LATER mod log_group;
mod metric_stream;
// LATER mod network_flow_monitor;
// LATER mod network_flow_scope;
// LATER mod network_monitor;
// LATER mod prometheus_scraper;
// LATER mod resilience_hub_app;
// LATER mod ssm_parameter;
// LATER mod synthetics_canary;
mod trail_events;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    // LATER &ssm_parameter::RESOURCE,
    // LATER &log_group::RESOURCE,
    &cloudwatch_alarm::RESOURCE,
    &cloudwatch_dashboard::RESOURCE,
    // LATER &synthetics_canary::RESOURCE,
    &metric_stream::RESOURCE,
    // LATER &internet_monitor::RESOURCE,
    // LATER &network_monitor::RESOURCE,
    // LATER &network_flow_monitor::RESOURCE,
    // LATER &network_flow_scope::RESOURCE,
    // LATER &resilience_hub_app::RESOURCE,
    // LATER &grafana_workspace::RESOURCE,
    // LATER &prometheus_scraper::RESOURCE,
    &cloudtrail_trail::RESOURCE,
    &cloudtrail_event_data_store::RESOURCE,
    // LATER &config_recorder::RESOURCE,
];
