//! Manual snapshots of databases bill for what they hold, beyond a free allowance, until somebody deletes them.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbClusterSnapshot, DbSnapshot};
use futures::FutureExt;

use super::rds_charges::{Product, snapshot};
use super::rds_reading::rds_tags;
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-snapshot",
    names: words("Database snapshot", "データベースのスナップショット"),
    bills: words(
        "per GB and month beyond a free allowance as large as the region's running databases",
        "GB・月ごと。リージョン内の実行中データベースと同じ容量までは無料",
    ),
    scope: Scope::Region,
    endpoint: "rds",
    small: true,
    billed_as: &["AmazonRDS", "AmazonDocDB", "AmazonNeptune"],
    reads: &["rds:DescribeDBSnapshots", "rds:DescribeDBClusterSnapshots"],
    writes: &["rds:DeleteDBSnapshot", "rds:DeleteDBClusterSnapshot"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let single = client.describe_db_snapshots().snapshot_type("manual").max_records(100).into_paginator().items();
    let cluster = client.describe_db_cluster_snapshots().snapshot_type("manual").max_records(100);
    let cluster = cluster.into_paginator().items();
    let (single, cluster) = futures::join!(single.send().try_collect(), cluster.send().try_collect());
    let single = single.map(|all| all.iter().map(of_instance).collect()).map_err(Error::from);
    let cluster = cluster.map(|all| all.iter().map(of_cluster).collect()).map_err(Error::from);
    either(single, cluster)
}

/// What could be listed; an error only if nothing could.
fn either(single: Result<Vec<Listed>>, cluster: Result<Vec<Listed>>) -> Result<Listing> {
    match (single, cluster) {
        (Ok(single), Ok(cluster)) => Ok([single, cluster].concat().into()),
        (Ok(findings), Err(fault)) | (Err(fault), Ok(findings)) => {
            Ok(Listing { findings, faults: vec![fault], ..Listing::default() })
        }
        (Err(error), Err(_)) => Err(error),
    }
}

fn of_instance(it: &DbSnapshot) -> Listed {
    let id = it.db_snapshot_identifier().unwrap_or_default();
    let found = Listed {
        arn: it.db_snapshot_arn().map(str::to_owned),
        created_at: time(it.snapshot_create_time()),
        tags: rds_tags(it.tag_list()),
        ..Listed::new(id)
    };
    let command = Command::aws("rds delete-db-snapshot --db-snapshot-identifier").arg(id);
    let found = found.can(Verb::Delete, command).charge(snapshot(Product::Rds, it.allocated_storage()));
    noted(found, it.status(), it.db_instance_identifier())
}

fn of_cluster(it: &DbClusterSnapshot) -> Listed {
    let (id, product) =
        (it.db_cluster_snapshot_identifier().unwrap_or_default(), Product::of(it.engine().unwrap_or_default()));
    let found = Listed {
        arn: it.db_cluster_snapshot_arn().map(str::to_owned),
        created_at: time(it.snapshot_create_time()),
        tags: rds_tags(it.tag_list()),
        ..Listed::new(id)
    };
    let command = product.command("delete-db-cluster-snapshot --db-cluster-snapshot-identifier").arg(id);
    let found = found.can(Verb::Delete, command).charge(snapshot(product, it.allocated_storage()));
    noted(found, it.status(), it.db_cluster_identifier())
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
    use super::*;
    use crate::model::Text;

    #[test]
    fn a_snapshot_holds_at_most_what_was_allocated() {
        let it =
            DbSnapshot::builder().allocated_storage(20).status("available").db_instance_identifier("study").build();
        let found = of_instance(&it);
        assert_eq!((found.billing, found.charges[0].what.as_str()), (Billing::Running, "≤ 20 GB snapshot"));
        assert_eq!(found.notes[0].value(), Some("study"));
        let it = DbClusterSnapshot::builder().engine("neptune").allocated_storage(1).status("Deleting").build();
        let found = of_cluster(&it);
        assert_eq!((found.billing, found.charges[0].quantity), (Billing::Ending, None));
        assert_eq!(found.charges[0].sku.to_string(), "AmazonNeptune usagetype=BackupUsage");
    }

    #[test]
    fn missing_fields_and_unknown_states_drop_nothing() {
        assert_eq!(of_instance(&DbSnapshot::builder().status("new").build()).charges.len(), 1);
        assert_eq!(of_cluster(&DbClusterSnapshot::builder().build()).charges.len(), 1);
    }

    #[test]
    fn one_failure_keeps_what_the_other_found() {
        let refused = || Error::failed(Text::new("error-denied"));
        let kept = either(Ok(vec![Listed::new("a")]), Err(refused())).unwrap();
        assert_eq!((kept.findings.len(), kept.faults.len()), (1, 1));
        assert!(either(Err(refused()), Err(refused())).is_err());
    }
}
