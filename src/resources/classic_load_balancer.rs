//! Classic load balancers bill for every hour they exist, and for every gigabyte they pass.

use aws_sdk_elasticloadbalancing::Client;
use aws_sdk_elasticloadbalancing::types::LoadBalancerDescription;
use futures::FutureExt;

use super::reading::time;
use super::{Listing, Resource};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Finding, Note, Scope, Sku, Verb, words};

pub(super) static RESOURCE: Resource = Resource {
    id: "classic-load-balancer",
    names: words("Classic load balancer", "Classic Load Balancer"),
    bills: words(
        "per hour while it exists, used or not, and per GB that passes",
        "存在する間は使わなくても 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Region,
    endpoint: "elasticloadbalancing",
    small: false,
    billed_as: &["AWSELB"],
    reads: &["elasticloadbalancing:DescribeLoadBalancers"],
    writes: &["elasticloadbalancing:DeleteLoadBalancer"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let balancers = Client::new(&cx.sdk).describe_load_balancers().page_size(400).into_paginator().items().send();
    let balancers: Vec<LoadBalancerDescription> = balancers.try_collect().await?;
    Ok(balancers.iter().map(finding).collect::<Vec<_>>().into())
}

/// It has no state: one that exists bills.
fn finding(balancer: &LoadBalancerDescription) -> Finding {
    let name = balancer.load_balancer_name().unwrap_or_default();
    let sku = Sku::new("AWSELB").with("productFamily", "Load Balancer").with("usagetype", "LoadBalancerUsage");
    Finding { created_at: time(balancer.created_time()), bills_since_creation: true, ..Finding::new(name) }
        .charge(Charge::hourly("Classic Load Balancer", sku, 1))
        .can(Verb::Delete, format!("aws elb delete-load-balancer --load-balancer-name {name}"))
        .note(Note::new("delete-only"))
        .note(Note::new("usage-extra"))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    #[test]
    fn one_that_exists_bills_by_the_hour() {
        let made = DateTime::from_secs(1_575_166_260);
        let found = finding(&LoadBalancerDescription::builder().load_balancer_name("old").created_time(made).build());
        assert_eq!(found.id, "old");
        assert_eq!(found.created_at.map(|at| at.to_string()).as_deref(), Some("2019-12-01T02:11:00Z"));
        assert_eq!(found.charges[0].sku.to_string(), "AWSELB productFamily=Load Balancer usagetype=LoadBalancerUsage");
        assert_eq!(found.commands[&Verb::Delete], "aws elb delete-load-balancer --load-balancer-name old");
    }

    #[test]
    fn missing_fields_drop_nothing() {
        assert_eq!(finding(&LoadBalancerDescription::builder().build()).charges.len(), 1);
    }
}
