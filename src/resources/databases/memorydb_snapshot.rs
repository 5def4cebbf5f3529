//! Snapshots of `MemoryDB` are charged for their size until they are deleted.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::sizes::from_text;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "memorydb-snapshot",
    names: words("MemoryDB snapshot", "MemoryDB スナップショット"),
    bills: words("per GB and month, beyond a free day for each cluster", "GB・月ごと。クラスターごとに 1 日分は無料"),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonMemoryDB"],
    asks: &[&SNAPSHOTS],
    writes: &["memorydb:DeleteSnapshot"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SNAPSHOTS: Operation<Snapshot> = Operation::new("memorydb:DescribeSnapshots").at("Snapshots");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Snapshot {
    name: Option<String>,
    status: Option<String>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
    cluster_configuration: Cluster,
}

/// The cluster at the time of the snapshot.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    name: Option<String>,
    shards: Vec<Shard>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Shard {
    size: Option<String>,
    snapshot_creation_time: Option<Timestamp>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let snapshots = cx.ask(&SNAPSHOTS).with("ShowDetail", true).with("MaxResults", 50).all().await?;
    Ok(snapshots.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is deleted. An unknown status is reported, not hidden.
fn finding(snapshot: &Snapshot) -> Option<Listed> {
    let billing = billing(snapshot.status.as_deref())?;
    let (name, of) = (snapshot.name.as_deref().unwrap_or_default(), &snapshot.cluster_configuration);
    let mut sizes = of.shards.iter().map(|shard| from_text(shard.size.as_deref()?));
    let size = sizes.try_fold(Decimal::ZERO, |sum, size| sum.checked_add(size?));
    let sku = Sku::new("AmazonMemoryDB").with("usagetype", "BackupUsage");
    let mut found = Listed {
        arn: snapshot.arn.clone(),
        billing,
        created_at: of.shards.iter().filter_map(|shard| shard.snapshot_creation_time).min(),
        notes: of.name.iter().map(|of| Note::with("snapshot-of", of)).collect(),
        ..Listed::new(name)
    };
    found.charges.push(match size.filter(|_| !of.shards.is_empty()) {
        Some(size) => Charge::storage("snapshot", sku, size).at_most(),
        None => Charge::metered("snapshot", sku, Unit::GbMonth),
    });
    Some(
        found
            .loses(Loss::Backups)
            .can(Verb::Delete, Command::aws("memorydb delete-snapshot --snapshot-name").arg(name)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn has_the_size_of_its_shards() {
        let shard = |size: &str| Shard { size: Some(size.into()), ..Shard::default() };
        let of = Cluster { name: Some("study".into()), shards: vec![shard("512 MB"), shard("1 GB")] };
        let snapshot = Snapshot { name: Some("s".into()), cluster_configuration: of, ..Snapshot::default() };
        let found = finding(&snapshot).unwrap();
        assert_eq!(found.charges[0].what, "≤ 1.5 GB snapshot");
        assert_eq!(found.notes, [Note::with("snapshot-of", "study")]);
    }

    #[test]
    fn is_charged_until_it_is_deleted() {
        let it = |status: &str| Snapshot { status: Some(status.into()), ..Snapshot::default() };
        let billing = |status| finding(&it(status)).map(|it| it.billing);
        assert_eq!((billing("deleting"), billing("deleted")), (Some(Billing::Ending), None));
        assert_eq!(billing("future"), Some(Billing::Running));
    }
}
