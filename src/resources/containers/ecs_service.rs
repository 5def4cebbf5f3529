//! ECS services bill for what their tasks on Fargate reserve, for as long as they run; a service starts ended tasks again.

use aws_sdk_ecs::Client;
use aws_sdk_ecs::types::{LaunchType, SchedulingStrategy, Service, ServiceField, Task};
use futures::FutureExt;

use super::ecs_reading::{self, bills, clusters, ecs_tags, last_part, service, tasks};
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Command, Listed, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ecs-service",
    names: words("ECS service", "ECS サービス"),
    bills: words(
        "per second for the processor and memory of its tasks on Fargate; tasks on instances bill as instances",
        "Fargate 上のタスクの vCPU とメモリに 1 秒ごと。インスタンス上のタスクはインスタンスとして課金",
    ),
    scope: Scope::Region,
    endpoint: "ecs",
    small: false,
    billed_as: &["AmazonECS"],
    reads: &["ecs:ListClusters", "ecs:ListServices", "ecs:DescribeServices", "ecs:ListTasks", "ecs:DescribeTasks"],
    writes: &["ecs:UpdateService", "ecs:DeleteService"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let (clusters, running) = (clusters(cx).await?.0.clone(), tasks(cx).await?);
    let client = &Client::new(&cx.sdk);
    let (answers, mut faults) = about_each(clusters, |cluster| of_cluster(client, cluster.clone())).await;
    faults.extend(running.faults.iter().cloned());
    let mut findings = Vec::new();
    for (services, failed) in answers.into_iter().filter_map(|(_, answer)| answer) {
        findings.extend(services.iter().filter_map(|service| finding(service, &running.tasks)));
        faults.extend(failed);
    }
    Ok(Listing { findings, faults, ..Listing::default() })
}

async fn of_cluster(client: &Client, cluster: String) -> Result<(Vec<Service>, Vec<Error>)> {
    let listed = client.list_services().cluster(&cluster).max_results(100).into_paginator().items().send();
    let arns: Vec<String> = listed.try_collect().await?;
    let (mut services, mut faults) = (Vec::new(), Vec::new());
    for batch in arns.chunks(10) {
        let ask = client.describe_services().cluster(&cluster).set_services(Some(batch.to_vec()));
        match ask.include(ServiceField::Tags).send().await {
            Ok(answer) => services.extend(answer.services.unwrap_or_default()),
            Err(error) => {
                let named = |arn| Service::builder().service_arn(arn).cluster_arn(&cluster).desired_count(1).build();
                services.extend(batch.iter().map(named));
                faults.push(error.into());
            }
        }
    }
    Ok((services, faults))
}

/// `None`: none of its tasks bills, and none is to come that would.
fn finding(it: &Service, running: &[Task]) -> Option<Listed> {
    let arn = it.service_arn().unwrap_or_default();
    let (name, cluster) =
        (it.service_name().unwrap_or(last_part(arn)), last_part(it.cluster_arn().unwrap_or_default()));
    let own = running.iter().filter(|task| service(task) == Some(name) && task.cluster_arn() == it.cluster_arn());
    let own: Vec<&Task> = own.collect();
    let mut charges = ecs_reading::charges(own.iter().copied().filter(|task| bills(task)));
    if charges.is_empty() {
        let idle = (it.desired_count(), it.running_count(), it.pending_count()) == (0, 0, 0);
        let elsewhere = matches!(it.launch_type(), Some(LaunchType::Ec2 | LaunchType::External)) || !own.is_empty();
        if idle || elsewhere || is(it, "inactive") {
            return None;
        }
        charges = ecs_reading::charges([&Task::builder().build()]);
    }
    let draining = is(it, "draining");
    let mut found = Listed {
        arn: Some(arn.to_owned()),
        name: Some(name.to_owned()),
        billing: if draining { Billing::Ending } else { Billing::Running },
        created_at: time(it.created_at()),
        tags: ecs_tags(it.tags()),
        charges,
        ..Listed::new(format!("{cluster}/{name}"))
    };
    if !draining && it.scheduling_strategy() != Some(&SchedulingStrategy::Daemon) {
        let command = Command::aws("ecs update-service --cluster")
            .arg(cluster)
            .words("--service")
            .arg(name)
            .words("--desired-count 0");
        found = found.can(Verb::Stop, command);
    }
    Some(found.can(
        Verb::Delete,
        Command::aws("ecs delete-service --cluster").arg(cluster).words("--service").arg(name).words("--force"),
    ))
}

fn is(service: &Service, status: &str) -> bool {
    service.status().is_some_and(|it| it.eq_ignore_ascii_case(status))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ecs::types::builders::ServiceBuilder;

    use super::*;

    fn web(desired: i32) -> ServiceBuilder {
        let it = Service::builder().service_name("web").service_arn("arn:aws:ecs:r:1:service/study/web");
        it.cluster_arn("arn:aws:ecs:r:1:cluster/study").status("ACTIVE").desired_count(desired)
    }

    fn of(group: &str, kind: LaunchType) -> Task {
        Task::builder().cluster_arn("arn:aws:ecs:r:1:cluster/study").group(group).launch_type(kind).cpu("256").build()
    }

    #[test]
    fn it_bills_for_its_own_tasks() {
        let tasks = [of("service:web", LaunchType::Fargate), of("service:api", LaunchType::Fargate)];
        let found = finding(&web(1).build(), &tasks).unwrap();
        assert_eq!((found.id.as_str(), found.charges[0].quantity), ("study/web", Some("0.25".parse().unwrap())));
        assert_eq!(found.can, [Verb::Stop, Verb::Delete]);
        let draining = web(0).status("Draining").build();
        assert_eq!(finding(&draining, &tasks).unwrap().billing, Billing::Ending);
    }

    #[test]
    fn without_tasks_it_bills_only_if_some_are_to_come() {
        assert_eq!(finding(&web(0).build(), &[]), None);
        assert_eq!(finding(&web(1).launch_type(LaunchType::Ec2).build(), &[]), None);
        assert_eq!(finding(&web(1).build(), &[of("service:web", LaunchType::Ec2)]), None);
        assert_eq!(finding(&web(1).build(), &[]).unwrap().charges[0].quantity, None);
    }

    #[test]
    fn a_name_alone_is_a_finding() {
        let arn = "arn:aws:ecs:r:1:service/study/web";
        let named = Service::builder().service_arn(arn).cluster_arn("arn:aws:ecs:r:1:cluster/study").desired_count(1);
        assert_eq!(finding(&named.build(), &[]).unwrap().id, "study/web");
    }
}
