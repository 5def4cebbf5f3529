//! NAT gateways are charged for every hour they exist, used or not, a regional one in each of its zones, and for every
//! gigabyte of traffic.

use std::collections::BTreeSet;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{AutoProvisionZonesState, AvailabilityMode, NatGateway, NatGatewayAddress, NatGatewayState};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-nat-gateway",
    names: words("NAT gateway", "NAT ゲートウェイ"),
    bills: words(
        "per hour while it exists, used or not, and per GB that passes",
        "存在する間は使わなくても 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEC2"],
    asks: &[&Typed("ec2:DescribeNatGateways")],
    writes: &["ec2:DeleteNatGateway"],
    owns: &["ec2-address"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let gateways = Client::new(&cx.sdk).describe_nat_gateways().max_results(1000).into_paginator().items().send();
    let gateways: Vec<NatGateway> = gateways.try_collect().await?;
    Ok(gateways.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown state is reported, not hidden.
fn finding(gateway: &NatGateway) -> Option<Listed> {
    let billing = match gateway.state() {
        Some(NatGatewayState::Failed | NatGatewayState::Deleted) => return None,
        Some(NatGatewayState::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = gateway.nat_gateway_id().unwrap_or_default();
    let tags = ec2_tags(gateway.tags());
    // A private gateway has no address; a regional one with automatic zones has addresses that AWS allocates and releases.
    let addressed = gateway.nat_gateway_addresses().iter().any(|address| address.allocation_id().is_some());
    let own = addressed && gateway.auto_provision_zones() != Some(&AutoProvisionZonesState::Enabled);
    let notes = ["delete-only", "usage-extra"].into_iter().chain(own.then_some("address-stays"));
    let (notes, created_at) = (notes.map(Note::new).collect(), time(gateway.create_time()));
    // A regional gateway adds and removes zones.
    let bills_since_creation = gateway.availability_mode() != Some(&AvailabilityMode::Regional);
    let name = name_tag(&tags);
    let found = Listed { name, billing, created_at, bills_since_creation, tags, notes, ..Listed::new(id) };
    let found = found.charge(charge(gateway));
    Some(found.can(Verb::Delete, Command::aws("ec2 delete-nat-gateway --nat-gateway-id").arg(id)))
}

fn charge(gateway: &NatGateway) -> Charge {
    let sku = Sku::new("AmazonEC2").with("group", "NGW:NatGateway");
    if gateway.availability_mode() != Some(&AvailabilityMode::Regional) {
        return Charge::hourly("NAT gateway", sku.with("usagetype", "NatGateway-Hours"), 1);
    }
    let sku = sku.with("usagetype", "RegionalNatGateway-Hours");
    let zone =
        |address: &NatGatewayAddress| Some(address.availability_zone_id().or(address.availability_zone())?.to_owned());
    match gateway.nat_gateway_addresses().iter().filter_map(zone).collect::<BTreeSet<_>>().len() {
        0 => Charge::metered("regional NAT gateway", sku, Unit::Hour),
        zones => Charge::hourly("regional NAT gateway", sku, zones),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::builders::NatGatewayBuilder;

    use super::*;

    fn ids(gateway: NatGatewayBuilder) -> Vec<String> {
        let found = finding(&gateway.build()).unwrap();
        found.notes.iter().map(|note| note.id().to_owned()).collect()
    }
    fn address(zone: &str) -> NatGatewayAddress {
        NatGatewayAddress::builder().allocation_id("eipalloc-1").availability_zone_id(zone).build()
    }

    #[test]
    fn is_charged_until_it_is_deleted() {
        let billing = |state: &str| finding(&NatGateway::builder().state(state.into()).build()).map(|it| it.billing);
        let states = ["failed", "deleted", "deleting", "pending", "available", "future"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, None, Some(Billing::Ending), running, running, running]);
        assert_eq!(finding(&NatGateway::builder().build()).map(|it| it.billing), running);
    }

    #[test]
    fn a_regional_one_is_charged_in_each_of_its_zones() {
        let zonal = NatGateway::builder().nat_gateway_addresses(address("a")).nat_gateway_addresses(address("b"));
        let regional = || zonal.clone().availability_mode(AvailabilityMode::Regional);
        assert_eq!(charge(&zonal.clone().build()).what, "NAT gateway");
        assert_eq!(charge(&regional().nat_gateway_addresses(address("a")).build()).what, "2 × regional NAT gateway");
        assert_eq!(charge(&regional().set_nat_gateway_addresses(None).build()).quantity, None);
    }

    #[test]
    fn only_addresses_of_the_user_stay() {
        let public = || NatGateway::builder().nat_gateway_addresses(address("a"));
        assert_eq!(ids(public()), ["delete-only", "usage-extra", "address-stays"]);
        assert_eq!(ids(NatGateway::builder()), ["delete-only", "usage-extra"]);
        let provided = public().auto_provision_zones(AutoProvisionZonesState::Enabled);
        assert_eq!(ids(provided), ["delete-only", "usage-extra"]);
    }
}
