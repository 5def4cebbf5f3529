//! `DynamoDB`'s backups bill for every gigabyte and month they are kept, also when their table is gone.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{BackupStatus, BackupSummary, BackupType, BackupTypeFilter};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::paging::pages;
use crate::resources::reading::time;
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
    endpoint: "dynamodb",
    small: true,
    billed_as: &["AmazonDynamoDB"],
    reads: &["dynamodb:ListBackups"],
    writes: &["dynamodb:DeleteBackup"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).list_backups().backup_type(BackupTypeFilter::All).limit(100);
    let page = |last| {
        let answer = asked.clone().set_exclusive_start_backup_arn(last).send();
        async move { Ok(answer.await.map(|it| (it.backup_summaries.unwrap_or_default(), it.last_evaluated_backup_arn))?) }
    };
    Ok(pages(page).await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is gone, or of a kind that is not billed here: those that AWS keeps for 35 days of a deleted table are free,
/// those of AWS Backup are its recovery points.
fn finding(backup: &BackupSummary) -> Option<Listed> {
    if backup.backup_status() == Some(&BackupStatus::Deleted)
        || matches!(backup.backup_type(), Some(BackupType::System | BackupType::AwsBackup))
    {
        return None;
    }
    let arn = backup.backup_arn().unwrap_or_default();
    let id = arn.rsplit('/').next().unwrap_or_default();
    let sku = Sku::new("AmazonDynamoDB").with("usagetype", "TimedBackupStorage-ByteHrs");
    let charge = match backup.backup_size_bytes() {
        Some(bytes) => Charge::storage("backup", sku, to_the_megabyte(bytes)),
        None => Charge::metered("backup", sku, Unit::GbMonth),
    };
    let created_at = time(backup.backup_creation_date_time());
    let found = Listed { arn: backup.backup_arn.clone(), created_at, ..Listed::new(id) };
    let found = found.named(backup.backup_name.clone()).charge(charge);
    Some(found.can(Verb::Delete, Command::aws("dynamodb delete-backup --backup-arn").arg(arn)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(status: &str, kind: &str) -> Option<Listed> {
        let backup = BackupSummary::builder().backup_status(status.into()).backup_type(kind.into());
        finding(&backup.backup_size_bytes(1 << 29).build())
    }

    #[test]
    fn bills_until_it_is_deleted() {
        let states = ["DELETED", "CREATING", "AVAILABLE", "NEW"].map(|status| found(status, "USER").is_some());
        assert_eq!(states, [false, true, true, true]);
        assert_eq!(found("AVAILABLE", "USER").unwrap().charges[0].what, "0.5 GB backup");
        assert_eq!(finding(&BackupSummary::builder().build()).unwrap().charges[0].quantity, None);
    }

    #[test]
    fn those_of_aws_are_not_billed_here() {
        let kinds = ["SYSTEM", "AWS_BACKUP", "USER", "NEW"].map(|kind| found("AVAILABLE", kind).is_some());
        assert_eq!(kinds, [false, false, true, true]);
    }
}
