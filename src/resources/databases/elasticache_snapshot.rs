//! Backups of `ElastiCache` bill for what they hold, beyond one for each cluster, until somebody deletes them.

use aws_sdk_elasticache::Client;
use aws_sdk_elasticache::types::{ServerlessCacheSnapshot, Snapshot};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::{either, time};
use crate::resources::sizes::{from_bytes, from_text};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "elasticache-snapshot",
    names: words("ElastiCache backup", "ElastiCache のバックアップ"),
    bills: words("per GB and month, beyond a free one for each cluster", "GB・月ごと。クラスターごとに 1 つまでは無料"),
    scope: Scope::Region,
    endpoint: "elasticache",
    small: true,
    billed_as: &["AmazonElastiCache"],
    reads: &["elasticache:DescribeSnapshots", "elasticache:DescribeServerlessCacheSnapshots"],
    writes: &["elasticache:DeleteSnapshot", "elasticache:DeleteServerlessCacheSnapshot"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let nodes = client.describe_snapshots().max_records(50).into_paginator().items().send();
    let serverless = client.describe_serverless_cache_snapshots().max_results(50).into_paginator().items().send();
    let (nodes, serverless) = futures::join!(nodes.try_collect(), serverless.try_collect());
    let (nodes, serverless, faults): (Option<Vec<_>>, Option<Vec<_>>, _) = either(nodes, serverless)?;
    let nodes = nodes.iter().flatten().filter_map(of_nodes);
    let findings = nodes.chain(serverless.iter().flatten().filter_map(of_serverless)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// `None` means it is gone. An unknown status is reported, not hidden.
fn of_nodes(it: &Snapshot) -> Option<Listed> {
    let billing = billing(it.snapshot_status())?;
    let name = it.snapshot_name().unwrap_or_default();
    let made_at = it.node_snapshots().iter().filter_map(|node| time(node.snapshot_create_time())).min();
    let found = Listed { arn: it.arn().map(str::to_owned), billing, created_at: made_at, ..Listed::new(name) };
    let sizes: Option<Vec<Decimal>> = it.node_snapshots().iter().map(|node| from_text(node.cache_size()?)).collect();
    let found = found.charge(charge(sizes.filter(|sizes| !sizes.is_empty()).map(|sizes| sizes.iter().sum())));
    let of = it.replication_group_id().or(it.cache_cluster_id());
    let command = Command::aws("elasticache delete-snapshot --snapshot-name").arg(name);
    Some(noted(found, of).can(Verb::Delete, command))
}

fn of_serverless(it: &ServerlessCacheSnapshot) -> Option<Listed> {
    let billing = billing(it.status())?;
    let name = it.serverless_cache_snapshot_name().unwrap_or_default();
    let created_at = time(it.create_time());
    let found = Listed { arn: it.arn().map(str::to_owned), billing, created_at, ..Listed::new(name) };
    let bytes: Option<i64> = it.bytes_used_for_cache().and_then(|bytes| bytes.parse().ok());
    let of = it.serverless_cache_configuration().and_then(|cache| cache.serverless_cache_name());
    let command = "elasticache delete-serverless-cache-snapshot --serverless-cache-snapshot-name";
    Some(noted(found.charge(charge(bytes.map(from_bytes))), of).can(Verb::Delete, Command::aws(command).arg(name)))
}

/// One for each cluster is free, so that it may be less.
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
    use aws_sdk_elasticache::types::NodeSnapshot;

    use super::*;
    use crate::model::Billing;

    #[test]
    fn holds_what_its_nodes_held() {
        let node = |size: &str| NodeSnapshot::builder().cache_size(size).build();
        let it = |sizes: &[&str]| {
            let nodes = sizes.iter().map(|size| node(size)).collect();
            Snapshot::builder().snapshot_status("available").set_node_snapshots(Some(nodes)).build()
        };
        let what = |it| of_nodes(&it).unwrap().charges[0].what.clone();
        assert_eq!(what(it(&["512 MB", "1 GB"])), "≤ 1.5 GB backup");
        assert_eq!(what(it(&["512 MB", "lots"])), "backup");
        assert_eq!(what(it(&[])), "backup");
        let it = ServerlessCacheSnapshot::builder().bytes_used_for_cache("1073741824").build();
        assert_eq!(of_serverless(&it).unwrap().charges[0].what, "≤ 1 GB backup");
    }

    #[test]
    fn bills_until_it_is_deleted() {
        let billing = |status| of_nodes(&Snapshot::builder().snapshot_status(status).build()).map(|it| it.billing);
        assert_eq!((billing("deleting"), billing("deleted")), (Some(Billing::Ending), None));
        assert_eq!(billing("dreaming"), Some(Billing::Running));
    }
}
