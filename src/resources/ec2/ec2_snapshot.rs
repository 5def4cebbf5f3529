//! EBS snapshots are charged for the blocks that no earlier snapshot of the volume has; AWS does not return the number.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Snapshot, StorageTier};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{ec2_tags, located, name_tag, time};
use crate::resources::{Listing, Resource, sizes};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-snapshot",
    names: words("EBS snapshot", "EBS スナップショット"),
    bills: words(
        "per GB of the blocks it alone holds, at most the size of its volume",
        "固有のブロックの GB ごと(多くてもボリュームのサイズ分)",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonEC2"],
    asks: &[&Typed("ec2:DescribeSnapshots")],
    writes: &["ec2:DeleteSnapshot"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_snapshots().owner_ids("self").max_results(1000);
    let snapshots: Vec<Snapshot> = asked.into_paginator().items().send().try_collect().await?;
    Ok(snapshots.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state makes a listed snapshot free.
fn finding(snapshot: &Snapshot) -> Listed {
    let id = snapshot.snapshot_id().unwrap_or_default();
    let tags = ec2_tags(snapshot.tags());
    // EC2 refuses to delete a snapshot of AWS Backup.
    let backup = tags.contains_key("aws:backup:source-resource").then(|| Note::with("managed-by", "AWS Backup"));
    let deletable = backup.is_none();
    let notes = backup.into_iter().collect();
    let (created_at, charges) = (time(snapshot.start_time()), vec![charge(snapshot)]);
    let found = Listed { created_at, name: name_tag(&tags), tags, charges, notes, ..Listed::new(id) };
    if !deletable {
        return found;
    }
    found.loses(Loss::Backups).can(Verb::Delete, Command::aws("ec2 delete-snapshot --snapshot-id").arg(id))
}

fn charge(snapshot: &Snapshot) -> Charge {
    let (name, usage) = match snapshot.storage_tier() {
        Some(StorageTier::Archive) => ("archived snapshot", "EBS:SnapshotArchiveStorage"),
        _ => ("snapshot", "EBS:SnapshotUsage"),
    };
    let sku = Sku::new("AmazonEC2").with("usagetype", usage);
    let sku = located(sku, snapshot.availability_zone(), snapshot.outpost_arn());
    match gigabytes(snapshot) {
        Some(gigabytes) => Charge::storage(name, sku, gigabytes).at_most(),
        None => Charge::metered(name, sku, Unit::GbMonth),
    }
}

/// All blocks that were ever written or, without that, the size of the volume: never too little.
fn gigabytes(snapshot: &Snapshot) -> Option<Decimal> {
    let written = snapshot.full_snapshot_size_in_bytes().and_then(sizes::gigabytes);
    written.or_else(|| snapshot.volume_size().map(Decimal::from))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{Tag, builders::SnapshotBuilder};

    use super::*;

    fn what(snapshot: SnapshotBuilder) -> String {
        finding(&snapshot.build()).charges[0].what.clone()
    }

    #[test]
    fn is_charged_at_most_for_written_blocks_or_the_size_of_the_volume() {
        let disk = || Snapshot::builder().volume_size(8);
        assert_eq!(what(disk()), "≤ 8 GB snapshot");
        assert_eq!(what(disk().full_snapshot_size_in_bytes(1_610_612_737)), "≤ 1.51 GB snapshot");
        assert_eq!(what(disk().state("future".into())), "≤ 8 GB snapshot");
        assert_eq!(what(Snapshot::builder()), "snapshot");
    }

    #[test]
    fn the_archive_has_a_price_of_its_own() {
        let archived = Snapshot::builder().storage_tier(StorageTier::Archive).build();
        assert_eq!(charge(&archived).sku.to_string(), "AmazonEC2 usagetype=EBS:SnapshotArchiveStorage");
    }

    #[test]
    fn a_snapshot_of_aws_backup_has_no_delete_command() {
        let tag = Tag::builder().key("aws:backup:source-resource").value("arn:aws:ec2:…").build();
        assert_eq!(finding(&Snapshot::builder().tags(tag).build()).can, []);
    }
}
