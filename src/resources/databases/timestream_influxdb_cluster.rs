//! Clusters of Timestream for `InfluxDB` bill for every hour of every instance and for their volumes, and cannot be stopped.

use aws_sdk_timestreaminfluxdb::Client;
use aws_sdk_timestreaminfluxdb::types::{ClusterStatus, DbClusterSummary, DbInstanceForClusterSummary};
use futures::{FutureExt, StreamExt, stream};

use super::timestream_influxdb_charges::{Node, billing};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::{Listing, Resource};

/// An instance of a cluster has a price of its own.
const IN_A_CLUSTER: &str = "Multi-node read replicas";

pub(super) static RESOURCE: Resource = Resource {
    id: "timestream-influxdb-cluster",
    names: words("Timestream for InfluxDB cluster", "Timestream for InfluxDB クラスター"),
    bills: words(
        "per hour and instance while it exists, and per GB and month of their volumes; it cannot be stopped",
        "存在する間はインスタンスごとに 1 時間ごと、加えてボリュームの GB・月ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "timestream-influxdb",
    small: false,
    billed_as: &["AmazonTimestream"],
    reads: &["timestream-influxdb:ListDbClusters", "timestream-influxdb:ListDbInstancesForCluster"],
    writes: &["timestream-influxdb:DeleteDbCluster"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let clusters = client.list_db_clusters().max_results(100).into_paginator().items().send();
    let clusters: Vec<DbClusterSummary> = clusters.try_collect().await?;
    let alive = clusters.into_iter().filter(|it| it.status() != Some(&ClusterStatus::Deleted));
    let ask = |cluster: DbClusterSummary| {
        let asked = client.list_db_instances_for_cluster().db_cluster_id(cluster.id()).max_results(100);
        let answer = asked.into_paginator().items().send().try_collect();
        answer.map(|answer| (cluster, answer))
    };
    let mut answers = stream::iter(alive.map(ask)).buffer_unordered(8);
    let mut listing = Listing::default();
    while let Some((cluster, answer)) = answers.next().await {
        listing.findings.push(finding(&cluster, answer.as_deref().unwrap_or_default()));
        listing.faults.extend(answer.err().map(Into::into));
    }
    Ok(listing)
}

/// An unknown status is reported, not hidden.
fn finding(cluster: &DbClusterSummary, members: &[DbInstanceForClusterSummary]) -> Listed {
    let id = cluster.id();
    let ending = cluster.status() == Some(&ClusterStatus::Deleting);
    let of_member = |it: &DbInstanceForClusterSummary| {
        let (kind, storage, gigabytes) = (it.db_instance_type(), it.db_storage_type(), it.allocated_storage());
        Node { kind, deployment: IN_A_CLUSTER, storage, gigabytes }.charges(1)
    };
    let alive = members.iter().filter(|it| billing(it.status()).is_some());
    let mut charges: Vec<_> = alive.flat_map(of_member).collect();
    if charges.is_empty() {
        let (kind, storage) = (cluster.db_instance_type(), cluster.db_storage_type());
        let node = Node { kind, deployment: IN_A_CLUSTER, storage, gigabytes: cluster.allocated_storage() };
        // There are several, and it is not known how many.
        charges = node.charges(1).into_iter().map(|it| Charge::metered(&it.what, it.sku, it.unit)).collect();
    }
    let found = Listed {
        arn: Some(cluster.arn().to_owned()).filter(|arn| !arn.is_empty()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        charges,
        ..Listed::new(id)
    };
    let found = found.named(Some(cluster.name().to_owned())).note(Note::new("delete-only"));
    found.can(Verb::Delete, Command::aws("timestream-influxdb delete-db-cluster --db-cluster-id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instance_bills() {
        let member = |status: &str| {
            let it = DbInstanceForClusterSummary::builder().id("a").name("a").arn("a").status(status.into());
            it.build().unwrap()
        };
        let cluster = |status: &str| {
            DbClusterSummary::builder().id("study").name("s").arn("").status(status.into()).build().unwrap()
        };
        let members = [member("AVAILABLE"), member("DREAMING"), member("DELETED")];
        assert_eq!(finding(&cluster("AVAILABLE"), &members).charges.len(), 4);
        let bare = finding(&cluster("DREAMING"), &[]);
        assert_eq!((bare.billing, bare.charges.len()), (Billing::Running, 2));
        assert!(bare.charges.iter().all(|it| it.quantity.is_none()));
        assert_eq!(finding(&cluster("DELETING"), &[]).billing, Billing::Ending);
    }
}
