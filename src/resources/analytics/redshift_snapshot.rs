//! Manual snapshots of Redshift bill for what they hold until somebody deletes them.

use aws_sdk_redshift::Client;
use aws_sdk_redshift::types::Snapshot;
use futures::FutureExt;

use super::redshift_charges::snapshot;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Listed, Note, Scope, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::{tags, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "redshift-snapshot",
    names: words("Redshift snapshot", "Redshift スナップショット"),
    bills: words(
        "per GB and month of the blocks it alone holds, until it is deleted",
        "固有のブロックの GB・月ごと。削除するまで課金",
    ),
    scope: Scope::Region,
    endpoint: "redshift",
    small: true,
    billed_as: &["AmazonRedshift"],
    reads: &["redshift:DescribeClusterSnapshots"],
    writes: &["redshift:DeleteClusterSnapshot"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_cluster_snapshots().snapshot_type("manual").max_records(100);
    let snapshots: Vec<Snapshot> = asked.into_paginator().items().send().try_collect().await?;
    // Those that others have shared bill their owners.
    let own = snapshots.iter().filter(|it| it.owner_account().is_none_or(|owner| owner == cx.place.account.as_str()));
    Ok(own.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is gone. An unknown status is reported, not hidden.
fn finding(it: &Snapshot) -> Option<Listed> {
    let billing = billing(it.status())?;
    let (id, of) = (it.snapshot_identifier().unwrap_or_default(), it.cluster_identifier());
    let found = Listed {
        billing,
        created_at: time(it.snapshot_create_time()),
        tags: tags(it.tags().iter().map(|tag| (tag.key(), tag.value()))),
        notes: of.map(|of| Note::with("snapshot-of", of)).into_iter().collect(),
        ..Listed::new(id)
    };
    let command = Command::aws("redshift delete-cluster-snapshot --snapshot-identifier").arg(id);
    Some(found.charge(snapshot(it.total_backup_size_in_mega_bytes())).can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn bills_until_it_is_deleted() {
        let it = |status: &str| Snapshot::builder().snapshot_identifier("s").cluster_identifier("c").status(status);
        let billing = |status| finding(&it(status).build()).map(|it| it.billing);
        assert_eq!((billing("available"), billing("dreaming")), (Some(Billing::Running), Some(Billing::Running)));
        assert_eq!(billing("deleted"), None);
        let found = finding(&it("available").total_backup_size_in_mega_bytes(5_120.0).build()).unwrap();
        assert_eq!((found.charges[0].what.as_str(), found.notes[0].value()), ("≤ 5 GB snapshot", Some("c")));
        assert_eq!(finding(&Snapshot::builder().build()).unwrap().charges[0].quantity, None);
    }
}
