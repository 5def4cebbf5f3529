//! Recovery points of AWS Backup are charged for their size until they expire or are deleted.

use std::collections::BTreeSet;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::first_non_empty;
use crate::resources::sizes::gigabytes;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "backup-recovery-point",
    names: words("AWS Backup recovery point", "AWS Backup 復旧ポイント"),
    bills: words("per GB and month until it expires or is deleted", "期限切れまたは削除まで GB・月ごと"),
    scope: Scope::Region,
    small: true,
    billed_as: &["AWSBackup"],
    asks: &[&VAULTS, &POINTS],
    writes: &["backup:DeleteRecoveryPoint"],
    owns: &["ec2-snapshot", "fsx-backup"],
    list: |cx| list(cx).boxed(),
};

const VAULTS: Operation<Vault> = Operation::new("backup:ListBackupVaults").at("BackupVaultList");
const POINTS: Operation<Point> = Operation::new("backup:ListRecoveryPointsByBackupVault").at("RecoveryPoints");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Vault {
    backup_vault_name: Option<String>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "PascalCase", default)]
struct Point {
    recovery_point_arn: Option<String>,
    resource_name: Option<String>,
    resource_arn: Option<String>,
    resource_type: Option<String>,
    status: Option<Status>,
    creation_date: Option<Timestamp>,
    backup_size_in_bytes: Option<Decimal>,
    is_parent: bool,
    vault_type: Option<VaultType>,
}

