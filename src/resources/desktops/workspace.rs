//! WorkSpaces bill for every month they exist: in full when they are always on, otherwise a base fee and their hours.

use aws_sdk_workspaces::Client;
use aws_sdk_workspaces::types::{
    Compute, OperatingSystemName, RunningMode, Workspace, WorkspaceProperties, WorkspaceState,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{said, sku};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "workspace",
    names: words("WorkSpace", "WorkSpace"),
    bills: words(
        "per month while it exists, used or not; with AutoStop a base fee per month and its hours",
        "存在する間は使わなくても月ごと。AutoStop では月ごとの基本料金と使用時間",
    ),
    scope: Scope::Region,
    endpoint: "workspaces",
    small: false,
    billed_as: &["AmazonWorkSpaces"],
    reads: &["workspaces:DescribeWorkspaces"],
    writes: &["workspaces:StopWorkspaces", "workspaces:TerminateWorkspaces"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let desktops = Client::new(&cx.sdk).describe_workspaces().limit(25).into_paginator().items().send();
    let desktops: Vec<Workspace> = desktops.try_collect().await?;
    Ok(desktops.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills.
fn finding(desktop: &Workspace) -> Option<Listed> {
    let hourly = is_hourly(desktop);
    let billing = match desktop.state() {
        Some(WorkspaceState::Terminated) => return None,
        Some(WorkspaceState::Terminating) => Billing::Ending,
        Some(WorkspaceState::Stopped | WorkspaceState::Stopping) if hourly => Billing::Stopped,
        _ => Billing::Running,
    };
    let id = desktop.workspace_id().unwrap_or_default();
    let charges = charges(desktop, billing);
    let mut found = Listed { billing, charges, ..Listed::new(id) };
    found = found.named(said([desktop.workspace_name(), desktop.user_name()]).map(str::to_owned));
    let of = format!("WorkspaceId={id}");
    if hourly && is_stoppable(desktop.state()) {
        let command = Command::aws("workspaces stop-workspaces --stop-workspace-requests").arg(&of);
        found = found.can(Verb::Stop, command);
    }
    if !hourly {
        found = found.note(Note::new("delete-only"));
    }
    if desktop.state() == Some(&WorkspaceState::Suspended) {
        return Some(found);
    }
    let command = Command::aws("workspaces terminate-workspaces --terminate-workspace-requests").arg(&of);
    Some(found.can(Verb::Delete, command))
}

fn is_hourly(desktop: &Workspace) -> bool {
    let mode = desktop.workspace_properties().and_then(WorkspaceProperties::running_mode);
    matches!(mode, Some(RunningMode::AutoStop | RunningMode::Manual))
}

/// The states in which the service agrees to stop one.
fn is_stoppable(state: Option<&WorkspaceState>) -> bool {
    use WorkspaceState::{Available, Error, Impaired, Unhealthy};
    matches!(state, Some(Available | Impaired | Unhealthy | Error))
}

/// The list does not say whose licence it runs on, so its price stays open.
fn charges(desktop: &Workspace, billing: Billing) -> Vec<Charge> {
    let it = desktop.workspace_properties();
    let kind = it.and_then(|it| it.compute_type_name()).map_or("unknown", Compute::as_str);
    let size = |size: Option<i32>| size.map(|size| format!("{size} GB"));
    let root = size(it.and_then(WorkspaceProperties::root_volume_size_gib));
    let user = size(it.and_then(WorkspaceProperties::user_volume_size_gib));
    let of = |group: &'static str| {
        sku(
            "AmazonWorkSpaces",
            [
                ("bundle", Some(kind)),
                ("group", Some(group)),
                ("operatingSystem", it.and_then(|it| it.operating_system_name()).map(OperatingSystemName::as_str)),
                ("rootVolume", root.as_deref()),
                ("userVolume", user.as_deref()),
            ],
        )
    };
    if !is_hourly(desktop) {
        return vec![Charge::each_month(&format!("{kind} WorkSpace"), of("AlwaysOn"), 1)];
    }
    let base = Charge::each_month(&format!("{kind} WorkSpace base fee"), of("AutoStop base fee"), 1);
    let hours = Charge::metered(&format!("{kind} WorkSpace hours"), of("AutoStop hours"), Unit::Hour);
    if billing == Billing::Stopped { vec![base] } else { vec![base, hours] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(state: &str, mode: &str) -> Option<Listed> {
        let it = WorkspaceProperties::builder().running_mode(mode.into()).compute_type_name(Compute::Standard).build();
        finding(&Workspace::builder().state(state.into()).workspace_properties(it).build())
    }

    #[test]
    fn one_that_is_always_on_bills_in_any_state() {
        let billing = |state| found(state, "ALWAYS_ON").map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["TERMINATED", "TERMINATING", "STOPPED", "SUSPENDED", "DREAMING"].map(billing);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
        assert_eq!(finding(&Workspace::builder().build()).unwrap().charges.len(), 1);
    }

    #[test]
    fn stopping_saves_the_hours_alone() {
        let seen = |state, mode| found(state, mode).map(|it| (it.billing, it.charges.len(), it.can)).unwrap();
        let both = vec![Verb::Stop, Verb::Delete];
        assert_eq!(seen("AVAILABLE", "AUTO_STOP"), (Billing::Running, 2, both));
        assert_eq!(seen("STOPPED", "AUTO_STOP"), (Billing::Stopped, 1, vec![Verb::Delete]));
        assert_eq!(seen("AVAILABLE", "ALWAYS_ON"), (Billing::Running, 1, vec![Verb::Delete]));
        assert_eq!(seen("SUSPENDED", "AUTO_STOP").2, []);
    }
}
