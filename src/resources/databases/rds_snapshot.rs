//! Manual snapshots of databases are charged for their size, beyond a free allowance, until they are deleted.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::rds_charges::{Product, snapshot};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::reading::{either, tag_list};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-snapshot",
    names: words("Database snapshot", "データベースのスナップショット"),
    bills: words(
        "per GB and month beyond a free allowance as large as the region's running databases",
        "GB・月ごと。リージョン内の実行中データベースと同じ容量までは無料",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonRDS", "AmazonDocDB", "AmazonNeptune"],
    asks: &[&OF_INSTANCES, &OF_CLUSTERS],
    writes: &["rds:DeleteDBSnapshot", "rds:DeleteDBClusterSnapshot"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const OF_INSTANCES: Operation<OfInstance> = Operation::new("rds:DescribeDBSnapshots").at("DBSnapshots");
const OF_CLUSTERS: Operation<OfCluster> = Operation::new("rds:DescribeDBClusterSnapshots").at("DBClusterSnapshots");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct OfInstance {
    #[serde(rename = "DBSnapshotIdentifier")]
    id: String,
    #[serde(rename = "DBSnapshotArn")]
    arn: Option<String>,
    #[serde(rename = "DBInstanceIdentifier")]
    instance: Option<String>,
    status: Option<String>,
    allocated_storage: Option<Decimal>,
    snapshot_create_time: Option<Timestamp>,
    #[serde(deserialize_with = "tag_list")]
    tag_list: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct OfCluster {
    #[serde(rename = "DBClusterSnapshotIdentifier")]
    id: String,
    #[serde(rename = "DBClusterSnapshotArn")]
    arn: Option<String>,
    #[serde(rename = "DBClusterIdentifier")]
    cluster: Option<String>,
    engine: String,
    status: Option<String>,
    allocated_storage: Option<Decimal>,
    snapshot_create_time: Option<Timestamp>,
    #[serde(deserialize_with = "tag_list")]
    tag_list: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let single = cx.ask(&OF_INSTANCES).with("SnapshotType", "manual").with("MaxRecords", 100).all();
    let cluster = cx.ask(&OF_CLUSTERS).with("SnapshotType", "manual").with("MaxRecords", 100).all();
    let (single, cluster) = futures::join!(single, cluster);
    let (single, cluster, faults) = either(single, cluster)?;
    let single = single.iter().flatten().map(of_instance);
    let findings = single.chain(cluster.iter().flatten().map(of_cluster)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

fn of_instance(it: &OfInstance) -> Listed {
    let found = Listed {
        arn: it.arn.clone(),
        created_at: it.snapshot_create_time,
        tags: it.tag_list.clone(),
        ..Listed::new(&it.id)
    };
    let command = Command::aws("rds delete-db-snapshot --db-snapshot-identifier").arg(&it.id);
    let found =
        found.loses(Loss::Backups).can(Verb::Delete, command).charge(snapshot(Product::Rds, it.allocated_storage));
    noted(found, it.status.as_deref(), it.instance.as_deref())
}

fn of_cluster(it: &OfCluster) -> Listed {
    let product = Product::of(&it.engine);
    let found = Listed {
        arn: it.arn.clone(),
        created_at: it.snapshot_create_time,
        tags: it.tag_list.clone(),
        ..Listed::new(&it.id)
    };
    let command = product.command("delete-db-cluster-snapshot --db-cluster-snapshot-identifier").arg(&it.id);
    let found = found.loses(Loss::Backups).can(Verb::Delete, command).charge(snapshot(product, it.allocated_storage));
    noted(found, it.status.as_deref(), it.cluster.as_deref())
}

/// An unknown status is reported, not hidden.
fn noted(mut found: Listed, status: Option<&str>, of: Option<&str>) -> Listed {
    if status.is_some_and(|status| status.eq_ignore_ascii_case("deleting")) {
        found.billing = Billing::Ending;
    }
    found.notes.extend(of.map(|of| Note::with("snapshot-of", of)));
    found.note(Note::new("backup-allowance")).note(Note::new("delete-only"))
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn a_snapshot_has_at_most_the_allocated_size() {
        let (status, instance) = (Some("available".into()), Some("study".into()));
        let it = OfInstance { allocated_storage: Some(dec!(20)), status, instance, ..OfInstance::default() };
        let found = of_instance(&it);
        assert_eq!((found.billing, found.charges[0].what.as_str()), (Billing::Running, "≤ 20 GB snapshot"));
        assert_eq!(found.notes[0].value(), Some("study"));
        let (status, engine) = (Some("Deleting".into()), "neptune".into());
        let it = OfCluster { allocated_storage: Some(dec!(1)), status, engine, ..OfCluster::default() };
        let found = of_cluster(&it);
        assert_eq!((found.billing, found.charges[0].quantity), (Billing::Ending, None));
        assert_eq!(found.charges[0].sku.to_string(), "AmazonNeptune usagetype=BackupUsage");
    }

    #[test]
    fn missing_fields_and_unknown_states_drop_nothing() {
        let it = OfInstance { status: Some("new".into()), ..OfInstance::default() };
        assert_eq!(of_instance(&it).charges.len(), 1);
        assert_eq!(of_cluster(&OfCluster::default()).charges.len(), 1);
    }
}
