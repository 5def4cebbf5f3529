//! What ECS says of the tasks that run, read once for services and tasks, and what Fargate charges for them.

use std::sync::Arc;

use aws_sdk_ecs::Client;
use aws_sdk_ecs::types::{EphemeralStorage, LaunchType, Tag, Task, TaskEphemeralStorage, TaskField};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Charge, Sku, Unit};
use crate::resources::details::about_each;
use crate::resources::reading::{sku, tags};

/// What Fargate includes for each task.
const FREE_DISK_GB: i32 = 20;

pub struct Clusters(pub Vec<String>);

/// The ARNs of the clusters of this place.
pub async fn clusters(cx: &Cx) -> Result<Arc<Clusters>> {
    let list = async || {
        let pages = Client::new(&cx.sdk).list_clusters().max_results(100).into_paginator().items().send();
        Ok(Clusters(pages.try_collect().await?))
    };
    cx.shared.once(list).await
}

pub struct Tasks {
    pub tasks: Vec<Task>,
    pub faults: Vec<Error>,
}

/// The tasks of all clusters of this place that are to run.
pub async fn tasks(cx: &Cx) -> Result<Arc<Tasks>> {
    let list = async || {
        let clusters = clusters(cx).await?.0.clone();
        let client = &Client::new(&cx.sdk);
        let (answers, mut faults) = about_each(clusters, |cluster| of_cluster(client, cluster.clone())).await;
        let mut tasks = Vec::new();
        for (found, failed) in answers.into_iter().filter_map(|(_, answer)| answer) {
            tasks.extend(found);
            faults.extend(failed);
        }
        Ok(Tasks { tasks, faults })
    };
    cx.shared.once(list).boxed().await
}

/// A task that cannot be described is known by its name: there is one.
async fn of_cluster(client: &Client, cluster: String) -> Result<(Vec<Task>, Vec<Error>)> {
    let listed = client.list_tasks().cluster(&cluster).max_results(100).into_paginator().items().send();
    let arns: Vec<String> = listed.try_collect().await?;
    let (mut tasks, mut faults) = (Vec::new(), Vec::new());
    for batch in arns.chunks(100) {
        let ask = client.describe_tasks().cluster(&cluster).set_tasks(Some(batch.to_vec())).include(TaskField::Tags);
        match ask.send().await {
            Ok(answer) => tasks.extend(answer.tasks.unwrap_or_default()),
            Err(error) => {
                tasks.extend(batch.iter().map(|arn| Task::builder().task_arn(arn).cluster_arn(&cluster).build()));
                faults.push(error.into());
            }
        }
    }
    Ok((tasks, faults))
}

pub fn ecs_tags(of: &[Tag]) -> std::collections::BTreeMap<String, String> {
    tags(of.iter().map(|tag| (tag.key(), tag.value())))
}

/// The last part of an ARN: the name of a cluster or a service, the id of a task.
pub fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

/// The service that runs it.
pub fn service(task: &Task) -> Option<&str> {
    task.group()?.strip_prefix("service:")
}

/// Whether a task bills itself: on instances and on machines outside of AWS it does not, and a stopped one has ended.
pub fn bills(task: &Task) -> bool {
    let elsewhere = matches!(task.launch_type(), Some(LaunchType::Ec2 | LaunchType::External));
    !elsewhere && !task.last_status().is_some_and(|status| status.eq_ignore_ascii_case("stopped"))
}

/// What tasks are charged together, by the hour.
pub fn charges<'a>(tasks: impl IntoIterator<Item = &'a Task>) -> Vec<Charge> {
    let mut sums: Vec<(String, Sku, Option<Decimal>)> = Vec::new();
    for (name, sku, quantity) in tasks.into_iter().flat_map(parts) {
        match sums.iter_mut().find(|sum| (&sum.0, &sum.1) == (&name, &sku)) {
            Some((.., sum)) => *sum = sum.zip(quantity).map(|(sum, quantity)| sum + quantity),
            None => sums.push((name, sku, quantity)),
        }
    }
    let charge = |(name, sku, sum): (String, Sku, Option<Decimal>)| match sum {
        Some(sum) => Charge::hourly(&name, sku, sum),
        None => Charge::metered(&name, sku, Unit::Hour),
    };
    sums.into_iter().map(charge).collect()
}

