//! Load balancers (application, network, gateway) are charged for every hour they exist, and for their traffic.

use std::collections::{BTreeMap, HashMap};

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "load-balancer",
    names: words("Load balancer (ALB, NLB, GWLB)", "ロードバランサー(ALB、NLB、GWLB)"),
    bills: words(
        "per hour while it exists, and per capacity unit (LCU) that its traffic uses",
        "存在する間は 1 時間ごと、加えて通信量に応じたキャパシティーユニット(LCU) ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSELB"],
    asks: &[&BALANCERS, &TAGS],
    writes: &["elasticloadbalancing:DeleteLoadBalancer"],
    owns: &["ec2-address"],
    list: |cx| list(cx).boxed(),
};

const BALANCERS: Operation<Balancer> = Operation::new("elbv2:DescribeLoadBalancers").at("LoadBalancers");
const TAGS: Operation<Tagged> = Operation::new("elbv2:DescribeTags").at("TagDescriptions");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Balancer {
    load_balancer_arn: Option<String>,
    load_balancer_name: Option<String>,
    #[serde(rename = "Type")]
    kind: Option<Kind>,
    state: State,
    created_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct State {
    code: Option<Code>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Tagged {
    resource_arn: Option<String>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

values! { enum Kind { Application = "application", Network = "network", Gateway = "gateway" } }
values! { enum Code { Failed = "failed" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let balancers = cx.ask(&BALANCERS).all().await?;
    let arns: Vec<String> = balancers.iter().filter_map(|it| it.load_balancer_arn.clone()).collect();
    let batches = arns.chunks(20).map(<[String]>::to_vec).collect();
    let ask = |batch: &Vec<String>| cx.ask(&TAGS).with("ResourceArns", batch.clone()).all();
    let (answers, faults) = about_each(batches, ask).await;
    // The tags name the owner of each, which would recreate it.
    let tags = answers.into_iter().filter_map(|(_, tagged)| tagged).flatten();
    let mut tags: HashMap<String, BTreeMap<String, String>> =
        tags.filter_map(|it| Some((it.resource_arn?, it.tags))).collect();
    let found = balancers.iter().filter_map(finding).map(|it| {
        let tags = it.arn.as_ref().and_then(|arn| tags.remove(arn)).unwrap_or_default();
        Listed { tags, ..it }
    });
    Ok(Listing { findings: found.collect(), faults, ..Listing::default() })
}

/// `None` means it is not charged. An unknown state is reported, not hidden.
fn finding(balancer: &Balancer) -> Option<Listed> {
    if balancer.state.code == Some(Code::Failed) {
        return None;
    }
    let (name, family) = match &balancer.kind {
        Some(Kind::Application) => ("Application Load Balancer", "Load Balancer-Application".to_owned()),
        Some(Kind::Network) => ("Network Load Balancer", "Load Balancer-Network".to_owned()),
        Some(Kind::Gateway) => ("Gateway Load Balancer", "Load Balancer-Gateway".to_owned()),
        // A future type has its own price, not the classic one's.
        other => ("Load Balancer", format!("Load Balancer-{}", other.as_ref().map_or("unknown", Kind::as_str))),
    };
    let sku = Sku::new("AWSELB").with("productFamily", family).with("usagetype", "LoadBalancerUsage");
    let arn = balancer.load_balancer_arn.as_deref().unwrap_or_default();
    let finding = Listed {
        arn: balancer.load_balancer_arn.clone(),
        created_at: balancer.created_time,
        bills_since_creation: true,
        ..Listed::new(balancer.load_balancer_name.as_deref().unwrap_or(arn))
    };
    Some(
        finding
            .charge(Charge::hourly(name, sku, 1))
            .loses(Loss::Address)
            .can(Verb::Delete, Command::aws("elbv2 delete-load-balancer --load-balancer-arn").arg(arn))
            .note(Note::new("delete-only"))
            .note(Note::new("usage-extra")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn balancer(kind: &str, state: &str) -> Balancer {
        let state = State { code: Some(state.into()) };
        Balancer { load_balancer_name: Some("web".into()), kind: Some(kind.into()), state, ..Balancer::default() }
    }

    #[test]
    fn every_state_but_failed_is_charged() {
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
    fn missing_fields_drop_nothing() {
        let found = finding(&Balancer { load_balancer_arn: Some("arn:aws:x".into()), ..Balancer::default() }).unwrap();
        assert_eq!((found.id.as_str(), found.charges.len()), ("arn:aws:x", 1));
        assert!(finding(&Balancer::default()).is_some());
    }
}
