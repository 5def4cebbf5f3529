//! ECS tasks that no service runs bill for what they reserve on Fargate, until they end.

use aws_sdk_ecs::types::Task;
use futures::FutureExt;

use super::ecs_reading::{bills, charges, ecs_tags, last_part, service, tasks};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Scope, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ecs-task",
    names: words("ECS task", "ECS タスク"),
    bills: words(
        "per second for its processor and memory on Fargate, until it ends",
        "Fargate 上の vCPU とメモリに、終了するまで 1 秒ごと",
    ),
    scope: Scope::Region,
    endpoint: "ecs",
    small: false,
    billed_as: &["AmazonECS"],
    reads: &["ecs:ListClusters", "ecs:ListTasks", "ecs:DescribeTasks"],
    writes: &["ecs:StopTask"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let running = tasks(cx).await?;
    let findings = running.tasks.iter().filter_map(finding).collect();
    Ok(Listing { findings, faults: running.faults.clone(), ..Listing::default() })
}

/// `None`: its service bills, or its instance, or it has ended.
fn finding(task: &Task) -> Option<Listed> {
    if service(task).is_some() || !bills(task) {
        return None;
    }
    let arn = task.task_arn().unwrap_or_default();
    let (id, cluster) = (last_part(arn), last_part(task.cluster_arn().unwrap_or_default()));
    let status = task.last_status().unwrap_or_default().to_ascii_lowercase();
    let ending = ["deactivating", "stopping", "deprovisioning"].contains(&status.as_str());
    let found = Listed {
        arn: Some(arn.to_owned()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(task.created_at()),
        bills_since_creation: true,
        tags: ecs_tags(task.tags()),
        charges: charges([task]),
        ..Listed::new(id)
    };
    let family = task.group().and_then(|group| group.strip_prefix("family:")).map(str::to_owned);
    // It cannot be started again, only run anew.
    let command = Command::aws("ecs stop-task --cluster").arg(cluster).words("--task").arg(id);
    Some(found.named(family).can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ecs::types::builders::TaskBuilder;

    use super::*;

    fn task() -> TaskBuilder {
        let it = Task::builder().task_arn("arn:aws:ecs:r:1:task/study/0aa").launch_type("FARGATE".into());
        it.cluster_arn("arn:aws:ecs:r:1:cluster/study").group("family:batch").last_status("RUNNING")
    }

    #[test]
    fn it_bills_until_it_ends() {
        let found = finding(&task().build()).unwrap();
        assert_eq!((found.id.as_str(), found.name.as_deref()), ("0aa", Some("batch")));
        assert_eq!(found.commands[&Verb::Delete].to_string(), "aws ecs stop-task --cluster study --task 0aa");
        let status = |status: &str| finding(&task().last_status(status).build()).map(|it| it.billing);
        let seen = ["PENDING", "Deprovisioning", "stopped", "dreaming"].map(status);
        assert_eq!(seen, [Some(Billing::Running), Some(Billing::Ending), None, Some(Billing::Running)]);
    }

    #[test]
    fn what_bills_elsewhere_is_not_told_twice() {
        assert_eq!(finding(&task().group("service:web").build()), None);
        assert_eq!(finding(&task().launch_type("EC2".into()).build()), None);
    }
}
