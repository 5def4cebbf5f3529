//! PCS (Parallel Computing Service) clusters are charged for every hour of their controller, by size; nodes are EC2 instances.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "pcs-cluster",
    names: words("PCS cluster (Parallel Computing)", "PCS クラスター(Parallel Computing)"),
    bills: words(
        "per hour of its controller, by size, and a fee for each of its nodes, which are charged as instances",
        "コントローラーにサイズに応じて 1 時間ごと、ノードごとの料金も。ノードはインスタンスとして別に課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSPCS"],
    asks: &[&CLUSTERS, &CLUSTER],
    writes: &["pcs:DeleteCluster"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CLUSTERS: Operation<Summary> = Operation::new("pcs:ListClusters").at("clusters");
const CLUSTER: Operation<Cluster> = Operation::new("pcs:GetCluster").at("cluster");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Summary {
    name: String,
    id: String,
    arn: String,
    created_at: Option<Timestamp>,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Cluster {
    size: Option<String>,
    slurm_configuration: Slurm,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Slurm {
    accounting: Option<Accounting>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Accounting {
    mode: Option<Mode>,
}

values! { enum Status { Deleting = "DELETING" } }
values! { enum Mode { Off = "NONE" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).all().await?;
    let ask = |it: &Summary| cx.ask(&CLUSTER).with("clusterIdentifier", it.id.as_str()).one();
    Ok(detailed(clusters, ask, |it, cluster| Some(finding(it, cluster))).await)
}

/// No state is known to be free.
fn finding(it: &Summary, cluster: Option<&Cluster>) -> Listed {
    let id = &it.id;
    let found = Listed {
        arn: Some(it.arn.clone()),
        billing: if it.status == Some(Status::Deleting) { Billing::Ending } else { Billing::Running },
        created_at: it.created_at,
        charges: charges(cluster),
        notes: vec![Note::with("parts-first", "queues, compute node groups"), Note::new("usage-extra")],
        ..Listed::new(id)
    };
    let found = found.named(Some(it.name.clone()));
    found.can(Verb::Delete, Command::aws("pcs delete-cluster --cluster-identifier").arg(id))
}

fn charges(cluster: Option<&Cluster>) -> Vec<Charge> {
    let sku = |what: &str, size: &str| Sku::new("AWSPCS").with("productFamily", what).with("size", size);
    let Some((cluster, size)) = cluster.and_then(|it| Some((it, it.size.as_deref()?))) else {
        return vec![Charge::metered("PCS controller", Sku::new("AWSPCS"), Unit::Hour)];
    };
    let mut charges = vec![Charge::hourly(&format!("PCS controller {size}"), sku("Controller", size), 1)];
    if cluster.slurm_configuration.accounting.as_ref().is_some_and(|it| it.mode != Some(Mode::Off)) {
        charges.push(Charge::hourly(&format!("PCS accounting {size}"), sku("Accounting", size), 1));
    }
    charges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(mode: &str) -> Cluster {
        let accounting = Some(Accounting { mode: Some(mode.into()) });
        Cluster { size: Some("SMALL".into()), slurm_configuration: Slurm { accounting } }
    }

    #[test]
    fn the_controller_and_accounting_are_charged() {
        let whats = |mode: &str| charges(Some(&cluster(mode))).into_iter().map(|it| it.what).collect::<Vec<_>>();
        assert_eq!(whats("NONE"), ["PCS controller SMALL"]);
        assert_eq!(whats("STANDARD"), ["PCS controller SMALL", "PCS accounting SMALL"]);
        assert_eq!(charges(None)[0].quantity, None);
    }

    #[test]
    fn every_state_is_charged() {
        let billing =
            |status: &str| finding(&Summary { status: Some(status.into()), ..Summary::default() }, None).billing;
        let states = ["ACTIVE", "SUSPENDED", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
