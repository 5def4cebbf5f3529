//! FSx backups bill for the blocks that no earlier backup of the same file system holds; AWS does not say how many.

use aws_sdk_fsx::Client;
use aws_sdk_fsx::operation::describe_backups::DescribeBackupsOutput;
use aws_sdk_fsx::types::{Backup, BackupLifecycle, BackupType, FileSystem};
use futures::FutureExt;
use rust_decimal::Decimal;

use super::fsx_charges::{backup, fsx_tags};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{name_tag, time};
use crate::resources::sizes::gigabytes;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "fsx-backup",
    names: words("FSx backup", "FSx バックアップ"),
    bills: words(
        "per GB and month until it is deleted, after its file system too",
        "GB・月ごと。ファイルシステムの削除後も続く",
    ),
    scope: Scope::Region,
    endpoint: "fsx",
    small: true,
    billed_as: &["AmazonFSx"],
    reads: &["fsx:DescribeBackups"],
    writes: &["fsx:DeleteBackup"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).describe_backups().max_results(1000).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(DescribeBackupsOutput::backups).filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills.
fn finding(it: &Backup) -> Option<Listed> {
    if it.lifecycle() == Some(&BackupLifecycle::Deleted) {
        return None;
    }
    let id = it.backup_id().unwrap_or_default();
    let tags = fsx_tags(it.tags());
    let of = it.file_system().and_then(FileSystem::file_system_id).map(|of| Note::with("snapshot-of", of));
    let found = Listed {
        arn: it.resource_arn().map(str::to_owned),
        name: name_tag(&tags),
        created_at: time(it.creation_time()),
        tags,
        notes: of.into_iter().collect(),
        ..Listed::new(id)
    }
    .charge(charge(it));
    Some(match it.r#type() {
        // FSx refuses to delete what AWS Backup keeps.
        Some(BackupType::AwsBackup) => found.note(Note::with("service-managed", "AWS Backup")),
        _ => found.can(Verb::Delete, Command::aws("fsx delete-backup --backup-id").arg(id)),
    })
}

/// It holds at most what restoring it would bring back, or what its file system had room for.
fn charge(it: &Backup) -> Charge {
    let system = it.file_system();
    let sku = backup(system.and_then(FileSystem::file_system_type));
    let room = || system?.storage_capacity().filter(|gigabytes| *gigabytes > 0).map(Decimal::from);
    match it.size_in_bytes().and_then(gigabytes).or_else(room) {
        Some(stored) => Charge::storage("backup", sku, stored).at_most(),
        None => Charge::metered("backup", sku, Unit::GbMonth),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_fsx::types::FileSystemType;

    use super::*;

    #[test]
    fn only_a_deleted_one_is_free() {
        let reported = |state: &str| finding(&Backup::builder().lifecycle(state.into()).build()).is_some();
        assert_eq!(["AVAILABLE", "FAILED", "DREAMING", "DELETED"].map(reported), [true, true, true, false]);
        assert!(finding(&Backup::builder().build()).is_some());
    }

    #[test]
    fn holds_at_most_its_size_or_that_of_its_file_system() {
        let system = FileSystem::builder().file_system_type(FileSystemType::Windows).storage_capacity(300).build();
        let backup = || Backup::builder().file_system(system.clone());
        assert_eq!(charge(&backup().size_in_bytes(1 << 30).build()).what, "≤ 1 GB backup");
        assert_eq!(charge(&backup().build()).what, "≤ 300 GB backup");
        assert_eq!(charge(&Backup::builder().build()).quantity, None);
    }

    #[test]
    fn what_aws_backup_keeps_is_not_for_fsx_to_delete() {
        let can = |kind| finding(&Backup::builder().r#type(kind).build()).unwrap().can;
        assert_eq!((can(BackupType::AwsBackup), can(BackupType::UserInitiated)), (vec![], vec![Verb::Delete]));
    }
}
