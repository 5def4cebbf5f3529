//! EKS capabilities (Argo CD, ACK, kro) bill for every hour they exist, and for what they look after, on top of their cluster.

use aws_sdk_eks::Client;
use aws_sdk_eks::types::{CapabilityStatus, CapabilitySummary, CapabilityType};
use futures::FutureExt;

use super::eks_reading::clusters;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "eks-capability",
    names: words("EKS capability", "EKS の機能 (EKS Capabilities)"),
    bills: words(
        "per hour while it exists, and per hour for each thing it looks after",
        "存在する間は 1 時間ごと、加えて管理するリソースごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "eks",
    small: false,
    billed_as: &["AmazonEKS"],
    reads: &["eks:ListClusters", "eks:ListCapabilities"],
    writes: &["eks:DeleteCapability"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = clusters(cx).await?.0.clone();
    let client = &Client::new(&cx.sdk);
    let (answers, faults) = about_each(clusters, |cluster| of_cluster(client, cluster.clone())).await;
    let each = answers.iter().flat_map(|(cluster, all)| all.iter().flatten().map(move |it| finding(cluster, it)));
    Ok(Listing { findings: each.collect(), faults, ..Listing::default() })
}

async fn of_cluster(client: &Client, cluster: String) -> Result<Vec<CapabilitySummary>> {
    let pages = client.list_capabilities().cluster_name(cluster).max_results(100).into_paginator().items().send();
    Ok(pages.try_collect().await?)
}

/// No state is known to be free.
fn finding(cluster: &str, capability: &CapabilitySummary) -> Listed {
    let name = capability.capability_name().unwrap_or_default();
    let kind = capability.r#type().map(CapabilityType::as_str);
    let entry = |item| sku("AmazonEKS", [("item", Some(item)), ("capability", kind)]);
    let what = format!("EKS capability {}", kind.unwrap_or_default());
    let each = Charge::metered("managed resource", entry("capability_resource"), Unit::Hour);
    let ending = capability.status() == Some(&CapabilityStatus::Deleting);
    let found = Listed {
        arn: capability.arn().map(str::to_owned),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(capability.created_at()),
        charges: vec![Charge::hourly(what.trim_end(), entry("capability"), 1), each],
        notes: vec![Note::new("delete-only")],
        ..Listed::new(format!("{cluster}/{name}"))
    };
    let delete = Command::aws("eks delete-capability --cluster-name").arg(cluster).words("--capability-name").arg(name);
    found.can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_bills() {
        let billing = |status: &str| finding("c", &CapabilitySummary::builder().status(status.into()).build()).billing;
        let running = Billing::Running;
        let states = ["ACTIVE", "CREATE_FAILED", "DEGRADED", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [running, running, running, running, Billing::Ending]);
    }

    #[test]
    fn each_kind_has_a_price_of_its_own() {
        let what = |kind: &str| {
            let capability = CapabilitySummary::builder().capability_name("x").r#type(kind.into()).build();
            let charge = finding("study", &capability).charges.remove(0);
            (charge.what, charge.sku.to_string())
        };
        let argo = ("EKS capability ARGOCD".to_owned(), "AmazonEKS capability=ARGOCD item=capability".to_owned());
        assert_eq!(what("ARGOCD"), argo);
        assert_ne!(what("ACK"), what("DREAM"));
        assert_eq!(finding("c", &CapabilitySummary::builder().build()).charges[0].what, "EKS capability");
    }
}
