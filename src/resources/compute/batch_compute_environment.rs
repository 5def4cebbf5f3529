//! Compute environments of AWS Batch are free; their instances are not, and run as long as the minimum of vCPUs is above zero.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, Typed, values};
use crate::error::Result;
use crate::model::{Command, Owner, Scope, words};
use crate::resources::ec2::ec2_tagged::tagged;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "batch-compute-environment",
    names: words("Batch compute environment", "Batch コンピューティング環境"),
    bills: words(
        "free itself; its instances are charged, and it keeps its minimum of vCPUs even without jobs",
        "それ自体は無料。インスタンスに課金され、ジョブがなくても最小 vCPU 分は起動し続けて課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&ENVIRONMENTS, &Typed("ec2:DescribeInstances")],
    writes: &["batch:UpdateComputeEnvironment"],
    owns: &["ec2-instance"],
    list: |cx| list(cx).boxed(),
};

const ENVIRONMENTS: Operation<Environment> =
    Operation::new("batch:DescribeComputeEnvironments").at("computeEnvironments");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Environment {
    compute_environment_name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Kind>,
    status: Option<Status>,
    compute_resources: Resources,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Resources {
    #[serde(rename = "type")]
    kind: Option<On>,
}

values! { enum Kind { Unmanaged = "UNMANAGED" } }
values! { enum Status { Deleted = "DELETED" } }
values! { enum On { Fargate = "FARGATE", FargateSpot = "FARGATE_SPOT" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let environments = cx.ask(&ENVIRONMENTS).with("maxResults", 100).all().await?;
    let starting = environments.iter().filter(|it| starts(it));
    let names: Vec<&str> = starting.filter_map(|it| it.compute_environment_name.as_deref()).collect();
    if names.is_empty() {
        return Ok(Listing::default());
    }
    let instances = match tagged(cx, "AWSBatchServiceTag").await {
        Ok(instances) => instances,
        Err(error) => return Ok(Listing { faults: vec![error], ..Listing::default() }),
    };
    let owned = instances.into_iter().filter_map(|(thing, tags)| {
        let name = owner(&names, tags.get("aws:autoscaling:groupName")?)?;
        Some(Owned { resource: "ec2-instance", thing, owner: owned_by(name) })
    });
    Ok(Listing { owned: owned.collect(), ..Listing::default() })
}

/// Whether it starts instances. Fargate has none, and those of an unmanaged environment are started by the user.
fn starts(environment: &Environment) -> bool {
    environment.kind != Some(Kind::Unmanaged)
        && environment.status != Some(Status::Deleted)
        && !matches!(environment.compute_resources.kind, Some(On::Fargate | On::FargateSpot))
}

/// Batch names an environment's group `AWSBatch-<environment>-asg-<uuid>`.
fn owner<'a>(names: &[&'a str], group: &str) -> Option<&'a str> {
    let (environment, _) = group.strip_prefix("AWSBatch-").unwrap_or(group).rsplit_once("-asg-")?;
    names.iter().find(|name| **name == environment).copied()
}

fn owned_by(name: &str) -> Owner {
    let update = Command::aws("batch update-compute-environment --compute-environment").arg(name);
    // AWS refuses to lower the desired vCPUs, and lowers them itself.
    RESOURCE.owner(name, update.words("--state DISABLED --compute-resources minvCpus=0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_managed_ones_on_ec2_start_instances() {
        let of = |kind: &str, on: &str| {
            let compute_resources = Resources { kind: Some(on.into()) };
            starts(&Environment { kind: Some(kind.into()), compute_resources, ..Environment::default() })
        };
        assert!(of("MANAGED", "EC2") && of("MANAGED", "SPOT") && of("MANAGED", "FUTURE"));
        assert!(!of("MANAGED", "FARGATE") && !of("MANAGED", "FARGATE_SPOT") && !of("UNMANAGED", "EC2"));
        assert!(starts(&Environment::default()));
    }

    #[test]
    fn the_group_names_its_environment() {
        let names = ["gpu", "gpu-asg-two"];
        let uuid = "640012bd-4e90-3f19-9dd2-c09a23dc923d";
        assert_eq!(owner(&names, &format!("AWSBatch-gpu-asg-{uuid}")), Some("gpu"));
        assert_eq!(owner(&names, &format!("AWSBatch-gpu-asg-two-asg-{uuid}")), Some("gpu-asg-two"));
        assert_eq!(owner(&names, "web"), None);
        assert!(
            owned_by("gpu").command.unwrap().to_string().ends_with("--state DISABLED --compute-resources minvCpus=0")
        );
    }
}
