//! ECS tasks without a service are charged for what they reserve on Fargate, until they end.

use futures::FutureExt;

use super::ecs_reading::{CLUSTERS, TASK_ARNS, TASKS, Task, bills, charges, last_part, service, tasks};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Scope, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ecs-task",
    names: words("ECS task", "ECS タスク"),
    bills: words(
        "per second for its processor and memory on Fargate, until it ends",
        "Fargate 上の vCPU とメモリに、終了するまで 1 秒ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonECS"],
    asks: &[&CLUSTERS, &TASK_ARNS, &TASKS],
    writes: &["ecs:StopTask"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let running = tasks(cx).await?;
    let findings = running.tasks.iter().filter_map(finding).collect();
    Ok(Listing { findings, faults: running.faults, ..Listing::default() })
}

/// `None` means that it has ended, or that its service or instance is charged instead.
fn finding(task: &Task) -> Option<Listed> {
    if service(task).is_some() || !bills(task) {
        return None;
    }
    let arn = task.task_arn.as_deref().unwrap_or_default();
    let (id, cluster) = (last_part(arn), last_part(task.cluster_arn.as_deref().unwrap_or_default()));
    let status = task.last_status.as_deref().unwrap_or_default().to_ascii_lowercase();
    let ending = ["deactivating", "stopping", "deprovisioning"].contains(&status.as_str());
    let found = Listed {
        arn: Some(arn.to_owned()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: task.created_at,
        bills_since_creation: true,
        tags: task.tags.clone(),
        charges: charges([task]),
        ..Listed::new(id)
    };
    let family = task.group.as_deref().and_then(|group| group.strip_prefix("family:")).map(str::to_owned);
    // A stopped task cannot be started again, so stopping it counts as deleting it.
    let command = Command::aws("ecs stop-task --cluster").arg(cluster).words("--task").arg(id);
    Some(found.named(family).can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task() -> Task {
        Task {
            task_arn: Some("arn:aws:ecs:r:1:task/study/0aa".into()),
            launch_type: Some("FARGATE".into()),
            cluster_arn: Some("arn:aws:ecs:r:1:cluster/study".into()),
            group: Some("family:batch".into()),
            last_status: Some("RUNNING".into()),
            ..Task::default()
        }
    }

    #[test]
    fn it_is_charged_until_it_ends() {
        let found = finding(&task()).unwrap();
        assert_eq!((found.id.as_str(), found.name.as_deref()), ("0aa", Some("batch")));
        assert_eq!(found.commands[&Verb::Delete].to_string(), "aws ecs stop-task --cluster study --task 0aa");
        let status = |status: &str| finding(&Task { last_status: Some(status.into()), ..task() }).map(|it| it.billing);
        let seen = ["PENDING", "Deprovisioning", "stopped", "future"].map(status);
        assert_eq!(seen, [Some(Billing::Running), Some(Billing::Ending), None, Some(Billing::Running)]);
    }

    #[test]
    fn tasks_of_services_and_instances_are_not_listed_twice() {
        assert_eq!(finding(&Task { group: Some("service:web".into()), ..task() }), None);
        assert_eq!(finding(&Task { launch_type: Some("EC2".into()), ..task() }), None);
    }
}
