//! VPC endpoints are charged for each of their zones, used or not, and for every gigabyte. Gateway endpoints are free.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{PayerResponsibilityScope, PayerResponsibilityType, State, VpcEndpoint, VpcEndpointType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-vpc-endpoint",
    names: words("VPC endpoint", "VPC エンドポイント"),
    bills: words(
        "per hour and zone while it exists, used or not, and per GB that passes; gateway endpoints are free",
        "存在する間は使わなくてもゾーンごとに 1 時間ごと、加えて通過した GB ごと。ゲートウェイ型は無料",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeVpcEndpoints")],
    writes: &["ec2:DeleteVpcEndpoints"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let endpoints = Client::new(&cx.sdk).describe_vpc_endpoints().max_results(1000).into_paginator().items().send();
    let endpoints: Vec<VpcEndpoint> = endpoints.try_collect().await?;
    Ok(endpoints.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is not charged. An unknown state is reported, not hidden.
fn finding(endpoint: &VpcEndpoint) -> Option<Listed> {
    // EC2 answers in lower case, unlike its model.
    let state = endpoint.state().map_or("", State::as_str).to_ascii_lowercase();
    let billing = match &*state {
        "deleted" => return None,
        "deleting" => Billing::Ending,
        _ => Billing::Running,
    };
    let kind = endpoint.vpc_endpoint_type().map_or("", VpcEndpointType::as_str);
    if kind.eq_ignore_ascii_case("gateway") {
        return None;
    }
    let managed = endpoint.requester_managed() == Some(true);
    let charge = charge(endpoint, kind);
    let unsure = managed || paid_by_the_service(endpoint) || ["failed", "rejected", "expired"].contains(&&*state);
    let charge = if unsure && charge.quantity.is_some() { charge.at_most() } else { charge };
    let id = endpoint.vpc_endpoint_id().unwrap_or_default();
    let tags = ec2_tags(endpoint.tags());
    let name = name_tag(&tags).or_else(|| endpoint.service_name().map(str::to_owned));
    let created_at = time(endpoint.creation_timestamp());
    let found = Listed { name, billing, created_at, tags, ..Listed::new(id) }.charge(charge);
    if managed {
        return Some(found.note(Note::with("managed-by", "AWS")));
    }
    let found = found.note(Note::new("delete-only")).note(Note::new("usage-extra"));
    Some(found.can(Verb::Delete, Command::aws("ec2 delete-vpc-endpoints --vpc-endpoint-ids").arg(id)))
}

/// Whether the owner of the service may pay for the endpoint; that may be this account.
fn paid_by_the_service(endpoint: &VpcEndpoint) -> bool {
    let mut payers = endpoint.payer_responsibilities().iter();
    payers.any(|payer| {
        payer.scope() == Some(&PayerResponsibilityScope::VpcEndpointCharges)
            && payer.payer_responsibility_type() == Some(&PayerResponsibilityType::VpcEndpointServiceAccount)
    })
}

/// It is charged for its network interface in each subnet.
fn charge(endpoint: &VpcEndpoint, kind: &str) -> Charge {
    let (name, usage) = match &*kind.to_ascii_lowercase() {
        "interface" => ("interface endpoint", "VpcEndpoint-Hours".to_owned()),
        "gatewayloadbalancer" => ("Gateway Load Balancer endpoint", "VpcEndpoint-GWLBE-Hours".to_owned()),
        "resource" => ("resource endpoint", format!("VpcEndpoint-{kind}-Hours")),
        "servicenetwork" => ("service network endpoint", format!("VpcEndpoint-{kind}-Hours")),
        _ => ("VPC endpoint", format!("VpcEndpoint-{kind}-Hours")),
    };
    let sku = Sku::new("AmazonVPC").with("usagetype", usage);
    match [endpoint.subnet_ids().len(), endpoint.network_interface_ids().len()] {
        [0, 0] => Charge::metered(name, sku, Unit::Hour),
        [0, zones] | [zones, _] => Charge::hourly(name, sku, zones),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{PayerResponsibilityEntry, builders::VpcEndpointBuilder};

    use super::*;
    use crate::model::Measure;

    fn endpoint(state: &str) -> VpcEndpointBuilder {
        VpcEndpoint::builder().vpc_endpoint_type("Interface".into()).state(state.into()).subnet_ids("a").subnet_ids("b")
    }

    fn measure(endpoint: VpcEndpointBuilder) -> Measure {
        finding(&endpoint.build()).unwrap().charges[0].measure
    }

    #[test]
    fn is_charged_until_it_is_deleted_unless_it_is_a_gateway() {
        let billing = |it: VpcEndpointBuilder| finding(&it.build()).map(|found| found.billing);
        assert_eq!(billing(endpoint("deleted")), None);
        assert_eq!(billing(endpoint("Deleting")), Some(Billing::Ending));
        for state in ["available", "pendingAcceptance", "failed", "future"] {
            assert_eq!(billing(endpoint(state)), Some(Billing::Running), "{state}");
        }
        assert_eq!(billing(endpoint("available").vpc_endpoint_type("Gateway".into())), None);
        assert_eq!(billing(VpcEndpoint::builder()), Some(Billing::Running));
    }

    #[test]
    fn each_zone_is_charged_and_an_endpoint_that_others_may_pay_is_a_maximum() {
        let seen = |kind: &str| finding(&endpoint("available").vpc_endpoint_type(kind.into()).build()).unwrap();
        assert_eq!(seen("Interface").charges[0].what, "2 × interface endpoint");
        let sku = seen("Hologram").charges[0].sku.to_string();
        assert_eq!(sku, "AmazonVPC usagetype=VpcEndpoint-Hologram-Hours");
        assert_eq!(finding(&VpcEndpoint::builder().build()).unwrap().charges[0].quantity, None);
        let payer = PayerResponsibilityEntry::builder()
            .scope(PayerResponsibilityScope::VpcEndpointCharges)
            .payer_responsibility_type(PayerResponsibilityType::VpcEndpointServiceAccount);
        assert_eq!(measure(endpoint("available")), Measure::Exact);
        assert_eq!(measure(endpoint("available").payer_responsibilities(payer.build())), Measure::AtMost);
        assert_eq!(measure(endpoint("available").requester_managed(true)), Measure::AtMost);
        assert_eq!(measure(endpoint("rejected")), Measure::AtMost);
    }
}
