//! Elastic clusters of DocumentDB bill for the vCPUs of every shard while they run, and for storage even when stopped.

use aws_sdk_docdbelastic::Client;
use aws_sdk_docdbelastic::types::{Cluster, ClusterInList, Status};
use futures::{FutureExt, StreamExt, stream};

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "docdb-elastic-cluster",
    names: words("DocumentDB elastic cluster", "DocumentDB エラスティッククラスター"),
    bills: words(
        "per vCPU and hour of its shards while it runs; its storage per GB and month even when stopped",
        "実行中はシャードの vCPU・時間ごと。ストレージは停止中も GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "docdb-elastic",
    small: false,
    billed_as: &["AmazonDocDB"],
    reads: &["docdb-elastic:ListClusters", "docdb-elastic:GetCluster"],
    writes: &["docdb-elastic:StopCluster", "docdb-elastic:DeleteCluster"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let clusters = client.list_clusters().max_results(100).into_paginator().items().send();
    let clusters: Vec<ClusterInList> = clusters.try_collect().await?;
    let ask = |cluster: ClusterInList| {
        let answer = client.get_cluster().cluster_arn(cluster.cluster_arn()).send();
        answer.map(|answer| (cluster, answer))
    };
    let mut answers = stream::iter(clusters.into_iter().map(ask)).buffer_unordered(8);
    let mut listing = Listing::default();
    while let Some((cluster, answer)) = answers.next().await {
        let detail = answer.as_ref().ok().and_then(|answer| answer.cluster());
        listing.findings.push(finding(&cluster, detail));
        listing.faults.extend(answer.err().map(Into::into));
    }
    Ok(listing)
}

/// An unknown status is reported, not hidden.
fn finding(cluster: &ClusterInList, detail: Option<&Cluster>) -> Listed {
    let billing = match cluster.status() {
        Status::Stopped | Status::Stopping | Status::InaccessibleEncryptionCredentialsRecoverable => Billing::Stopped,
        Status::Deleting => Billing::Ending,
        _ => Billing::Running,
    };
    let arn = cluster.cluster_arn();
    let mut found = Listed {
        arn: Some(arn.to_owned()),
        billing,
        created_at: detail.and_then(|detail| detail.create_time().parse().ok()),
        ..Listed::new(cluster.cluster_name())
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
    found.can(Verb::Delete, Command::aws("docdb-elastic delete-cluster --cluster-arn").arg(arn))
}

/// The vCPUs of every instance of every shard.
fn capacity(detail: Option<&Cluster>) -> Charge {
    let sku = Sku::new("AmazonDocDB").with("usagetype", "ElasticClusterUsage");
    let processors = detail.map(|it| {
        // One that predates the setting has two instances for each shard.
        it.shard_capacity() * it.shard_count() * it.shard_instance_count().unwrap_or(2)
    });
    match processors.filter(|count| *count > 0) {
        Some(count) => Charge::hourly("vCPU", sku, count),
        None => Charge::metered("vCPU", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(status: &str) -> ClusterInList {
        ClusterInList::builder().cluster_name("study").cluster_arn("arn").status(status.into()).build().unwrap()
    }

    #[test]
    fn a_stopped_one_bills_for_its_storage_only() {
        let told = |status| {
            let found = finding(&cluster(status), None);
            (found.billing, found.charges.len())
        };
        assert_eq!(told("ACTIVE"), (Billing::Running, 2));
        assert_eq!(told("DREAMING"), (Billing::Running, 2));
        assert_eq!(told("DELETING"), (Billing::Ending, 2));
        assert_eq!(told("STOPPED"), (Billing::Stopped, 1));
    }

    #[test]
    fn every_instance_of_every_shard_bills() {
        let detail = Cluster::builder().shard_capacity(4).shard_count(2).shard_instance_count(3);
        let detail = detail.cluster_name("study").cluster_arn("arn").status(Status::Active).cluster_endpoint("");
        let detail = detail.create_time("2026-11-01T00:00:00Z").admin_user_name("admin").auth_type("PLAIN_TEXT".into());
        let detail = detail.set_vpc_security_group_ids(Some(vec![])).set_subnet_ids(Some(vec![]));
        let detail = detail.preferred_maintenance_window("").kms_key_id("").build().unwrap();
        let found = finding(&cluster("ACTIVE"), Some(&detail));
        assert_eq!(found.charges[0].what, "24 × vCPU");
        assert!(found.created_at.is_some());
        assert_eq!(capacity(None).quantity, None);
    }
}
