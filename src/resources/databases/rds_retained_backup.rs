//! Automated backups outlive a database that was deleted without deleting them, and bill until they expire.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbClusterAutomatedBackup, DbInstanceAutomatedBackup};
use futures::FutureExt;

use super::rds_charges::{Product, backup};
use super::rds_reading::rds_tags;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::{either, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-retained-backup",
    names: words("Retained automated database backup", "保持されている自動データベースバックアップ"),
    bills: words(
        "per GB and month until it expires, beyond a free allowance as large as the region's running databases",
        "期限が切れるまで GB・月ごと。リージョン内の実行中データベースと同じ容量までは無料",
    ),
    scope: Scope::Region,
    endpoint: "rds",
    small: true,
    billed_as: &["AmazonRDS", "AmazonDocDB", "AmazonNeptune"],
    reads: &["rds:DescribeDBInstanceAutomatedBackups", "rds:DescribeDBClusterAutomatedBackups"],
    writes: &["rds:DeleteDBInstanceAutomatedBackup", "rds:DeleteDBClusterAutomatedBackup"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let single = client.describe_db_instance_automated_backups().max_records(100).into_paginator().items();
    let cluster = client.describe_db_cluster_automated_backups().max_records(100).into_paginator().items();
    let (single, cluster) = futures::join!(single.send().try_collect(), cluster.send().try_collect());
    let (single, cluster, faults): (Option<Vec<_>>, Option<Vec<_>>, _) = either(single, cluster)?;
    let single = single.iter().flatten().filter_map(of_instance);
    let findings = single.chain(cluster.iter().flatten().filter_map(of_cluster)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// That of a database that lives bills with it; one that is being created holds nothing yet.
fn is_of_a_living_one(status: Option<&str>) -> bool {
    status.is_some_and(|status| ["active", "creating"].contains(&status.to_ascii_lowercase().as_str()))
}

/// `None` means that its database lives. An unknown status is reported, not hidden.
fn of_instance(it: &DbInstanceAutomatedBackup) -> Option<Listed> {
    if is_of_a_living_one(it.status()) {
        return None;
    }
    let id = it.dbi_resource_id().unwrap_or_default();
    let found = Listed {
        arn: it.db_instance_automated_backups_arn().map(str::to_owned),
        created_at: time(it.instance_create_time()),
        tags: rds_tags(it.tag_list()),
        ..Listed::new(id)
    };
    // A copy from another region has no resource here, only its own ARN.
    let (by, named) = match it.db_instance_automated_backups_arn() {
        Some(arn) => ("db-instance-automated-backups-arn", arn),
        None => ("dbi-resource-id", id),
    };
    let delete = Command::aws(&format!("rds delete-db-instance-automated-backup --{by}")).arg(named);
    let found = found.can(Verb::Delete, delete);
    Some(noted(found, it.engine(), it.status(), it.db_instance_identifier()))
}

fn of_cluster(it: &DbClusterAutomatedBackup) -> Option<Listed> {
    if is_of_a_living_one(it.status()) {
        return None;
    }
    let id = it.db_cluster_resource_id().unwrap_or_default();
    let found = Listed {
        arn: it.db_cluster_automated_backups_arn().map(str::to_owned),
        created_at: time(it.cluster_create_time()),
        ..Listed::new(id)
    };
    let command = Command::aws("rds delete-db-cluster-automated-backup --db-cluster-resource-id").arg(id);
    Some(noted(found.can(Verb::Delete, command), it.engine(), it.status(), it.db_cluster_identifier()))
}

/// How much it holds with all its days only AWS's meter knows.
fn noted(mut found: Listed, engine: Option<&str>, status: Option<&str>, of: Option<&str>) -> Listed {
    if status.is_some_and(|status| status.eq_ignore_ascii_case("deleting")) {
        found.billing = Billing::Ending;
    }
    let found = found.charge(backup(Product::of(engine.unwrap_or_default()))).named(of.map(str::to_owned));
    found.note(Note::new("backup-allowance")).note(Note::new("delete-only"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_when_its_database_is_gone() {
        let billing = |status: &str| {
            let single = of_instance(&DbInstanceAutomatedBackup::builder().status(status).build());
            let cluster = of_cluster(&DbClusterAutomatedBackup::builder().status(status).build());
            assert_eq!(single.is_some(), cluster.is_some(), "{status}");
            single.map(|it| it.billing)
        };
        assert_eq!((billing("Active"), billing("creating")), (None, None));
        assert_eq!((billing("retained"), billing("dreaming")), (Some(Billing::Running), Some(Billing::Running)));
        assert_eq!(billing("deleting"), Some(Billing::Ending));
        assert!(of_instance(&DbInstanceAutomatedBackup::builder().build()).is_some());
    }

    #[test]
    fn every_engine_is_billed_by_its_product() {
        let key = |engine: &str| {
            let it = DbClusterAutomatedBackup::builder().engine(engine).status("retained").build();
            of_cluster(&it).unwrap().charges[0].sku.to_string()
        };
        assert_eq!(key("aurora-mysql"), "AmazonRDS usagetype=Aurora:BackupUsage");
        assert_eq!(key("neptune"), "AmazonNeptune usagetype=BackupUsage");
    }
}
