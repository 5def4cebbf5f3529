//! Aurora DSQL clusters are charged for what they store, and for the work they do.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::name_tag;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dsql-cluster",
    names: words("Aurora DSQL cluster", "Aurora DSQL クラスター"),
    bills: words(
        "per GB and month it stores, and per processing unit (DPU) used; nothing else while idle",
        "ストレージの GB・月ごと、加えて使った処理ユニット(DPU) ごと。アイドル中はストレージのみ",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AuroraDSQL"],
    asks: &[&CLUSTERS, &CLUSTER],
    writes: &["dsql:UpdateCluster", "dsql:DeleteCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("dsql:ListClusters").at("clusters");
const CLUSTER: Operation<Details> = Operation::new("dsql:GetCluster");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Cluster {
    identifier: String,
    arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Details {
    status: Option<Status>,
    creation_time: Option<Timestamp>,
    deletion_protection_enabled: bool,
    tags: BTreeMap<String, String>,
}

values! {
    enum Status {
        Idle = "IDLE",
        Inactive = "INACTIVE",
        Deleting = "DELETING",
        Deleted = "DELETED",
        PendingDelete = "PENDING_DELETE",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).all().await?;
    let ask = |cluster: &Cluster| {
        let answer = cx.ask(&CLUSTER).with("identifier", cluster.identifier.as_str()).one();
        answer.map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (clusters, faults) = about_each(clusters, ask).await;
    let findings = clusters.iter().filter_map(|(cluster, details)| match details {
        Some(details) => finding(cluster, details.as_ref()?),
        None => Some(named(cluster)),
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn named(cluster: &Cluster) -> Listed {
    let sku = |item: &str, unit: &str| Sku::new("AuroraDSQL").with("item", item).with("unit", unit);
    let id = cluster.identifier.as_str();
    Listed { arn: cluster.arn.clone(), ..Listed::new(id) }
        .charge(Charge::metered("storage", sku("storage", "gb-month"), Unit::GbMonth))
        .charge(Charge::metered("DPU", sku("dpu", "dpu"), Unit::Month))
        .loses(Loss::Data)
        .can(Verb::Delete, Command::aws("dsql delete-cluster --identifier").arg(id))
}

/// `None` means it is deleted.
fn finding(cluster: &Cluster, details: &Details) -> Option<Listed> {
    let billing = match details.status {
        Some(Status::Deleted) => return None,
        Some(Status::Deleting | Status::PendingDelete) => Billing::Ending,
        Some(Status::Idle | Status::Inactive) => Billing::Stopped,
        _ => Billing::Running,
    };
    let (created_at, tags) = (details.creation_time, details.tags.clone());
    let mut found = Listed { billing, created_at, ..named(cluster) }.named(name_tag(&tags));
    if details.deletion_protection_enabled {
        let unlock = "dsql update-cluster --no-deletion-protection-enabled --identifier";
        let unlock = Command::aws(unlock).arg(&found.id);
        found = found.first(Verb::Delete, unlock);
    }
    Some(Listed { tags, ..found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(status: &str, is_protected: bool) -> Option<Listed> {
        let cluster = Cluster { identifier: "a1".into(), arn: Some("arn:a1".into()) };
        let status = Some(status.into());
        finding(&cluster, &Details { status, deletion_protection_enabled: is_protected, ..Details::default() })
    }

    #[test]
    fn is_charged_until_it_is_gone() {
        let billing = |status| found(status, false).map(|it| it.billing);
        let states = ["DELETED", "PENDING_DELETE", "IDLE", "ACTIVE", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), Some(Billing::Stopped), running, running]);
    }

    #[test]
    fn protection_is_removed_first() {
        let command = |is_protected| found("ACTIVE", is_protected).unwrap().commands[&Verb::Delete].to_string().clone();
        assert_eq!(command(false), "aws dsql delete-cluster --identifier a1");
        assert!(
            command(true).starts_with("aws dsql update-cluster --no-deletion-protection-enabled --identifier a1 && ")
        );
    }
}
