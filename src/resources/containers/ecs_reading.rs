//! Clusters, services and running tasks of ECS as AWS returns them, and the Fargate charges of tasks.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::{Error, Result};
use crate::model::{Charge, Sku, Unit};
use crate::resources::details::about_each;
use crate::resources::reading::{lowercase_tag_list, sku};

/// Included for each task.
const FREE_DISK_GB: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

pub const CLUSTERS: Operation<String> = Operation::new("ecs:ListClusters").at("clusterArns").shared();
pub const TASK_ARNS: Operation<String> = Operation::new("ecs:ListTasks").at("taskArns").shared();
pub const TASKS: Operation<Task> = Operation::new("ecs:DescribeTasks").at("tasks").shared();

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Task {
    pub task_arn: Option<String>,
    pub cluster_arn: Option<String>,
    pub group: Option<String>,
    pub launch_type: Option<LaunchType>,
    pub capacity_provider_name: Option<String>,
    pub platform_family: Option<String>,
    pub attributes: Vec<Attribute>,
    /// In 1/1024 vCPU.
    pub cpu: Option<String>,
    /// In MiB.
    pub memory: Option<String>,
    pub ephemeral_storage: Option<Disk>,
    pub fargate_ephemeral_storage: Option<Disk>,
    pub last_status: Option<String>,
    pub created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    pub tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Attribute {
    name: String,
    value: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Disk {
    #[serde(rename = "sizeInGiB")]
    size_in_gib: Decimal,
}

values! { pub enum LaunchType { Ec2 = "EC2", External = "EXTERNAL", ManagedInstances = "MANAGED_INSTANCES" } }

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Service {
    pub service_arn: Option<String>,
    pub service_name: Option<String>,
    pub cluster_arn: Option<String>,
    pub status: Option<String>,
    pub desired_count: Decimal,
    pub running_count: Decimal,
    pub pending_count: Decimal,
    pub launch_type: Option<LaunchType>,
    pub created_at: Option<Timestamp>,
    pub scheduling_strategy: Option<Strategy>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    pub tags: BTreeMap<String, String>,
}

values! { pub enum Strategy { Daemon = "DAEMON" } }

/// The ARNs of the region's clusters.
pub async fn clusters(cx: &Cx) -> Result<Vec<String>> {
    cx.ask(&CLUSTERS).with("maxResults", 100).all().await
}

#[derive(Default)]
pub struct Tasks {
    pub tasks: Vec<Task>,
    pub faults: Vec<Error>,
}

/// The tasks of all the region's clusters whose desired status is running.
pub async fn tasks(cx: &Cx) -> Result<Tasks> {
    let (answers, faults) = about_each(clusters(cx).await?, |cluster| of_cluster(cx, cluster.clone())).await;
    let mut all = Tasks { faults, ..Tasks::default() };
    for of_cluster in answers.into_iter().filter_map(|(_, answer)| answer) {
        all.tasks.extend(of_cluster.tasks);
        all.faults.extend(of_cluster.faults);
    }
    Ok(all)
}

async fn of_cluster(cx: &Cx, cluster: String) -> Result<Tasks> {
    let arns = cx.ask(&TASK_ARNS).with("cluster", cluster.as_str()).with("maxResults", 100).all().await?;
    let ask = |batch: &[String]| {
        let asked = cx.ask(&TASKS).with("cluster", cluster.as_str()).with("include", ["TAGS"]);
        asked.with("tasks", batch).all()
    };
    // A task whose description failed is still reported, by its ARN.
    let named = |arn: &str| {
        let (task_arn, cluster_arn) = (Some(arn.to_owned()), Some(cluster.clone()));
        Some(Task { task_arn, cluster_arn, ..Task::default() })
    };
    let (tasks, faults) = described(&arns, 100, ask, named).await;
    Ok(Tasks { tasks, faults })
}

/// Describes things by their ARNs, in batches. A thing whose description failed is replaced by `named` of its ARN.
pub async fn described<T, F: Future<Output = Result<Vec<T>>>>(
    arns: &[String],
    at_once: usize,
    ask: impl Fn(&[String]) -> F,
    named: impl Fn(&str) -> Option<T>,
) -> (Vec<T>, Vec<Error>) {
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for batch in arns.chunks(at_once) {
        match ask(batch).await {
            Ok(described) => all.extend(described),
            Err(error) => {
                all.extend(batch.iter().filter_map(|arn| named(arn)));
                faults.push(error);
            }
        }
    }
    (all, faults)
}

/// The last part of an ARN: the name of a cluster or a service, the id of a task.
pub fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

/// The service that started the task.
pub fn service(task: &Task) -> Option<&str> {
    task.group.as_deref()?.strip_prefix("service:")
}

/// Whether the task itself is charged: tasks on EC2 or on external instances are not, and stopped ones have ended.
pub fn bills(task: &Task) -> bool {
    let elsewhere = matches!(task.launch_type, Some(LaunchType::Ec2 | LaunchType::External));
    !elsewhere && !task.last_status.as_ref().is_some_and(|status| status.eq_ignore_ascii_case("stopped"))
}

/// The hourly charges of these tasks, added up.
pub fn charges<'a>(tasks: impl IntoIterator<Item = &'a Task>) -> Vec<Charge> {
    let mut sums: Vec<(String, Sku, Option<Decimal>)> = Vec::new();
    for (name, sku, quantity) in tasks.into_iter().flat_map(parts) {
        match sums.iter_mut().find(|sum| (&sum.0, &sum.1) == (&name, &sku)) {
            Some((.., sum)) => *sum = sum.zip(quantity).and_then(|(sum, quantity)| sum.checked_add(quantity)),
            None => sums.push((name, sku, quantity)),
        }
    }
    let charge = |(name, sku, sum): (String, Sku, Option<Decimal>)| match sum {
        Some(sum) => Charge::hourly(&name, sku, sum),
        None => Charge::metered(&name, sku, Unit::Hour),
    };
    sums.into_iter().map(charge).collect()
}

/// Name, price list entry and quantity of each part of a task.
fn parts(task: &Task) -> Vec<(String, Sku, Option<Decimal>)> {
    if task.launch_type == Some(LaunchType::ManagedInstances) {
        return vec![("ECS Managed Instances".to_owned(), Sku::new("AmazonECS"), None)];
    }
    let spot = task.capacity_provider_name.as_deref() == Some("FARGATE_SPOT");
    let platform = platform(task);
    let priced = |usage: Option<String>| {
        let sku = sku("AmazonECS", [("usagetype", usage.as_deref())]);
        if spot { sku.with("marketoption", "Spot") } else { sku }
    };
    let usage = |what: &str| priced(platform.map(|it| format!("Fargate-{it}{what}")));
    let word = platform.unwrap_or_default().replace('-', " ");
    let name = |what: &str| format!("Fargate {}{word}{what}", if spot { "Spot " } else { "" });
    let (cpu, memory) = (of_1024(task.cpu.as_deref()), of_1024(task.memory.as_deref()));
    let mut parts = vec![(name("vCPU"), usage("vCPU-Hours:perCPU"), cpu), (name("GB"), usage("GB-Hours"), memory)];
    if platform == Some("Windows-") {
        parts.push((name("license"), usage("OS-Hours:perCPU"), cpu));
    }
    let disk = task.fargate_ephemeral_storage.as_ref().or(task.ephemeral_storage.as_ref());
    let disk = disk.map(|it| it.size_in_gib).unwrap_or_default().saturating_sub(FREE_DISK_GB);
    if disk > Decimal::ZERO {
        let usage = priced(Some("Fargate-EphemeralStorage-GB-Hours".to_owned()));
        parts.push(("GB ephemeral storage".to_owned(), usage, Some(disk)));
    }
    parts
}

/// The platform's name in the price list; `None` if it is not known.
fn platform(task: &Task) -> Option<&'static str> {
    let family = task.platform_family.as_ref()?.to_ascii_lowercase();
    let architecture = task.attributes.iter().find(|it| it.name == "ecs.cpu-architecture");
    let architecture = architecture.and_then(|it| it.value.as_deref());
    match (family.as_str(), architecture) {
        (windows, _) if windows.starts_with("windows") => Some("Windows-"),
        ("linux", Some("x86_64")) => Some(""),
        ("linux", Some("arm64")) => Some("ARM-"),
        _ => None,
    }
}

