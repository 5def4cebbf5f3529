//! Lightsail load balancers are charged for every hour they exist, used or not.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::lightsail_plan::plan;
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::reading::lowercase_tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-load-balancer",
    names: words("Lightsail load balancer", "Lightsail ロードバランサー"),
    bills: words("per hour up to a fixed monthly price, used or not", "使わなくても、一定の月額を上限に 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonLightsail"],
    asks: &[&BALANCERS],
    writes: &["lightsail:DeleteLoadBalancer"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const BALANCERS: Operation<Balancer> = Operation::new("lightsail:GetLoadBalancers").at("loadBalancers");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Balancer {
    name: String,
    arn: Option<String>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let balancers = cx.ask(&BALANCERS).all().await?;
    Ok(balancers.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(balancer: &Balancer) -> Listed {
    let name = &balancer.name;
    let found = Listed {
        arn: balancer.arn.clone(),
        created_at: balancer.created_at,
        bills_since_creation: true,
        tags: balancer.tags.clone(),
        charges: vec![Charge::hourly("Lightsail load balancer", plan("load-balancer", "load balancer"), 1)],
        notes: vec![Note::new("delete-only")],
        ..Listed::new(name)
    };
    found
        .loses(Loss::Address)
        .can(Verb::Delete, Command::aws("lightsail delete-load-balancer --load-balancer-name").arg(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_state_is_charged() {
        for state in ["active", "provisioning", "active_impaired", "failed", "unknown", "future"] {
            let balancer = json!({ "name": "web", "state": state });
            let found = finding(&serde_json::from_value(balancer).unwrap());
            assert_eq!(found.charges[0].sku.to_string(), "AmazonLightsail bundle=load balancer kind=load-balancer");
        }
    }
}