/// Name, price list entry and how much of it, for each thing that one task uses.
fn parts(task: &Task) -> Vec<(String, Sku, Option<Decimal>)> {
    if task.launch_type() == Some(&LaunchType::ManagedInstances) {
        return vec![("ECS Managed Instances".to_owned(), Sku::new("AmazonECS"), None)];
    }
    let spot = task.capacity_provider_name() == Some("FARGATE_SPOT");
    let platform = platform(task);
    let priced = |usage: Option<String>| {
        let sku = sku("AmazonECS", [("usagetype", usage.as_deref())]);
        if spot { sku.with("marketoption", "Spot") } else { sku }
    };
    let usage = |what: &str| priced(platform.map(|it| format!("Fargate-{it}{what}")));
    let word = platform.unwrap_or_default().replace('-', " ");
    let name = |what: &str| format!("Fargate {}{word}{what}", if spot { "Spot " } else { "" });
    let (cpu, memory) = (thousandths(task.cpu()), thousandths(task.memory()));
    let mut parts = vec![(name("vCPU"), usage("vCPU-Hours:perCPU"), cpu), (name("GB"), usage("GB-Hours"), memory)];
    if platform == Some("Windows-") {
        parts.push((name("license"), usage("OS-Hours:perCPU"), cpu));
    }
    let disk = task.fargate_ephemeral_storage().map(TaskEphemeralStorage::size_in_gib);
    let disk =
        disk.or_else(|| task.ephemeral_storage().map(EphemeralStorage::size_in_gib)).unwrap_or_default() - FREE_DISK_GB;
    if disk > 0 {
        let usage = priced(Some("Fargate-EphemeralStorage-GB-Hours".to_owned()));
        parts.push(("GB ephemeral storage".to_owned(), usage, Some(disk.into())));
    }
    parts
}

/// How the price list tells the platforms apart; `None` if it is not known.
fn platform(task: &Task) -> Option<&'static str> {
    let family = task.platform_family()?.to_ascii_lowercase();
    let architecture =
        task.attributes().iter().find(|it| it.name() == "ecs.cpu-architecture").and_then(|it| it.value());
    match (family.as_str(), architecture) {
        (windows, _) if windows.starts_with("windows") => Some("Windows-"),
        ("linux", Some("x86_64")) => Some(""),
        ("linux", Some("arm64")) => Some("ARM-"),
        _ => None,
    }
}

/// `1024` units of processor are one, `1024` MiB a GB.
fn thousandths(text: Option<&str>) -> Option<Decimal> {
    Some(text?.trim().parse::<Decimal>().ok()? / Decimal::from(1024))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ecs::types::Attribute;
    use aws_sdk_ecs::types::builders::TaskBuilder;

    use super::*;

    fn task(family: &str, architecture: &str) -> TaskBuilder {
        let attribute = Attribute::builder().name("ecs.cpu-architecture").value(architecture).build().unwrap();
        let it = Task::builder().launch_type(LaunchType::Fargate).platform_family(family).attributes(attribute);
        it.cpu("512").memory("1024")
    }

    fn told(tasks: &[Task]) -> Vec<String> {
        charges(tasks).into_iter().map(|it| format!("{} | {}", it.what, it.sku)).collect()
    }

    #[test]
    fn tasks_of_a_kind_are_charged_together() {
        let disk = TaskEphemeralStorage::builder().size_in_gib(50).build();
        let tasks = [
            task("Linux", "x86_64").build(),
            task("Linux", "x86_64").fargate_ephemeral_storage(disk).build(),
            task("Linux", "arm64").capacity_provider_name("FARGATE_SPOT").build(),
        ];
        let expected = [
            "Fargate vCPU | AmazonECS usagetype=Fargate-vCPU-Hours:perCPU",
            "2 × Fargate GB | AmazonECS usagetype=Fargate-GB-Hours",
            "30 × GB ephemeral storage | AmazonECS usagetype=Fargate-EphemeralStorage-GB-Hours",
            "0.5 × Fargate Spot ARM vCPU | AmazonECS marketoption=Spot usagetype=Fargate-ARM-vCPU-Hours:perCPU",
            "Fargate Spot ARM GB | AmazonECS marketoption=Spot usagetype=Fargate-ARM-GB-Hours",
        ];
        assert_eq!(told(&tasks), expected);
    }

    #[test]
    fn windows_bills_its_license_and_what_is_not_known_has_no_price() {
        let windows = told(&[task("Windows_Server_2022_Core", "x86_64").build()]);
        assert_eq!(windows[2], "0.5 × Fargate Windows license | AmazonECS usagetype=Fargate-Windows-OS-Hours:perCPU");
        assert_eq!(told(&[Task::builder().build()]), ["Fargate vCPU | AmazonECS", "Fargate GB | AmazonECS"]);
        assert_eq!(charges(&[Task::builder().build()])[0].quantity, None);
    }

    #[test]
    fn instances_bill_and_not_their_tasks() {
        let on = |kind: LaunchType| bills(&Task::builder().launch_type(kind).build());
        assert_eq!(["EC2", "EXTERNAL", "FARGATE", "MOON"].map(|it| on(it.into())), [false, false, true, true]);
        assert!(bills(&Task::builder().build()) && !bills(&task("Linux", "").last_status("STOPPED").build()));
    }
}
