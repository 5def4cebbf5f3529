//! Clusters of Timestream for `InfluxDB` are charged for every hour of every instance and for volumes, and cannot be stopped.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::timestream_influxdb_charges::{Node, Status, billing};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

/// The price list's name for an instance in a cluster.
const IN_A_CLUSTER: &str = "Multi-node read replicas";

pub(super) static RESOURCE: Resource = Resource {
    id: "timestream-influxdb-cluster",
    names: words("Timestream for InfluxDB cluster", "Timestream for InfluxDB クラスター"),
    bills: words(
        "per hour and instance while it exists, and per GB and month of their volumes; it cannot be stopped",
        "存在する間はインスタンスごとに 1 時間ごと、加えてボリュームの GB・月ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonTimestream"],
    asks: &[&CLUSTERS, &MEMBERS],
    writes: &["timestream-influxdb:DeleteDbCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("timestream-influxdb:ListDbClusters").at("items");
const MEMBERS: Operation<Member> = Operation::new("timestream-influxdb:ListDbInstancesForCluster").at("items");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Cluster {
    id: String,
    name: String,
    arn: String,
    status: Option<Status>,
    db_instance_type: Option<String>,
    db_storage_type: Option<String>,
    allocated_storage: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Member {
    status: Option<Status>,
    db_instance_type: Option<String>,
    db_storage_type: Option<String>,
    allocated_storage: Option<Decimal>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let mut clusters = cx.ask(&CLUSTERS).all().await?;
    clusters.retain(|it| it.status != Some(Status::Deleted));
    let ask = |cluster: &Cluster| cx.ask(&MEMBERS).with("dbClusterId", cluster.id.as_str()).all();
    let (clusters, faults) = about_each(clusters, ask).await;
    let findings = clusters.iter().map(|(cluster, members)| finding(cluster, members.as_deref().unwrap_or_default()));
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

/// An unknown status is reported, not hidden.
fn finding(cluster: &Cluster, members: &[Member]) -> Listed {
    let id = cluster.id.as_str();
    let ending = cluster.status == Some(Status::Deleting);
    let of_member = |it: &Member| {
        let (kind, storage) = (it.db_instance_type.as_deref(), it.db_storage_type.as_deref());
        Node { kind, deployment: IN_A_CLUSTER, storage, gigabytes: it.allocated_storage }.charges(1)
    };
    let alive = members.iter().filter(|it| billing(it.status.as_ref()).is_some());
    let mut charges: Vec<_> = alive.flat_map(of_member).collect();
    if charges.is_empty() {
        let (kind, storage) = (cluster.db_instance_type.as_deref(), cluster.db_storage_type.as_deref());
        let node = Node { kind, deployment: IN_A_CLUSTER, storage, gigabytes: cluster.allocated_storage };
        // The number of instances is not known.
        charges = node.charges(1).into_iter().map(|it| Charge::metered(&it.what, it.sku, it.unit)).collect();
    }
    let found = Listed {
        arn: Some(cluster.arn.clone()).filter(|arn| !arn.is_empty()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        charges,
        ..Listed::new(id)
    };
    let found = found.named(Some(cluster.name.clone())).note(Note::new("delete-only"));
    found
        .loses(Loss::Data)
        .can(Verb::Delete, Command::aws("timestream-influxdb delete-db-cluster --db-cluster-id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instance_is_charged() {
        let member = |status: &str| Member { status: Some(status.into()), ..Member::default() };
        let cluster = |status: &str| {
            let (id, name) = ("study".into(), "s".into());
            Cluster { id, name, status: Some(status.into()), ..Cluster::default() }
        };
        let members = [member("AVAILABLE"), member("FUTURE"), member("DELETED")];
        assert_eq!(finding(&cluster("AVAILABLE"), &members).charges.len(), 4);
        let bare = finding(&cluster("FUTURE"), &[]);
        assert_eq!((bare.billing, bare.charges.len()), (Billing::Running, 2));
        assert!(bare.charges.iter().all(|it| it.quantity.is_none()));
        assert_eq!(finding(&cluster("DELETING"), &[]).billing, Billing::Ending);
    }
}
