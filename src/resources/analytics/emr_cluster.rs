//! EMR clusters bill a fee for every hour of each of their instances, on top of the instances and volumes themselves.

use std::collections::BTreeMap;

use aws_sdk_emr::Client;
use aws_sdk_emr::types::{ClusterState, ClusterSummary, Instance, InstanceState};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{located, sku, time};
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "emr-cluster",
    names: words("EMR cluster", "EMR クラスター"),
    bills: words(
        "a fee per second for each of its instances, on top of the instances and their volumes",
        "インスタンスとボリュームの料金に加えて、インスタンスごとの EMR 料金を 1 秒ごと",
    ),
    scope: Scope::Region,
    endpoint: "elasticmapreduce",
    small: false,
    billed_as: &["ElasticMapReduce"],
    reads: &["elasticmapreduce:ListClusters", "elasticmapreduce:ListInstances"],
    writes: &["elasticmapreduce:SetTerminationProtection", "elasticmapreduce:TerminateJobFlows"],
    list: |cx| list(cx).boxed(),
};

/// Those that have ended stay listed for two months and are not asked for.
async fn list(cx: &Cx) -> Result<Listing> {
    use ClusterState as State;
    let client = Client::new(&cx.sdk);
    let live = [State::Starting, State::Bootstrapping, State::Running, State::Waiting, State::Terminating];
    let listed = client.list_clusters().set_cluster_states(Some(live.to_vec())).into_paginator().items().send();
    let mut clusters: Vec<ClusterSummary> = listed.try_collect().await?;
    clusters.retain(|it| !is_free(it));
    let ask = |it: &ClusterSummary| {
        let live = [InstanceState::Provisioning, InstanceState::Bootstrapping, InstanceState::Running];
        let ask = client.list_instances().set_cluster_id(it.id.clone()).set_instance_states(Some(live.to_vec()));
        ask.into_paginator().items().send().try_collect()
    };
    let (clusters, faults) = about_each(clusters, ask).await;
    let mut listing = Listing { faults, ..Listing::default() };
    for (cluster, instances) in clusters {
        let instances: Vec<Instance> = instances.unwrap_or_default();
        listing.findings.push(finding(&cluster, &instances));
        listing.owned.extend(instances.iter().filter_map(|instance| owned(&cluster, instance)));
    }
    Ok(listing)
}

fn state(cluster: &ClusterSummary) -> Option<&ClusterState> {
    cluster.status()?.state()
}

fn is_free(cluster: &ClusterSummary) -> bool {
    matches!(state(cluster), Some(ClusterState::Terminated | ClusterState::TerminatedWithErrors))
}

fn command(cluster: &ClusterSummary) -> Command {
    let id = cluster.id().unwrap_or_default();
    // The list does not say which are protected against it.
    let unlock = Command::aws("emr modify-cluster-attributes --cluster-id").arg(id).words("--no-termination-protected");
    unlock.then(Command::aws("emr terminate-clusters --cluster-ids").arg(id))
}

fn finding(cluster: &ClusterSummary, instances: &[Instance]) -> Listed {
    let created = cluster.status().and_then(|it| it.timeline()?.creation_date_time());
    let ending = state(cluster) == Some(&ClusterState::Terminating);
    let found = Listed {
        arn: cluster.cluster_arn().map(str::to_owned),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(created),
        charges: charges(cluster, instances),
        notes: vec![Note::new("delete-only")],
        ..Listed::new(cluster.id().unwrap_or_default())
    };
    found.named(cluster.name().map(str::to_owned)).can(Verb::Delete, command(cluster))
}

/// The fee only: the instances are found on their own.
fn charges(cluster: &ClusterSummary, instances: &[Instance]) -> Vec<Charge> {
    let mut counts: BTreeMap<Option<&str>, i32> = BTreeMap::new();
    for instance in instances {
        *counts.entry(instance.instance_type()).or_default() += 1;
    }
    let fee = |kind: Option<&str>| {
        let fee = sku("ElasticMapReduce", [("instanceType", kind), ("softwareType", kind.map(|_| "EMR"))]);
        located(fee, None, cluster.outpost_arn().filter(|arn| !arn.is_empty()))
    };
    if counts.is_empty() {
        return vec![Charge::metered("EMR", fee(None), Unit::Hour)];
    }
    let charge = |(kind, count): (Option<&str>, i32)| {
        Charge::hourly(&format!("EMR {}", kind.unwrap_or("instance")), fee(kind), count)
    };
    counts.into_iter().map(charge).collect()
}

/// The instance goes with its cluster.
fn owned(cluster: &ClusterSummary, instance: &Instance) -> Option<Owned> {
    let owner = RESOURCE.owner(cluster.id()?, command(cluster));
    Some(Owned { resource: "ec2-instance", thing: instance.ec2_instance_id()?.to_owned(), owner })
}

#[cfg(test)]
mod tests {
    use aws_sdk_emr::types::ClusterStatus;

    use super::*;

    fn cluster(state: &str) -> ClusterSummary {
        let status = ClusterStatus::builder().state(state.into()).build();
        ClusterSummary::builder().id("j-1").status(status).build()
    }

    fn instance(kind: &str) -> Instance {
        Instance::builder().instance_type(kind).ec2_instance_id("i-1").build()
    }

    #[test]
    fn every_instance_bills_a_fee() {
        let instances = ["m5.xlarge", "r5.large", "m5.xlarge"].map(instance);
        let found = finding(&cluster("WAITING"), &instances);
        let whats: Vec<&str> = found.charges.iter().map(|it| it.what.as_str()).collect();
        assert_eq!(whats, ["2 × EMR m5.xlarge", "EMR r5.large"]);
        assert_eq!(finding(&cluster("STARTING"), &[]).charges[0].quantity, None);
        let unlock =
            "aws emr modify-cluster-attributes --cluster-id j-1 --no-termination-protected && aws emr terminate";
        assert!(found.commands[&Verb::Delete].to_string().starts_with(unlock));
    }

    #[test]
    fn its_instances_belong_to_it() {
        let owned = owned(&cluster("RUNNING"), &instance("m5.xlarge")).unwrap();
        assert_eq!((owned.thing.as_str(), owned.owner.id.as_str()), ("i-1", "j-1"));
    }

    #[test]
    fn it_bills_until_it_has_ended() {
        let free = ["TERMINATED", "TERMINATED_WITH_ERRORS", "TERMINATING", "DREAMING"].map(|it| is_free(&cluster(it)));
        assert_eq!(free, [true, true, false, false]);
        assert_eq!(finding(&cluster("TERMINATING"), &[]).billing, Billing::Ending);
    }
}