values! { enum Status { Deleting = "DELETING" } }
values! { enum VaultType { AirGapped = "LOGICALLY_AIR_GAPPED_BACKUP_VAULT" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let vaults = cx.ask(&VAULTS).all().await?;
    let names: BTreeSet<String> = vaults.into_iter().filter_map(|vault| vault.backup_vault_name).collect();
    let ask = |name: &String| cx.ask(&POINTS).with("BackupVaultName", name.as_str()).all();
    let (vaults, faults) = about_each(names.into_iter().collect(), ask).await;
    let mut listing = Listing { faults, ..Listing::default() };
    for (vault, points) in vaults {
        points.unwrap_or_default().iter().for_each(|point| keep(&mut listing, &vault, point));
    }
    Ok(listing)
}

/// EBS and FSx list AWS Backup's snapshots and backups as their own: the finding is theirs, and the recovery point its owner.
fn keep(listing: &mut Listing, vault: &str, point: &Point) {
    let arn = point.recovery_point_arn.as_deref().unwrap_or_default();
    let name = arn.rsplit(['/', ':']).next().unwrap_or(arn);
    let service = arn.split(':').nth(2).unwrap_or_default();
    let delete = Command::aws("backup delete-recovery-point --backup-vault-name")
        .arg(vault)
        .words("--recovery-point-arn")
        .arg(arn);
    // The snapshots of an image are separate findings, and a composite recovery point is reported by its parts.
    let image = service == "ec2" && arn.contains("image/") && !is_air_gapped(point);
    if image || (point.is_parent && point.backup_size_in_bytes.unwrap_or_default().is_zero()) {
        return;
    }
    let elsewhere = match service {
        "ec2" => Some("ec2-snapshot"),
        "fsx" => Some("fsx-backup"),
        _ => None,
    };
    if let Some(resource) = elsewhere.filter(|_| !is_air_gapped(point)) {
        let owner = RESOURCE.owner(&format!("{vault}/{name}"), delete);
        return listing.owned.push(Owned { resource, thing: name.to_owned(), owner });
    }
    let found = Listed { arn: point.recovery_point_arn.clone(), created_at: point.creation_date, ..Listed::new(name) };
    let of = first_non_empty([point.resource_name.as_deref(), point.resource_arn.as_deref()]);
    let mut found = found.named(Some(format!("{vault}/{name}"))).charge(charge(point));
    found.notes.extend(of.map(|of| Note::with("snapshot-of", of)));
    if point.status == Some(Status::Deleting) {
        found.billing = Billing::Ending;
    }
    listing.findings.push(found.loses(Loss::Backups).can(Verb::Delete, delete));
}

/// A logically air-gapped vault stores its recovery points in an account of AWS's: no other list of this account has them, and
/// they have their own prices.
fn is_air_gapped(point: &Point) -> bool {
    point.vault_type == Some(VaultType::AirGapped)
}

/// At most its size: a backup shares unchanged data with the one before, and cold storage costs less.
fn charge(point: &Point) -> Charge {
    let kind = point.resource_type.as_deref().unwrap_or("unknown");
    let item = |item: &str| Sku::new("AWSBackup").with("item", item).with("unit", "gb-month");
    let sku = match kind.to_ascii_lowercase().as_str() {
        "efs" => item("efs_warm"),
        "dynamodb" => item("dynamodb_warm"),
        "rds" => item("rds_snapshot"),
        "aurora" => item("aurora_snapshot"),
        _ => Sku::new("AWSBackup").with("resourceType", kind),
    };
    let sku = if is_air_gapped(point) { sku.with("vaultType", "Logically Air-Gapped") } else { sku };
    match point.backup_size_in_bytes.and_then(gigabytes) {
        Some(size) => Charge::storage(&format!("{kind} backup"), sku, size).at_most(),
        None => Charge::metered(&format!("{kind} backup"), sku, Unit::GbMonth),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(arn: &str, point: Point) -> Listing {
        let mut listing = Listing::default();
        keep(&mut listing, "Default", &Point { recovery_point_arn: Some(arn.to_owned()), ..point });
        listing
    }

    fn point() -> Point {
        let size = Some((1 << 30).into());
        Point { resource_type: Some("EFS".into()), backup_size_in_bytes: size, ..Point::default() }
    }

    #[test]
    fn every_state_is_reported() {
        let billing = |status: &str| {
            let arn = "arn:aws:backup:us-east-1:1:recovery-point:A";
            kept(arn, Point { status: Some(status.into()), ..point() }).findings[0].billing
        };
        let running = Billing::Running;
        let states = ["COMPLETED", "EXPIRED", "STOPPED", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [running, running, running, running, Billing::Ending]);
    }

    #[test]
    fn snapshots_of_other_services_belong_to_their_recovery_point() {
        let snapshot = kept("arn:aws:ec2:us-east-1::snapshot/snap-1", point());
        assert_eq!((snapshot.findings.len(), snapshot.owned[0].thing.as_str()), (0, "snap-1"));
        assert_eq!(snapshot.owned[0].owner.id, "Default/snap-1");
        assert!(kept("arn:aws:ec2:us-east-1::image/ami-1", point()).owned.is_empty());
        assert_eq!(kept("arn:aws:rds:us-east-1:1:snapshot:awsbackup:job-1", point()).findings[0].id, "job-1");
    }

    #[test]
    fn a_recovery_point_of_an_air_gapped_vault_is_a_finding_itself() {
        let sealed = Point { vault_type: Some(VaultType::AirGapped), ..point() };
        let found = kept("arn:aws:ec2:us-east-1::snapshot/snap-1", sealed.clone()).findings;
        assert!(found[0].charges[0].sku.to_string().contains("vaultType"), "{found:?}");
        assert_eq!(kept("arn:aws:ec2:us-east-1::image/ami-1", sealed).findings.len(), 1);
    }

    #[test]
    fn a_composite_recovery_point_has_no_charge() {
        let parent =
            |bytes: Option<i32>| Point { is_parent: true, backup_size_in_bytes: bytes.map(Into::into), ..point() };
        let arn = "arn:aws:backup:us-east-1:1:recovery-point:A";
        let count = |bytes| kept(arn, parent(bytes)).findings.len();
        assert_eq!((count(None), count(Some(0)), count(Some(5))), (0, 0, 1));
    }
}
