//! SageMaker HyperPod clusters are charged for every node until they are deleted.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::sagemaker_charges::{SERVICE, instances};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Takes, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-hyperpod-cluster",
    names: words("SageMaker HyperPod cluster", "SageMaker HyperPod クラスター"),
    bills: words(
        "per hour and node while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくてもノードごとに 1 時間ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&CLUSTERS, &NODES],
    writes: &["sagemaker:DeleteCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("sagemaker:ListClusters").at("ClusterSummaries");
const NODES: Operation<Node> = Operation::new("sagemaker:ListClusterNodes").at("ClusterNodeSummaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    cluster_arn: Option<String>,
    cluster_name: Option<String>,
    cluster_status: Option<Status>,
    creation_time: Option<Timestamp>,
    training_plan_arns: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Node {
    instance_type: Option<String>,
    instance_status: NodeState,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct NodeState {
    status: Option<NodeStatus>,
}

values! { enum Status { Deleting = "Deleting" } }
values! { enum NodeStatus { NotFound = "NotFound" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).all().await?;
    let ask = |it: &Cluster| cx.ask(&NODES).with("ClusterName", it.cluster_name.clone()).all();
    Ok(detailed(clusters, ask, |it, nodes| finding(it, nodes.map(Vec::as_slice))).await)
}

/// `None` means it has no nodes.
fn finding(cluster: &Cluster, nodes: Option<&[Node]>) -> Option<Listed> {
    let charges = match nodes {
        None => vec![instances("Cluster", None, None)],
        Some(nodes) => of_nodes(nodes),
    };
    if charges.is_empty() {
        return None;
    }
    // Nodes of a training plan are charged with the plan.
    let planned = !cluster.training_plan_arns.is_empty();
    let charges = charges.into_iter().map(|it| if planned { it.at_most() } else { it }).collect();
    let billing = match cluster.cluster_status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = cluster.cluster_name.as_deref().unwrap_or_default();
    let (arn, created_at) = (cluster.cluster_arn.clone(), cluster.creation_time);
    let found = Listed { arn, billing, created_at, charges, ..Listed::new(name) }.note(Note::new("delete-only"));
    Some(
        found
            .loses(Loss::Data)
            .deleted_in(Takes::UpToAnHour)
            .can(Verb::Delete, Command::aws("sagemaker delete-cluster --cluster-name").arg(name)),
    )
}

fn of_nodes(nodes: &[Node]) -> Vec<Charge> {
    let mut counts: BTreeMap<Option<&str>, u64> = BTreeMap::new();
    for node in nodes.iter().filter(|node| node.instance_status.status != Some(NodeStatus::NotFound)) {
        let count = counts.entry(node.instance_type.as_deref()).or_default();
        *count = count.saturating_add(1);
    }
    counts.into_iter().map(|(class, count)| instances("Cluster", class, Some(count.into()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(class: &str, status: &str) -> Node {
        Node { instance_type: Some(class.into()), instance_status: NodeState { status: Some(status.into()) } }
    }

    #[test]
    fn its_nodes_bill_by_class() {
        let nodes = [node("ml.g5.xlarge", "Running"), node("ml.c5.large", "Future"), node("ml.g5.xlarge", "Failure")];
        let cluster = Cluster { cluster_status: Some("Failed".into()), ..Cluster::default() };
        let found = finding(&cluster, Some(&nodes)).unwrap();
        let charges: Vec<_> = found.charges.iter().map(|charge| charge.what.as_str()).collect();
        assert_eq!((charges, found.billing), (vec!["ml.c5.large", "2 × ml.g5.xlarge"], Billing::Running));
        assert_eq!(finding(&cluster, Some(&[node("ml.g5.xlarge", "NotFound")])), None);
        assert_eq!(finding(&cluster, None).unwrap().charges[0].quantity, None);
    }
}
