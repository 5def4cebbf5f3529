//! Elastic clusters of DocumentDB are charged for the vCPUs of every shard while they run, and for storage even when stopped.

use futures::FutureExt;
use rust_decimal::{Decimal, dec};
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::parse_timestamp;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "docdb-elastic-cluster",
    names: words("DocumentDB elastic cluster", "DocumentDB エラスティッククラスター"),
    bills: words(
        "per vCPU and hour of its shards while it runs; its storage per GB and month even when stopped",
        "実行中はシャードの vCPU・時間ごと。ストレージは停止中も GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonDocDB"],
    asks: &[&CLUSTERS, &CLUSTER],
    writes: &["docdb-elastic:StopCluster", "docdb-elastic:DeleteCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("docdb-elastic:ListClusters").at("clusters");
const CLUSTER: Operation<Detail> = Operation::new("docdb-elastic:GetCluster").at("cluster");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Cluster {
    cluster_arn: String,
    cluster_name: String,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Detail {
    create_time: Option<String>,
    shard_capacity: Decimal,
    shard_count: Decimal,
    shard_instance_count: Option<Decimal>,
}

values! {
    enum Status {
        Stopped = "STOPPED",
        Stopping = "STOPPING",
        WithoutKey = "INACCESSIBLE_ENCRYPTION_CREDENTIALS_RECOVERABLE",
        Deleting = "DELETING",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).all().await?;
    let ask = |it: &Cluster| cx.ask(&CLUSTER).with("clusterArn", it.cluster_arn.as_str()).one();
    Ok(detailed(clusters, ask, |it, detail| Some(finding(it, detail))).await)
}

/// An unknown status is reported, not hidden.
fn finding(cluster: &Cluster, detail: Option<&Detail>) -> Listed {
    let billing = match cluster.status {
        Some(Status::Stopped | Status::Stopping | Status::WithoutKey) => Billing::Stopped,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let arn = &cluster.cluster_arn;
    let mut found = Listed {
        arn: Some(arn.clone()),
        billing,
        created_at: parse_timestamp(detail.and_then(|it| it.create_time.as_deref())),
        ..Listed::new(&cluster.cluster_name)
    };
    if billing == Billing::Stopped {
        found = found.note(Note::new("restarts-by-itself-week"));
    } else {
        found = found.charge(capacity(detail));
    }
    let space = Sku::new("AmazonDocDB").with("usagetype", "ElasticClusterStorageUsage");
    found = found.charge(Charge::metered("storage", space, Unit::GbMonth));
    if billing == Billing::Running {
        found = found.can(Verb::Stop, Command::aws("docdb-elastic stop-cluster --cluster-arn").arg(arn));
    }
    found.loses(Loss::Data).can(Verb::Delete, Command::aws("docdb-elastic delete-cluster --cluster-arn").arg(arn))
}

/// The vCPUs of all instances of all shards.
fn capacity(detail: Option<&Detail>) -> Charge {
    let sku = Sku::new("AmazonDocDB").with("usagetype", "ElasticClusterUsage");
    let processors = detail.and_then(|it| {
        // Clusters older than this setting have two instances for each shard.
        let instances = it.shard_count.checked_mul(it.shard_instance_count.unwrap_or(dec!(2)))?;
        it.shard_capacity.checked_mul(instances)
    });
    match processors.filter(|count| *count > Decimal::ZERO) {
        Some(count) => Charge::hourly("vCPU", sku, count),
        None => Charge::metered("vCPU", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(status: &str) -> Cluster {
        Cluster { cluster_arn: "arn".into(), cluster_name: "study".into(), status: Some(status.into()) }
    }

    #[test]
    fn a_stopped_one_is_charged_for_its_storage_only() {
        let billed = |status| {
            let found = finding(&cluster(status), None);
            (found.billing, found.charges.len())
        };
        assert_eq!(billed("ACTIVE"), (Billing::Running, 2));
        assert_eq!(billed("FUTURE"), (Billing::Running, 2));
        assert_eq!(billed("DELETING"), (Billing::Ending, 2));
        assert_eq!(billed("STOPPED"), (Billing::Stopped, 1));
    }

    #[test]
    fn every_instance_of_every_shard_is_charged() {
        let detail = Detail {
            create_time: Some("2026-11-01T00:00:00Z".into()),
            shard_capacity: dec!(4),
            shard_count: dec!(2),
            shard_instance_count: Some(dec!(3)),
        };
        let found = finding(&cluster("ACTIVE"), Some(&detail));
        assert_eq!(found.charges[0].what, "24 × vCPU");
        assert!(found.created_at.is_some());
        assert_eq!(capacity(None).quantity, None);
    }
}
