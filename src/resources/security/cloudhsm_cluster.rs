//! CloudHSM clusters are charged for every hour of each HSM; without one they are free.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{name_tag, tag_list};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudhsm-cluster",
    names: words("CloudHSM cluster", "CloudHSM クラスター"),
    bills: words("per hour and HSM while it exists, used or not", "存在する間は使わなくても HSM ごとに 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["CloudHSM"],
    asks: &[&CLUSTERS],
    writes: &["cloudhsm:DeleteHsm"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// The type in the price snapshot; other types have other prices.
const FIRST: &str = "hsm1.medium";

const CLUSTERS: Operation<Cluster> = Operation::new("cloudhsmv2:DescribeClusters").at("Clusters");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    cluster_id: Option<String>,
    hsm_type: Option<String>,
    state: Option<ClusterState>,
    hsms: Vec<Hsm>,
    create_timestamp: Option<Timestamp>,
    #[serde(deserialize_with = "tag_list")]
    tag_list: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Hsm {
    hsm_id: String,
    state: Option<HsmState>,
}

values! { enum ClusterState { Deleted = "DELETED" } }
values! { enum HsmState { DeleteInProgress = "DELETE_IN_PROGRESS", Deleted = "DELETED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&CLUSTERS).all().await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means no HSM is charged.
fn finding(cluster: &Cluster) -> Option<Listed> {
    let billed: Vec<&Hsm> = cluster.hsms.iter().filter(|hsm| hsm.state != Some(HsmState::Deleted)).collect();
    if billed.is_empty() || cluster.state == Some(ClusterState::Deleted) {
        return None;
    }
    let ending = |hsm: &&Hsm| hsm.state == Some(HsmState::DeleteInProgress);
    let billing = if billed.iter().all(ending) { Billing::Ending } else { Billing::Running };
    let id = cluster.cluster_id.as_deref().unwrap_or_default();
    let (tags, created_at) = (cluster.tag_list.clone(), cluster.create_timestamp);
    let found = Listed { billing, created_at, name: name_tag(&tags), tags, ..Listed::new(id) };
    let delete =
        |hsm: &&Hsm| Command::aws("cloudhsmv2 delete-hsm --cluster-id").arg(id).words("--hsm-id").arg(&hsm.hsm_id);
    let delete = billed.iter().filter(|hsm| !ending(hsm)).map(delete).reduce(Command::then);
    let found = found.charge(charge(cluster, billed.len())).note(Note::new("delete-only"));
    Some(match delete {
        Some(delete) => found.can(Verb::Delete, delete),
        None => found,
    })
}

fn charge(cluster: &Cluster, hsms: usize) -> Charge {
    let sku = Sku::new("CloudHSM").with("usagetype", "CloudHSMv2Usage");
    match cluster.hsm_type.as_deref() {
        Some(FIRST) => Charge::hourly(FIRST, sku, hsms),
        other => Charge::hourly(other.unwrap_or("HSM"), sku.with("instanceType", other.unwrap_or("unknown")), hsms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(hsms: &[&str]) -> Option<Listed> {
        let hsm = |state: &&str| Hsm { hsm_id: "hsm-1".into(), state: Some((*state).into()) };
        let (hsms, state) = (hsms.iter().map(hsm).collect(), Some("DEGRADED".into()));
        let (cluster_id, hsm_type) = (Some("cluster-1".into()), Some(FIRST.into()));
        finding(&Cluster { cluster_id, hsm_type, state, hsms, ..Cluster::default() })
    }

    #[test]
    fn each_hsm_is_charged_until_it_is_deleted() {
        let seen = |hsms: &[&str]| found(hsms).map(|it| (it.billing, it.charges[0].what.clone()));
        let running = |what: &str| Some((Billing::Running, what.to_owned()));
        assert_eq!(seen(&["ACTIVE", "FUTURE", "DELETED"]), running("2 × hsm1.medium"));
        assert_eq!(seen(&["DELETE_IN_PROGRESS"]), Some((Billing::Ending, "hsm1.medium".to_owned())));
        assert_eq!((seen(&["DELETED"]), seen(&[])), (None, None));
    }

    #[test]
    fn each_hsm_is_deleted_by_a_command_of_its_own() {
        let one = "aws cloudhsmv2 delete-hsm --cluster-id cluster-1 --hsm-id hsm-1";
        assert_eq!(
            found(&["ACTIVE", "ACTIVE"]).unwrap().commands[&Verb::Delete].to_string(),
            format!("{one} && {one}")
        );
        // AWS refuses to delete an HSM twice, which would stop the rest of the command.
        assert_eq!(found(&["DELETE_IN_PROGRESS", "ACTIVE"]).unwrap().commands[&Verb::Delete].to_string(), one);
        assert_eq!(found(&["DELETE_IN_PROGRESS"]).unwrap().can, []);
    }
}
