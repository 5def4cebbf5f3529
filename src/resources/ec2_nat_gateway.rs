//! NAT gateways bill for every hour they exist, used or not, and for every gigabyte they pass.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{NatGateway, NatGatewayState};
use futures::FutureExt;

use super::reading::{ec2_tags, name_tag, time};
use super::{Listing, Resource};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Finding, Note, Scope, Sku, Verb, words};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-nat-gateway",
    names: words("NAT gateway", "NAT ゲートウェイ"),
    bills: words(
        "per hour while it exists, used or not, and per GB that passes",
        "存在する間は使わなくても 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Region,
    reads: &["ec2:DescribeNatGateways"],
    writes: &["ec2:DeleteNatGateway"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let gateways = Client::new(&cx.sdk).describe_nat_gateways().max_results(1000).into_paginator().items().send();
    let gateways: Vec<NatGateway> = gateways.try_collect().await?;
    Ok(gateways.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills. An unknown state is reported, not hidden.
fn finding(gateway: &NatGateway) -> Option<Finding> {
    let billing = match gateway.state() {
        Some(NatGatewayState::Failed | NatGatewayState::Deleted) => return None,
        Some(NatGatewayState::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = gateway.nat_gateway_id().unwrap_or_default();
    let tags = ec2_tags(gateway.tags());
    let sku = Sku::new("AmazonEC2").with("group", "NGW:NatGateway").with("usagetype", "NatGateway-Hours");
    let finding =
        Finding { billing, created_at: time(gateway.create_time()), name: name_tag(&tags), tags, ..Finding::new(id) };
    Some(
        finding
            .charge(Charge::hourly("NAT gateway", sku, 1))
            .can(Verb::Delete, format!("aws ec2 delete-nat-gateway --nat-gateway-id {id}"))
            .note(Note::new("delete-only"))
            .note(Note::new("usage-extra"))
            .note(Note::new("address-stays")),
    )
}
