//! The network: load balancers, gateways, endpoints, DNS.

mod api_gateway_cache;
mod classic_load_balancer;
mod cloud_wan_core_network;
mod cloudfront_distribution;
mod direct_connect_connection;
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
mod global_accelerator;
mod health_check;
mod hosted_zone;
mod load_balancer;
mod network_firewall;
mod network_firewall_reading;
mod registered_domain;
mod route53_profile_association;
mod route53_recovery_cluster;
mod route53_resolver_endpoint;
mod traffic_policy_record;
mod vpc_lattice_service;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &ec2_nat_gateway::RESOURCE,
    &load_balancer::RESOURCE,
    &classic_load_balancer::RESOURCE,
    &api_gateway_cache::RESOURCE,
    &ec2_vpc_endpoint::RESOURCE,
    &ec2_vpc_encryption_control::RESOURCE,
    &ec2_vpn_connection::RESOURCE,
    &ec2_vpn_concentrator::RESOURCE,
    &ec2_transit_gateway_attachment::RESOURCE,
    &network_firewall::RESOURCE,
    &global_accelerator::RESOURCE,
    &ec2_client_vpn_endpoint::RESOURCE,
    &route53_resolver_endpoint::RESOURCE,
    &route53_profile_association::RESOURCE,
    &route53_recovery_cluster::RESOURCE,
    &ec2_verified_access_endpoint::RESOURCE,
    &ec2_route_server_endpoint::RESOURCE,
    &ec2_traffic_mirror_session::RESOURCE,
    &ec2_ipam::RESOURCE,
    &direct_connect_connection::RESOURCE,
    &vpc_lattice_service::RESOURCE,
    &cloud_wan_core_network::RESOURCE,
    &hosted_zone::RESOURCE,
    &health_check::RESOURCE,
    &traffic_policy_record::RESOURCE,
    &registered_domain::RESOURCE,
    &cloudfront_distribution::RESOURCE,
];
