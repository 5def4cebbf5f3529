//! Managed Grafana workspaces bill for every user who signs in during a month.

use aws_sdk_grafana::Client;
use aws_sdk_grafana::types::{WorkspaceStatus, WorkspaceSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "grafana-workspace",
    names: words("Managed Grafana workspace", "Managed Grafana ワークスペース"),
    bills: words(
        "per month and user who signs in, editors more than viewers",
        "サインインしたユーザーごと・月ごと (編集者は閲覧者より割高)",
    ),
    scope: Scope::Region,
    endpoint: "grafana",
    small: false,
    billed_as: &["AmazonGrafana"],
    reads: &["grafana:ListWorkspaces"],
    writes: &["grafana:DeleteWorkspace"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let workspaces = Client::new(&cx.sdk).list_workspaces().max_results(100).into_paginator().items().send();
    let workspaces: Vec<WorkspaceSummary> = workspaces.try_collect().await?;
    Ok(workspaces.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means nobody can sign in: it was never made.
fn finding(workspace: &WorkspaceSummary) -> Option<Listed> {
    let billing = match workspace.status() {
        WorkspaceStatus::CreationFailed => return None,
        WorkspaceStatus::Deleting => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, created_at) = (workspace.id(), time(Some(workspace.created())));
    let tags = workspace.tags().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect();
    let users = |who: &str, item: &str| {
        let sku = Sku::new("AmazonGrafana").with("item", item).with("unit", "month");
        Charge::metered(who, sku, Unit::Month)
    };
    let found = Listed { billing, created_at, tags, ..Listed::new(id) }
        .named(workspace.name.clone())
        .charge(users("active editors", "workspace_editor"))
        .charge(users("active viewers", "workspace_viewer"));
    let found = match workspace.license_type() {
        Some(_) => found.charge(users("Grafana Enterprise users", "enterprise_user")),
        None => found,
    };
    Some(found.can(Verb::Delete, Command::aws("grafana delete-workspace --workspace-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use aws_sdk_grafana::types::LicenseType;
    use aws_sdk_grafana::types::builders::WorkspaceSummaryBuilder;
    use aws_smithy_types::DateTime;

    use super::*;

    fn workspace(status: &str) -> WorkspaceSummaryBuilder {
        let (then, status) = (DateTime::from_secs(0), status.into());
        let workspace = WorkspaceSummary::builder().id("g-1").endpoint("x").grafana_version("10.4").status(status);
        workspace.created(then).modified(then)
    }

    #[test]
    fn bills_while_people_can_sign_in() {
        let billing = |status: &str| finding(&workspace(status).build().unwrap()).map(|it| it.billing);
        let states = ["CREATION_FAILED", "DELETING", "ACTIVE", "DEGRADED", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn a_licence_bills_on_top() {
        let count = |it: WorkspaceSummaryBuilder| finding(&it.build().unwrap()).unwrap().charges.len();
        let licensed = workspace("ACTIVE").license_type(LicenseType::Enterprise);
        assert_eq!((count(workspace("ACTIVE")), count(licensed)), (2, 3));
    }
}
