//! Manual snapshots of Redshift are charged for their size until they are deleted.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::redshift_charges::snapshot;
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "redshift-snapshot",
    names: words("Redshift snapshot", "Redshift スナップショット"),
    bills: words(
        "per GB and month of the blocks it alone holds, until it is deleted",
        "固有のブロックの GB・月ごと。削除するまで課金",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonRedshift"],
    asks: &[&SNAPSHOTS],
    writes: &["redshift:DeleteClusterSnapshot"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SNAPSHOTS: Operation<Snapshot> = Operation::new("redshift:DescribeClusterSnapshots").at("Snapshots");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Snapshot {
    snapshot_identifier: Option<String>,
    cluster_identifier: Option<String>,
    owner_account: Option<String>,
    status: Option<String>,
    snapshot_create_time: Option<Timestamp>,
    total_backup_size_in_mega_bytes: Option<Decimal>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let snapshots = cx.ask(&SNAPSHOTS).with("SnapshotType", "manual").with("MaxRecords", 100).all().await?;
    // Snapshots shared by other accounts are charged to their owners.
    let account = cx.place.account.as_str();
    let own = snapshots.iter().filter(|it| it.owner_account.as_deref().is_none_or(|owner| owner == account));
    Ok(own.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is deleted. An unknown status is reported, not hidden.
fn finding(it: &Snapshot) -> Option<Listed> {
    let billing = billing(it.status.as_deref())?;
    let (id, of) = (it.snapshot_identifier.as_deref().unwrap_or_default(), it.cluster_identifier.as_deref());
    let found = Listed {
        billing,
        created_at: it.snapshot_create_time,
        tags: it.tags.clone(),
        notes: of.map(|of| Note::with("snapshot-of", of)).into_iter().collect(),
        ..Listed::new(id)
    };
    let command = Command::aws("redshift delete-cluster-snapshot --snapshot-identifier").arg(id);
    Some(found.charge(snapshot(it.total_backup_size_in_mega_bytes)).loses(Loss::Backups).can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn is_charged_until_it_is_deleted() {
        let it = |status: &str| Snapshot {
            snapshot_identifier: Some("s".into()),
            cluster_identifier: Some("c".into()),
            status: Some(status.into()),
            total_backup_size_in_mega_bytes: Some(5_120.into()),
            ..Snapshot::default()
        };
        let billing = |status| finding(&it(status)).map(|it| it.billing);
        assert_eq!((billing("available"), billing("future")), (Some(Billing::Running), Some(Billing::Running)));
        assert_eq!(billing("deleted"), None);
        let found = finding(&it("available")).unwrap();
        assert_eq!((found.charges[0].what.as_str(), found.notes[0].value()), ("≤ 5 GB snapshot", Some("c")));
        assert_eq!(finding(&Snapshot::default()).unwrap().charges[0].quantity, None);
    }
}
