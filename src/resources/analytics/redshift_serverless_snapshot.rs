//! Snapshots of Redshift Serverless bill for what they hold until somebody deletes them.

use aws_sdk_redshiftserverless::Client;
use aws_sdk_redshiftserverless::types::{Snapshot, SnapshotStatus};
use futures::FutureExt;

use super::redshift_charges::snapshot;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "redshift-serverless-snapshot",
    names: words("Redshift Serverless snapshot", "Redshift Serverless スナップショット"),
    bills: words(
        "per GB and month of the blocks it alone holds, until it is deleted or expires",
        "固有のブロックの GB・月ごと。削除するか期限が切れるまで課金",
    ),
    scope: Scope::Region,
    endpoint: "redshift-serverless",
    small: true,
    billed_as: &["AmazonRedshift"],
    reads: &["redshift-serverless:ListSnapshots"],
    writes: &["redshift-serverless:DeleteSnapshot"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let snapshots = Client::new(&cx.sdk).list_snapshots().max_results(100).into_paginator().items().send();
    let snapshots: Vec<Snapshot> = snapshots.try_collect().await?;
    // Those that others have shared bill their owners.
    let own = snapshots.iter().filter(|it| it.owner_account().is_none_or(|owner| owner == cx.place.account.as_str()));
    Ok(own.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is gone or never was. An unknown status is reported, not hidden.
fn finding(it: &Snapshot) -> Option<Listed> {
    if let Some(SnapshotStatus::Deleted | SnapshotStatus::Cancelled) = it.status() {
        return None;
    }
    let (name, of) = (it.snapshot_name().unwrap_or_default(), it.namespace_name());
    let found = Listed {
        arn: it.snapshot_arn().map(str::to_owned),
        created_at: time(it.snapshot_create_time()),
        notes: of.map(|of| Note::with("snapshot-of", of)).into_iter().collect(),
        ..Listed::new(name)
    };
    let command = Command::aws("redshift-serverless delete-snapshot --snapshot-name").arg(name);
    Some(found.charge(snapshot(it.total_backup_size_in_mega_bytes())).can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_until_it_is_deleted() {
        let found = |state: &str| {
            let it = Snapshot::builder().status(state.into()).total_backup_size_in_mega_bytes(1_536.0);
            finding(&it.build()).map(|it| it.charges[0].what.clone())
        };
        let told = Some("≤ 1.5 GB snapshot".to_owned());
        assert_eq!((found("AVAILABLE"), found("DREAMING")), (told.clone(), told));
        assert_eq!((found("DELETED"), found("CANCELLED")), (None, None));
        assert!(finding(&Snapshot::builder().build()).is_some());
    }
}
