//! `DynamoDB` backups are charged for every gigabyte and month, also when their table is deleted.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Scope, Sku, Unit, Verb, words};
use crate::resources::sizes::to_the_megabyte;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dynamodb-backup",
    names: words("DynamoDB backup", "DynamoDB バックアップ"),
    bills: words(
        "per GB and month while it is kept, also when its table is gone",
        "テーブルがなくなっても、保持する間は GB・月ごと",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonDynamoDB"],
    asks: &[&BACKUPS],
    writes: &["dynamodb:DeleteBackup"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const BACKUPS: Operation<Backup> = Operation::new("dynamodb:ListBackups").at("BackupSummaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Backup {
    backup_arn: Option<String>,
    backup_name: Option<String>,
    backup_creation_date_time: Option<Timestamp>,
    backup_status: Option<Status>,
    backup_type: Option<Kind>,
    backup_size_bytes: Option<Decimal>,
}

values! { enum Status { Deleted = "DELETED" } }
values! { enum Kind { System = "SYSTEM", AwsBackup = "AWS_BACKUP" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let backups = cx.ask(&BACKUPS).with("BackupType", "ALL").all().await?;
    Ok(backups.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is deleted, or is charged elsewhere: AWS's backups of a deleted table are free for 35 days, and those of AWS
/// Backup are reported as recovery points.
fn finding(backup: &Backup) -> Option<Listed> {
    if backup.backup_status == Some(Status::Deleted)
        || matches!(backup.backup_type, Some(Kind::System | Kind::AwsBackup))
    {
        return None;
    }
    let arn = backup.backup_arn.as_deref().unwrap_or_default();
    let id = arn.rsplit('/').next().unwrap_or_default();
    let sku = Sku::new("AmazonDynamoDB").with("usagetype", "TimedBackupStorage-ByteHrs");
    let charge = match backup.backup_size_bytes {
        Some(bytes) => Charge::storage("backup", sku, to_the_megabyte(bytes)),
        None => Charge::metered("backup", sku, Unit::GbMonth),
    };
    let created_at = backup.backup_creation_date_time;
    let found = Listed { arn: backup.backup_arn.clone(), created_at, ..Listed::new(id) };
    let found = found.named(backup.backup_name.clone()).charge(charge);
    Some(found.loses(Loss::Backups).can(Verb::Delete, Command::aws("dynamodb delete-backup --backup-arn").arg(arn)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(status: &str, kind: &str) -> Option<Listed> {
        let (status, kind, size) = (Some(status.into()), Some(kind.into()), Some((1 << 29).into()));
        finding(&Backup { backup_status: status, backup_type: kind, backup_size_bytes: size, ..Backup::default() })
    }

    #[test]
    fn is_charged_until_it_is_deleted() {
        let states = ["DELETED", "CREATING", "AVAILABLE", "NEW"].map(|status| found(status, "USER").is_some());
        assert_eq!(states, [false, true, true, true]);
        assert_eq!(found("AVAILABLE", "USER").unwrap().charges[0].what, "0.5 GB backup");
        assert_eq!(finding(&Backup::default()).unwrap().charges[0].quantity, None);
    }

    #[test]
    fn those_of_aws_are_not_billed_here() {
        let kinds = ["SYSTEM", "AWS_BACKUP", "USER", "NEW"].map(|kind| found("AVAILABLE", kind).is_some());
        assert_eq!(kinds, [false, false, true, true]);
    }
}
