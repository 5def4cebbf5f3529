//! Verified Access endpoints are charged for every hour they exist, and for every gigabyte of traffic.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    VerifiedAccessEndpoint, VerifiedAccessEndpointProtocol as Protocol, VerifiedAccessEndpointStatusCode as Status,
    VerifiedAccessEndpointType,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag, parse_timestamp};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-verified-access-endpoint",
    names: words("Verified Access endpoint", "Verified Access エンドポイント"),
    bills: words("per hour while it exists, and per GB that passes", "存在する間は 1 時間ごと、加えて通過した GB ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeVerifiedAccessEndpoints")],
    writes: &["ec2:DeleteVerifiedAccessEndpoint"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_verified_access_endpoints().max_results(1000);
    let endpoints: Vec<VerifiedAccessEndpoint> = asked.into_paginator().items().send().try_collect().await?;
    Ok(endpoints.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown state is reported, not hidden.
fn finding(endpoint: &VerifiedAccessEndpoint) -> Option<Listed> {
    let billing = match endpoint.status().and_then(|status| status.code()) {
        Some(Status::Deleted) => return None,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = endpoint.verified_access_endpoint_id().unwrap_or_default();
    let tags = ec2_tags(endpoint.tags());
    let name = name_tag(&tags).or_else(|| endpoint.application_domain().map(str::to_owned));
    let created_at = parse_timestamp(endpoint.creation_time());
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let found = Listed { billing, created_at, bills_since_creation: true, tags, notes, ..Listed::new(id) };
    let delete = Command::aws("ec2 delete-verified-access-endpoint --verified-access-endpoint-id").arg(id);
    Some(found.named(name).charge(charge(endpoint)).can(Verb::Delete, delete))
}

/// Web applications have their own price; that of other applications is not known.
fn charge(endpoint: &VerifiedAccessEndpoint) -> Charge {
    let balancer = endpoint.load_balancer_options().and_then(|it| it.protocol());
    let protocol = balancer.or_else(|| endpoint.network_interface_options().and_then(|it| it.protocol()));
    let sku = Sku::new("AmazonVPC");
    let sku = if matches!(protocol, Some(Protocol::Http | Protocol::Https)) {
        sku.with("item", "verified_access_app_tier1").with("unit", "hour")
    } else {
        let kind = endpoint.endpoint_type().map_or("unknown", VerifiedAccessEndpointType::as_str);
        sku.with("usagetype", format!("VerifiedAccess-{kind}-Hours"))
    };
    Charge::hourly("Verified Access endpoint", sku, 1)
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{VerifiedAccessEndpointLoadBalancerOptions as Balancer, VerifiedAccessEndpointStatus};

    use super::*;

    #[test]
    fn is_charged_until_it_is_deleted() {
        let billing = |state: &str| {
            let status = VerifiedAccessEndpointStatus::builder().code(state.into()).build();
            finding(&VerifiedAccessEndpoint::builder().status(status).build()).map(|found| found.billing)
        };
        assert_eq!(["deleted", "deleting"].map(billing), [None, Some(Billing::Ending)]);
        assert_eq!(["active", "updating", "future"].map(billing), [Some(Billing::Running); 3]);
        assert!(finding(&VerifiedAccessEndpoint::builder().build()).is_some());
    }

    #[test]
    fn only_a_web_application_has_the_price_of_one() {
        let key = |protocol: &str| {
            let options = Balancer::builder().protocol(protocol.into()).build();
            let endpoint = VerifiedAccessEndpoint::builder().endpoint_type("load-balancer".into());
            charge(&endpoint.load_balancer_options(options).build()).sku.to_string()
        };
        assert_eq!(key("https"), "AmazonVPC item=verified_access_app_tier1 unit=hour");
        assert_eq!(key("tcp"), "AmazonVPC usagetype=VerifiedAccess-load-balancer-Hours");
    }
}
