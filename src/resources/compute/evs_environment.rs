//! EVS (Elastic `VMware` Service) environments bill for their control plane; the hosts in them are EC2 instances and bill as such.

use aws_sdk_evs::Client;
use aws_sdk_evs::types::{EnvironmentState, EnvironmentSummary, Host};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Owned, Resource};

const SERVICE: &str = "AmazonEVS";

pub(super) static RESOURCE: Resource = Resource {
    id: "evs-environment",
    names: words("EVS environment (VMware)", "EVS 環境 (VMware)"),
    bills: words(
        "per hour for its control plane while it exists; its hosts bill as EC2 instances",
        "存在する間はコントロールプレーンの 1 時間ごと。ホストは EC2 インスタンスとして課金",
    ),
    scope: Scope::Region,
    endpoint: "evs",
    small: false,
    billed_as: &[SERVICE],
    reads: &["evs:ListEnvironments", "evs:ListEnvironmentHosts"],
    writes: &["evs:DeleteEnvironmentHost", "evs:DeleteEnvironment"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let environments = client.list_environments().max_results(100).into_paginator().items().send();
    let mut environments: Vec<EnvironmentSummary> = environments.try_collect().await?;
    environments.retain(|it| it.environment_state() != Some(&EnvironmentState::Deleted));
    let ask = |it: &EnvironmentSummary| {
        let hosts = client.list_environment_hosts().set_environment_id(it.environment_id.clone()).max_results(100);
        hosts.into_paginator().items().send().try_collect()
    };
    let (told, faults) = about_each::<_, Vec<Host>, _, _>(environments, ask).await;
    let findings = told.iter().map(|(environment, _)| finding(environment)).collect();
    let owned = told.iter().flat_map(|(it, hosts)| owned(it, hosts.as_deref().unwrap_or_default())).collect();
    Ok(Listing { findings, faults, owned, ..Listing::default() })
}

/// Whether the control plane bills by the environment or by its hosts, only AWS's meter knows.
fn finding(environment: &EnvironmentSummary) -> Listed {
    let billing = match environment.environment_state() {
        Some(EnvironmentState::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = environment.environment_id().unwrap_or_default();
    let (arn, created_at) = (environment.environment_arn.clone(), time(environment.created_at()));
    let sku = Sku::new(SERVICE).with("item", "control_plane").with("unit", "hour");
    Listed { arn, billing, created_at, ..Listed::new(id) }
        .named(environment.environment_name.clone())
        .charge(Charge::metered("control plane", sku, Unit::Hour))
        .note(Note::with("delete-first", "hosts"))
        .can(Verb::Delete, Command::aws("evs delete-environment --environment-id").arg(id))
}

/// A host ends as a host: EC2 leaves the environment behind without it.
fn owned(environment: &EnvironmentSummary, hosts: &[Host]) -> Vec<Owned> {
    let id = environment.environment_id().unwrap_or_default();
    let own = |host: &Host| {
        let delete = |name: &str| {
            Command::aws("evs delete-environment-host --environment-id").arg(id).words("--host-name").arg(name)
        };
        let owner = RESOURCE.owner(id, host.host_name().map(delete));
        Some(Owned { resource: "ec2-instance", thing: host.ec2_instance_id()?.to_owned(), owner })
    };
    hosts.iter().filter_map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(state: &str) -> EnvironmentSummary {
        EnvironmentSummary::builder().environment_id("env-1").environment_state(state.into()).build()
    }

    #[test]
    fn it_bills_until_it_is_deleted() {
        let billing = |state| finding(&environment(state)).billing;
        assert_eq!(["CREATED", "CREATE_FAILED", "DREAMING"].map(billing), [Billing::Running; 3]);
        assert_eq!(billing("DELETING"), Billing::Ending);
    }

    #[test]
    fn its_hosts_belong_to_it() {
        let host = Host::builder().host_name("esx-1").ec2_instance_id("i-1").build();
        let owned = owned(&environment("CREATED"), &[host, Host::builder().host_name("esx-2").build()]);
        let command = |it: &Owned| it.owner.command.as_ref().map(ToString::to_string);
        let told: Vec<_> = owned.iter().map(|it| (it.thing.as_str(), command(it))).collect();
        let command = "aws evs delete-environment-host --environment-id env-1 --host-name esx-1";
        assert_eq!(told, [("i-1", Some(command.to_owned()))]);
    }
}
