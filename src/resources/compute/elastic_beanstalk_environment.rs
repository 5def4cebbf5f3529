//! Elastic Beanstalk environments are free; their instances and load balancers are not, and are replaced if deleted alone.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Command, Owner, Scope, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "elastic-beanstalk-environment",
    names: words("Elastic Beanstalk environment", "Elastic Beanstalk 環境"),
    bills: words(
        "free itself; its instances and load balancers are charged, and it recreates them if they are ended alone",
        "それ自体は無料。インスタンスとロードバランサーに課金され、個別に終了しても再作成",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&ENVIRONMENTS, &RESOURCES],
    writes: &["elasticbeanstalk:TerminateEnvironment"],
    owns: &["ec2-instance", "load-balancer", "classic-load-balancer"],
    list: |cx| list(cx).boxed(),
};

const ENVIRONMENTS: Operation<Environment> = Operation::new("elasticbeanstalk:DescribeEnvironments").at("Environments");
const RESOURCES: Operation<Resources> =
    Operation::new("elasticbeanstalk:DescribeEnvironmentResources").at("EnvironmentResources");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Environment {
    environment_name: String,
    environment_id: Option<String>,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Resources {
    instances: Vec<Instance>,
    load_balancers: Vec<Balancer>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Instance {
    id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Balancer {
    name: Option<String>,
}

values! { enum Status { Terminated = "Terminated" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut environments = cx.ask(&ENVIRONMENTS).with("IncludeDeleted", false).all().await?;
    environments.retain(|it| it.status != Some(Status::Terminated));
    let ask = |it: &Environment| cx.ask(&RESOURCES).with("EnvironmentId", it.environment_id.clone()).one();
    let (environments, faults) = about_each(environments, ask).await;
    let made = environments.iter().filter_map(|(it, made)| Some(owned(made.as_ref()?, &owner(it))));
    Ok(Listing { owned: made.flatten().collect(), faults, ..Listing::default() })
}

fn owner(environment: &Environment) -> Owner {
    let name = &environment.environment_name;
    RESOURCE.owner(name, Command::aws("elasticbeanstalk terminate-environment --environment-name").arg(name))
}

/// AWS identifies a load balancer by its ARN or, a classic one, by its name, which is its id.
fn owned(made: &Resources, owner: &Owner) -> Vec<Owned> {
    let instances = made.instances.iter().filter_map(|it| Some(("ec2-instance", it.id.as_ref()?)));
    let kind = |name: &str| if name.starts_with("arn:") { "load-balancer" } else { "classic-load-balancer" };
    let names = made.load_balancers.iter().filter_map(|it| it.name.as_ref());
    let balancers = names.map(|name| (kind(name), name));
    let own = |(resource, thing): (_, &String)| Owned { resource, thing: thing.clone(), owner: owner.clone() };
    instances.chain(balancers).map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_and_load_balancers_are_its_own() {
        let balancer = |name: &str| Balancer { name: Some(name.into()) };
        let made = Resources {
            instances: vec![Instance { id: Some("i-1".into()) }],
            load_balancers: vec![balancer("arn:lb"), balancer("old")],
        };
        let owner = owner(&Environment { environment_name: "shop".into(), ..Environment::default() });
        let things: Vec<_> = owned(&made, &owner).into_iter().map(|it| (it.resource, it.thing)).collect();
        let expected = [("ec2-instance", "i-1"), ("load-balancer", "arn:lb"), ("classic-load-balancer", "old")];
        assert_eq!(things, expected.map(|(resource, thing)| (resource, thing.to_owned())));
        assert!(owner.command.unwrap().to_string().ends_with("--environment-name shop"));
    }
}
