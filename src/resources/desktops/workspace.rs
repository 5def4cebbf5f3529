//! WorkSpaces are charged every month they exist: in full when they are always on, otherwise a base fee and their hours.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{first_non_empty, sku};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "workspace",
    names: words("WorkSpace", "WorkSpace"),
    bills: words(
        "per month while it exists, used or not; with AutoStop a base fee per month and its hours",
        "存在する間は使わなくても月ごと。AutoStop では月ごとの基本料金と使用時間",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonWorkSpaces"],
    asks: &[&DESKTOPS],
    writes: &["workspaces:StopWorkspaces", "workspaces:TerminateWorkspaces"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DESKTOPS: Operation<Workspace> = Operation::new("workspaces:DescribeWorkspaces").at("Workspaces");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Workspace {
    workspace_id: Option<String>,
    user_name: Option<String>,
    state: Option<State>,
    workspace_name: Option<String>,
    workspace_properties: Properties,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Properties {
    running_mode: Option<Mode>,
    root_volume_size_gib: Option<Decimal>,
    user_volume_size_gib: Option<Decimal>,
    compute_type_name: Option<String>,
    operating_system_name: Option<String>,
}

values! { enum Mode { AutoStop = "AUTO_STOP", Manual = "MANUAL" } }
values! {
    enum State {
        Available = "AVAILABLE",
        Impaired = "IMPAIRED",
        Unhealthy = "UNHEALTHY",
        Error = "ERROR",
        Suspended = "SUSPENDED",
        Stopping = "STOPPING",
        Stopped = "STOPPED",
        Terminating = "TERMINATING",
        Terminated = "TERMINATED",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let desktops = cx.ask(&DESKTOPS).all().await?;
    Ok(desktops.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged.
fn finding(desktop: &Workspace) -> Option<Listed> {
    let hourly = is_hourly(desktop);
    let billing = match desktop.state {
        Some(State::Terminated) => return None,
        Some(State::Terminating) => Billing::Ending,
        Some(State::Stopped | State::Stopping) if hourly => Billing::Stopped,
        _ => Billing::Running,
    };
    let id = desktop.workspace_id.as_deref().unwrap_or_default();
    let charges = charges(desktop, billing);
    let mut found = Listed { billing, charges, ..Listed::new(id) };
    let names = [desktop.workspace_name.as_deref(), desktop.user_name.as_deref()];
    found = found.named(first_non_empty(names).map(str::to_owned));
    if hourly && is_stoppable(desktop.state.as_ref()) {
        let command =
            Command::aws("workspaces stop-workspaces --stop-workspace-requests").arg(format!("WorkspaceId={id}"));
        found = found.can(Verb::Stop, command);
    }
    if !hourly {
        found = found.note(Note::new("delete-only"));
    }
    if desktop.state == Some(State::Suspended) {
        return Some(found);
    }
    // The AWS CLI takes the bare ids of this list.
    let command = Command::aws("workspaces terminate-workspaces --terminate-workspace-requests").arg(id);
    Some(found.loses(Loss::Data).can(Verb::Delete, command))
}

fn is_hourly(desktop: &Workspace) -> bool {
    matches!(desktop.workspace_properties.running_mode, Some(Mode::AutoStop | Mode::Manual))
}

/// The states in which AWS accepts a request to stop.
fn is_stoppable(state: Option<&State>) -> bool {
    matches!(state, Some(State::Available | State::Impaired | State::Unhealthy | State::Error))
}

/// Without a price: the list does not say whose license a desktop runs on.
fn charges(desktop: &Workspace, billing: Billing) -> Vec<Charge> {
    let it = &desktop.workspace_properties;
    let kind = it.compute_type_name.as_deref().unwrap_or("unknown");
    let size = |size: Option<Decimal>| size.map(|size| format!("{size} GB"));
    let (root, user) = (size(it.root_volume_size_gib), size(it.user_volume_size_gib));
    let of = |group: &'static str| {
        sku(
            "AmazonWorkSpaces",
            [
                ("bundle", Some(kind)),
                ("group", Some(group)),
                ("operatingSystem", it.operating_system_name.as_deref()),
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
        let (running_mode, compute_type_name) = (Some(mode.into()), Some("STANDARD".into()));
        let workspace_properties = Properties { running_mode, compute_type_name, ..Properties::default() };
        finding(&Workspace { state: Some(state.into()), workspace_properties, ..Workspace::default() })
    }

    #[test]
    fn an_always_on_one_is_charged_in_any_state() {
        let billing = |state| found(state, "ALWAYS_ON").map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["TERMINATED", "TERMINATING", "STOPPED", "SUSPENDED", "FUTURE"].map(billing);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
        assert_eq!(finding(&Workspace::default()).unwrap().charges.len(), 1);
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
