//! FSx backups are charged for the blocks that no earlier backup of the file system has; AWS does not return the number.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::fsx_charges::{FileSystemType, backup};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{name_tag, tag_list};
use crate::resources::sizes::gigabytes;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "fsx-backup",
    names: words("FSx backup", "FSx バックアップ"),
    bills: words(
        "per GB and month until it is deleted, after its file system too",
        "GB・月ごと。ファイルシステムの削除後も課金",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonFSx"],
    asks: &[&BACKUPS],
    writes: &["fsx:DeleteBackup"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const BACKUPS: Operation<Backup> = Operation::new("fsx:DescribeBackups").at("Backups");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Backup {
    backup_id: String,
    #[serde(rename = "ResourceARN")]
    resource_arn: Option<String>,
    lifecycle: Option<Lifecycle>,
    #[serde(rename = "Type")]
    kind: Option<Kind>,
    creation_time: Option<Timestamp>,
    file_system: System,
    size_in_bytes: Option<Decimal>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

/// The source file system.
#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "PascalCase", default)]
struct System {
    file_system_id: Option<String>,
    file_system_type: Option<FileSystemType>,
    storage_capacity: Option<Decimal>,
}

values! { enum Lifecycle { Deleted = "DELETED" } }
values! { enum Kind { AwsBackup = "AWS_BACKUP" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let backups = cx.ask(&BACKUPS).with("MaxResults", 1000).all().await?;
    Ok(backups.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged.
fn finding(it: &Backup) -> Option<Listed> {
    if it.lifecycle == Some(Lifecycle::Deleted) {
        return None;
    }
    let id = &it.backup_id;
    let of = it.file_system.file_system_id.as_ref().map(|of| Note::with("snapshot-of", of));
    let found = Listed {
        arn: it.resource_arn.clone(),
        name: name_tag(&it.tags),
        created_at: it.creation_time,
        tags: it.tags.clone(),
        notes: of.into_iter().collect(),
        ..Listed::new(id)
    }
    .charge(charge(it));
    Some(match it.kind {
        // FSx refuses to delete a backup of AWS Backup.
        Some(Kind::AwsBackup) => found.note(Note::with("service-managed", "AWS Backup")),
        _ => found.loses(Loss::Backups).can(Verb::Delete, Command::aws("fsx delete-backup --backup-id").arg(id)),
    })
}

/// At most the size of the restored data, or else the capacity of its file system.
fn charge(it: &Backup) -> Charge {
    let system = &it.file_system;
    let sku = backup(system.file_system_type.as_ref());
    let room = || system.storage_capacity.filter(|gigabytes| *gigabytes > Decimal::ZERO);
    match it.size_in_bytes.and_then(gigabytes).or_else(room) {
        Some(stored) => Charge::storage("backup", sku, stored).at_most(),
        None => Charge::metered("backup", sku, Unit::GbMonth),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_deleted_one_is_free() {
        let reported = |state: &str| finding(&Backup { lifecycle: Some(state.into()), ..Backup::default() }).is_some();
        assert_eq!(["AVAILABLE", "FAILED", "FUTURE", "DELETED"].map(reported), [true, true, true, false]);
        assert!(finding(&Backup::default()).is_some());
    }

    #[test]
    fn holds_at_most_its_size_or_that_of_its_file_system() {
        let backup = |bytes: Option<i32>| {
            let file_system_type = Some(FileSystemType::Windows);
            let file_system = System { file_system_type, storage_capacity: Some(300.into()), ..System::default() };
            Backup { file_system, size_in_bytes: bytes.map(Into::into), ..Backup::default() }
        };
        assert_eq!(charge(&backup(Some(1 << 30))).what, "≤ 1 GB backup");
        assert_eq!(charge(&backup(None)).what, "≤ 300 GB backup");
        assert_eq!(charge(&Backup::default()).quantity, None);
    }

    #[test]
    fn a_backup_of_aws_backup_has_no_delete_command() {
        let can = |kind: &str| finding(&Backup { kind: Some(kind.into()), ..Backup::default() }).unwrap().can;
        assert_eq!((can("AWS_BACKUP"), can("USER_INITIATED")), (vec![], vec![Verb::Delete]));
    }
}
