//! `ElastiCache` clusters are charged for every hour of every node, used or not, and cannot be stopped. The nodes of a
//! replication group are one finding, because only the group can be deleted.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Takes, Verb, words};
use crate::resources::extended_support::{Stage, days};
use crate::resources::lifecycle::billing;
use crate::resources::reading::{located, sku};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "elasticache-cluster",
    names: words("ElastiCache cluster", "ElastiCache クラスター"),
    bills: words(
        "per hour and node while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくてもノードごとに 1 時間ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonElastiCache"],
    asks: &[&CLUSTERS],
    writes: &["elasticache:DeleteCacheCluster", "elasticache:DeleteReplicationGroup"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("elasticache:DescribeCacheClusters").at("CacheClusters");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    cache_cluster_id: Option<String>,
    cache_node_type: Option<String>,
    engine: Option<String>,
    engine_version: Option<String>,
    cache_cluster_status: Option<String>,
    num_cache_nodes: Option<Decimal>,
    preferred_availability_zone: Option<String>,
    preferred_outpost_arn: Option<String>,
    cache_cluster_create_time: Option<Timestamp>,
    replication_group_id: Option<String>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).with("MaxRecords", 100).all().await?;
    let now = Timestamp::now();
    Ok(grouped(&clusters).iter().filter_map(|members| finding(members, now)).collect::<Vec<_>>().into())
}

/// The clusters of each replication group together, all others alone.
fn grouped(clusters: &[Cluster]) -> Vec<Vec<&Cluster>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (place, cluster) in clusters.iter().enumerate() {
        let group = cluster.replication_group_id.as_deref();
        groups.entry((group, group.is_none().then_some(place))).or_default().push(cluster);
    }
    groups.into_values().collect()
}

/// `None` means it is no longer charged. An unknown status is reported, not hidden.
fn finding(members: &[&Cluster], now: Timestamp) -> Option<Listed> {
    let alive =
        members.iter().filter_map(|it| billing(it.cache_cluster_status.as_deref()).map(|billing| (*it, billing)));
    let alive: Vec<(&Cluster, Billing)> = alive.collect();
    let (first, _) = alive.first()?;
    let ending = alive.iter().all(|(_, billing)| *billing == Billing::Ending);
    let mut nodes: BTreeMap<Sku, (&str, Decimal)> = BTreeMap::new();
    for (member, _) in &alive {
        let kind = member.cache_node_type.as_deref().unwrap_or("node");
        let (_, count) = nodes.entry(node(member)).or_insert((kind, Decimal::ZERO));
        *count = count.saturating_add(member.num_cache_nodes.unwrap_or_default().max(Decimal::ONE));
    }
    let (id, command, arn) = match first.replication_group_id.as_deref() {
        Some(group) => (group, "elasticache delete-replication-group --replication-group-id", None),
        None => (
            first.cache_cluster_id.as_deref().unwrap_or_default(),
            "elasticache delete-cache-cluster --cache-cluster-id",
            first.arn.clone(),
        ),
    };
    let mut found = Listed {
        arn,
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: alive.iter().filter_map(|(it, _)| it.cache_cluster_create_time).min(),
        charges: nodes.into_iter().map(|(sku, (name, count))| Charge::hourly(name, sku, count)).collect(),
        ..Listed::new(id)
    };
    for (member, _) in &alive {
        let (charge, note) = extended_support(member, now);
        found.charges.extend(charge);
        found.notes.extend(note.filter(|note| !found.notes.contains(note)));
    }
    Some(
        found
            .note(Note::new("delete-only"))
            .loses(Loss::Data)
            .deleted_in(Takes::UpToAnHour)
            .can(Verb::Delete, Command::aws(command).arg(id)),
    )
}

/// Every node of an old version is charged extra.
fn extended_support(cluster: &Cluster, now: Timestamp) -> (Option<Charge>, Option<Note>) {
    let engine = cluster.engine.as_deref().unwrap_or_default().to_ascii_lowercase();
    let days = days(&engine, cluster.engine_version.as_deref().unwrap_or_default());
    let stage = days.map_or(Stage::Standard, |days| days.stage(now));
    let years = if stage == Stage::ThirdYear { "Yr3" } else { "Yr1_Yr2" };
    let usage = cluster.cache_node_type.as_ref().map(|kind| format!("ExtendedSupport{years}-NodeUsage:{kind}"));
    let sku = sku("AmazonElastiCache", [("usagetype", usage.as_deref())]);
    let count = cluster.num_cache_nodes.unwrap_or_default().max(Decimal::ONE);
    (stage.is_charged().then(|| Charge::hourly("extended support", sku, count)), stage.note())
}

