//! Snapshots of `MemoryDB` bill for what they hold until somebody deletes them.

use aws_sdk_memorydb::Client;
use aws_sdk_memorydb::types::{ClusterConfiguration, Snapshot};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::time;
use crate::resources::sizes::from_text;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "memorydb-snapshot",
    names: words("MemoryDB snapshot", "MemoryDB スナップショット"),
    bills: words("per GB and month, beyond a free day for each cluster", "GB・月ごと。クラスターごとに 1 日分は無料"),
    scope: Scope::Region,
    endpoint: "memory-db",
    small: true,
    billed_as: &["AmazonMemoryDB"],
    reads: &["memorydb:DescribeSnapshots"],
    writes: &["memorydb:DeleteSnapshot"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_snapshots().show_detail(true).max_results(50);
    let snapshots: Vec<Snapshot> = asked.into_paginator().items().send().try_collect().await?;
    Ok(snapshots.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is gone. An unknown status is reported, not hidden.
fn finding(snapshot: &Snapshot) -> Option<Listed> {
    let billing = billing(snapshot.status())?;
    let (name, of) = (snapshot.name().unwrap_or_default(), snapshot.cluster_configuration());
    let shards = of.map(ClusterConfiguration::shards).unwrap_or_default();
    let sizes: Option<Vec<Decimal>> = shards.iter().map(|shard| from_text(shard.size()?)).collect();
    let sku = Sku::new("AmazonMemoryDB").with("usagetype", "BackupUsage");
    let mut found = Listed {
        arn: snapshot.arn().map(str::to_owned),
        billing,
        created_at: shards.iter().filter_map(|shard| time(shard.snapshot_creation_time())).min(),
        notes: of.and_then(ClusterConfiguration::name).map(|of| Note::with("snapshot-of", of)).into_iter().collect(),
        ..Listed::new(name)
    };
    found.charges.push(match sizes.filter(|sizes| !sizes.is_empty()) {
        Some(sizes) => Charge::storage("snapshot", sku, sizes.iter().sum::<Decimal>()).at_most(),
        None => Charge::metered("snapshot", sku, Unit::GbMonth),
    });
    Some(found.can(Verb::Delete, Command::aws("memorydb delete-snapshot --snapshot-name").arg(name)))
}

#[cfg(test)]
mod tests {
    use aws_sdk_memorydb::types::ShardDetail;

    use super::*;
    use crate::model::Billing;

    #[test]
    fn holds_what_its_shards_held() {
        let shard = |size: &str| ShardDetail::builder().size(size).build();
        let of = ClusterConfiguration::builder().name("study").shards(shard("512 MB")).shards(shard("1 GB")).build();
        let found = finding(&Snapshot::builder().name("s").cluster_configuration(of).build()).unwrap();
        assert_eq!(found.charges[0].what, "≤ 1.5 GB snapshot");
        assert_eq!(found.notes, [Note::with("snapshot-of", "study")]);
    }

    #[test]
    fn bills_until_it_is_deleted() {
        let billing = |status| finding(&Snapshot::builder().status(status).build()).map(|it| it.billing);
        assert_eq!((billing("deleting"), billing("deleted")), (Some(Billing::Ending), None));
        assert_eq!(billing("dreaming"), Some(Billing::Running));
    }
}
