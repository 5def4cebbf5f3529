//! Route 53 Resolver endpoints are charged for every hour of each of their addresses, and for queries.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{located, parse_timestamp};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "route53-resolver-endpoint",
    names: words("Route 53 Resolver endpoint", "Route 53 Resolver エンドポイント"),
    bills: words(
        "per hour and IP address (at least two) while it exists, and per query",
        "存在する間は IP アドレス(2 つ以上) ごとに 1 時間ごと、加えてクエリごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonRoute53"],
    asks: &[&ENDPOINTS],
    writes: &["route53resolver:DeleteResolverEndpoint"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ENDPOINTS: Operation<Endpoint> = Operation::new("route53resolver:ListResolverEndpoints").at("ResolverEndpoints");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Endpoint {
    id: Option<String>,
    arn: Option<String>,
    name: Option<String>,
    direction: Option<Direction>,
    ip_address_count: Option<Decimal>,
    status: Option<Status>,
    creation_time: Option<String>,
    outpost_arn: Option<String>,
}

values! { enum Direction { Outbound = "OUTBOUND" } }
values! { enum Status { Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let endpoints = cx.ask(&ENDPOINTS).all().await?;
    Ok(endpoints.iter().map(finding).collect::<Vec<_>>().into())
}

/// Every status except deleting is charged in full; deleted endpoints are not listed.
fn finding(endpoint: &Endpoint) -> Listed {
    let id = endpoint.id.as_deref().unwrap_or_default();
    let ending = endpoint.status == Some(Status::Deleting);
    let outbound = endpoint.direction == Some(Direction::Outbound);
    let rules = outbound.then(|| Note::with("parts-first", "rules"));
    let found = Listed {
        arn: endpoint.arn.clone(),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: parse_timestamp(endpoint.creation_time.as_deref()),
        notes: [Note::new("delete-only"), Note::new("usage-extra")].into_iter().chain(rules).collect(),
        ..Listed::new(id)
    };
    let command = Command::aws("route53resolver delete-resolver-endpoint --resolver-endpoint-id").arg(id);
    found.named(endpoint.name.clone()).charge(charge(endpoint)).can(Verb::Delete, command)
}

fn charge(endpoint: &Endpoint) -> Charge {
    let sku = Sku::new("AmazonRoute53").with("usagetype", "ResolverNetworkInterface");
    let sku = located(sku, None, endpoint.outpost_arn.as_deref().filter(|arn| !arn.is_empty()));
    match endpoint.ip_address_count {
        Some(count) if count > Decimal::ZERO => Charge::hourly("Resolver network interface", sku, count),
        _ => Charge::metered("Resolver network interface", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_is_charged_in_every_status() {
        let seen = |status: &str| {
            let (status, ip_address_count) = (Some(status.into()), Some(2.into()));
            let found = finding(&Endpoint { ip_address_count, status, ..Endpoint::default() });
            (found.billing, found.charges[0].what.clone())
        };
        let what = || "2 × Resolver network interface".to_owned();
        for status in ["OPERATIONAL", "ACTION_NEEDED", "CREATING", "FUTURE"] {
            assert_eq!(seen(status), (Billing::Running, what()), "{status}");
        }
        assert_eq!(seen("DELETING"), (Billing::Ending, what()));
        assert_eq!(finding(&Endpoint::default()).charges[0].quantity, None);
    }
}
