//! ECS Anywhere is charged for every hour that a machine outside of AWS is registered with a cluster. EC2 instances are charged by EC2.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::ecs_reading::{CLUSTERS, clusters, described, last_part};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{lowercase_tag_list, name_tag};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ecs-external-instance",
    names: words("ECS Anywhere instance", "ECS Anywhere の外部インスタンス"),
    bills: words(
        "per hour while a machine outside of AWS is registered with a cluster",
        "AWS の外のマシンがクラスターに登録されている間は 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonECS"],
    asks: &[&CLUSTERS, &INSTANCE_ARNS, &INSTANCES],
    writes: &["ecs:DeregisterContainerInstance"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const INSTANCE_ARNS: Operation<String> = Operation::new("ecs:ListContainerInstances").at("containerInstanceArns");
const INSTANCES: Operation<Instance> = Operation::new("ecs:DescribeContainerInstances").at("containerInstances");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Instance {
    container_instance_arn: Option<String>,
    ec2_instance_id: Option<String>,
    status: Option<String>,
    registered_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let (answers, mut faults) = about_each(clusters(cx).await?, |cluster| of_cluster(cx, cluster.clone())).await;
    let mut findings = Vec::new();
    for (cluster, answer) in answers {
        let (instances, failed) = answer.unwrap_or_default();
        findings.extend(instances.iter().filter_map(|it| finding(last_part(&cluster), it)));
        faults.extend(failed);
    }
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// A failed description is a fault and not a finding: nearly all container instances are EC2 instances.
async fn of_cluster(cx: &Cx, cluster: String) -> Result<(Vec<Instance>, Vec<Error>)> {
    let arns = cx.ask(&INSTANCE_ARNS).with("cluster", cluster.as_str()).with("maxResults", 100).all().await?;
    let ask = |batch: &[String]| {
        let asked = cx.ask(&INSTANCES).with("cluster", cluster.as_str()).with("include", ["TAGS"]);
        asked.with("containerInstances", batch).all()
    };
    Ok(described(&arns, 100, ask, |_| None).await)
}

/// `None` means an EC2 instance, or one that is no longer registered.
fn finding(cluster: &str, instance: &Instance) -> Option<Listed> {
    let is = |status: &str| instance.status.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(status));
    let machine = instance.ec2_instance_id.as_deref();
    if machine.is_some_and(|id| id.starts_with("i-")) || is("inactive") {
        return None;
    }
    let arn = instance.container_instance_arn.as_deref().unwrap_or_default();
    let sku = Sku::new("AmazonECS").with("usagetype", "ECS-Anywhere-Instance-hours");
    let found = Listed {
        arn: Some(arn.to_owned()).filter(|arn| !arn.is_empty()),
        name: name_tag(&instance.tags).or_else(|| machine.map(str::to_owned)),
        billing: if is("deregistering") { Billing::Ending } else { Billing::Running },
        created_at: instance.registered_at,
        tags: instance.tags.clone(),
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
    fn only_a_machine_outside_of_aws_is_charged_here() {
        let found =
            |id: &str| finding("c", &Instance { ec2_instance_id: Some(id.into()), ..Instance::default() }).is_some();
        assert_eq!(["mi-0123456789abcdef0", "i-0123456789abcdef0", "", "x-1"].map(found), [true, false, true, true]);
        assert!(finding("c", &Instance::default()).is_some());
    }

    #[test]
    fn is_charged_until_it_is_deregistered() {
        let billing = |status: &str| {
            let (ec2_instance_id, status) = (Some("mi-1".into()), Some(status.into()));
            finding("c", &Instance { ec2_instance_id, status, ..Instance::default() }).map(|found| found.billing)
        };
        let running = Some(Billing::Running);
        let states = ["ACTIVE", "DRAINING", "REGISTRATION_FAILED", "FUTURE", "DEREGISTERING", "INACTIVE"];
        assert_eq!(states.map(billing), [running, running, running, running, Some(Billing::Ending), None]);
    }
}
