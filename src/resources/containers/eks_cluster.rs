//! EKS clusters bill for every hour of their control plane, six times as much once their Kubernetes version is in extended
//! support; their nodes bill as instances.

use std::collections::HashMap;

use aws_sdk_eks::Client;
use aws_sdk_eks::types::{
    Cluster, ClusterStatus, ClusterVersionInformation, ComputeConfigResponse, OutpostConfigResponse,
    ProvisionedControlPlaneTier, SupportType, VersionStatus,
};
use futures::FutureExt;

use super::eks_reading;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{located, tag_map, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "eks-cluster",
    names: words("EKS cluster", "EKS クラスター"),
    bills: words(
        "per hour of its control plane, six times as much in extended support; its nodes bill as instances",
        "コントロールプレーンに 1 時間ごと、延長サポートでは 6 倍。ノードはインスタンスとして別に課金",
    ),
    scope: Scope::Region,
    endpoint: "eks",
    small: false,
    billed_as: &["AmazonEKS"],
    reads: &["eks:ListClusters", "eks:DescribeCluster", "eks:DescribeClusterVersions", "eks:ListFargateProfiles"],
    writes: &["eks:UpdateClusterConfig", "eks:DeleteCluster"],
    list: |cx| list(cx).boxed(),
};

/// What is known of each Kubernetes version; `None` if AWS would not say.
type Versions = Option<HashMap<String, VersionStatus>>;

