//! EKS capabilities (Argo CD, ACK, kro) are charged for every hour and for the resources they manage, on top of their cluster.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::eks_reading::CLUSTERS;
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "eks-capability",
    names: words("EKS capability", "EKS の機能(EKS Capabilities)"),
    bills: words(
        "per hour while it exists, and per hour for each resource it manages",
        "存在する間は 1 時間ごと、加えて管理するリソースごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEKS"],
    asks: &[&CLUSTERS, &CAPABILITIES],
    writes: &["eks:DeleteCapability"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CAPABILITIES: Operation<Capability> = Operation::new("eks:ListCapabilities").at("capabilities");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Capability {
    capability_name: Option<String>,
    arn: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    status: Option<Status>,
    created_at: Option<Timestamp>,
}

values! { enum Status { Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = cx.ask(&CLUSTERS).all().await?;
    let ask = |cluster: &String| cx.ask(&CAPABILITIES).with("clusterName", cluster.as_str()).all();
    let (answers, faults) = about_each(clusters, ask).await;
    let each = answers.iter().flat_map(|(cluster, all)| all.iter().flatten().map(move |it| finding(cluster, it)));
    Ok(Listing { findings: each.collect(), faults, ..Listing::default() })
}

/// No state is known to be free.
fn finding(cluster: &str, capability: &Capability) -> Listed {
    let name = capability.capability_name.as_deref().unwrap_or_default();
    let kind = capability.kind.as_deref();
    let entry = |item| sku("AmazonEKS", [("item", Some(item)), ("capability", kind)]);
    let what = format!("EKS capability {}", kind.unwrap_or_default());
    let each = Charge::metered("managed resource", entry("capability_resource"), Unit::Hour);
    let ending = capability.status == Some(Status::Deleting);
    let found = Listed {
        arn: capability.arn.clone(),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: capability.created_at,
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
    fn every_state_is_charged() {
        let billing =
            |status: &str| finding("c", &Capability { status: Some(status.into()), ..Capability::default() }).billing;
        let running = Billing::Running;
        let states = ["ACTIVE", "CREATE_FAILED", "DEGRADED", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [running, running, running, running, Billing::Ending]);
    }

    #[test]
    fn each_kind_has_a_price_of_its_own() {
        let what = |kind: &str| {
            let (capability_name, kind) = (Some("x".into()), Some(kind.into()));
            let capability = Capability { capability_name, kind, ..Capability::default() };
            let charge = finding("study", &capability).charges.remove(0);
            (charge.what, charge.sku.to_string())
        };
        let argo = ("EKS capability ARGOCD".to_owned(), "AmazonEKS capability=ARGOCD item=capability".to_owned());
        assert_eq!(what("ARGOCD"), argo);
        assert_ne!(what("ACK"), what("FUTURE"));
        assert_eq!(finding("c", &Capability::default()).charges[0].what, "EKS capability");
    }
}
