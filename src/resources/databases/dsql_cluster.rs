//! Aurora DSQL clusters bill for what they store, and for the work they do.

use aws_sdk_dsql::Client;
use aws_sdk_dsql::operation::get_cluster::GetClusterOutput;
use aws_sdk_dsql::types::{ClusterStatus, ClusterSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{name_tag, tag_map, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dsql-cluster",
    names: words("Aurora DSQL cluster", "Aurora DSQL クラスター"),
    bills: words(
        "per GB and month it stores, and per processing unit (DPU) used; nothing else while idle",
        "ストレージの GB・月ごと、加えて使った処理ユニット (DPU) ごと。アイドル中はストレージのみ",
    ),
    scope: Scope::Region,
    endpoint: "dsql",
    small: false,
    billed_as: &["AuroraDSQL"],
    reads: &["dsql:ListClusters", "dsql:GetCluster"],
    writes: &["dsql:UpdateCluster", "dsql:DeleteCluster"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let clusters = client.list_clusters().max_results(100).into_paginator().items().send();
    let clusters: Vec<ClusterSummary> = clusters.try_collect().await?;
    let ask = |cluster: &ClusterSummary| {
        let answer = client.get_cluster().identifier(cluster.identifier()).send();
        answer.map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (clusters, faults) = about_each(clusters, ask).await;
    let findings = clusters.iter().filter_map(|(cluster, details)| match details {
        Some(details) => finding(cluster, details.as_ref()?),
        None => Some(named(cluster)),
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn named(cluster: &ClusterSummary) -> Listed {
    let sku = |item: &str, unit: &str| Sku::new("AuroraDSQL").with("item", item).with("unit", unit);
    let id = cluster.identifier();
    Listed { arn: Some(cluster.arn().to_owned()), ..Listed::new(id) }
        .charge(Charge::metered("storage", sku("storage", "gb-month"), Unit::GbMonth))
        .charge(Charge::metered("DPU", sku("dpu", "dpu"), Unit::Month))
        .can(Verb::Delete, Command::aws("dsql delete-cluster --identifier").arg(id))
}

/// `None` means it is gone.
fn finding(cluster: &ClusterSummary, details: &GetClusterOutput) -> Option<Listed> {
    let billing = match details.status() {
        ClusterStatus::Deleted => return None,
        ClusterStatus::Deleting | ClusterStatus::PendingDelete => Billing::Ending,
        ClusterStatus::Idle | ClusterStatus::Inactive => Billing::Stopped,
        _ => Billing::Running,
    };
    let (created_at, tags) = (time(Some(details.creation_time())), tag_map(details.tags()));
    let mut found = Listed { billing, created_at, ..named(cluster) }.named(name_tag(&tags));
    if details.deletion_protection_enabled() {
        let unlock = "dsql update-cluster --no-deletion-protection-enabled --identifier";
        let unlock = Command::aws(unlock).arg(&found.id);
        found = found.first(Verb::Delete, unlock);
    }
    Some(Listed { tags, ..found })
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    fn found(status: &str, is_protected: bool) -> Option<Listed> {
        let cluster = ClusterSummary::builder().identifier("a1").arn("arn:a1").build().unwrap();
        let details = GetClusterOutput::builder().identifier("a1").arn("arn:a1").status(status.into());
        let details = details.creation_time(DateTime::from_secs(0)).deletion_protection_enabled(is_protected);
        finding(&cluster, &details.build().unwrap())
    }

    #[test]
    fn bills_until_it_is_gone() {
        let billing = |status| found(status, false).map(|it| it.billing);
        let states = ["DELETED", "PENDING_DELETE", "IDLE", "ACTIVE", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), Some(Billing::Stopped), running, running]);
    }

    #[test]
    fn protection_goes_first() {
        let command = |is_protected| found("ACTIVE", is_protected).unwrap().commands[&Verb::Delete].to_string().clone();
        assert_eq!(command(false), "aws dsql delete-cluster --identifier a1");
        assert!(
            command(true).starts_with("aws dsql update-cluster --no-deletion-protection-enabled --identifier a1 && ")
        );
    }
}
