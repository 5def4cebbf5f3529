//! SageMaker HyperPod clusters bill for every node until they are deleted.

use std::collections::BTreeMap;

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::types::{
    ClusterInstanceStatus, ClusterInstanceType, ClusterNodeSummary, ClusterStatus, ClusterSummary,
};
use futures::FutureExt;

use super::sagemaker_charges::{SERVICE, instances};
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-hyperpod-cluster",
    names: words("SageMaker HyperPod cluster", "SageMaker HyperPod クラスター"),
    bills: words(
        "per hour and node while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくてもノードごとに 1 時間ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListClusters", "sagemaker:ListClusterNodes"],
    writes: &["sagemaker:DeleteCluster"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let clusters = client.list_clusters().max_results(100).into_paginator().items().send();
    let clusters: Vec<ClusterSummary> = clusters.try_collect().await?;
    let ask = |it: &ClusterSummary| nodes(client.clone(), it.cluster_name.clone());
    Ok(detailed(clusters, ask, |it, nodes| finding(it, nodes.map(Vec::as_slice))).await)
}

async fn nodes(client: Client, cluster: Option<String>) -> Result<Vec<ClusterNodeSummary>> {
    let nodes = client.list_cluster_nodes().set_cluster_name(cluster).max_results(100).into_paginator().items().send();
    nodes.try_collect().await.map_err(Error::from)
}

/// `None`: it has no nodes.
fn finding(cluster: &ClusterSummary, nodes: Option<&[ClusterNodeSummary]>) -> Option<Listed> {
    let charges = match nodes {
        None => vec![instances("Cluster", None, None)],
        Some(nodes) => of_nodes(nodes),
    };
    if charges.is_empty() {
        return None;
    }
    // Nodes of a training plan are paid for with the plan.
    let planned = !cluster.training_plan_arns().is_empty();
    let charges = charges.into_iter().map(|it| if planned { it.at_most() } else { it }).collect();
    let billing = match cluster.cluster_status() {
        Some(ClusterStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = cluster.cluster_name().unwrap_or_default();
    let (arn, created_at) = (cluster.cluster_arn.clone(), time(cluster.creation_time()));
    let found = Listed { arn, billing, created_at, charges, ..Listed::new(name) }.note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("sagemaker delete-cluster --cluster-name").arg(name)))
}

fn of_nodes(nodes: &[ClusterNodeSummary]) -> Vec<Charge> {
    let there = |node: &&ClusterNodeSummary| {
        let status = node.instance_status().and_then(|it| it.status());
        status != Some(&ClusterInstanceStatus::NotFound)
    };
    let mut counts: BTreeMap<Option<&str>, i32> = BTreeMap::new();
    for node in nodes.iter().filter(there) {
        *counts.entry(node.instance_type().map(ClusterInstanceType::as_str)).or_default() += 1;
    }
    counts.into_iter().map(|(class, count)| instances("Cluster", class, Some(count))).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_sagemaker::types::ClusterInstanceStatusDetails;

    use super::*;

    fn node(class: &str, status: &str) -> ClusterNodeSummary {
        let status = ClusterInstanceStatusDetails::builder().status(status.into()).build();
        ClusterNodeSummary::builder().instance_type(class.into()).instance_status(status).build()
    }

    #[test]
    fn its_nodes_bill_by_class() {
        let nodes = [node("ml.g5.xlarge", "Running"), node("ml.c5.large", "Dreaming"), node("ml.g5.xlarge", "Failure")];
        let cluster = ClusterSummary::builder().cluster_status("Failed".into()).build();
        let found = finding(&cluster, Some(&nodes)).unwrap();
        let told: Vec<_> = found.charges.iter().map(|charge| charge.what.as_str()).collect();
        assert_eq!((told, found.billing), (vec!["ml.c5.large", "2 × ml.g5.xlarge"], Billing::Running));
        assert_eq!(finding(&cluster, Some(&[node("ml.g5.xlarge", "NotFound")])), None);
        assert_eq!(finding(&cluster, None).unwrap().charges[0].quantity, None);
    }
}
