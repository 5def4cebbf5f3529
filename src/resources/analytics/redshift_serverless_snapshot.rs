//! Snapshots of Redshift Serverless are charged for their size until they are deleted.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::redshift_charges::snapshot;
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "redshift-serverless-snapshot",
    names: words("Redshift Serverless snapshot", "Redshift Serverless スナップショット"),
    bills: words(
        "per GB and month of the blocks it alone holds, until it is deleted or expires",
        "固有のブロックの GB・月ごと。削除するか期限が切れるまで課金",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonRedshift"],
    asks: &[&SNAPSHOTS],
    writes: &["redshift-serverless:DeleteSnapshot"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SNAPSHOTS: Operation<Snapshot> = Operation::new("redshift-serverless:ListSnapshots").at("snapshots");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Snapshot {
    snapshot_name: Option<String>,
    snapshot_arn: Option<String>,
    namespace_name: Option<String>,
    owner_account: Option<String>,
    status: Option<Status>,
    snapshot_create_time: Option<Timestamp>,
    total_backup_size_in_mega_bytes: Option<Decimal>,
}

values! { enum Status { Deleted = "DELETED", Cancelled = "CANCELLED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let snapshots = cx.ask(&SNAPSHOTS).all().await?;
    // Snapshots shared by other accounts are charged to their owners.
    let account = cx.place.account.as_str();
    let own = snapshots.iter().filter(|it| it.owner_account.as_deref().is_none_or(|owner| owner == account));
    Ok(own.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is deleted, or was never created. An unknown status is reported, not hidden.
fn finding(it: &Snapshot) -> Option<Listed> {
    if let Some(Status::Deleted | Status::Cancelled) = it.status {
        return None;
    }
    let (name, of) = (it.snapshot_name.as_deref().unwrap_or_default(), it.namespace_name.as_deref());
    let found = Listed {
        arn: it.snapshot_arn.clone(),
        created_at: it.snapshot_create_time,
        notes: of.map(|of| Note::with("snapshot-of", of)).into_iter().collect(),
        ..Listed::new(name)
    };
    let command = Command::aws("redshift-serverless delete-snapshot --snapshot-name").arg(name);
    Some(found.charge(snapshot(it.total_backup_size_in_mega_bytes)).loses(Loss::Backups).can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_until_it_is_deleted() {
        let found = |state: &str| {
            let total_backup_size_in_mega_bytes = Some(1_536.into());
            let it = Snapshot { status: Some(state.into()), total_backup_size_in_mega_bytes, ..Snapshot::default() };
            finding(&it).map(|it| it.charges[0].what.clone())
        };
        let size = Some("≤ 1.5 GB snapshot".to_owned());
        assert_eq!((found("AVAILABLE"), found("FUTURE")), (size.clone(), size));
        assert_eq!((found("DELETED"), found("CANCELLED")), (None, None));
        assert!(finding(&Snapshot::default()).is_some());
    }
}
