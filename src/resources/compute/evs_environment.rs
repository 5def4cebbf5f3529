//! EVS (Elastic `VMware` Service) environments are charged for their control plane; their hosts are charged as EC2 instances.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Takes, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Owned, Resource};

const SERVICE: &str = "AmazonEVS";

pub(super) static RESOURCE: Resource = Resource {
    id: "evs-environment",
    names: words("EVS environment (VMware)", "EVS 環境(VMware)"),
    bills: words(
        "per hour for its control plane while it exists; its hosts are charged as EC2 instances",
        "存在する間はコントロールプレーンの 1 時間ごと。ホストは EC2 インスタンスとして課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&ENVIRONMENTS, &HOSTS],
    writes: &["evs:DeleteEnvironmentHost", "evs:DeleteEnvironment"],
    owns: &["ec2-instance"],
    list: |cx| list(cx).boxed(),
};

const ENVIRONMENTS: Operation<Environment> = Operation::new("evs:ListEnvironments").at("environmentSummaries");
const HOSTS: Operation<Host> = Operation::new("evs:ListEnvironmentHosts").at("environmentHosts");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Environment {
    environment_id: String,
    environment_name: Option<String>,
    environment_state: Option<State>,
    created_at: Option<Timestamp>,
    environment_arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Host {
    host_name: Option<String>,
    ec2_instance_id: Option<String>,
}

values! { enum State { Deleting = "DELETING", Deleted = "DELETED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut environments = cx.ask(&ENVIRONMENTS).all().await?;
    environments.retain(|it| it.environment_state != Some(State::Deleted));
    let ask = |it: &Environment| cx.ask(&HOSTS).with("environmentId", it.environment_id.as_str()).all();
    let (environments, faults) = about_each(environments, ask).await;
    let findings = environments.iter().map(|(environment, _)| finding(environment)).collect();
    let owned = environments.iter().flat_map(|(it, hosts)| owned(it, hosts.as_deref().unwrap_or_default())).collect();
    Ok(Listing { findings, faults, owned, ..Listing::default() })
}

/// Metered: AWS does not say whether the control plane is charged by environment or by host.
fn finding(environment: &Environment) -> Listed {
    let billing = match environment.environment_state {
        Some(State::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = &environment.environment_id;
    let (arn, created_at) = (environment.environment_arn.clone(), environment.created_at);
    let sku = Sku::new(SERVICE).with("item", "control_plane").with("unit", "hour");
    Listed { arn, billing, created_at, ..Listed::new(id) }
        .named(environment.environment_name.clone())
        .charge(Charge::metered("control plane", sku, Unit::Hour))
        .note(Note::with("delete-first", "hosts"))
        .loses(Loss::Data)
        .deleted_in(Takes::UpToAnHour)
        .can(Verb::Delete, Command::aws("evs delete-environment --environment-id").arg(id))
}

/// Deleting a host in EC2 leaves the environment without it.
fn owned(environment: &Environment, hosts: &[Host]) -> Vec<Owned> {
    let id = &environment.environment_id;
    let own = |host: &Host| {
        let delete = |name: &str| {
            Command::aws("evs delete-environment-host --environment-id").arg(id).words("--host-name").arg(name)
        };
        let owner = RESOURCE.owner(id, host.host_name.as_deref().map(delete));
        Some(Owned { resource: "ec2-instance", thing: host.ec2_instance_id.clone()?, owner })
    };
    hosts.iter().filter_map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(state: &str) -> Environment {
        let environment_state = Some(state.into());
        Environment { environment_id: "env-1".into(), environment_state, ..Environment::default() }
    }

    #[test]
    fn it_is_charged_until_it_is_deleted() {
        let billing = |state| finding(&environment(state)).billing;
        assert_eq!(["CREATED", "CREATE_FAILED", "FUTURE"].map(billing), [Billing::Running; 3]);
        assert_eq!(billing("DELETING"), Billing::Ending);
    }

    #[test]
    fn its_hosts_belong_to_it() {
        let host =
            |name: &str, id: Option<&str>| Host { host_name: Some(name.into()), ec2_instance_id: id.map(Into::into) };
        let owned = owned(&environment("CREATED"), &[host("esx-1", Some("i-1")), host("esx-2", None)]);
        let command = |it: &Owned| it.owner.command.as_ref().map(ToString::to_string);
        let seen: Vec<_> = owned.iter().map(|it| (it.thing.as_str(), command(it))).collect();
        let command = "aws evs delete-environment-host --environment-id env-1 --host-name esx-1";
        assert_eq!(seen, [("i-1", Some(command.to_owned()))]);
    }
}
