//! WorkSpaces managed instances bill by the month or by the hour, as they were ordered; the instance of EC2 is theirs.

use aws_sdk_workspacesinstances::Client;
use aws_sdk_workspacesinstances::operation::get_workspace_instance::GetWorkspaceInstanceOutput;
use aws_sdk_workspacesinstances::types::{
    BillingConfiguration, BillingMode, ProvisionStateEnum as State, WorkspaceInstance,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Owned, Resource};

const SERVICE: &str = "AmazonWorkSpaces";

pub(super) static RESOURCE: Resource = Resource {
    id: "workspaces-instance",
    names: words("WorkSpaces managed instance", "WorkSpaces マネージドインスタンス"),
    bills: words(
        "per month while it exists, used or not, or per hour, as it was ordered",
        "選んだ課金方式により、存在する間は使わなくても月ごと、または 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "workspaces-instances",
    small: false,
    billed_as: &[SERVICE],
    reads: &["workspaces-instances:ListWorkspaceInstances", "workspaces-instances:GetWorkspaceInstance"],
    writes: &["workspaces-instances:DeleteWorkspaceInstance"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let instances = client.list_workspace_instances().max_results(25).into_paginator().items().send();
    let mut instances: Vec<WorkspaceInstance> = instances.try_collect().await?;
    instances.retain(|it| it.provision_state() != Some(&State::Deallocated));
    let owned = instances.iter().filter_map(owned).collect();
    let ask = |it: &WorkspaceInstance| {
        client.get_workspace_instance().set_workspace_instance_id(it.workspace_instance_id.clone()).send()
    };
    let listing = detailed(instances, ask, |it, detail| Some(finding(it, detail))).await;
    Ok(Listing { owned, ..listing })
}

fn finding(instance: &WorkspaceInstance, detail: Option<&GetWorkspaceInstanceOutput>) -> Listed {
    let (billing, certain) = match instance.provision_state() {
        Some(State::Deallocating) => (Billing::Ending, true),
        Some(State::Allocating | State::ErrorAllocating) => (Billing::Running, false),
        _ => (Billing::Running, true),
    };
    let mode =
        detail.and_then(GetWorkspaceInstanceOutput::billing_configuration).map(BillingConfiguration::billing_mode);
    let sku = |unit: &str| Sku::new(SERVICE).with("item", "managed_instance").with("unit", unit);
    let monthly = mode == Some(&BillingMode::Monthly);
    let charge = if monthly {
        Charge::each_month("managed instance", sku("month"), 1)
    } else {
        Charge::metered("managed instance", sku("hour"), Unit::Hour)
    };
    let found = Listed { billing, ..Listed::new(id(instance)) };
    let found = found.charge(if certain { charge } else { charge.at_most() }).can(Verb::Delete, delete(instance));
    if monthly { found.note(Note::new("delete-only")) } else { found }
}

fn owned(instance: &WorkspaceInstance) -> Option<Owned> {
    let thing = instance.ec2_managed_instance()?.instance_id()?.to_owned();
    Some(Owned { resource: "ec2-instance", thing, owner: RESOURCE.owner(id(instance), delete(instance)) })
}

fn id(instance: &WorkspaceInstance) -> &str {
    instance.workspace_instance_id().unwrap_or_default()
}

fn delete(instance: &WorkspaceInstance) -> Command {
    Command::aws("workspaces-instances delete-workspace-instance --workspace-instance-id").arg(id(instance))
}

#[cfg(test)]
mod tests {
    use aws_sdk_workspacesinstances::types::{BillingConfiguration, Ec2ManagedInstance};

    use super::*;

    fn found(state: &str, mode: &str) -> Listed {
        let instance = WorkspaceInstance::builder().workspace_instance_id("wsinst-1").provision_state(state.into());
        let mode = BillingConfiguration::builder().billing_mode(mode.into()).build().unwrap();
        let detail = GetWorkspaceInstanceOutput::builder().billing_configuration(mode).build();
        finding(&instance.build(), Some(&detail))
    }

    #[test]
    fn it_bills_in_every_state() {
        let told = |state| (found(state, "MONTHLY").billing, found(state, "MONTHLY").charges[0].what.clone());
        let all = || (Billing::Running, "managed instance".to_owned());
        assert_eq!(["ALLOCATED", "ERROR_DEALLOCATING", "DREAMING"].map(told), [0; 3].map(|_| all()));
        assert_eq!(told("ERROR_ALLOCATING").1, "≤ managed instance");
        assert_eq!(told("DEALLOCATING").0, Billing::Ending);
    }

    #[test]
    fn only_a_month_is_fixed() {
        let quantity = |mode| found("ALLOCATED", mode).charges[0].quantity;
        assert_eq!([quantity("MONTHLY"), quantity("HOURLY"), quantity("DAILY")], [Some(1.into()), None, None]);
    }

    #[test]
    fn the_instance_of_ec2_is_its_own() {
        let ec2 = Ec2ManagedInstance::builder().instance_id("i-1").build();
        let instance = WorkspaceInstance::builder().workspace_instance_id("wsinst-1").ec2_managed_instance(ec2);
        let owned = owned(&instance.build()).unwrap();
        assert_eq!((owned.thing.as_str(), owned.owner.id.as_str()), ("i-1", "wsinst-1"));
    }
}
