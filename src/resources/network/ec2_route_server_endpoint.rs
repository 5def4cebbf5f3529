//! Route server endpoints are charged for every hour they exist.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{RouteServerEndpoint, RouteServerEndpointState as State};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-route-server-endpoint",
    names: words("VPC route server endpoint", "VPC Route Server エンドポイント"),
    bills: words("per hour while it exists", "存在する間は 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeRouteServerEndpoints")],
    writes: &["ec2:DeleteRouteServerEndpoint"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_route_server_endpoints().max_results(1000);
    let endpoints: Vec<RouteServerEndpoint> = asked.into_paginator().items().send().try_collect().await?;
    Ok(endpoints.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is not charged. An unknown state is reported, not hidden.
fn finding(endpoint: &RouteServerEndpoint) -> Option<Listed> {
    let billing = match endpoint.state() {
        Some(State::Deleted | State::Failed) => return None,
        Some(State::Deleting | State::Failing) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = endpoint.route_server_endpoint_id().unwrap_or_default();
    let tags = ec2_tags(endpoint.tags());
    let notes = vec![Note::new("delete-only"), Note::with("parts-first", "route server peers")];
    let found = Listed { name: name_tag(&tags), billing, tags, notes, ..Listed::new(id) };
    let sku = Sku::new("AmazonVPC").with("usagetype", "RouteServer-Endpoint-Hours");
    let found = found.charge(Charge::hourly("route server endpoint", sku, 1));
    let delete = Command::aws("ec2 delete-route-server-endpoint --route-server-endpoint-id").arg(id);
    Some(found.can(Verb::Delete, delete))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_until_it_is_gone() {
        let billing = |state: &str| {
            finding(&RouteServerEndpoint::builder().state(state.into()).build()).map(|found| found.billing)
        };
        assert_eq!(["deleted", "failed", "deleting"].map(billing), [None, None, Some(Billing::Ending)]);
        let running = ["available", "pending", "delete-failed", "future"];
        assert_eq!(running.map(billing), [Some(Billing::Running); 4]);
        assert!(finding(&RouteServerEndpoint::builder().build()).is_some());
    }
}
