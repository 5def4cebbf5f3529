//! Classic load balancers bill for every hour they exist, and for every gigabyte they pass.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_elasticloadbalancing::Client;
use aws_sdk_elasticloadbalancing::types::{LoadBalancerDescription, TagDescription};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource, reading};

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
    reads: &["elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags"],
    writes: &["elasticloadbalancing:DeleteLoadBalancer"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let balancers = client.describe_load_balancers().page_size(400).into_paginator().items().send();
    let balancers: Vec<LoadBalancerDescription> = balancers.try_collect().await?;
    let names: Vec<String> = balancers.iter().filter_map(|it| it.load_balancer_name.clone()).collect();
    let batches = names.chunks(20).map(<[String]>::to_vec).collect();
    let ask = |batch: &Vec<String>| client.describe_tags().set_load_balancer_names(Some(batch.clone())).send();
    let (answers, faults) = about_each(batches, ask).await;
    let told = answers.into_iter().filter_map(|(_, answer)| answer?.tag_descriptions).flatten();
    let mut tagged: HashMap<String, _> =
        told.filter_map(|it| Some((it.load_balancer_name.clone()?, tags(&it)))).collect();
    let found = balancers.iter().map(finding).map(|it| {
        let tags = tagged.remove(&it.id).unwrap_or_default();
        Listed { tags, ..it }
    });
    Ok(Listing { findings: found.collect(), faults, ..Listing::default() })
}

/// They name what made it, and would make it again.
fn tags(told: &TagDescription) -> BTreeMap<String, String> {
    reading::tags(told.tags().iter().map(|tag| (Some(tag.key()), tag.value())))
}

/// It has no state: one that exists bills.
fn finding(balancer: &LoadBalancerDescription) -> Listed {
    let name = balancer.load_balancer_name().unwrap_or_default();
    let sku = Sku::new("AWSELB").with("productFamily", "Load Balancer").with("usagetype", "LoadBalancerUsage");
    Listed { created_at: time(balancer.created_time()), bills_since_creation: true, ..Listed::new(name) }
        .charge(Charge::hourly("Classic Load Balancer", sku, 1))
        .can(Verb::Delete, Command::aws("elb delete-load-balancer --load-balancer-name").arg(name))
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
        assert_eq!(found.commands[&Verb::Delete].to_string(), "aws elb delete-load-balancer --load-balancer-name old");
    }

    #[test]
    fn missing_fields_drop_nothing() {
        assert_eq!(finding(&LoadBalancerDescription::builder().build()).charges.len(), 1);
    }
}
