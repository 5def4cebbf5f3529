//! Retained automated backups outlive a deleted database, and are charged until they expire.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::rds_charges::{Product, backup};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::reading::{either, tag_list};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-retained-backup",
    names: words("Retained automated database backup", "保持されている自動データベースバックアップ"),
    bills: words(
        "per GB and month until it expires, beyond a free allowance as large as the region's running databases",
        "期限が切れるまで GB・月ごと。リージョン内の実行中データベースと同じ容量までは無料",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonRDS", "AmazonDocDB", "AmazonNeptune"],
    asks: &[&OF_INSTANCES, &OF_CLUSTERS],
    writes: &["rds:DeleteDBInstanceAutomatedBackup", "rds:DeleteDBClusterAutomatedBackup"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const OF_INSTANCES: Operation<OfInstance> =
    Operation::new("rds:DescribeDBInstanceAutomatedBackups").at("DBInstanceAutomatedBackups");
const OF_CLUSTERS: Operation<OfCluster> =
    Operation::new("rds:DescribeDBClusterAutomatedBackups").at("DBClusterAutomatedBackups");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct OfInstance {
    #[serde(rename = "DbiResourceId")]
    id: String,
    #[serde(rename = "DBInstanceAutomatedBackupsArn")]
    arn: Option<String>,
    #[serde(rename = "DBInstanceIdentifier")]
    instance: Option<String>,
    engine: String,
    status: Option<String>,
    instance_create_time: Option<Timestamp>,
    #[serde(deserialize_with = "tag_list")]
    tag_list: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct OfCluster {
    #[serde(rename = "DbClusterResourceId")]
    id: String,
    #[serde(rename = "DBClusterAutomatedBackupsArn")]
    arn: Option<String>,
    #[serde(rename = "DBClusterIdentifier")]
    cluster: Option<String>,
    engine: String,
    status: Option<String>,
    cluster_create_time: Option<Timestamp>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let single = cx.ask(&OF_INSTANCES).with("MaxRecords", 100).all();
    let cluster = cx.ask(&OF_CLUSTERS).with("MaxRecords", 100).all();
    let (single, cluster) = futures::join!(single, cluster);
    let (single, cluster, faults) = either(single, cluster)?;
    let single = single.iter().flatten().filter_map(of_instance);
    let findings = single.chain(cluster.iter().flatten().filter_map(of_cluster)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// The backups of an existing database are charged with it; a database that is being created has none yet.
fn is_of_a_database(status: Option<&str>) -> bool {
    status.is_some_and(|status| ["active", "creating"].contains(&status.to_ascii_lowercase().as_str()))
}

/// `None` means that its database exists. An unknown status is reported, not hidden.
fn of_instance(it: &OfInstance) -> Option<Listed> {
    if is_of_a_database(it.status.as_deref()) {
        return None;
    }
    let found = Listed {
        arn: it.arn.clone(),
        created_at: it.instance_create_time,
        tags: it.tag_list.clone(),
        ..Listed::new(&it.id)
    };
    // A copy from another region has no source database here, only its own ARN.
    let (by, named) = match &it.arn {
        Some(arn) => ("db-instance-automated-backups-arn", arn),
        None => ("dbi-resource-id", &it.id),
    };
    let delete = Command::aws(&format!("rds delete-db-instance-automated-backup --{by}")).arg(named);
    let found = found.loses(Loss::Backups).can(Verb::Delete, delete);
    Some(noted(found, &it.engine, it.status.as_deref(), it.instance.clone()))
}

fn of_cluster(it: &OfCluster) -> Option<Listed> {
    if is_of_a_database(it.status.as_deref()) {
        return None;
    }
    let found = Listed { arn: it.arn.clone(), created_at: it.cluster_create_time, ..Listed::new(&it.id) };
    let command = Command::aws("rds delete-db-cluster-automated-backup --db-cluster-resource-id").arg(&it.id);
    Some(noted(
        found.loses(Loss::Backups).can(Verb::Delete, command),
        &it.engine,
        it.status.as_deref(),
        it.cluster.clone(),
    ))
}

/// Metered: AWS does not return the size of all retained days.
fn noted(mut found: Listed, engine: &str, status: Option<&str>, of: Option<String>) -> Listed {
    if status.is_some_and(|status| status.eq_ignore_ascii_case("deleting")) {
        found.billing = Billing::Ending;
    }
    let found = found.charge(backup(Product::of(engine))).named(of);
    found.note(Note::new("backup-allowance")).note(Note::new("delete-only"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_when_its_database_is_deleted() {
        let billing = |status: &str| {
            let single = of_instance(&OfInstance { status: Some(status.into()), ..OfInstance::default() });
            let cluster = of_cluster(&OfCluster { status: Some(status.into()), ..OfCluster::default() });
            assert_eq!(single.is_some(), cluster.is_some(), "{status}");
            single.map(|it| it.billing)
        };
        assert_eq!((billing("Active"), billing("creating")), (None, None));
        assert_eq!((billing("retained"), billing("future")), (Some(Billing::Running), Some(Billing::Running)));
        assert_eq!(billing("deleting"), Some(Billing::Ending));
        assert!(of_instance(&OfInstance::default()).is_some());
    }

    #[test]
    fn every_engine_is_billed_by_its_product() {
        let key = |engine: &str| {
            let status = Some("retained".into());
            let it = OfCluster { engine: engine.into(), status, ..OfCluster::default() };
            of_cluster(&it).unwrap().charges[0].sku.to_string()
        };
        assert_eq!(key("aurora-mysql"), "AmazonRDS usagetype=Aurora:BackupUsage");
        assert_eq!(key("neptune"), "AmazonNeptune usagetype=BackupUsage");
    }
}
