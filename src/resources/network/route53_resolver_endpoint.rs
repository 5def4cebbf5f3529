//! Route 53 Resolver endpoints bill for every hour of each address they have, and for the queries they answer.

use aws_sdk_route53resolver::Client;
use aws_sdk_route53resolver::types::{ResolverEndpoint, ResolverEndpointDirection, ResolverEndpointStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{located, written};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "route53-resolver-endpoint",
    names: words("Route 53 Resolver endpoint", "Route 53 Resolver エンドポイント"),
    bills: words(
        "per hour and IP address (at least two) while it exists, and per query",
        "存在する間は IP アドレス (2 つ以上) ごとに 1 時間ごと、加えてクエリごと",
    ),
    scope: Scope::Region,
    endpoint: "route53resolver",
    small: false,
    billed_as: &["AmazonRoute53"],
    reads: &["route53resolver:ListResolverEndpoints"],
    writes: &["route53resolver:DeleteResolverEndpoint"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let endpoints = Client::new(&cx.sdk).list_resolver_endpoints().max_results(100).into_paginator().items().send();
    let endpoints: Vec<ResolverEndpoint> = endpoints.try_collect().await?;
    Ok(endpoints.iter().map(finding).collect::<Vec<_>>().into())
}

/// Every status but that of one on its way out bills in full; one that is gone is not listed.
fn finding(endpoint: &ResolverEndpoint) -> Listed {
    let id = endpoint.id().unwrap_or_default();
    let ending = endpoint.status() == Some(&ResolverEndpointStatus::Deleting);
    let outbound = endpoint.direction() == Some(&ResolverEndpointDirection::Outbound);
    let rules = outbound.then(|| Note::with("parts-first", "rules"));
    let found = Listed {
        arn: endpoint.arn().map(str::to_owned),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: written(endpoint.creation_time()),
        notes: [Note::new("delete-only"), Note::new("usage-extra")].into_iter().chain(rules).collect(),
        ..Listed::new(id)
    };
    let command = Command::aws("route53resolver delete-resolver-endpoint --resolver-endpoint-id").arg(id);
    found.named(endpoint.name().map(str::to_owned)).charge(charge(endpoint)).can(Verb::Delete, command)
}

fn charge(endpoint: &ResolverEndpoint) -> Charge {
    let sku = Sku::new("AmazonRoute53").with("usagetype", "ResolverNetworkInterface");
    let sku = located(sku, None, endpoint.outpost_arn().filter(|arn| !arn.is_empty()));
    match endpoint.ip_address_count() {
        Some(count @ 1..) => Charge::hourly("Resolver network interface", sku, count),
        _ => Charge::metered("Resolver network interface", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_bills_in_every_status() {
        let seen = |status: &str| {
            let found = finding(&ResolverEndpoint::builder().status(status.into()).ip_address_count(2).build());
            (found.billing, found.charges[0].what.clone())
        };
        let what = || "2 × Resolver network interface".to_owned();
        for status in ["OPERATIONAL", "ACTION_NEEDED", "CREATING", "DREAMING"] {
            assert_eq!(seen(status), (Billing::Running, what()), "{status}");
        }
        assert_eq!(seen("DELETING"), (Billing::Ending, what()));
        assert_eq!(finding(&ResolverEndpoint::builder().build()).charges[0].quantity, None);
    }
}
