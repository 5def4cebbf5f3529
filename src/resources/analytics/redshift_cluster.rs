//! Redshift clusters bill for every hour of every node, and for managed storage; paused ones for storage only.

use aws_sdk_redshift::Client;
use aws_sdk_redshift::types::{Cluster, ClusterNode};
use futures::FutureExt;

use super::redshift_charges::{kept_disks, managed_storage};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Verb, words};
use crate::resources::lifecycle;
use crate::resources::reading::{sku, tags, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "redshift-cluster",
    names: words("Redshift cluster", "Redshift クラスター"),
    bills: words(
        "per hour and node unless it is paused; its storage per GB and month even then",
        "一時停止していない間はノードごとに 1 時間ごと。ストレージは一時停止中も GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "redshift",
    small: false,
    billed_as: &["AmazonRedshift"],
    reads: &["redshift:DescribeClusters"],
    writes: &["redshift:PauseCluster", "redshift:DeleteCluster"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = Client::new(&cx.sdk).describe_clusters().max_records(100).into_paginator().items().send();
    let clusters: Vec<Cluster> = clusters.try_collect().await?;
    Ok(clusters.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills. An unknown status is reported, not hidden.
fn finding(cluster: &Cluster) -> Option<Listed> {
    let billing = match cluster.cluster_status() {
        Some(status) if status.eq_ignore_ascii_case("paused") => Billing::Stopped,
        status => lifecycle::billing(status)?,
    };
    let id = cluster.cluster_identifier().unwrap_or_default();
    let mut found = Listed {
        arn: cluster.cluster_namespace_arn().map(str::to_owned),
        billing,
        created_at: time(cluster.cluster_create_time()),
        tags: tags(cluster.tags().iter().map(|tag| (tag.key(), tag.value()))),
        ..Listed::new(id)
    };
    if billing != Billing::Stopped {
        let hour = sku("AmazonRedshift", [("instanceType", cluster.node_type())]);
        found = found.charge(Charge::hourly(cluster.node_type().unwrap_or("node"), hour, nodes(cluster)));
    }
    found.charges.extend(storage(cluster, billing));
    if billing == Billing::Running {
        found = found.can(Verb::Stop, Command::aws("redshift pause-cluster --cluster-identifier").arg(id));
    }
    let delete = Command::aws("redshift delete-cluster --cluster-identifier").arg(id);
    let delete = delete.words("--final-cluster-snapshot-identifier").arg(format!("{id}-final"));
    Some(found.can(Verb::Delete, delete))
}

/// Compute nodes; the leader of several is free. One in two zones has a second set of them.
fn nodes(cluster: &Cluster) -> usize {
    let computing = |nodes: &[ClusterNode]| {
        let leads = |node: &&ClusterNode| node.node_role().is_some_and(|role| role.eq_ignore_ascii_case("leader"));
        nodes.iter().filter(|node| !leads(node)).count()
    };
    let said = cluster.number_of_nodes().and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
    let first = said.max(computing(cluster.cluster_nodes())).max(1);
    first + cluster.multi_az_secondary().map_or(0, |second| computing(second.cluster_nodes()))
}

/// Nodes of the older kinds bring their disks, which a pause keeps as a snapshot.
fn storage(cluster: &Cluster, billing: Billing) -> Option<Charge> {
    let old = cluster.node_type().is_some_and(|kind| kind.starts_with("dc") || kind.starts_with("ds"));
    match (old, billing) {
        (true, Billing::Stopped) => Some(kept_disks()),
        (true, _) => None,
        (false, _) => Some(managed_storage()),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_redshift::types::SecondaryClusterInfo;
    use aws_sdk_redshift::types::builders::ClusterBuilder;

    use super::*;

    fn cluster(kind: &str, status: &str) -> ClusterBuilder {
        Cluster::builder().cluster_identifier("study").node_type(kind).cluster_status(status).number_of_nodes(2)
    }

    fn told(cluster: ClusterBuilder) -> (Billing, Vec<String>) {
        let found = finding(&cluster.build()).unwrap();
        (found.billing, found.charges.into_iter().map(|it| it.what).collect())
    }

    #[test]
    fn a_paused_one_bills_for_its_storage_only() {
        let whats = |whats: &[&str]| whats.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(told(cluster("dc2.large", "available")), (Billing::Running, whats(&["2 × dc2.large"])));
        let new = whats(&["2 × ra3.large", "managed storage"]);
        assert_eq!(told(cluster("ra3.large", "available, prep-for-resize")), (Billing::Running, new.clone()));
        assert_eq!(told(cluster("ra3.large", "dreaming")), (Billing::Running, new.clone()));
        assert_eq!(told(cluster("ra3.large", "Paused")), (Billing::Stopped, whats(&["managed storage"])));
        assert_eq!(told(cluster("dc2.large", "paused")), (Billing::Stopped, whats(&["snapshot"])));
        assert_eq!(told(cluster("ra3.large", "final-snapshot")), (Billing::Ending, new));
        assert_eq!(told(Cluster::builder()).0, Billing::Running);
    }

    #[test]
    fn every_compute_node_bills_and_no_leader() {
        let node = |role: &str| ClusterNode::builder().node_role(role).build();
        let second = SecondaryClusterInfo::builder().cluster_nodes(node("LEADER"));
        let second = second.cluster_nodes(node("COMPUTE-0")).cluster_nodes(node("COMPUTE-1")).build();
        assert_eq!(nodes(&cluster("ra3.large", "available").multi_az_secondary(second).build()), 4);
        assert_eq!(nodes(&Cluster::builder().cluster_nodes(node("SHARED")).build()), 1);
        assert_eq!(nodes(&Cluster::builder().build()), 1);
    }
}
