//! EKS clusters are charged for every hour of their control plane, six times as much once their Kubernetes version is in
//! extended support; their nodes are charged as EC2 instances.

use futures::FutureExt;
use jiff::Timestamp;

use super::eks_parts::{FARGATE_PROFILES, NODE_GROUPS, Parts};
use super::eks_reading::{CLUSTERS, Cluster, Status, Support, Version, VersionStatus};
use super::eks_support::{Versions, known, note};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::{about_each, details};
use crate::resources::reading::located;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "eks-cluster",
    names: words("EKS cluster", "EKS クラスター"),
    bills: words(
        "per hour of its control plane, six times as much in extended support; its nodes are charged as instances",
        "コントロールプレーンに 1 時間ごと、延長サポートでは 6 倍。ノードはインスタンスとして別に課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEKS"],
    asks: &[&CLUSTERS, &CLUSTER, &VERSIONS, &NODE_GROUPS, &FARGATE_PROFILES],
    writes: &[
        "eks:UpdateClusterConfig",
        "eks:DeleteNodegroup",
        "eks:DescribeNodegroup",
        "eks:DeleteFargateProfile",
        "eks:DescribeFargateProfile",
        "eks:DeleteCluster",
    ],
    owns: &["ec2-instance", "ec2-volume", "load-balancer", "classic-load-balancer"],
    list: |cx| list(cx).boxed(),
};

const CLUSTER: Operation<Cluster> = Operation::new("eks:DescribeCluster").at("cluster");
const VERSIONS: Operation<Version> = Operation::new("eks:DescribeClusterVersions").at("clusterVersions");

