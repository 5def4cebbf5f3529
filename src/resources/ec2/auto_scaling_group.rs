//! Auto Scaling groups are free; the instances they start are not, and come back when they are ended one by one.

use aws_sdk_autoscaling::Client;
use aws_sdk_autoscaling::types::{AutoScalingGroup, Instance, TagDescription};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "auto-scaling-group",
    names: words("Auto Scaling group", "Auto Scaling グループ"),
    bills: words(
        "nothing itself; its instances bill, and it starts new ones in the place of those that end",
        "それ自体は無料。インスタンスに課金され、終了してもグループが新しく起動する",
    ),
    scope: Scope::Region,
    endpoint: "autoscaling",
    small: false,
    billed_as: &[],
    reads: &["autoscaling:DescribeAutoScalingGroups"],
    writes: &["autoscaling:UpdateAutoScalingGroup"],
    list: |cx| list(cx).boxed(),
};

/// Tags of what runs a group: it makes the group anew, and is the owner to be told.
const OUTER: [&str; 3] = ["elasticbeanstalk:environment-name", "eks:cluster-name", "AWSBatchServiceTag"];

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_auto_scaling_groups().include_managed_resources(true).max_records(100);
    let groups: Vec<AutoScalingGroup> = asked.into_paginator().items().send().try_collect().await?;
    Ok(Listing { owned: groups.iter().flat_map(owned).collect(), ..Listing::default() })
}

fn owned(group: &AutoScalingGroup) -> Vec<Owned> {
    let keys = || group.tags().iter().filter_map(TagDescription::key);
    if keys().any(|key| OUTER.contains(&key) || key.starts_with("kubernetes.io/cluster/")) {
        return Vec::new();
    }
    let name = group.auto_scaling_group_name().unwrap_or_default();
    let stop = Command::aws("autoscaling update-auto-scaling-group --auto-scaling-group-name").arg(name);
    let owner = RESOURCE.owner(name, stop.words("--min-size 0 --desired-capacity 0"));
    let ids = group.instances().iter().filter_map(Instance::instance_id);
    ids.map(|id| Owned { resource: "ec2-instance", thing: id.to_owned(), owner: owner.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_instances_are_its_own_unless_something_runs_the_group() {
        let group = |tag: &str| {
            let tag = TagDescription::builder().key(tag).build();
            let instance = Instance::builder().instance_id("i-1").build();
            AutoScalingGroup::builder().auto_scaling_group_name("web").instances(instance).tags(tag).build()
        };
        let things = |tag| owned(&group(tag)).into_iter().map(|it| (it.thing, it.owner.id)).collect::<Vec<_>>();
        assert_eq!(things("team"), [("i-1".to_owned(), "web".to_owned())]);
        for tag in ["elasticbeanstalk:environment-name", "kubernetes.io/cluster/study", "AWSBatchServiceTag"] {
            assert_eq!(things(tag), [], "{tag}");
        }
        assert!(owned(&AutoScalingGroup::builder().build()).is_empty());
    }
}
