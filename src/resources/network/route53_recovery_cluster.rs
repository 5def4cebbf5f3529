//! Clusters of the Application Recovery Controller are charged for every hour they exist, used or not.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{AccountId, Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "route53-recovery-cluster",
    names: words("Application Recovery Controller (ARC) cluster", "Application Recovery Controller (ARC) クラスター"),
    bills: words("per hour while it exists, used or not", "使わなくても、存在する間は 1 時間ごと"),
    scope: Scope::Only("us-west-2"),
    small: false,
    billed_as: &["AWSR53AppRecoveryController"],
    asks: &[&CLUSTERS],
    writes: &["route53-recovery-control-config:DeleteCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Cluster> = Operation::new("route53-recovery-control-config:ListClusters").at("Clusters");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    cluster_arn: Option<String>,
    name: Option<String>,
    status: Option<Status>,
    owner: Option<String>,
}

values! { enum Status { PendingDeletion = "PENDING_DELETION" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).all().await?;
    Ok(clusters.iter().filter_map(|it| finding(it, &cx.place.account)).collect::<Vec<_>>().into())
}

/// `None` means another account shares it, and pays for it. No state is known to be free.
fn finding(cluster: &Cluster, account: &AccountId) -> Option<Listed> {
    if cluster.owner.as_deref().is_some_and(|owner| !owner.is_empty() && owner != account.as_str()) {
        return None;
    }
    let arn = cluster.cluster_arn.as_deref().unwrap_or_default();
    let ending = cluster.status == Some(Status::PendingDeletion);
    let sku = Sku::new("AWSR53AppRecoveryController").with("item", "cluster").with("unit", "hour");
    let found = Listed {
        arn: Some(arn.to_owned()).filter(|arn| !arn.is_empty()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        charges: vec![Charge::hourly("ARC cluster", sku, 1)],
        notes: vec![Note::new("delete-only"), Note::with("parts-first", "control panels, routing controls")],
        ..Listed::new(arn.rsplit('/').next().unwrap_or(arn))
    };
    let found = found.named(cluster.name.clone());
    Some(found.can(Verb::Delete, Command::aws("route53-recovery-control-config delete-cluster --cluster-arn").arg(arn)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_charged() {
        let account: AccountId = "123456789012".parse().unwrap();
        let billing = |status: &str| {
            let (owner, status) = (Some("123456789012".into()), Some(status.into()));
            finding(&Cluster { status, owner, ..Cluster::default() }, &account).map(|found| found.billing)
        };
        let running = Some(Billing::Running);
        let states = ["DEPLOYED", "PENDING", "FUTURE", "PENDING_DELETION"].map(billing);
        assert_eq!(states, [running, running, running, Some(Billing::Ending)]);
        assert!(finding(&Cluster::default(), &account).is_some());
    }

    #[test]
    fn its_owner_pays() {
        let account = "123456789012".parse().unwrap();
        assert_eq!(finding(&Cluster { owner: Some("210987654321".into()), ..Cluster::default() }, &account), None);
    }
}
