//! Client VPN endpoints are charged for every hour of each associated subnet; without any they are free.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    AssociationStatusCode as Association, ClientVpnEndpoint, ClientVpnEndpointStatusCode as Status, TargetNetwork,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{ec2_tags, name_tag, parse_timestamp};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-client-vpn-endpoint",
    names: words("Client VPN endpoint", "クライアント VPN エンドポイント"),
    bills: words(
        "per hour and associated subnet, and per hour of each connection",
        "関連付けたサブネットごとに 1 時間ごと、加えて接続 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeClientVpnEndpoints"), &Typed("ec2:DescribeClientVpnTargetNetworks")],
    writes: &["ec2:DisassociateClientVpnTargetNetwork", "ec2:DeleteClientVpnEndpoint"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let endpoints = client.describe_client_vpn_endpoints().max_results(1000).into_paginator().items().send();
    let endpoints: Vec<ClientVpnEndpoint> = endpoints.try_collect().await?;
    let ask = |endpoint: &ClientVpnEndpoint| {
        let asked = client.describe_client_vpn_target_networks().max_results(1000);
        let asked = asked.set_client_vpn_endpoint_id(endpoint.client_vpn_endpoint_id.clone());
        asked.into_paginator().items().send().try_collect()
    };
    let found = |it: &_, networks: Option<&Vec<TargetNetwork>>| finding(it, networks.map(Vec::as_slice));
    Ok(detailed(endpoints, ask, found).await)
}

/// `None` means it is not charged. `networks` is `None` if AWS did not list them.
fn finding(endpoint: &ClientVpnEndpoint, networks: Option<&[TargetNetwork]>) -> Option<Listed> {
    let billing = match endpoint.status().and_then(|status| status.code()) {
        Some(Status::Deleted) => return None,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let sku = Sku::new("AmazonVPC").with("usagetype", "ClientVPN-EndpointHours");
    let by_gateway = endpoint.transit_gateway_configuration().is_some();
    let associated: Option<Vec<&TargetNetwork>> = networks.map(|all| all.iter().filter(|it| bills(it)).collect());
    let charge = match associated.as_deref() {
        Some([]) if !by_gateway => return None,
        None | Some([]) => Charge::metered("Client VPN association", sku, Unit::Hour),
        Some(associated) => Charge::hourly("Client VPN association", sku, associated.len()),
    };
    let id = endpoint.client_vpn_endpoint_id().unwrap_or_default();
    let tags = ec2_tags(endpoint.tags());
    let (name, created_at) = (name_tag(&tags), parse_timestamp(endpoint.creation_time()));
    let notes = vec![Note::with("parts-first", "associations"), Note::new("usage-extra")];
    let found = Listed { name, billing, created_at, tags, notes, ..Listed::new(id) }.charge(charge);
    let leave = |network: &&TargetNetwork| {
        let association = network.association_id()?;
        let leave = Command::aws("ec2 disassociate-client-vpn-target-network --client-vpn-endpoint-id").arg(id);
        Some(leave.words("--association-id").arg(association))
    };
    let found = match associated.iter().flatten().filter_map(leave).reduce(Command::then) {
        Some(stop) => found.can(Verb::Stop, stop),
        None => found,
    };
    Some(found.can(Verb::Delete, Command::aws("ec2 delete-client-vpn-endpoint --client-vpn-endpoint-id").arg(id)))
}

/// An unknown state counts as charged.
fn bills(network: &TargetNetwork) -> bool {
    let state = network.status().and_then(|status| status.code());
    !matches!(state, Some(Association::AssociationFailed | Association::Disassociated))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{AssociationStatus, ClientVpnEndpointStatus};

    use super::*;

    fn network(state: &str) -> TargetNetwork {
        let status = AssociationStatus::builder().code(state.into()).build();
        TargetNetwork::builder().association_id(state).status(status).build()
    }

    #[test]
    fn each_association_is_charged_and_without_one_it_is_free() {
        let endpoint = ClientVpnEndpoint::builder().client_vpn_endpoint_id("cvpn-1").build();
        let seen = |states: &[&str]| {
            let networks: Vec<_> = states.iter().map(|state| network(state)).collect();
            finding(&endpoint, Some(&networks)).map(|found| found.charges[0].what.clone())
        };
        assert_eq!(seen(&[]), None);
        assert_eq!(seen(&["disassociated", "association-failed"]), None);
        assert_eq!(seen(&["associated", "disassociated", "future"]).unwrap(), "2 × Client VPN association");
        let unknown = finding(&endpoint, None).unwrap();
        assert_eq!((unknown.charges[0].quantity, unknown.can), (None, vec![Verb::Delete]));
    }

    #[test]
    fn a_deleted_one_is_free_and_it_is_stopped_by_taking_it_off_its_subnets() {
        let of = |state: &str| {
            let status = ClientVpnEndpointStatus::builder().code(state.into()).build();
            finding(&ClientVpnEndpoint::builder().status(status).build(), Some(&[network("associated")]))
        };
        assert_eq!(of("deleted"), None);
        assert_eq!(of("deleting").map(|it| it.billing), Some(Billing::Ending));
        assert_eq!(of("future").map(|it| it.can), Some(vec![Verb::Stop, Verb::Delete]));
    }
}
