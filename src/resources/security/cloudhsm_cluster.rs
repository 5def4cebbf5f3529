//! CloudHSM clusters bill for every hour of each HSM in them; without one they are free.

use aws_sdk_cloudhsmv2::Client;
use aws_sdk_cloudhsmv2::operation::describe_clusters::DescribeClustersOutput;
use aws_sdk_cloudhsmv2::types::{Cluster, ClusterState, Hsm, HsmState};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{name_tag, tags, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudhsm-cluster",
    names: words("CloudHSM cluster", "CloudHSM クラスター"),
    bills: words("per hour and HSM while it exists, used or not", "存在する間は使わなくても HSM ごとに 1 時間ごと"),
    scope: Scope::Region,
    endpoint: "cloudhsmv2",
    small: false,
    billed_as: &["CloudHSM"],
    reads: &["cloudhsm:DescribeClusters"],
    writes: &["cloudhsm:DeleteHsm"],
    list: |cx| list(cx).boxed(),
};

/// The kind that the snapshot's price is for; the other kinds have prices of their own.
const FIRST: &str = "hsm1.medium";

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).describe_clusters().max_results(25).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(DescribeClustersOutput::clusters).filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means no HSM bills.
fn finding(cluster: &Cluster) -> Option<Listed> {
    let billed: Vec<&Hsm> = cluster.hsms().iter().filter(|hsm| hsm.state() != Some(&HsmState::Deleted)).collect();
    if billed.is_empty() || cluster.state() == Some(&ClusterState::Deleted) {
        return None;
    }
    let ending = |hsm: &&Hsm| hsm.state() == Some(&HsmState::DeleteInProgress);
    let billing = if billed.iter().all(ending) { Billing::Ending } else { Billing::Running };
    let id = cluster.cluster_id().unwrap_or_default();
    let tags = tags(cluster.tag_list().iter().map(|tag| (Some(tag.key()), Some(tag.value()))));
    let created_at = time(cluster.create_timestamp());
    let found = Listed { billing, created_at, name: name_tag(&tags), tags, ..Listed::new(id) };
    let delete =
        |hsm: &&Hsm| Command::aws("cloudhsmv2 delete-hsm --cluster-id").arg(id).words("--hsm-id").arg(hsm.hsm_id());
    let delete = billed.iter().filter(|hsm| !ending(hsm)).map(delete).reduce(Command::then);
    let found = found.charge(charge(cluster, billed.len())).note(Note::new("delete-only"));
    Some(match delete {
        Some(delete) => found.can(Verb::Delete, delete),
        None => found,
    })
}

fn charge(cluster: &Cluster, hsms: usize) -> Charge {
    let sku = Sku::new("CloudHSM").with("usagetype", "CloudHSMv2Usage");
    match cluster.hsm_type() {
        Some(FIRST) => Charge::hourly(FIRST, sku, hsms),
        other => Charge::hourly(other.unwrap_or("HSM"), sku.with("instanceType", other.unwrap_or("unknown")), hsms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(hsms: &[&str]) -> Option<Listed> {
        let hsm = |state: &&str| Hsm::builder().hsm_id("hsm-1").state((*state).into()).build().unwrap();
        let hsms = hsms.iter().map(hsm).collect();
        let cluster = Cluster::builder().cluster_id("cluster-1").hsm_type(FIRST).set_hsms(Some(hsms));
        finding(&cluster.state(ClusterState::Degraded).build())
    }

    #[test]
    fn each_hsm_bills_until_it_is_deleted() {
        let seen = |hsms: &[&str]| found(hsms).map(|it| (it.billing, it.charges[0].what.clone()));
        let running = |what: &str| Some((Billing::Running, what.to_owned()));
        assert_eq!(seen(&["ACTIVE", "DREAMING", "DELETED"]), running("2 × hsm1.medium"));
        assert_eq!(seen(&["DELETE_IN_PROGRESS"]), Some((Billing::Ending, "hsm1.medium".to_owned())));
        assert_eq!((seen(&["DELETED"]), seen(&[])), (None, None));
    }

    #[test]
    fn each_hsm_is_deleted_by_a_command_of_its_own() {
        let one = "aws cloudhsmv2 delete-hsm --cluster-id cluster-1 --hsm-id hsm-1";
        assert_eq!(
            found(&["ACTIVE", "ACTIVE"]).unwrap().commands[&Verb::Delete].to_string(),
            format!("{one} && {one}")
        );
        // One that is ending already would be refused, and stop the rest.
        assert_eq!(found(&["DELETE_IN_PROGRESS", "ACTIVE"]).unwrap().commands[&Verb::Delete].to_string(), one);
        assert_eq!(found(&["DELETE_IN_PROGRESS"]).unwrap().can, []);
    }
}
