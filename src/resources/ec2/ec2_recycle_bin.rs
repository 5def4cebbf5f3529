//! Volumes and snapshots in the Recycle Bin are charged as before, until AWS deletes them for good. Images in it are free: their
//! snapshots are charged.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{SnapshotRecycleBinInfo, Volume, VolumeRecycleBinInfo};
use aws_smithy_types::DateTime;
use futures::FutureExt;

use super::ec2_volume::charges;
use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Listed, Note, Scope, Sku, Unit, words};
use crate::resources::paging::pages;
use crate::resources::reading::{either, managed_by, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-recycle-bin",
    names: words("Recycle Bin", "ごみ箱(Recycle Bin)"),
    bills: words(
        "deleted volumes and snapshots as before, until AWS deletes them for good",
        "削除したボリュームとスナップショットに、AWS が完全に削除するまで従来どおり",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEC2"],
    asks: &[&Typed("ec2:ListVolumesInRecycleBin"), &Typed("ec2:ListSnapshotsInRecycleBin")],
    // There is no command: deleting one earlier requires changing its retention rule first.
    writes: &[],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let page = |token| {
        let answer = client.list_volumes_in_recycle_bin().max_results(1000).set_next_token(token).send();
        async move { Ok(answer.await.map(|it| (it.volumes.unwrap_or_default(), it.next_token))?) }
    };
    let snapshots = client.list_snapshots_in_recycle_bin().max_results(1000).into_paginator().items().send();
    let (volumes, snapshots) = futures::join!(pages(page), snapshots.collect::<Result<Vec<_>, _>>());
    let (volumes, snapshots, faults) = either(volumes, snapshots)?;
    let volumes = volumes.iter().flatten().map(of_volume);
    let findings = volumes.chain(snapshots.iter().flatten().map(of_snapshot)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// No state is free.
fn of_volume(it: &VolumeRecycleBinInfo) -> Listed {
    let volume = Volume::builder()
        .set_volume_type(it.volume_type.clone())
        .set_size(it.size)
        .set_iops(it.iops)
        .set_throughput(it.throughput)
        .set_availability_zone(it.availability_zone.clone())
        .set_outpost_arn(it.outpost_arn.clone());
    Listed {
        created_at: time(it.create_time()),
        charges: charges(&volume.build()),
        notes: managed_by(it.operator()).into_iter().chain([binned(it.recycle_bin_exit_time())]).collect(),
        ..Listed::new(it.volume_id().unwrap_or_default())
    }
}

/// AWS does not return its size.
fn of_snapshot(it: &SnapshotRecycleBinInfo) -> Listed {
    let of = it.volume_id().filter(|id| !id.is_empty()).map(|of| Note::with("snapshot-of", of));
    let sku = Sku::new("AmazonEC2").with("usagetype", "EBS:SnapshotUsage");
    Listed {
        charges: vec![Charge::metered("snapshot", sku, Unit::GbMonth)],
        notes: of.into_iter().chain([binned(it.recycle_bin_exit_time())]).collect(),
        ..Listed::new(it.snapshot_id().unwrap_or_default())
    }
}

fn binned(until: Option<&DateTime>) -> Note {
    time(until).map_or_else(|| Note::new("in-recycle-bin"), |until| Note::with("in-recycle-bin-until", until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volume_is_charged_as_before_in_every_state() {
        let volume = || VolumeRecycleBinInfo::builder().volume_type("gp3".into()).size(100).iops(4000);
        let what = |it: VolumeRecycleBinInfo| of_volume(&it).charges.into_iter().map(|it| it.what).collect::<Vec<_>>();
        for state in ["available", "deleting", "deleted", "future"] {
            assert_eq!(what(volume().state(state.into()).build()), ["100 GB gp3", "1000 IOPS gp3"], "{state}");
        }
        assert_eq!(what(VolumeRecycleBinInfo::builder().build()), ["EBS"]);
    }

    #[test]
    fn says_when_it_is_gone() {
        let snapshot = SnapshotRecycleBinInfo::builder().snapshot_id("snap-1").volume_id("vol-1");
        let until = DateTime::from_secs(1_795_000_000);
        let notes = of_snapshot(&snapshot.clone().recycle_bin_exit_time(until).build()).notes;
        let until = Note::with("in-recycle-bin-until", "2026-11-18T11:06:40Z");
        assert_eq!(notes, [Note::with("snapshot-of", "vol-1"), until]);
        let found = of_snapshot(&snapshot.build());
        assert_eq!((found.notes[1].clone(), found.charges[0].quantity), (Note::new("in-recycle-bin"), None));
    }
}
