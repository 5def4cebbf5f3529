//! ECS Anywhere bills for every hour that a machine outside of AWS is registered with a cluster; instances of EC2 bill as such.

use aws_sdk_ecs::Client;
use aws_sdk_ecs::types::{ContainerInstance, ContainerInstanceField};
use futures::FutureExt;

use super::ecs_reading::{clusters, ecs_tags, last_part};
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{name_tag, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ecs-external-instance",
    names: words("ECS Anywhere instance", "ECS Anywhere の外部インスタンス"),
    bills: words(
        "per hour while a machine outside of AWS is registered with a cluster",
        "AWS の外のマシンがクラスターに登録されている間は 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "ecs",
    small: false,
    billed_as: &["AmazonECS"],
    reads: &["ecs:ListClusters", "ecs:ListContainerInstances", "ecs:DescribeContainerInstances"],
    writes: &["ecs:DeregisterContainerInstance"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let clusters = clusters(cx).await?.0.clone();
    let client = &Client::new(&cx.sdk);
    let (answers, mut faults) = about_each(clusters, |cluster| of_cluster(client, cluster.clone())).await;
    let mut findings = Vec::new();
    for (cluster, answer) in answers {
        let (instances, failed) = answer.unwrap_or_default();
        findings.extend(instances.iter().filter_map(|it| finding(last_part(&cluster), it)));
        faults.extend(failed);
    }
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// Those that cannot be described are no finding: nearly all are instances of EC2, and the fault says that nobody looked.
async fn of_cluster(client: &Client, cluster: String) -> Result<(Vec<ContainerInstance>, Vec<Error>)> {
    let listed = client.list_container_instances().cluster(&cluster).max_results(100).into_paginator().items().send();
    let arns: Vec<String> = listed.try_collect().await?;
    let (mut instances, mut faults) = (Vec::new(), Vec::new());
    for batch in arns.chunks(100) {
        let ask = client.describe_container_instances().cluster(&cluster).include(ContainerInstanceField::Tags);
        match ask.set_container_instances(Some(batch.to_vec())).send().await {
            Ok(answer) => instances.extend(answer.container_instances.unwrap_or_default()),
            Err(error) => faults.push(error.into()),
        }
    }
    Ok((instances, faults))
}

/// `None`: an instance of EC2, or one that is no longer registered.
fn finding(cluster: &str, instance: &ContainerInstance) -> Option<Listed> {
    let is = |status: &str| instance.status().is_some_and(|it| it.eq_ignore_ascii_case(status));
    let machine = instance.ec2_instance_id();
    if machine.is_some_and(|id| id.starts_with("i-")) || is("inactive") {
        return None;
    }
    let arn = instance.container_instance_arn().unwrap_or_default();
    let tags = ecs_tags(instance.tags());
    let sku = Sku::new("AmazonECS").with("usagetype", "ECS-Anywhere-Instance-hours");
    let found = Listed {
        arn: Some(arn.to_owned()).filter(|arn| !arn.is_empty()),
        name: name_tag(&tags).or_else(|| machine.map(str::to_owned)),
        billing: if is("deregistering") { Billing::Ending } else { Billing::Running },
        created_at: time(instance.registered_at()),
        tags,
        charges: vec![Charge::hourly("ECS Anywhere instance", sku, 1)],
        ..Listed::new(format!("{cluster}/{}", last_part(arn)))
    };
    let delete = Command::aws("ecs deregister-container-instance --force --cluster").arg(cluster);
    Some(found.can(Verb::Delete, delete.words("--container-instance").arg(arn)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_machine_outside_of_aws_bills_here() {
        let found = |id: &str| finding("c", &ContainerInstance::builder().ec2_instance_id(id).build()).is_some();
        assert_eq!(["mi-0123456789abcdef0", "i-0123456789abcdef0", "", "x-1"].map(found), [true, false, true, true]);
        assert!(finding("c", &ContainerInstance::builder().build()).is_some());
    }

    #[test]
    fn bills_until_it_is_deregistered() {
        let billing = |status: &str| {
            let instance = ContainerInstance::builder().ec2_instance_id("mi-1").status(status).build();
            finding("c", &instance).map(|found| found.billing)
        };
        let running = Some(Billing::Running);
        let states = ["ACTIVE", "DRAINING", "REGISTRATION_FAILED", "DREAMING", "DEREGISTERING", "INACTIVE"];
        assert_eq!(states.map(billing), [running, running, running, running, Some(Billing::Ending), None]);
    }
}
