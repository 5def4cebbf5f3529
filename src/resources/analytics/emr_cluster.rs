//! EMR clusters cost a fee for every hour of each of their instances, on top of the instances and volumes themselves.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::emr_charges::{Instance, fees};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "emr-cluster",
    names: words("EMR cluster", "EMR クラスター"),
    bills: words(
        "a fee per second for each of its instances, on top of the instances and their volumes",
        "インスタンスとボリュームの料金に加えて、インスタンスごとの EMR 料金を 1 秒ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["ElasticMapReduce"],
    asks: &[&CLUSTERS, &INSTANCES],
    writes: &["elasticmapreduce:SetTerminationProtection", "elasticmapreduce:TerminateJobFlows"],
    owns: &["ec2-instance"],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("emr:ListClusters").at("Clusters");
const INSTANCES: Operation<Instance> = Operation::new("emr:ListInstances").at("Instances");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    id: Option<String>,
    name: Option<String>,
    cluster_arn: Option<String>,
    outpost_arn: Option<String>,
    status: Status,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Status {
    state: Option<State>,
    timeline: Timeline,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Timeline {
    creation_date_time: Option<Timestamp>,
}

values! {
    enum State { Terminating = "TERMINATING", Terminated = "TERMINATED", TerminatedWithErrors = "TERMINATED_WITH_ERRORS" }
}

/// Terminated clusters stay in the list for two months; the request leaves them out.
const LIVE: [&str; 5] = ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING"];
const LIVE_INSTANCES: [&str; 3] = ["PROVISIONING", "BOOTSTRAPPING", "RUNNING"];

async fn list(cx: &Cx) -> Result<Listing> {
    let mut clusters = cx.ask(&CLUSTERS).with("ClusterStates", LIVE).all().await?;
    clusters.retain(|it| !is_free(it));
    let ask =
        |it: &Cluster| cx.ask(&INSTANCES).with("ClusterId", it.id.clone()).with("InstanceStates", LIVE_INSTANCES).all();
    let (clusters, faults) = about_each(clusters, ask).await;
    let mut listing = Listing { faults, ..Listing::default() };
    for (cluster, instances) in clusters {
        let instances = instances.unwrap_or_default();
        listing.findings.push(finding(&cluster, &instances));
        listing.owned.extend(instances.iter().filter_map(|instance| owned(&cluster, instance)));
    }
    Ok(listing)
}

fn is_free(cluster: &Cluster) -> bool {
    matches!(cluster.status.state, Some(State::Terminated | State::TerminatedWithErrors))
}

fn command(cluster: &Cluster) -> Command {
    let id = cluster.id.as_deref().unwrap_or_default();
    // The list does not say which clusters have termination protection.
    let unlock = Command::aws("emr modify-cluster-attributes --cluster-id").arg(id).words("--no-termination-protected");
    unlock.then(Command::aws("emr terminate-clusters --cluster-ids").arg(id))
}

fn finding(cluster: &Cluster, instances: &[Instance]) -> Listed {
    let ending = cluster.status.state == Some(State::Terminating);
    let found = Listed {
        arn: cluster.cluster_arn.clone(),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: cluster.status.timeline.creation_date_time,
        charges: fees(instances, cluster.outpost_arn.as_deref()),
        notes: vec![Note::new("delete-only")],
        ..Listed::new(cluster.id.as_deref().unwrap_or_default())
    };
    found.named(cluster.name.clone()).loses(Loss::Data).can(Verb::Delete, command(cluster))
}

/// The instance ends with its cluster.
fn owned(cluster: &Cluster, instance: &Instance) -> Option<Owned> {
    let owner = RESOURCE.owner(cluster.id.as_deref()?, command(cluster));
    Some(Owned { resource: "ec2-instance", thing: instance.ec2_instance_id.clone()?, owner })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(state: &str) -> Cluster {
        let status = Status { state: Some(state.into()), ..Status::default() };
        Cluster { id: Some("j-1".into()), status, ..Cluster::default() }
    }

    #[test]
    fn every_instance_costs_a_fee() {
        let instances = ["m5.xlarge", "r5.large", "m5.xlarge"].map(Instance::of);
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
        let owned = owned(&cluster("RUNNING"), &Instance::of("m5.xlarge")).unwrap();
        assert_eq!((owned.thing.as_str(), owned.owner.id.as_str()), ("i-1", "j-1"));
    }

    #[test]
    fn it_is_charged_until_it_has_ended() {
        let free = ["TERMINATED", "TERMINATED_WITH_ERRORS", "TERMINATING", "FUTURE"].map(|it| is_free(&cluster(it)));
        assert_eq!(free, [true, true, false, false]);
        assert_eq!(finding(&cluster("TERMINATING"), &[]).billing, Billing::Ending);
    }
}
