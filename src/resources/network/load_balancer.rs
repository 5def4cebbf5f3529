//! Load balancers (application, network, gateway) bill for every hour they exist, and for what passes through them.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_elasticloadbalancingv2::Client;
use aws_sdk_elasticloadbalancingv2::operation::describe_tags::DescribeTagsOutput;
use aws_sdk_elasticloadbalancingv2::types::{
    LoadBalancer, LoadBalancerState, LoadBalancerStateEnum, LoadBalancerTypeEnum,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource, reading};

pub(super) static RESOURCE: Resource = Resource {
    id: "load-balancer",
    names: words("Load balancer (ALB, NLB, GWLB)", "ロードバランサー (ALB、NLB、GWLB)"),
    bills: words(
        "per hour while it exists, and per capacity unit (LCU) that its traffic uses",
        "存在する間は 1 時間ごと、加えて通信量に応じたキャパシティーユニット (LCU) ごと",
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
    let balancers: Vec<LoadBalancer> = balancers.try_collect().await?;
    let arns: Vec<String> = balancers.iter().filter_map(|it| it.load_balancer_arn.clone()).collect();
    let batches = arns.chunks(20).map(<[String]>::to_vec).collect();
    let ask = |batch: &Vec<String>| client.describe_tags().set_resource_arns(Some(batch.clone())).send();
    let (answers, faults) = about_each(batches, ask).await;
    let mut tags = tags(answers.into_iter().filter_map(|(_, answer)| answer));
    let found = balancers.iter().filter_map(finding).map(|it| {
        let tags = it.arn.as_ref().and_then(|arn| tags.remove(arn)).unwrap_or_default();
        Listed { tags, ..it }
    });
    Ok(Listing { findings: found.collect(), faults, ..Listing::default() })
}

/// The tags of each by its ARN: they name what made it, and would make it again.
fn tags(answers: impl IntoIterator<Item = DescribeTagsOutput>) -> HashMap<String, BTreeMap<String, String>> {
    let told = answers.into_iter().flat_map(|answer| answer.tag_descriptions.unwrap_or_default());
    told.filter_map(|it| {
        let tags = reading::tags(it.tags().iter().map(|tag| (tag.key(), tag.value())));
        Some((it.resource_arn?, tags))
    })
    .collect()
}

/// `None` means it does not bill. An unknown state is reported, not hidden.
fn finding(balancer: &LoadBalancer) -> Option<Listed> {
    if let Some(LoadBalancerStateEnum::Failed) = balancer.state().and_then(LoadBalancerState::code) {
        return None;
    }
    let (name, family) = match balancer.r#type() {
        Some(LoadBalancerTypeEnum::Application) => {
            ("Application Load Balancer", "Load Balancer-Application".to_owned())
        }
        Some(LoadBalancerTypeEnum::Network) => ("Network Load Balancer", "Load Balancer-Network".to_owned()),
        Some(LoadBalancerTypeEnum::Gateway) => ("Gateway Load Balancer", "Load Balancer-Gateway".to_owned()),
        // A type of tomorrow has a price of its own, which is not the classic one's.
        other => ("Load Balancer", format!("Load Balancer-{}", other.map_or("unknown", LoadBalancerTypeEnum::as_str))),
    };
    let sku = Sku::new("AWSELB").with("productFamily", family).with("usagetype", "LoadBalancerUsage");
    let arn = balancer.load_balancer_arn().unwrap_or_default();
    let finding = Listed {
        arn: balancer.load_balancer_arn().map(str::to_owned),
        created_at: time(balancer.created_time()),
        bills_since_creation: true,
        ..Listed::new(balancer.load_balancer_name().unwrap_or(arn))
    };
    Some(
        finding
            .charge(Charge::hourly(name, sku, 1))
            .can(Verb::Delete, Command::aws("elbv2 delete-load-balancer --load-balancer-arn").arg(arn))
            .note(Note::new("delete-only"))
            .note(Note::new("usage-extra")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn balancer(kind: &str, state: &str) -> LoadBalancer {
        let state = LoadBalancerState::builder().code(state.into()).build();
        LoadBalancer::builder().load_balancer_name("web").r#type(kind.into()).state(state).build()
    }

    #[test]
    fn every_state_but_failed_bills() {
        for state in ["active", "active_impaired", "provisioning", "something-new"] {
            assert!(finding(&balancer("application", state)).is_some(), "{state}");
        }
        assert_eq!(finding(&balancer("application", "failed")), None);
    }

    #[test]
    fn each_type_has_its_own_price() {
        let family =
            |kind| finding(&balancer(kind, "active")).unwrap().charges[0].sku.attributes["productFamily"].clone();
        assert_eq!(family("application"), "Load Balancer-Application");
        assert_eq!(family("network"), "Load Balancer-Network");
        assert_eq!(family("gateway"), "Load Balancer-Gateway");
        assert_eq!(family("quantum"), "Load Balancer-quantum");
    }

    #[test]
    fn its_tags_are_told_by_its_arn() {
        use aws_sdk_elasticloadbalancingv2::types::{Tag, TagDescription};
        let tag = Tag::builder().key("kubernetes.io/cluster/study").value("owned").build();
        let of =
            |arn: Option<&str>| TagDescription::builder().set_resource_arn(arn.map(str::to_owned)).tags(tag.clone());
        let answer = DescribeTagsOutput::builder().tag_descriptions(of(Some("arn:web")).build());
        let told = tags([answer.tag_descriptions(of(None).build()).build()]);
        assert_eq!(told["arn:web"]["kubernetes.io/cluster/study"], "owned");
        assert_eq!(told.len(), 1);
    }

    #[test]
    fn missing_fields_drop_nothing() {
        let found = finding(&LoadBalancer::builder().load_balancer_arn("arn:aws:x").build()).unwrap();
        assert_eq!((found.id.as_str(), found.charges.len()), ("arn:aws:x", 1));
        assert!(finding(&LoadBalancer::builder().build()).is_some());
    }
}
