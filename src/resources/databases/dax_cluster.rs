//! DAX clusters bill for every hour of every node, used or not, and cannot be stopped.

use aws_sdk_dax::Client;
use aws_sdk_dax::types::Cluster;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::paging::pages;
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dax-cluster",
    names: words("DynamoDB Accelerator (DAX) cluster", "DynamoDB Accelerator (DAX) クラスター"),
    bills: words(
        "per hour and node while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくてもノードごとに 1 時間ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "dax",
    small: false,
    billed_as: &["AmazonDAX"],
    reads: &["dax:DescribeClusters"],
    writes: &["dax:DeleteCluster"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let page = |token| {
        let answer = client.describe_clusters().max_results(100).set_next_token(token).send();
        async move { Ok(answer.await.map(|answer| (answer.clusters.unwrap_or_default(), answer.next_token))?) }
    };
    Ok(pages(page).await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills. An unknown status is reported, not hidden.
fn finding(cluster: &Cluster) -> Option<Listed> {
    let billing = billing(cluster.status())?;
    let name = cluster.cluster_name().unwrap_or_default();
    let (kind, nodes) = (cluster.node_type(), cluster.total_nodes().or(cluster.active_nodes()).unwrap_or(1));
    let charge = Charge::hourly(kind.unwrap_or("node"), sku("AmazonDAX", [("instanceType", kind)]), nodes.max(1));
    let found = Listed { arn: cluster.cluster_arn().map(str::to_owned), billing, ..Listed::new(name) };
    let found = found.charge(charge).note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("dax delete-cluster --cluster-name").arg(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn bills_every_node_until_it_is_deleted() {
        let cluster = |status: &str| Cluster::builder().cluster_name("study").status(status).node_type("dax.t3.small");
        let found = finding(&cluster("available").total_nodes(3).build()).unwrap();
        assert_eq!(found.charges[0].what, "3 × dax.t3.small");
        let billing = |status| finding(&cluster(status).build()).map(|it| it.billing);
        assert_eq!(billing("deleting"), Some(Billing::Ending));
        assert_eq!(billing("dreaming"), Some(Billing::Running));
        assert_eq!(billing("deleted"), None);
        assert_eq!(finding(&Cluster::builder().build()).unwrap().charges.len(), 1);
    }
}