/// The price list entry of a node-hour.
fn node(cluster: &Cluster) -> Sku {
    let engine = cluster.engine.as_deref().map(|engine| match engine.to_ascii_lowercase().as_str() {
        "redis" => "Redis",
        "valkey" => "Valkey",
        "memcached" => "Memcached",
        _ => engine,
    });
    let sku = sku("AmazonElastiCache", [("instanceType", cluster.cache_node_type.as_deref()), ("cacheEngine", engine)]);
    // The nodes of a Memcached cluster can be in several zones: `Multiple`.
    let zone = cluster.preferred_availability_zone.as_deref().filter(|zone| !zone.eq_ignore_ascii_case("multiple"));
    located(sku, zone, cluster.preferred_outpost_arn.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T00:00:00Z".parse().unwrap()
    }

    fn cluster(engine: &str, status: &str) -> Cluster {
        Cluster {
            cache_cluster_id: Some("study".into()),
            cache_node_type: Some("cache.t3.micro".into()),
            engine: Some(engine.into()),
            cache_cluster_status: Some(status.into()),
            num_cache_nodes: Some(1.into()),
            ..Cluster::default()
        }
    }

    #[test]
    fn is_charged_until_it_is_deleted() {
        let billing = |state| finding(&[&cluster("redis", state)], now()).map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["available", "future", "Deleting", "deleted"].map(billing);
        assert_eq!(states, [running, running, Some(Billing::Ending), None]);
        let bare = finding(&[&Cluster::default()], now()).unwrap();
        assert_eq!((bare.billing, bare.charges.len()), (Billing::Running, 1));
    }

    #[test]
    fn an_old_redis_pays_for_extended_support() {
        let whats = |engine: &str, version: &str| {
            let version = Some(version.into());
            let found =
                finding(&[&Cluster { engine_version: version, ..cluster(engine, "available") }], now()).unwrap();
            found.charges.into_iter().map(|it| it.what).collect::<Vec<_>>()
        };
        assert_eq!(whats("redis", "5.0.6"), ["cache.t3.micro", "extended support"]);
        let old = finding(&[&Cluster { engine_version: Some("5.0.6".into()), ..cluster("redis", "available") }], now());
        let old = old.unwrap();
        let key = "AmazonElastiCache usagetype=ExtendedSupportYr1_Yr2-NodeUsage:cache.t3.micro";
        assert_eq!((old.charges[1].sku.to_string().as_str(), old.notes[0].id()), (key, "extended-support"));
        let soon = finding(&[&Cluster { engine_version: Some("6.2".into()), ..cluster("redis", "available") }], now());
        assert_eq!(soon.unwrap().notes[0].value(), Some("2027-02-01"));
        for (engine, version) in [("redis", "7.1"), ("memcached", "1.6.22"), ("valkey", "8.0")] {
            assert_eq!(whats(engine, version), ["cache.t3.micro"], "{engine} {version}");
        }
    }

    #[test]
    fn the_nodes_of_a_group_are_one_finding() {
        let member = || Cluster { replication_group_id: Some("group".into()), ..cluster("valkey", "available") };
        let alone = Cluster {
            num_cache_nodes: Some(3.into()),
            preferred_availability_zone: Some("Multiple".into()),
            ..cluster("memcached", "available")
        };
        let clusters = [member(), alone, member()];
        let found: Vec<Listed> = grouped(&clusters).iter().filter_map(|it| finding(it, now())).collect();
        let seen: Vec<_> = found.iter().map(|it| (it.id.as_str(), it.charges[0].what.as_str())).collect();
        assert_eq!(seen, [("study", "3 × cache.t3.micro"), ("group", "2 × cache.t3.micro")]);
        let key = "AmazonElastiCache cacheEngine=Valkey instanceType=cache.t3.micro";
        assert_eq!(found[1].charges[0].sku.to_string(), key);
        assert_eq!(
            found[1].commands[&Verb::Delete].to_string(),
            "aws elasticache delete-replication-group --replication-group-id group"
        );
    }
}
