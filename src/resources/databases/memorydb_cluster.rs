//! `MemoryDB` clusters bill for every hour of every node, used or not, and cannot be stopped.

use aws_sdk_memorydb::Client;
use aws_sdk_memorydb::types::{Cluster, Shard};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "memorydb-cluster",
    names: words("MemoryDB cluster", "MemoryDB クラスター"),
    bills: words(
        "per hour and node while it exists, used or not, and per GB written; it cannot be stopped",
        "存在する間は使わなくてもノードごとに 1 時間ごと、加えて書き込みの GB ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "memory-db",
    small: false,
    billed_as: &["AmazonMemoryDB"],
    reads: &["memorydb:DescribeClusters"],
    writes: &["memorydb:DeleteCluster"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_clusters().show_shard_details(true).max_results(50);
    let clusters: Vec<Cluster> = asked.into_paginator().items().send().try_collect().await?;
    Ok(clusters.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills. An unknown status is reported, not hidden.
fn finding(cluster: &Cluster) -> Option<Listed> {
    let billing = billing(cluster.status())?;
    let name = cluster.name().unwrap_or_default();
    let found = Listed { arn: cluster.arn().map(str::to_owned), billing, ..Listed::new(name) };
    let found = found.charge(nodes(cluster)).note(Note::new("usage-extra")).note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("memorydb delete-cluster --cluster-name").arg(name)))
}

fn nodes(cluster: &Cluster) -> Charge {
    // Valkey is cheaper than Redis OSS.
    let valkey = cluster.engine().is_some_and(|engine| engine.eq_ignore_ascii_case("valkey"));
    let sku = sku("AmazonMemoryDB", [("instanceType", cluster.node_type()), ("engine", valkey.then_some("Valkey"))]);
    let of_shard = |shard: &Shard| {
        let seen = i32::try_from(shard.nodes().len()).unwrap_or_default();
        shard.number_of_nodes().unwrap_or_default().max(seen).max(1)
    };
    let kind = cluster.node_type().unwrap_or("node");
    match cluster.shards().iter().map(of_shard).sum::<i32>() {
        0 => Charge::metered(kind, sku, Unit::Hour),
        count => Charge::hourly(kind, sku, count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn bills_every_node_until_it_is_deleted() {
        let shard = |count| Shard::builder().number_of_nodes(count).build();
        let cluster = |status: &str| Cluster::builder().name("study").status(status).node_type("db.t4g.small");
        let two = cluster("available").engine("valkey").shards(shard(2)).shards(shard(1)).build();
        let charge = &finding(&two).unwrap().charges[0];
        assert_eq!(charge.what, "3 × db.t4g.small");
        assert_eq!(charge.sku.to_string(), "AmazonMemoryDB engine=Valkey instanceType=db.t4g.small");
        let billing = |status| finding(&cluster(status).build()).map(|it| it.billing);
        assert_eq!(billing("deleting"), Some(Billing::Ending));
        assert_eq!(billing("dreaming"), Some(Billing::Running));
        assert_eq!(billing("deleted"), None);
        assert_eq!(finding(&Cluster::builder().build()).unwrap().charges[0].quantity, None);
    }
}
