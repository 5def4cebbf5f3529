//! Auto Scaling groups are free; their instances are not, and are replaced if terminated one by one.

use std::collections::BTreeMap;

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::reading::tag_list;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "auto-scaling-group",
    names: words("Auto Scaling group", "Auto Scaling グループ"),
    bills: words(
        "free itself; its instances are charged, and it replaces those that end",
        "それ自体は無料。インスタンスに課金され、終了してもグループが新しく起動",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&GROUPS],
    writes: &["autoscaling:UpdateAutoScalingGroup"],
    owns: &["ec2-instance"],
    list: |cx| list(cx).boxed(),
};

/// Tags of the services that create groups: such a service would recreate the group, and is the owner to report.
const OUTER: [&str; 3] = ["elasticbeanstalk:environment-name", "eks:cluster-name", "AWSBatchServiceTag"];

const GROUPS: Operation<Group> = Operation::new("autoscaling:DescribeAutoScalingGroups").at("AutoScalingGroups");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Group {
    auto_scaling_group_name: String,
    instances: Vec<Instance>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Instance {
    instance_id: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let groups = cx.ask(&GROUPS).with("IncludeManagedResources", true).with("MaxRecords", 100).all().await?;
    Ok(Listing { owned: groups.iter().flat_map(owned).collect(), ..Listing::default() })
}

fn owned(group: &Group) -> Vec<Owned> {
    let is_outer = |key: &String| OUTER.contains(&key.as_str()) || key.starts_with("kubernetes.io/cluster/");
    if group.tags.keys().any(is_outer) {
        return Vec::new();
    }
    let name = &group.auto_scaling_group_name;
    let stop = Command::aws("autoscaling update-auto-scaling-group --auto-scaling-group-name").arg(name);
    let owner = RESOURCE.owner(name, stop.words("--min-size 0 --desired-capacity 0"));
    let ids = group.instances.iter().filter_map(|it| it.instance_id.clone());
    ids.map(|thing| Owned { resource: "ec2-instance", thing, owner: owner.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_instances_are_its_own_unless_something_runs_the_group() {
        let group = |tag: &str| {
            let instances = vec![Instance { instance_id: Some("i-1".into()) }];
            Group { auto_scaling_group_name: "web".into(), instances, tags: [(tag.into(), String::new())].into() }
        };
        let things = |tag| owned(&group(tag)).into_iter().map(|it| (it.thing, it.owner.id)).collect::<Vec<_>>();
        assert_eq!(things("team"), [("i-1".to_owned(), "web".to_owned())]);
        for tag in ["elasticbeanstalk:environment-name", "kubernetes.io/cluster/study", "AWSBatchServiceTag"] {
            assert_eq!(things(tag), [], "{tag}");
        }
        assert!(owned(&Group::default()).is_empty());
    }
}