async fn list(cx: &Cx) -> Result<Listing> {
    let names = cx.ask(&CLUSTERS).all().await?;
    if names.is_empty() {
        return Ok(Listing::default());
    }
    let versions = cx.ask(&VERSIONS).with("includeAll", true).all().await;
    let ask = |name: &String| cx.ask(&CLUSTER).with("name", name.as_str()).one();
    let (clusters, mut faults) = about_each(names, ask).await;
    let versions = versions.map_err(|error| faults.push(error)).ok();
    let versions =
        versions.map(|all| all.into_iter().filter_map(|it| Some((it.cluster_version.clone()?, it))).collect());
    let parts_of = |name: String| async move { Parts::list(cx, &name).await };
    let unknown = Cluster::default();
    let mut findings = Vec::new();
    for ((name, cluster), (parts, failed)) in details(clusters, |(name, _)| parts_of(name.clone())).await {
        faults.extend(failed);
        findings.extend(finding(&name, cluster.as_ref().unwrap_or(&unknown), &versions, &parts));
    }
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// `None` means a cluster outside of AWS that is connected to EKS, which is free.
fn finding(name: &str, cluster: &Cluster, versions: &Versions, parts: &Parts) -> Option<Listed> {
    if cluster.connector_config.is_some() {
        return None;
    }
    let mut found = Listed {
        arn: cluster.arn.clone(),
        billing: if cluster.status == Some(Status::Deleting) { Billing::Ending } else { Billing::Running },
        created_at: cluster.created_at,
        tags: cluster.tags.clone(),
        charges: charges(cluster, versions),
        notes: parts.unknown().into_iter().chain([Note::new("kubernetes-leftovers")]).collect(),
        ..Listed::new(name)
    };
    // Only Kubernetes knows the pods on Fargate.
    found.charges.extend(parts.profiles.iter().filter(|it| !it.is_empty()).flat_map(|_| on_fargate()));
    found.notes.extend(note(cluster, versions, Timestamp::now()));
    let unlock = Command::aws("eks update-cluster-config --name").arg(name).words("--no-deletion-protection");
    let unlock = unlock.then(Command::aws("eks wait cluster-active --name").arg(name));
    let unlock = Some(unlock).filter(|_| cluster.deletion_protection);
    Some(
        found.can(
            Verb::Delete,
            Command::aws("eks delete-cluster --name").arg(name).after(parts.end(name)).after(unlock),
        ),
    )
}

/// The charges of the pods on Fargate.
fn on_fargate() -> [Charge; 2] {
    [("Fargate vCPU", "Fargate-vCPU-Hours:perCPU"), ("Fargate GB", "Fargate-GB-Hours")]
        .map(|(name, usage)| Charge::metered(name, Sku::new("AmazonEKS").with("usagetype", usage), Unit::Hour))
}

fn charges(cluster: &Cluster, versions: &Versions) -> Vec<Charge> {
    let outpost = cluster.outpost_config.as_ref().map(|it| it.control_plane_instance_type.as_str());
    let sku = |usage: &str| located(Sku::new("AmazonEKS").with("usagetype", usage), None, outpost);
    let mut charges = vec![Charge::hourly("EKS cluster", sku("AmazonEKS-Hours:perCluster"), 1)];
    let policy = cluster.upgrade_policy.support_type.as_ref();
    let status = known(cluster, versions).and_then(|it| it.version_status.as_ref());
    let extended = sku("AmazonEKS-Hours:extendedSupport");
    match (policy, status) {
        // AWS upgrades the cluster instead of charging for extended support.
        (Some(Support::Standard), _) | (_, Some(VersionStatus::Standard)) => {}
        (_, Some(VersionStatus::Extended | VersionStatus::Unsupported)) => {
            charges.push(Charge::hourly("extended support", extended, 1));
        }
        _ => charges.push(Charge::metered("extended support", extended, Unit::Hour)),
    }
    let tier = cluster.control_plane_scaling_config.tier.as_deref();
    if let Some(tier) = tier.filter(|tier| *tier != "standard") {
        charges.push(Charge::hourly(&format!("control plane {tier}"), sku(&format!("AmazonEKS-Hours:{tier}")), 1));
    }
    if cluster.compute_config.enabled {
        charges.push(Charge::metered("EKS Auto Mode", sku("EKS-Auto"), Unit::Hour));
    }
    charges
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use super::*;
    use crate::resources::containers::eks_reading::{AutoMode, ControlPlane, UpgradePolicy};

    fn whats(cluster: &Cluster, known: bool) -> Vec<(String, bool)> {
        let statuses = [("1.29", VersionStatus::Extended), ("1.34", VersionStatus::Standard)];
        let version = |status| Version { version_status: Some(status), ..Version::default() };
        let versions = statuses.into_iter().map(|(name, status)| (name.to_owned(), version(status))).collect();
        let found = finding("study", cluster, &known.then_some(versions), &Parts::default()).unwrap();
        found.charges.into_iter().map(|it| (it.what, it.quantity.is_some())).collect()
    }

    fn said(charges: &[(&str, bool)]) -> Vec<(String, bool)> {
        charges.iter().map(|(what, known)| ((*what).to_owned(), *known)).collect()
    }

    #[test]
    fn extended_support_is_added_where_the_version_is_in_it() {
        let of = |version: &str| Cluster { version: Some(version.into()), ..Cluster::default() };
        let plane = ("EKS cluster", true);
        assert_eq!(whats(&of("1.34"), true), said(&[plane]));
        assert_eq!(whats(&of("1.29"), true), said(&[plane, ("extended support", true)]));
        assert_eq!(whats(&of("1.29"), false), said(&[plane, ("extended support", false)]));
        assert_eq!(whats(&of("1.99"), true), said(&[plane, ("extended support", false)]));
        let upgrade_policy = UpgradePolicy { support_type: Some(Support::Standard) };
        assert_eq!(whats(&Cluster { upgrade_policy, ..of("1.29") }, true), said(&[plane]));
    }

    #[test]
    fn extras_are_charged_on_top() {
        let cluster = Cluster {
            version: Some("1.34".into()),
            compute_config: AutoMode { enabled: true },
            control_plane_scaling_config: ControlPlane { tier: Some("tier-xl".into()) },
            ..Cluster::default()
        };
        let expected = said(&[("EKS cluster", true), ("control plane tier-xl", true), ("EKS Auto Mode", false)]);
        assert_eq!(whats(&cluster, true), expected);
        let pods: Vec<_> = on_fargate().into_iter().map(|it| (it.what, it.quantity)).collect();
        assert_eq!(pods, [("Fargate vCPU".to_owned(), None), ("Fargate GB".to_owned(), None)]);
    }

    #[test]
    fn protection_is_removed_first() {
        let command = |deletion_protection| {
            let found =
                finding("c", &Cluster { deletion_protection, ..Cluster::default() }, &None, &Parts::default()).unwrap();
            found.commands[&Verb::Delete].to_string().split(" && ").count()
        };
        assert_eq!([false, true].map(command), [1, 3]);
    }

    #[test]
    fn its_parts_are_deleted_first() {
        let parts = Parts { node_groups: Some(vec!["a".into()]), profiles: Some(vec!["f".into()]) };
        let found = finding("c", &Cluster::default(), &None, &parts).unwrap();
        let command = found.commands[&Verb::Delete].to_string();
        assert!(
            command.starts_with("aws eks delete-nodegroup ")
                && command.ends_with(" && aws eks delete-cluster --name c")
        );
        assert_eq!((found.notes.len(), found.charges.len()), (1, 4));
    }

    #[test]
    fn it_is_charged_until_it_is_gone() {
        let of = |cluster: &Cluster| finding("c", cluster, &None, &Parts::default());
        let billing = |status: &str| of(&Cluster { status: Some(status.into()), ..Cluster::default() });
        let states = ["ACTIVE", "FUTURE", "DELETING"].map(|it| billing(it).unwrap().billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Ending]);
        let outside = Cluster { connector_config: Some(IgnoredAny), ..Cluster::default() };
        assert_eq!(of(&outside), None);
    }
}
