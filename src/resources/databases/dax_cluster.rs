//! DAX clusters are charged for every hour of every node, used or not, and cannot be stopped.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dax-cluster",
    names: words("DynamoDB Accelerator (DAX) cluster", "DynamoDB Accelerator (DAX) クラスター"),
    bills: words(
        "per hour and node while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくてもノードごとに 1 時間ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonDAX"],
    asks: &[&CLUSTERS],
    writes: &["dax:DeleteCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("dax:DescribeClusters").at("Clusters");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    cluster_name: Option<String>,
    cluster_arn: Option<String>,
    total_nodes: Option<Decimal>,
    active_nodes: Option<Decimal>,
    node_type: Option<String>,
    status: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).with("MaxResults", 100).all().await?;
    Ok(clusters.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown status is reported, not hidden.
fn finding(cluster: &Cluster) -> Option<Listed> {
    let billing = billing(cluster.status.as_deref())?;
    let name = cluster.cluster_name.as_deref().unwrap_or_default();
    let kind = cluster.node_type.as_deref();
    let nodes = cluster.total_nodes.or(cluster.active_nodes).unwrap_or_default().max(Decimal::ONE);
    let charge = Charge::hourly(kind.unwrap_or("node"), sku("AmazonDAX", [("instanceType", kind)]), nodes);
    let found = Listed { arn: cluster.cluster_arn.clone(), billing, ..Listed::new(name) };
    let found = found.charge(charge).note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("dax delete-cluster --cluster-name").arg(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn is_charged_for_every_node_until_it_is_deleted() {
        let cluster = |status: &str| Cluster {
            cluster_name: Some("study".into()),
            status: Some(status.into()),
            node_type: Some("dax.t3.small".into()),
            ..Cluster::default()
        };
        let found = finding(&Cluster { total_nodes: Some(3.into()), ..cluster("available") }).unwrap();
        assert_eq!(found.charges[0].what, "3 × dax.t3.small");
        let billing = |status| finding(&cluster(status)).map(|it| it.billing);
        assert_eq!(billing("deleting"), Some(Billing::Ending));
        assert_eq!(billing("future"), Some(Billing::Running));
        assert_eq!(billing("deleted"), None);
        assert_eq!(finding(&Cluster::default()).unwrap().charges.len(), 1);
    }
}
