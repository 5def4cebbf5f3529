//! The network: load balancers, gateways, endpoints, DNS.

// LATER mod api_gateway_cache;
// LATER mod classic_load_balancer;
// LATER mod cloud_wan_core_network;
// LATER mod cloudfront_distribution;
// LATER mod direct_connect_connection;
mod ec2_client_vpn_endpoint;
mod ec2_ipam;
mod ec2_nat_gateway;
mod ec2_route_server_endpoint;
mod ec2_traffic_mirror_session;
mod ec2_transit_gateway_attachment;
mod ec2_verified_access_endpoint;
mod ec2_vpc_encryption_control;
mod ec2_vpc_endpoint;
mod ec2_vpn_concentrator;
mod ec2_vpn_connection;
// LATER mod global_accelerator;
// LATER mod health_check;
mod hosted_zone;
mod load_balancer;
// LATER mod network_firewall;
// LATER mod registered_domain;
// LATER mod route53_profile_association;
// LATER mod route53_recovery_cluster;
// LATER mod route53_resolver_endpoint;
// LATER mod traffic_policy_record;
// LATER mod vpc_lattice_service;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &ec2_nat_gateway::RESOURCE,
    &load_balancer::RESOURCE,
    // LATER &classic_load_balancer::RESOURCE,
    // LATER &api_gateway_cache::RESOURCE,
    &ec2_vpc_endpoint::RESOURCE,
    &ec2_vpc_encryption_control::RESOURCE,
    &ec2_vpn_connection::RESOURCE,
    &ec2_vpn_concentrator::RESOURCE,
    &ec2_transit_gateway_attachment::RESOURCE,
    // LATER &network_firewall::RESOURCE,
    // LATER &global_accelerator::RESOURCE,
    &ec2_client_vpn_endpoint::RESOURCE,
    // LATER &route53_resolver_endpoint::RESOURCE,
    // LATER &route53_profile_association::RESOURCE,
    // LATER &route53_recovery_cluster::RESOURCE,
    &ec2_verified_access_endpoint::RESOURCE,
    &ec2_route_server_endpoint::RESOURCE,
    &ec2_traffic_mirror_session::RESOURCE,
    &ec2_ipam::RESOURCE,
    // LATER &direct_connect_connection::RESOURCE,
    // LATER &vpc_lattice_service::RESOURCE,
    // LATER &cloud_wan_core_network::RESOURCE,
    &hosted_zone::RESOURCE,
    // LATER &health_check::RESOURCE,
    // LATER &traffic_policy_record::RESOURCE,
    // LATER &registered_domain::RESOURCE,
    // LATER &cloudfront_distribution::RESOURCE,
];
