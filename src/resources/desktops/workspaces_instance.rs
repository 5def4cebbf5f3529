//! WorkSpaces managed instances are charged by the month or by the hour, as ordered; each has an EC2 instance.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
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
    small: false,
    billed_as: &[SERVICE],
    asks: &[&INSTANCES, &INSTANCE],
    writes: &["workspaces-instances:DeleteWorkspaceInstance"],
    owns: &["ec2-instance"],
    list: |cx| list(cx).boxed(),
};

const INSTANCES: Operation<Instance> =
    Operation::new("workspaces-instances:ListWorkspaceInstances").at("WorkspaceInstances");
const INSTANCE: Operation<Detail> = Operation::new("workspaces-instances:GetWorkspaceInstance");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Instance {
    provision_state: Option<State>,
    workspace_instance_id: Option<String>,
    #[serde(rename = "EC2ManagedInstance")]
    ec2_managed_instance: Ec2Instance,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Ec2Instance {
    instance_id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    billing_configuration: Configuration,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Configuration {
    billing_mode: Option<Mode>,
}

values! { enum Mode { Monthly = "MONTHLY" } }
values! {
    enum State {
        Allocating = "ALLOCATING",
        Deallocating = "DEALLOCATING",
        Deallocated = "DEALLOCATED",
        ErrorAllocating = "ERROR_ALLOCATING",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let mut instances = cx.ask(&INSTANCES).all().await?;
    instances.retain(|it| it.provision_state != Some(State::Deallocated));
    let owned = instances.iter().filter_map(owned).collect();
    let ask = |it: &Instance| cx.ask(&INSTANCE).with("WorkspaceInstanceId", it.workspace_instance_id.clone()).one();
    let listing = detailed(instances, ask, |it, detail| Some(finding(it, detail))).await;
    Ok(Listing { owned, ..listing })
}

fn finding(instance: &Instance, detail: Option<&Detail>) -> Listed {
    let (billing, certain) = match instance.provision_state {
        Some(State::Deallocating) => (Billing::Ending, true),
        Some(State::Allocating | State::ErrorAllocating) => (Billing::Running, false),
        _ => (Billing::Running, true),
    };
    let sku = |unit: &str| Sku::new(SERVICE).with("item", "managed_instance").with("unit", unit);
    let monthly = detail.is_some_and(|it| it.billing_configuration.billing_mode == Some(Mode::Monthly));
    let charge = if monthly {
        Charge::each_month("managed instance", sku("month"), 1)
    } else {
        Charge::metered("managed instance", sku("hour"), Unit::Hour)
    };
    let found = Listed { billing, ..Listed::new(id(instance)) };
    let found = found
        .charge(if certain { charge } else { charge.at_most() })
        .loses(Loss::Data)
        .can(Verb::Delete, delete(instance));
    if monthly { found.note(Note::new("delete-only")) } else { found }
}

fn owned(instance: &Instance) -> Option<Owned> {
    let thing = instance.ec2_managed_instance.instance_id.clone()?;
    Some(Owned { resource: "ec2-instance", thing, owner: RESOURCE.owner(id(instance), delete(instance)) })
}

fn id(instance: &Instance) -> &str {
    instance.workspace_instance_id.as_deref().unwrap_or_default()
}

fn delete(instance: &Instance) -> Command {
    Command::aws("workspaces-instances delete-workspace-instance --workspace-instance-id").arg(id(instance))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(state: &str, mode: &str) -> Listed {
        let instance = Instance { provision_state: Some(state.into()), ..Instance::default() };
        let billing_configuration = Configuration { billing_mode: Some(mode.into()) };
        finding(&instance, Some(&Detail { billing_configuration }))
    }

    #[test]
    fn it_is_charged_in_every_state() {
        let seen = |state| (found(state, "MONTHLY").billing, found(state, "MONTHLY").charges[0].what.clone());
        let all = || (Billing::Running, "managed instance".to_owned());
        assert_eq!(["ALLOCATED", "ERROR_DEALLOCATING", "FUTURE"].map(seen), [0; 3].map(|_| all()));
        assert_eq!(seen("ERROR_ALLOCATING").1, "≤ managed instance");
        assert_eq!(seen("DEALLOCATING").0, Billing::Ending);
    }

    #[test]
    fn only_a_month_is_fixed() {
        let quantity = |mode| found("ALLOCATED", mode).charges[0].quantity;
        assert_eq!([quantity("MONTHLY"), quantity("HOURLY"), quantity("DAILY")], [Some(1.into()), None, None]);
    }

    #[test]
    fn the_instance_of_ec2_is_its_own() {
        let ec2_managed_instance = Ec2Instance { instance_id: Some("i-1".into()) };
        let workspace_instance_id = Some("wsinst-1".into());
        let instance = Instance { workspace_instance_id, ec2_managed_instance, ..Instance::default() };
        let owned = owned(&instance).unwrap();
        assert_eq!((owned.thing.as_str(), owned.owner.id.as_str()), ("i-1", "wsinst-1"));
    }
}
