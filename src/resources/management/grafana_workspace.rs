//! Managed Grafana workspaces are charged for every user who signs in during a month.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "grafana-workspace",
    names: words("Managed Grafana workspace", "Managed Grafana ワークスペース"),
    bills: words(
        "per month and user who signs in, editors more than viewers",
        "サインインしたユーザーごと・月ごと(編集者は閲覧者より割高)",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonGrafana"],
    asks: &[&WORKSPACES],
    writes: &["grafana:DeleteWorkspace"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const WORKSPACES: Operation<Workspace> = Operation::new("grafana:ListWorkspaces").at("workspaces");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Workspace {
    id: String,
    name: Option<String>,
    status: Option<Status>,
    license_type: Option<String>,
    created: Option<Timestamp>,
    tags: BTreeMap<String, String>,
}

values! { enum Status { Deleting = "DELETING", CreationFailed = "CREATION_FAILED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&WORKSPACES).all().await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means that creating it failed: users cannot sign in.
fn finding(workspace: &Workspace) -> Option<Listed> {
    let billing = match workspace.status {
        Some(Status::CreationFailed) => return None,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, created_at, tags) = (&workspace.id, workspace.created, workspace.tags.clone());
    let users = |who: &str, item: &str| {
        let sku = Sku::new("AmazonGrafana").with("item", item).with("unit", "month");
        Charge::metered(who, sku, Unit::Month)
    };
    let found = Listed { billing, created_at, tags, ..Listed::new(id) }
        .named(workspace.name.clone())
        .charge(users("active editors", "workspace_editor"))
        .charge(users("active viewers", "workspace_viewer"));
    let found = match workspace.license_type {
        Some(_) => found.charge(users("Grafana Enterprise users", "enterprise_user")),
        None => found,
    };
    Some(found.loses(Loss::Settings).can(Verb::Delete, Command::aws("grafana delete-workspace --workspace-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(status: &str) -> Workspace {
        Workspace { id: "g-1".into(), status: Some(status.into()), ..Workspace::default() }
    }

    #[test]
    fn is_charged_while_people_can_sign_in() {
        let billing = |status: &str| finding(&workspace(status)).map(|it| it.billing);
        let states = ["CREATION_FAILED", "DELETING", "ACTIVE", "DEGRADED", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn a_license_is_charged_on_top() {
        let count = |it: &Workspace| finding(it).unwrap().charges.len();
        let licensed = Workspace { license_type: Some("ENTERPRISE".into()), ..workspace("ACTIVE") };
        assert_eq!((count(&workspace("ACTIVE")), count(&licensed)), (2, 3));
    }
}