async fn list(cx: &Cx) -> Result<Listing> {
    let names = eks_reading::clusters(cx).await?.0.clone();
    if names.is_empty() {
        return Ok(Listing::default());
    }
    let client = Client::new(&cx.sdk);
    let ask = client.describe_cluster_versions().include_all(true).max_results(100).into_paginator().items().send();
    let versions: Result<Vec<ClusterVersionInformation>, _> = ask.try_collect().await;
    let (clusters, mut faults) = about_each(names, |name| client.describe_cluster().name(name).send()).await;
    let versions = versions.map_err(|error| faults.push(error.into())).ok();
    let status = |it: ClusterVersionInformation| Some((it.cluster_version?, it.version_status?));
    let versions = versions.map(|all| all.into_iter().filter_map(status).collect());
    // Which pods run on Fargate only Kubernetes knows.
    let ask = |(name, _): &(String, _)| client.list_fargate_profiles().cluster_name(name).max_results(100).send();
    let (clusters, failed) = about_each(clusters, ask).await;
    faults.extend(failed);
    let empty = Cluster::builder().build();
    let findings = clusters.iter().filter_map(|((name, answer), profiles)| {
        let cluster = answer.as_ref().and_then(|it| it.cluster()).unwrap_or(&empty);
        let mut found = finding(name, cluster, &versions)?;
        let pods = profiles.as_ref().is_some_and(|it| !it.fargate_profile_names().is_empty());
        found.charges.extend(pods.then(on_fargate).into_iter().flatten());
        Some(found)
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

/// `None`: a cluster of somebody else's machines that is only shown in EKS, which is free.
fn finding(name: &str, cluster: &Cluster, versions: &Versions) -> Option<Listed> {
    if cluster.connector_config().is_some() {
        return None;
    }
    let found = Listed {
        arn: cluster.arn().map(str::to_owned),
        billing: if cluster.status() == Some(&ClusterStatus::Deleting) { Billing::Ending } else { Billing::Running },
        created_at: time(cluster.created_at()),
        tags: tag_map(cluster.tags()),
        charges: charges(cluster, versions),
        notes: vec![Note::with("parts-first", "node groups, Fargate profiles"), Note::new("kubernetes-leftovers")],
        ..Listed::new(name)
    };
    let unlock = Command::aws("eks update-cluster-config --name").arg(name).words("--no-deletion-protection");
    let unlock = unlock.then(Command::aws("eks wait cluster-active --name").arg(name));
    let unlock = Some(unlock).filter(|_| cluster.deletion_protection() == Some(true));
    Some(found.can(Verb::Delete, Command::aws("eks delete-cluster --name").arg(name).after(unlock)))
}

/// What the pods of a cluster bill on Fargate.
fn on_fargate() -> [Charge; 2] {
    [("Fargate vCPU", "Fargate-vCPU-Hours:perCPU"), ("Fargate GB", "Fargate-GB-Hours")]
        .map(|(name, usage)| Charge::metered(name, Sku::new("AmazonEKS").with("usagetype", usage), Unit::Hour))
}

fn charges(cluster: &Cluster, versions: &Versions) -> Vec<Charge> {
    let outpost = cluster.outpost_config().map(OutpostConfigResponse::control_plane_instance_type);
    let sku = |usage: &str| located(Sku::new("AmazonEKS").with("usagetype", usage), None, outpost);
    let mut charges = vec![Charge::hourly("EKS cluster", sku("AmazonEKS-Hours:perCluster"), 1)];
    let policy = cluster.upgrade_policy().and_then(|it| it.support_type());
    let status = versions.as_ref().zip(cluster.version()).and_then(|(known, version)| known.get(version));
    let extended = sku("AmazonEKS-Hours:extendedSupport");
    match (policy, status) {
        // AWS upgrades it instead.
        (Some(SupportType::Standard), _) | (_, Some(VersionStatus::StandardSupport)) => {}
        (_, Some(VersionStatus::ExtendedSupport | VersionStatus::Unsupported)) => {
            charges.push(Charge::hourly("extended support", extended, 1));
        }
        _ => charges.push(Charge::metered("extended support", extended, Unit::Hour)),
    }
    let tier = cluster.control_plane_scaling_config().and_then(|it| it.tier()).map(ProvisionedControlPlaneTier::as_str);
    if let Some(tier) = tier.filter(|tier| *tier != "standard") {
        charges.push(Charge::hourly(&format!("control plane {tier}"), sku(&format!("AmazonEKS-Hours:{tier}")), 1));
    }
    if cluster.compute_config().and_then(ComputeConfigResponse::enabled) == Some(true) {
        charges.push(Charge::metered("EKS Auto Mode", sku("EKS-Auto"), Unit::Hour));
    }
    charges
}

#[cfg(test)]
mod tests {
    use aws_sdk_eks::types::{ConnectorConfigResponse, ControlPlaneScalingConfig, UpgradePolicyResponse};

    use super::*;

    fn whats(cluster: &Cluster, known: bool) -> Vec<(String, bool)> {
        let statuses = [("1.29", VersionStatus::ExtendedSupport), ("1.34", VersionStatus::StandardSupport)];
        let versions = statuses.into_iter().map(|(version, status)| (version.to_owned(), status)).collect();
        let found = finding("study", cluster, &known.then_some(versions)).unwrap();
        found.charges.into_iter().map(|it| (it.what, it.quantity.is_some())).collect()
    }

    fn said(charges: &[(&str, bool)]) -> Vec<(String, bool)> {
        charges.iter().map(|(what, known)| ((*what).to_owned(), *known)).collect()
    }

    #[test]
    fn extended_support_is_added_where_the_version_is_in_it() {
        let of = |version: &str| Cluster::builder().version(version);
        let plane = ("EKS cluster", true);
        assert_eq!(whats(&of("1.34").build(), true), said(&[plane]));
        assert_eq!(whats(&of("1.29").build(), true), said(&[plane, ("extended support", true)]));
        assert_eq!(whats(&of("1.29").build(), false), said(&[plane, ("extended support", false)]));
        assert_eq!(whats(&of("1.99").build(), true), said(&[plane, ("extended support", false)]));
        let standard = UpgradePolicyResponse::builder().support_type(SupportType::Standard).build();
        assert_eq!(whats(&of("1.29").upgrade_policy(standard).build(), true), said(&[plane]));
    }

    #[test]
    fn what_comes_on_top_is_told() {
        let mode = ComputeConfigResponse::builder().enabled(true).build();
        let tier = ControlPlaneScalingConfig::builder().tier("tier-xl".into()).build();
        let cluster = Cluster::builder().version("1.34").compute_config(mode).control_plane_scaling_config(tier);
        let expected = said(&[("EKS cluster", true), ("control plane tier-xl", true), ("EKS Auto Mode", false)]);
        assert_eq!(whats(&cluster.build(), true), expected);
        let pods: Vec<_> = on_fargate().into_iter().map(|it| (it.what, it.quantity)).collect();
        assert_eq!(pods, [("Fargate vCPU".to_owned(), None), ("Fargate GB".to_owned(), None)]);
    }

    #[test]
    fn protection_is_taken_off_first() {
        let command = |on| {
            let found = finding("c", &Cluster::builder().deletion_protection(on).build(), &None).unwrap();
            found.commands[&Verb::Delete].to_string().split(" && ").count()
        };
        assert_eq!([false, true].map(command), [1, 3]);
    }

    #[test]
    fn it_bills_until_it_is_gone() {
        let billing = |status: &str| finding("c", &Cluster::builder().status(status.into()).build(), &None);
        let states = ["ACTIVE", "DREAMING", "DELETING"].map(|it| billing(it).unwrap().billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Ending]);
        let outside = Cluster::builder().connector_config(ConnectorConfigResponse::builder().build()).build();
        assert_eq!(finding("c", &outside, &None), None);
    }
}
