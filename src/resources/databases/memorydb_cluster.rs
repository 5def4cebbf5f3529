//! `MemoryDB` clusters are charged for every hour of every node, used or not, and cannot be stopped.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Takes, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "memorydb-cluster",
    names: words("MemoryDB cluster", "MemoryDB クラスター"),
    bills: words(
        "per hour and node while it exists, used or not, and per GB written; it cannot be stopped",
        "存在する間は使わなくてもノードごとに 1 時間ごと、加えて書き込みの GB ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonMemoryDB"],
    asks: &[&CLUSTERS],
    writes: &["memorydb:DeleteCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("memorydb:DescribeClusters").at("Clusters");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    name: Option<String>,
    status: Option<String>,
    shards: Vec<Shard>,
    node_type: Option<String>,
    engine: Option<String>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Shard {
    nodes: Vec<IgnoredAny>,
    number_of_nodes: Decimal,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).with("ShowShardDetails", true).with("MaxResults", 50).all().await?;
    Ok(clusters.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown status is reported, not hidden.
fn finding(cluster: &Cluster) -> Option<Listed> {
    let billing = billing(cluster.status.as_deref())?;
    let name = cluster.name.as_deref().unwrap_or_default();
    let found = Listed { arn: cluster.arn.clone(), billing, ..Listed::new(name) };
    let found = found.charge(nodes(cluster)).note(Note::new("usage-extra")).note(Note::new("delete-only"));
    Some(
        found
            .loses(Loss::Data)
            .deleted_in(Takes::UpToAnHour)
            .can(Verb::Delete, Command::aws("memorydb delete-cluster --cluster-name").arg(name)),
    )
}

fn nodes(cluster: &Cluster) -> Charge {
    // Valkey is cheaper than Redis OSS.
    let valkey = cluster.engine.as_ref().is_some_and(|engine| engine.eq_ignore_ascii_case("valkey"));
    let kind = cluster.node_type.as_deref();
    let sku = sku("AmazonMemoryDB", [("instanceType", kind), ("engine", valkey.then_some("Valkey"))]);
    let of_shard = |shard: &Shard| shard.number_of_nodes.max(shard.nodes.len().into()).max(Decimal::ONE);
    let count = cluster.shards.iter().map(of_shard).try_fold(Decimal::ZERO, Decimal::checked_add);
    let kind = kind.unwrap_or("node");
    match count.filter(|count| !count.is_zero()) {
        Some(count) => Charge::hourly(kind, sku, count),
        None => Charge::metered(kind, sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn is_charged_for_every_node_until_it_is_deleted() {
        let shard = |count: u32| Shard { number_of_nodes: count.into(), ..Shard::default() };
        let cluster = |status: &str| Cluster {
            name: Some("study".into()),
            status: Some(status.into()),
            node_type: Some("db.t4g.small".into()),
            ..Cluster::default()
        };
        let shards = vec![shard(2), shard(1)];
        let two = Cluster { engine: Some("valkey".into()), shards, ..cluster("available") };
        let charge = &finding(&two).unwrap().charges[0];
        assert_eq!(charge.what, "3 × db.t4g.small");
        assert_eq!(charge.sku.to_string(), "AmazonMemoryDB engine=Valkey instanceType=db.t4g.small");
        let billing = |status| finding(&cluster(status)).map(|it| it.billing);
        assert_eq!(billing("deleting"), Some(Billing::Ending));
        assert_eq!(billing("future"), Some(Billing::Running));
        assert_eq!(billing("deleted"), None);
        assert_eq!(finding(&Cluster::default()).unwrap().charges[0].quantity, None);
    }
}
