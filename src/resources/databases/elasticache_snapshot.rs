//! Backups of `ElastiCache` are charged for their size, beyond one for each cluster, until they are deleted.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::either;
use crate::resources::sizes::{from_bytes, from_text};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "elasticache-snapshot",
    names: words("ElastiCache backup", "ElastiCache のバックアップ"),
    bills: words("per GB and month, beyond a free one for each cluster", "GB・月ごと。クラスターごとに 1 つまでは無料"),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonElastiCache"],
    asks: &[&OF_NODES, &SERVERLESS],
    writes: &["elasticache:DeleteSnapshot", "elasticache:DeleteServerlessCacheSnapshot"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const OF_NODES: Operation<Snapshot> = Operation::new("elasticache:DescribeSnapshots").at("Snapshots");
const SERVERLESS: Operation<ServerlessSnapshot> =
    Operation::new("elasticache:DescribeServerlessCacheSnapshots").at("ServerlessCacheSnapshots");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Snapshot {
    snapshot_name: Option<String>,
    replication_group_id: Option<String>,
    cache_cluster_id: Option<String>,
    snapshot_status: Option<String>,
    node_snapshots: Vec<NodeSnapshot>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct NodeSnapshot {
    cache_size: Option<String>,
    snapshot_create_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ServerlessSnapshot {
    serverless_cache_snapshot_name: Option<String>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
    status: Option<String>,
    create_time: Option<Timestamp>,
    bytes_used_for_cache: Option<String>,
    serverless_cache_configuration: Configuration,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Configuration {
    serverless_cache_name: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let nodes = cx.ask(&OF_NODES).with("MaxRecords", 50).all();
    let serverless = cx.ask(&SERVERLESS).with("MaxResults", 50).all();
    let (nodes, serverless) = futures::join!(nodes, serverless);
    let (nodes, serverless, faults) = either(nodes, serverless)?;
    let nodes = nodes.iter().flatten().filter_map(of_nodes);
    let findings = nodes.chain(serverless.iter().flatten().filter_map(of_serverless)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// `None` means it is deleted. An unknown status is reported, not hidden.
fn of_nodes(it: &Snapshot) -> Option<Listed> {
    let billing = billing(it.snapshot_status.as_deref())?;
    let name = it.snapshot_name.as_deref().unwrap_or_default();
    let nodes = &it.node_snapshots;
    let created_at = nodes.iter().filter_map(|node| node.snapshot_create_time).min();
    let found = Listed { arn: it.arn.clone(), billing, created_at, ..Listed::new(name) };
    let mut sizes = nodes.iter().map(|node| from_text(node.cache_size.as_deref()?));
    let size = sizes.try_fold(Decimal::ZERO, |sum, size| sum.checked_add(size?));
    let found = found.charge(charge(size.filter(|_| !nodes.is_empty())));
    let of = it.replication_group_id.as_deref().or(it.cache_cluster_id.as_deref());
    let command = Command::aws("elasticache delete-snapshot --snapshot-name").arg(name);
    Some(noted(found, of).loses(Loss::Backups).can(Verb::Delete, command))
}

fn of_serverless(it: &ServerlessSnapshot) -> Option<Listed> {
    let billing = billing(it.status.as_deref())?;
    let name = it.serverless_cache_snapshot_name.as_deref().unwrap_or_default();
    let found = Listed { arn: it.arn.clone(), billing, created_at: it.create_time, ..Listed::new(name) };
    let bytes: Option<Decimal> = it.bytes_used_for_cache.as_ref().and_then(|bytes| bytes.parse().ok());
    let of = it.serverless_cache_configuration.serverless_cache_name.as_deref();
    let command = "elasticache delete-serverless-cache-snapshot --serverless-cache-snapshot-name";
    Some(
        noted(found.charge(charge(bytes.map(from_bytes))), of)
            .loses(Loss::Backups)
            .can(Verb::Delete, Command::aws(command).arg(name)),
    )
}

/// At most: one backup of each cluster is free.
fn charge(gigabytes: Option<Decimal>) -> Charge {
    let sku = Sku::new("AmazonElastiCache").with("usagetype", "BackupUsage");
    match gigabytes {
        Some(gigabytes) => Charge::storage("backup", sku, gigabytes).at_most(),
        None => Charge::metered("backup", sku, Unit::GbMonth),
    }
}

fn noted(mut found: Listed, of: Option<&str>) -> Listed {
    found.notes.extend(of.map(|of| Note::with("snapshot-of", of)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn has_the_size_of_its_nodes() {
        let node = |size: &&str| NodeSnapshot { cache_size: Some((*size).into()), ..NodeSnapshot::default() };
        let it = |sizes: &[&str]| {
            let node_snapshots = sizes.iter().map(node).collect();
            Snapshot { snapshot_status: Some("available".into()), node_snapshots, ..Snapshot::default() }
        };
        let what = |it| of_nodes(&it).unwrap().charges[0].what.clone();
        assert_eq!(what(it(&["512 MB", "1 GB"])), "≤ 1.5 GB backup");
        assert_eq!(what(it(&["512 MB", "lots"])), "backup");
        assert_eq!(what(it(&[])), "backup");
        let bytes = Some("1073741824".into());
        let it = ServerlessSnapshot { bytes_used_for_cache: bytes, ..ServerlessSnapshot::default() };
        assert_eq!(of_serverless(&it).unwrap().charges[0].what, "≤ 1 GB backup");
    }

    #[test]
    fn is_charged_until_it_is_deleted() {
        let it = |status: &str| Snapshot { snapshot_status: Some(status.into()), ..Snapshot::default() };
        let billing = |status| of_nodes(&it(status)).map(|it| it.billing);
        assert_eq!((billing("deleting"), billing("deleted")), (Some(Billing::Ending), None));
        assert_eq!(billing("future"), Some(Billing::Running));
    }
}
