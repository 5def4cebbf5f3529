//! Elastic Beanstalk environments are free; their instances and load balancers are not, and come back when ended alone.

use aws_sdk_elasticbeanstalk::Client;
use aws_sdk_elasticbeanstalk::types::{
    EnvironmentDescription, EnvironmentResourceDescription, EnvironmentStatus, Instance, LoadBalancer,
};
use futures::{FutureExt, StreamExt, stream};

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Owner, Scope, words};
use crate::resources::paging::pages;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "elastic-beanstalk-environment",
    names: words("Elastic Beanstalk environment", "Elastic Beanstalk 環境"),
    bills: words(
        "nothing itself; its instances and load balancers bill, and it makes them again if they are ended alone",
        "それ自体は無料。インスタンスとロードバランサーに課金され、個別に終了しても作り直される",
    ),
    scope: Scope::Region,
    endpoint: "elasticbeanstalk",
    small: false,
    billed_as: &[],
    reads: &["elasticbeanstalk:DescribeEnvironments", "elasticbeanstalk:DescribeEnvironmentResources"],
    writes: &["elasticbeanstalk:TerminateEnvironment"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let page = |token| {
        let asked = client.describe_environments().include_deleted(false).max_records(1000).set_next_token(token);
        let answer = asked.send();
        async move { Ok(answer.await.map(|answer| (answer.environments.unwrap_or_default(), answer.next_token))?) }
    };
    let environments: Vec<EnvironmentDescription> = pages(page).await?;
    let here = environments.iter().filter(|it| it.status() != Some(&EnvironmentStatus::Terminated));
    let ask = |environment: Owner, id: Option<String>| {
        let asked = client.describe_environment_resources().set_environment_id(id).send();
        asked.map(|answer| (environment, answer))
    };
    let asked: Vec<_> = here.map(|it| ask(owner(it), it.environment_id.clone())).collect();
    let mut answers = stream::iter(asked).buffer_unordered(8);
    let mut listing = Listing::default();
    while let Some((owner, answer)) = answers.next().await {
        match answer {
            Ok(answer) => {
                listing.owned.extend(answer.environment_resources().map(|it| owned(it, &owner)).into_iter().flatten());
            }
            Err(error) => listing.faults.push(error.into()),
        }
    }
    Ok(listing)
}

fn owner(environment: &EnvironmentDescription) -> Owner {
    let name = environment.environment_name().unwrap_or_default();
    RESOURCE.owner(name, Command::aws("elasticbeanstalk terminate-environment --environment-name").arg(name))
}

/// A load balancer is named by its ARN or, a classic one, by its name, which is its id.
fn owned(made: &EnvironmentResourceDescription, owner: &Owner) -> Vec<Owned> {
    let instances = made.instances().iter().filter_map(Instance::id);
    let balancers = made.load_balancers().iter().filter_map(LoadBalancer::name);
    let instances = instances.map(|id| ("ec2-instance", id));
    let balancers = balancers.map(|name| (if name.starts_with("arn:") { "load-balancer" } else { "classic-load-balancer" }, name));
    let own = |(resource, thing): (&'static str, &str)| Owned { resource, thing: thing.to_owned(), owner: owner.clone() };
    instances.chain(balancers).map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_and_load_balancers_are_its_own() {
        let made = EnvironmentResourceDescription::builder()
            .instances(Instance::builder().id("i-1").build())
            .load_balancers(LoadBalancer::builder().name("arn:lb").build())
            .load_balancers(LoadBalancer::builder().name("old").build());
        let owner = owner(&EnvironmentDescription::builder().environment_name("shop").build());
        let things: Vec<_> = owned(&made.build(), &owner).into_iter().map(|it| (it.resource, it.thing)).collect();
        let expected = [("ec2-instance", "i-1"), ("load-balancer", "arn:lb"), ("classic-load-balancer", "old")];
        assert_eq!(things, expected.map(|(resource, thing)| (resource, thing.to_owned())));
        assert!(owner.command.unwrap().to_string().ends_with("--environment-name shop"));
    }
}
