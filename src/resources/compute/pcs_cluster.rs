//! PCS (Parallel Computing Service) clusters bill for every hour of their controller, by size; their nodes bill as instances.

use aws_sdk_pcs::Client;
use aws_sdk_pcs::operation::get_cluster::GetClusterOutput;
use aws_sdk_pcs::types::{AccountingMode, Cluster, ClusterStatus, ClusterSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "pcs-cluster",
    names: words("PCS cluster (Parallel Computing)", "PCS クラスター (Parallel Computing)"),
    bills: words(
        "per hour of its controller, by size, and a fee for each of its nodes, which bill as instances",
        "コントローラーにサイズに応じて 1 時間ごと、ノードごとの料金も。ノードはインスタンスとして別に課金",
    ),
    scope: Scope::Region,
    endpoint: "pcs",
    small: false,
    billed_as: &["AWSPCS"],
    reads: &["pcs:ListClusters", "pcs:GetCluster"],
    writes: &["pcs:DeleteCluster"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let clusters = client.list_clusters().max_results(100).into_paginator().items().send();
    let ask = |it: &ClusterSummary| client.get_cluster().cluster_identifier(it.id()).send();
    let (clusters, faults) = about_each(clusters.try_collect().await?, ask).await;
    let detail = GetClusterOutput::cluster;
    let findings = clusters.iter().map(|(it, answer)| finding(it, answer.as_ref().and_then(detail)));
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

/// No state is known to be free.
fn finding(it: &ClusterSummary, cluster: Option<&Cluster>) -> Listed {
    let id = it.id();
    let found = Listed {
        arn: Some(it.arn().to_owned()),
        billing: if *it.status() == ClusterStatus::Deleting { Billing::Ending } else { Billing::Running },
        created_at: time(Some(it.created_at())),
        charges: charges(cluster),
        notes: vec![Note::with("parts-first", "queues, compute node groups"), Note::new("usage-extra")],
        ..Listed::new(id)
    };
    let found = found.named(Some(it.name().to_owned()));
    found.can(Verb::Delete, Command::aws("pcs delete-cluster --cluster-identifier").arg(id))
}

fn charges(cluster: Option<&Cluster>) -> Vec<Charge> {
    let sku = |what: &str, size: &str| Sku::new("AWSPCS").with("productFamily", what).with("size", size);
    let Some(cluster) = cluster else {
        return vec![Charge::metered("PCS controller", Sku::new("AWSPCS"), Unit::Hour)];
    };
    let size = cluster.size().as_str();
    let mut charges = vec![Charge::hourly(&format!("PCS controller {size}"), sku("Controller", size), 1)];
    let accounting = cluster.slurm_configuration().and_then(|it| it.accounting());
    if accounting.is_some_and(|it| *it.mode() != AccountingMode::None) {
        charges.push(Charge::hourly(&format!("PCS accounting {size}"), sku("Accounting", size), 1));
    }
    charges
}

#[cfg(test)]
mod tests {
    use aws_sdk_pcs::types::{Accounting, ClusterSlurmConfiguration};
    use aws_smithy_types::DateTime;

    use super::*;

    fn cluster(mode: AccountingMode) -> Cluster {
        let accounting = Accounting::builder().mode(mode).build().unwrap();
        let slurm = ClusterSlurmConfiguration::builder().accounting(accounting).build();
        let (it, at) = (Cluster::builder().name("lab").id("pcs_1").arn("arn:lab"), DateTime::from_secs(0));
        let it = it.status(ClusterStatus::Active).created_at(at).modified_at(at).size("SMALL".into());
        it.slurm_configuration(slurm).build().unwrap()
    }

    #[test]
    fn the_controller_bills_and_so_does_accounting() {
        let whats = |mode| charges(Some(&cluster(mode))).into_iter().map(|it| it.what).collect::<Vec<_>>();
        assert_eq!(whats(AccountingMode::None), ["PCS controller SMALL"]);
        assert_eq!(whats(AccountingMode::Standard), ["PCS controller SMALL", "PCS accounting SMALL"]);
        assert_eq!(charges(None)[0].quantity, None);
    }

    #[test]
    fn every_state_bills() {
        let billing = |status: &str| {
            let at = DateTime::from_secs(0);
            let it = ClusterSummary::builder().name("lab").id("pcs_1").arn("arn:lab").status(status.into());
            finding(&it.created_at(at).modified_at(at).build().unwrap(), None).billing
        };
        let states = ["ACTIVE", "SUSPENDED", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