/// `1024` CPU units are one vCPU, `1024` MiB are one GB.
fn of_1024(text: Option<&str>) -> Option<Decimal> {
    Some(text?.trim().parse::<Decimal>().ok()? / Decimal::from(1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(family: &str, architecture: &str) -> Task {
        Task {
            launch_type: Some("FARGATE".into()),
            platform_family: Some(family.into()),
            attributes: vec![Attribute { name: "ecs.cpu-architecture".into(), value: Some(architecture.into()) }],
            cpu: Some("512".into()),
            memory: Some("1024".into()),
            ..Task::default()
        }
    }

    fn listed(tasks: &[Task]) -> Vec<String> {
        charges(tasks).into_iter().map(|it| format!("{} | {}", it.what, it.sku)).collect()
    }

    #[test]
    fn tasks_of_a_kind_are_charged_together() {
        let tasks = [
            task("Linux", "x86_64"),
            Task { fargate_ephemeral_storage: Some(Disk { size_in_gib: 50.into() }), ..task("Linux", "x86_64") },
            Task { capacity_provider_name: Some("FARGATE_SPOT".into()), ..task("Linux", "arm64") },
        ];
        let expected = [
            "Fargate vCPU | AmazonECS usagetype=Fargate-vCPU-Hours:perCPU",
            "2 × Fargate GB | AmazonECS usagetype=Fargate-GB-Hours",
            "30 × GB ephemeral storage | AmazonECS usagetype=Fargate-EphemeralStorage-GB-Hours",
            "0.5 × Fargate Spot ARM vCPU | AmazonECS marketoption=Spot usagetype=Fargate-ARM-vCPU-Hours:perCPU",
            "Fargate Spot ARM GB | AmazonECS marketoption=Spot usagetype=Fargate-ARM-GB-Hours",
        ];
        assert_eq!(listed(&tasks), expected);
    }

    #[test]
    fn windows_is_charged_for_its_license_and_an_unknown_platform_has_no_price() {
        let windows = listed(&[task("Windows_Server_2022_Core", "x86_64")]);
        assert_eq!(windows[2], "0.5 × Fargate Windows license | AmazonECS usagetype=Fargate-Windows-OS-Hours:perCPU");
        assert_eq!(listed(&[Task::default()]), ["Fargate vCPU | AmazonECS", "Fargate GB | AmazonECS"]);
        assert_eq!(charges(&[Task::default()])[0].quantity, None);
    }

    #[test]
    fn instances_bill_and_not_their_tasks() {
        let on = |kind: &str| bills(&Task { launch_type: Some(kind.into()), ..Task::default() });
        assert_eq!(["EC2", "EXTERNAL", "FARGATE", "MOON"].map(on), [false, false, true, true]);
        assert!(bills(&Task::default()) && !bills(&Task { last_status: Some("STOPPED".into()), ..task("Linux", "") }));
    }
}
