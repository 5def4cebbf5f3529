//! Redshift clusters are charged for every hour of every node, and for managed storage; paused ones for storage only.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::redshift_charges::{kept_disks, managed_storage};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Scope, Takes, Unit, Verb, words};
use crate::resources::lifecycle;
use crate::resources::reading::{sku, tag_list};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "redshift-cluster",
    names: words("Redshift cluster", "Redshift クラスター"),
    bills: words(
        "per hour and node unless it is paused; its storage per GB and month even then",
        "一時停止していない間はノードごとに 1 時間ごと。ストレージは一時停止中も GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonRedshift"],
    asks: &[&CLUSTERS],
    writes: &["redshift:PauseCluster", "redshift:DeleteCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("redshift:DescribeClusters").at("Clusters");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    cluster_identifier: Option<String>,
    cluster_namespace_arn: Option<String>,
    cluster_status: Option<String>,
    cluster_create_time: Option<Timestamp>,
    node_type: Option<String>,
    number_of_nodes: Option<Decimal>,
    cluster_nodes: Vec<Node>,
    #[serde(rename = "MultiAZSecondary")]
    multi_az_secondary: Secondary,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Secondary {
    cluster_nodes: Vec<Node>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Node {
    node_role: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).with("MaxRecords", 100).all().await?;
    Ok(clusters.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown status is reported, not hidden.
fn finding(cluster: &Cluster) -> Option<Listed> {
    let billing = match cluster.cluster_status.as_deref() {
        Some(status) if status.eq_ignore_ascii_case("paused") => Billing::Stopped,
        status => lifecycle::billing(status)?,
    };
    let id = cluster.cluster_identifier.as_deref().unwrap_or_default();
    let mut found = Listed {
        arn: cluster.cluster_namespace_arn.clone(),
        billing,
        created_at: cluster.cluster_create_time,
        tags: cluster.tags.clone(),
        ..Listed::new(id)
    };
    if billing != Billing::Stopped {
        let kind = cluster.node_type.as_deref();
        let (name, hour) = (kind.unwrap_or("node"), sku("AmazonRedshift", [("instanceType", kind)]));
        found = found.charge(match nodes(cluster) {
            Some(nodes) => Charge::hourly(name, hour, nodes),
            None => Charge::metered(name, hour, Unit::Hour),
        });
    }
    found.charges.extend(storage(cluster, billing));
    if billing == Billing::Running {
        found = found.can(Verb::Stop, Command::aws("redshift pause-cluster --cluster-identifier").arg(id));
    }
    let delete = Command::aws("redshift delete-cluster --cluster-identifier").arg(id);
    let delete = delete.words("--final-cluster-snapshot-identifier").arg(format!("{id}-final"));
    Some(found.loses(Loss::Backups).deleted_in(Takes::UpToAnHour).can(Verb::Delete, delete))
}

/// Compute nodes; the leader node is free. A Multi-AZ cluster has twice as many.
fn nodes(cluster: &Cluster) -> Option<Decimal> {
    let computing = |nodes: &[Node]| {
        let leads = |node: &&Node| node.node_role.as_deref().is_some_and(|role| role.eq_ignore_ascii_case("leader"));
        Decimal::from(nodes.iter().filter(|node| !leads(node)).count())
    };
    let said = cluster.number_of_nodes.unwrap_or_default();
    let first = said.max(computing(&cluster.cluster_nodes)).max(Decimal::ONE);
    first.checked_add(computing(&cluster.multi_az_secondary.cluster_nodes))
}

/// Nodes of the older types include their disks, which a pause keeps as a snapshot.
fn storage(cluster: &Cluster, billing: Billing) -> Option<Charge> {
    let old = cluster.node_type.as_deref().is_some_and(|kind| kind.starts_with("dc") || kind.starts_with("ds"));
    match (old, billing) {
        (true, Billing::Stopped) => Some(kept_disks()),
        (true, _) => None,
        (false, _) => Some(managed_storage()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(kind: &str, status: &str) -> Cluster {
        let (node_type, cluster_status) = (Some(kind.into()), Some(status.into()));
        Cluster { node_type, cluster_status, number_of_nodes: Some(2.into()), ..Cluster::default() }
    }

    fn seen(cluster: &Cluster) -> (Billing, Vec<String>) {
        let found = finding(cluster).unwrap();
        (found.billing, found.charges.into_iter().map(|it| it.what).collect())
    }

    #[test]
    fn a_paused_one_is_charged_for_its_storage_only() {
        let whats = |whats: &[&str]| whats.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(seen(&cluster("dc2.large", "available")), (Billing::Running, whats(&["2 × dc2.large"])));
        let new = whats(&["2 × ra3.large", "managed storage"]);
        assert_eq!(seen(&cluster("ra3.large", "available, prep-for-resize")), (Billing::Running, new.clone()));
        assert_eq!(seen(&cluster("ra3.large", "future")), (Billing::Running, new.clone()));
        assert_eq!(seen(&cluster("ra3.large", "Paused")), (Billing::Stopped, whats(&["managed storage"])));
        assert_eq!(seen(&cluster("dc2.large", "paused")), (Billing::Stopped, whats(&["snapshot"])));
        assert_eq!(seen(&cluster("ra3.large", "final-snapshot")), (Billing::Ending, new));
        assert_eq!(seen(&Cluster::default()).0, Billing::Running);
    }

    #[test]
    fn every_compute_node_is_charged_and_the_leader_is_free() {
        let node = |role: &str| Node { node_role: Some(role.into()) };
        let second = Secondary { cluster_nodes: ["LEADER", "COMPUTE-0", "COMPUTE-1"].map(node).into() };
        let doubled = Cluster { multi_az_secondary: second, ..cluster("ra3.large", "available") };
        assert_eq!(nodes(&doubled), Some(4.into()));
        let shared = Cluster { cluster_nodes: vec![node("SHARED")], ..Cluster::default() };
        assert_eq!([&shared, &Cluster::default()].map(nodes), [Some(Decimal::ONE); 2]);
        let endless = Cluster { number_of_nodes: Some(Decimal::MAX), ..doubled };
        assert_eq!(finding(&endless).unwrap().charges[0].quantity, None);
    }
}
