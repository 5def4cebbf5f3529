//! MSK clusters are charged for every hour of their brokers and for storage; serverless ones for the cluster and its partitions.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::msk_charges::{Provisioned, brokers, item};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Takes, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "msk-cluster",
    names: words("MSK cluster (Kafka)", "MSK クラスター(Kafka)"),
    bills: words(
        "per hour and broker (serverless: per cluster and partition) while it exists, and per GB and month of its storage",
        "存在する間はブローカーごと(サーバーレスはクラスターとパーティションごと) に 1 時間ごと、加えてストレージの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonMSK"],
    asks: &[&CLUSTERS],
    writes: &["kafka:DeleteCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("kafka:ListClustersV2").at("ClusterInfoList");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    cluster_arn: Option<String>,
    cluster_name: Option<String>,
    state: Option<State>,
    creation_time: Option<Timestamp>,
    tags: BTreeMap<String, String>,
    serverless: Option<IgnoredAny>,
    provisioned: Option<Provisioned>,
}

values! { enum State { Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).all().await?;
    Ok(clusters.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(cluster: &Cluster) -> Listed {
    let arn = cluster.cluster_arn.as_deref().unwrap_or_default();
    let found = Listed {
        arn: Some(arn.to_owned()),
        billing: if cluster.state == Some(State::Deleting) { Billing::Ending } else { Billing::Running },
        created_at: cluster.creation_time,
        tags: cluster.tags.clone(),
        charges: charges(cluster),
        notes: vec![Note::new("delete-only"), Note::new("usage-extra")],
        ..Listed::new(cluster.cluster_name.as_deref().unwrap_or(arn))
    };
    found
        .loses(Loss::Data)
        .deleted_in(Takes::UpToAnHour)
        .can(Verb::Delete, Command::aws("kafka delete-cluster --cluster-arn").arg(arn))
}

fn charges(cluster: &Cluster) -> Vec<Charge> {
    if cluster.serverless.is_some() {
        let partitions = Charge::metered("partition", item("serverless.partition", "hour"), Unit::Hour);
        return vec![Charge::hourly("MSK Serverless", item("serverless.cluster", "hour"), 1), partitions];
    }
    match &cluster.provisioned {
        Some(provisioned) => brokers(provisioned),
        None => vec![Charge::metered("MSK cluster", Sku::new("AmazonMSK"), Unit::Hour)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(cluster: &Cluster) -> Vec<(String, bool)> {
        charges(cluster).into_iter().map(|it| (it.what, it.quantity.is_some())).collect()
    }

    fn said(charges: &[(&str, bool)]) -> Vec<(String, bool)> {
        charges.iter().map(|(what, known)| ((*what).to_owned(), *known)).collect()
    }

    #[test]
    fn a_serverless_one_is_charged_with_its_partitions() {
        let cluster = Cluster { serverless: Some(IgnoredAny), ..Cluster::default() };
        assert_eq!(whats(&cluster), said(&[("MSK Serverless", true), ("partition", false)]));
        assert_eq!(whats(&Cluster::default()), said(&[("MSK cluster", false)]));
    }

    #[test]
    fn every_state_is_charged() {
        let billing = |state: &str| finding(&Cluster { state: Some(state.into()), ..Cluster::default() }).billing;
        let states = ["ACTIVE", "FAILED", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
