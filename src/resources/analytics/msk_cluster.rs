//! MSK clusters bill for every hour of their brokers and for their storage; serverless ones for the cluster and its partitions.

use aws_sdk_kafka::Client;
use aws_sdk_kafka::types::{Cluster, ClusterState, EbsStorageInfo, Provisioned, ProvisionedThroughput, StorageMode};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{sku, tag_map, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "msk-cluster",
    names: words("MSK cluster (Kafka)", "MSK クラスター (Kafka)"),
    bills: words(
        "per hour and broker (serverless: per cluster and partition) while it exists, and per GB and month of its storage",
        "存在する間はブローカーごと (サーバーレスはクラスターとパーティションごと) に 1 時間ごと、加えてストレージの GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "kafka",
    small: false,
    billed_as: &["AmazonMSK"],
    reads: &["kafka:ListClustersV2"],
    writes: &["kafka:DeleteCluster"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = Client::new(&cx.sdk).list_clusters_v2().max_results(100).into_paginator().items().send();
    let clusters: Vec<Cluster> = clusters.try_collect().await?;
    Ok(clusters.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(cluster: &Cluster) -> Listed {
    let arn = cluster.cluster_arn().unwrap_or_default();
    let found = Listed {
        arn: Some(arn.to_owned()),
        billing: if cluster.state() == Some(&ClusterState::Deleting) { Billing::Ending } else { Billing::Running },
        created_at: time(cluster.creation_time()),
        tags: tag_map(cluster.tags()),
        charges: charges(cluster),
        notes: vec![Note::new("delete-only"), Note::new("usage-extra")],
        ..Listed::new(cluster.cluster_name().unwrap_or(arn))
    };
    found.can(Verb::Delete, Command::aws("kafka delete-cluster --cluster-arn").arg(arn))
}

fn item(item: &str, unit: &str) -> Sku {
    Sku::new("AmazonMSK").with("item", item).with("unit", unit)
}

fn charges(cluster: &Cluster) -> Vec<Charge> {
    if cluster.serverless().is_some() {
        let partitions = Charge::metered("partition", item("serverless.partition", "hour"), Unit::Hour);
        return vec![Charge::hourly("MSK Serverless", item("serverless.cluster", "hour"), 1), partitions];
    }
    match cluster.provisioned() {
        Some(provisioned) => brokers(provisioned),
        None => vec![Charge::metered("MSK cluster", Sku::new("AmazonMSK"), Unit::Hour)],
    }
}

fn brokers(provisioned: &Provisioned) -> Vec<Charge> {
    let (group, brokers) = (provisioned.broker_node_group_info(), provisioned.number_of_broker_nodes());
    let kind = group.and_then(|it| it.instance_type());
    let (name, entry) = (kind.unwrap_or("broker"), sku("AmazonMSK", [("instanceType", kind)]));
    let mut charges = vec![match brokers {
        Some(brokers) => Charge::hourly(name, entry, brokers),
        None => Charge::metered(name, entry, Unit::Hour),
    }];
    let express = name.starts_with("express.");
    let volume = group.and_then(|it| it.storage_info()?.ebs_storage_info());
    let storage = item(if express { "express.storage" } else { "storage.gp2" }, "gb-month");
    charges.push(match volume.and_then(EbsStorageInfo::volume_size).zip(brokers) {
        Some((gigabytes, brokers)) if !express => Charge::storage("MSK storage", storage, gigabytes * brokers),
        _ => Charge::metered("MSK storage", storage, Unit::GbMonth),
    });
    if provisioned.storage_mode() == Some(&StorageMode::Tiered) {
        charges.push(Charge::metered("tiered storage", item("storage.tiered", "gb-month"), Unit::GbMonth));
    }
    let throughput = volume.and_then(|it| it.provisioned_throughput());
    if throughput.and_then(ProvisionedThroughput::enabled) == Some(true) {
        let sku = item("storage.throughput", "mibps-month");
        charges.push(Charge::metered("provisioned storage throughput", sku, Unit::MibpsMonth));
    }
    charges
}

#[cfg(test)]
mod tests {
    use aws_sdk_kafka::types::{BrokerNodeGroupInfo, Serverless, StorageInfo};

    use super::*;

    fn whats(cluster: &Cluster) -> Vec<(String, bool)> {
        charges(cluster).into_iter().map(|it| (it.what, it.quantity.is_some())).collect()
    }

    fn said(charges: &[(&str, bool)]) -> Vec<(String, bool)> {
        charges.iter().map(|(what, known)| ((*what).to_owned(), *known)).collect()
    }

    fn provisioned(kind: &str, brokers: i32) -> Cluster {
        let volume =
            StorageInfo::builder().ebs_storage_info(EbsStorageInfo::builder().volume_size(100).build()).build();
        let group = BrokerNodeGroupInfo::builder().instance_type(kind).storage_info(volume).build();
        let it = Provisioned::builder().broker_node_group_info(group).number_of_broker_nodes(brokers);
        Cluster::builder().provisioned(it.storage_mode(StorageMode::Tiered).build()).build()
    }

    #[test]
    fn every_broker_bills_and_so_does_its_volume() {
        let small = [("3 × kafka.t3.small", true), ("300 GB MSK storage", true), ("tiered storage", false)];
        assert_eq!(whats(&provisioned("kafka.t3.small", 3)), said(&small));
        assert_eq!(whats(&provisioned("express.m7g.large", 3))[1], ("MSK storage".to_owned(), false));
    }

    #[test]
    fn a_serverless_one_bills_itself_and_its_partitions() {
        let cluster = Cluster::builder().serverless(Serverless::builder().build()).build();
        assert_eq!(whats(&cluster), said(&[("MSK Serverless", true), ("partition", false)]));
        assert_eq!(whats(&Cluster::builder().build()), said(&[("MSK cluster", false)]));
    }

    #[test]
    fn every_state_bills() {
        let billing = |state: &str| finding(&Cluster::builder().state(state.into()).build()).billing;
        let states = ["ACTIVE", "FAILED", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
