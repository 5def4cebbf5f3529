//! Classic load balancers are charged for every hour they exist, and for every gigabyte of traffic.

use std::collections::{BTreeMap, HashMap};

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "classic-load-balancer",
    names: words("Classic load balancer", "Classic Load Balancer"),
    bills: words(
        "per hour while it exists, used or not, and per GB that passes",
        "存在する間は使わなくても 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSELB"],
    asks: &[&BALANCERS, &TAGS],
    writes: &["elasticloadbalancing:DeleteLoadBalancer"],
    owns: &["ec2-address"],
    list: |cx| list(cx).boxed(),
};

const BALANCERS: Operation<Balancer> = Operation::new("elb:DescribeLoadBalancers").at("LoadBalancerDescriptions");
const TAGS: Operation<Tagged> = Operation::new("elb:DescribeTags").at("TagDescriptions");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Balancer {
    load_balancer_name: Option<String>,
    created_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Tagged {
    load_balancer_name: Option<String>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let balancers = cx.ask(&BALANCERS).all().await?;
    let names: Vec<String> = balancers.iter().filter_map(|it| it.load_balancer_name.clone()).collect();
    let batches = names.chunks(20).map(<[String]>::to_vec).collect();
    let ask = |batch: &Vec<String>| cx.ask(&TAGS).with("LoadBalancerNames", batch.clone()).all();
    let (answers, faults) = about_each(batches, ask).await;
    // The tags name the owner of each, which would recreate it.
    let tags = answers.into_iter().filter_map(|(_, tagged)| tagged).flatten();
    let mut tags: HashMap<String, BTreeMap<String, String>> =
        tags.filter_map(|it| Some((it.load_balancer_name?, it.tags))).collect();
    let found = balancers.iter().map(finding).map(|it| {
        let tags = tags.remove(&it.id).unwrap_or_default();
        Listed { tags, ..it }
    });
    Ok(Listing { findings: found.collect(), faults, ..Listing::default() })
}

/// It has no state: a listed load balancer is charged.
fn finding(balancer: &Balancer) -> Listed {
    let name = balancer.load_balancer_name.as_deref().unwrap_or_default();
    let sku = Sku::new("AWSELB").with("productFamily", "Load Balancer").with("usagetype", "LoadBalancerUsage");
    Listed { created_at: balancer.created_time, bills_since_creation: true, ..Listed::new(name) }
        .charge(Charge::hourly("Classic Load Balancer", sku, 1))
        .loses(Loss::Address)
        .can(Verb::Delete, Command::aws("elb delete-load-balancer --load-balancer-name").arg(name))
        .note(Note::new("delete-only"))
        .note(Note::new("usage-extra"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_existing_one_is_charged_by_the_hour() {
        let created_time = Timestamp::from_second(1_575_166_260).ok();
        let found = finding(&Balancer { load_balancer_name: Some("old".into()), created_time });
        assert_eq!(found.id, "old");
        assert_eq!(found.created_at.map(|at| at.to_string()).as_deref(), Some("2019-12-01T02:11:00Z"));
        assert_eq!(found.charges[0].sku.to_string(), "AWSELB productFamily=Load Balancer usagetype=LoadBalancerUsage");
        assert_eq!(found.commands[&Verb::Delete].to_string(), "aws elb delete-load-balancer --load-balancer-name old");
    }

    #[test]
    fn missing_fields_drop_nothing() {
        assert_eq!(finding(&Balancer::default()).charges.len(), 1);
    }
}
