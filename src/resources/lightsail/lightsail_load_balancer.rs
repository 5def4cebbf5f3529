//! Lightsail load balancers bill for every hour they exist, used or not.

use aws_sdk_lightsail::Client;
use aws_sdk_lightsail::types::LoadBalancer;
use futures::{FutureExt, TryFutureExt};

use super::lightsail_reading::{lightsail_tags, pages, plan};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-load-balancer",
    names: words("Lightsail load balancer", "Lightsail ロードバランサー"),
    bills: words("per hour up to a fixed monthly price, used or not", "使わなくても、一定の月額を上限に 1 時間ごと"),
    scope: Scope::Region,
    endpoint: "lightsail",
    small: false,
    billed_as: &["AmazonLightsail"],
    reads: &["lightsail:GetLoadBalancers"],
    writes: &["lightsail:DeleteLoadBalancer"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token| client.get_load_balancers().set_page_token(token).send();
    let balancers = pages(|token| ask(token).map_ok(|page| (page.load_balancers, page.next_page_token))).await?;
    Ok(balancers.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(balancer: &LoadBalancer) -> Listed {
    let name = balancer.name().unwrap_or_default();
    let found = Listed {
        arn: balancer.arn().map(str::to_owned),
        created_at: time(balancer.created_at()),
        bills_since_creation: true,
        tags: lightsail_tags(balancer.tags()),
        charges: vec![Charge::hourly("Lightsail load balancer", plan("load-balancer", "load balancer"), 1)],
        notes: vec![Note::new("delete-only")],
        ..Listed::new(name)
    };
    found.can(Verb::Delete, Command::aws("lightsail delete-load-balancer --load-balancer-name").arg(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_bills() {
        for state in ["active", "provisioning", "active_impaired", "failed", "unknown", "dreaming"] {
            let found = finding(&LoadBalancer::builder().name("web").state(state.into()).build());
            assert_eq!(found.charges[0].sku.to_string(), "AmazonLightsail bundle=load balancer kind=load-balancer");
        }
    }
}
