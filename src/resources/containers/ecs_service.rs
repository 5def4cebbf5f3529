//! ECS services are charged for what their Fargate tasks reserve; a service replaces tasks that end.

use futures::FutureExt;
use rust_decimal::Decimal;

use super::ecs_reading::{
    self, CLUSTERS, LaunchType, Service, Strategy, TASK_ARNS, TASKS, Task, bills, clusters, described, last_part,
    service, tasks,
};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::{Error, Result};
use crate::model::{Billing, Command, Listed, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ecs-service",
    names: words("ECS service", "ECS サービス"),
    bills: words(
        "per second for the processor and memory of its tasks on Fargate; tasks on instances are charged as instances",
        "Fargate 上のタスクの vCPU とメモリに 1 秒ごと。インスタンス上のタスクはインスタンスとして課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonECS"],
    asks: &[&CLUSTERS, &SERVICE_ARNS, &SERVICES, &TASK_ARNS, &TASKS],
    writes: &["ecs:UpdateService", "ecs:DeleteService"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SERVICE_ARNS: Operation<String> = Operation::new("ecs:ListServices").at("serviceArns");
const SERVICES: Operation<Service> = Operation::new("ecs:DescribeServices").at("services");

async fn list(cx: &Cx) -> Result<Listing> {
    let (clusters, running) = (clusters(cx).await?, tasks(cx).await?);
    let (answers, mut faults) = about_each(clusters, |cluster| of_cluster(cx, cluster.clone())).await;
    faults.extend(running.faults);
    let mut findings = Vec::new();
    for (services, failed) in answers.into_iter().filter_map(|(_, answer)| answer) {
        findings.extend(services.iter().filter_map(|service| finding(service, &running.tasks)));
        faults.extend(failed);
    }
    Ok(Listing { findings, faults, ..Listing::default() })
}

async fn of_cluster(cx: &Cx, cluster: String) -> Result<(Vec<Service>, Vec<Error>)> {
    let arns = cx.ask(&SERVICE_ARNS).with("cluster", cluster.as_str()).with("maxResults", 100).all().await?;
    let ask = |batch: &[String]| {
        let asked = cx.ask(&SERVICES).with("cluster", cluster.as_str()).with("include", ["TAGS"]);
        asked.with("services", batch).all()
    };
    Ok(described(&arns, 10, ask, |arn| Some(named(arn, &cluster))).await)
}

/// A service whose description failed: it may have a task.
fn named(arn: &str, cluster: &str) -> Service {
    let (service_arn, cluster_arn) = (Some(arn.to_owned()), Some(cluster.to_owned()));
    Service { service_arn, cluster_arn, desired_count: Decimal::ONE, ..Service::default() }
}

/// `None` means that no task is charged, now or soon.
fn finding(it: &Service, running: &[Task]) -> Option<Listed> {
    let arn = it.service_arn.as_deref().unwrap_or_default();
    let (name, cluster) = (
        it.service_name.as_deref().unwrap_or(last_part(arn)),
        last_part(it.cluster_arn.as_deref().unwrap_or_default()),
    );
    let own = running.iter().filter(|task| service(task) == Some(name) && task.cluster_arn == it.cluster_arn);
    let own: Vec<&Task> = own.collect();
    let mut charges = ecs_reading::charges(own.iter().copied().filter(|task| bills(task)));
    if charges.is_empty() {
        let idle = [it.desired_count, it.running_count, it.pending_count].iter().all(Decimal::is_zero);
        let elsewhere = matches!(it.launch_type, Some(LaunchType::Ec2 | LaunchType::External)) || !own.is_empty();
        if idle || elsewhere || is(it, "inactive") {
            return None;
        }
        charges = ecs_reading::charges([&Task::default()]);
    }
    let draining = is(it, "draining");
    let mut found = Listed {
        arn: Some(arn.to_owned()),
        name: Some(name.to_owned()),
        billing: if draining { Billing::Ending } else { Billing::Running },
        created_at: it.created_at,
        tags: it.tags.clone(),
        charges,
        ..Listed::new(format!("{cluster}/{name}"))
    };
    if !draining && it.scheduling_strategy != Some(Strategy::Daemon) {
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
    service.status.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(status))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLUSTER: &str = "arn:aws:ecs:r:1:cluster/study";

    fn web(desired: i32) -> Service {
        let it = named("arn:aws:ecs:r:1:service/study/web", CLUSTER);
        let (service_name, status) = (Some("web".into()), Some("ACTIVE".into()));
        Service { service_name, status, desired_count: desired.into(), ..it }
    }

    fn of(group: &str, kind: &str) -> Task {
        Task {
            cluster_arn: Some(CLUSTER.into()),
            group: Some(group.into()),
            launch_type: Some(kind.into()),
            cpu: Some("256".into()),
            ..Task::default()
        }
    }

    #[test]
    fn it_is_charged_for_its_own_tasks() {
        let tasks = [of("service:web", "FARGATE"), of("service:api", "FARGATE")];
        let found = finding(&web(1), &tasks).unwrap();
        assert_eq!((found.id.as_str(), found.charges[0].quantity), ("study/web", Some("0.25".parse().unwrap())));
        assert_eq!(found.can, [Verb::Stop, Verb::Delete]);
        let draining = Service { status: Some("Draining".into()), ..web(0) };
        assert_eq!(finding(&draining, &tasks).unwrap().billing, Billing::Ending);
    }

    #[test]
    fn without_tasks_it_is_charged_only_if_some_will_start() {
        assert_eq!(finding(&web(0), &[]), None);
        assert_eq!(finding(&Service { launch_type: Some(LaunchType::Ec2), ..web(1) }, &[]), None);
        assert_eq!(finding(&web(1), &[of("service:web", "EC2")]), None);
        assert_eq!(finding(&web(1), &[]).unwrap().charges[0].quantity, None);
    }

    #[test]
    fn a_name_alone_is_a_finding() {
        let named = named("arn:aws:ecs:r:1:service/study/web", CLUSTER);
        assert_eq!(finding(&named, &[]).unwrap().id, "study/web");
    }
}
