//! Compute environments of AWS Batch are free; the instances they start are not, and stay as long as a least number is kept.

use aws_sdk_batch::Client;
use aws_sdk_batch::types::{CeStatus, CeType, ComputeEnvironmentDetail, CrType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Owner, Scope, words};
use crate::resources::ec2::ec2_tagged::tagged;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "batch-compute-environment",
    names: words("Batch compute environment", "Batch コンピューティング環境"),
    bills: words(
        "nothing itself; its instances bill, and it keeps its least number of vCPUs even without jobs",
        "それ自体は無料。インスタンスに課金され、ジョブがなくても最小 vCPU 分は起動し続ける",
    ),
    scope: Scope::Region,
    endpoint: "batch",
    small: false,
    billed_as: &[],
    reads: &["batch:DescribeComputeEnvironments", "ec2:DescribeInstances"],
    writes: &["batch:UpdateComputeEnvironment"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_compute_environments().max_results(100);
    let environments: Vec<ComputeEnvironmentDetail> = asked.into_paginator().items().send().try_collect().await?;
    let names: Vec<&str> =
        environments.iter().filter(|it| starts(it)).filter_map(|it| it.compute_environment_name()).collect();
    if names.is_empty() {
        return Ok(Listing::default());
    }
    let instances = match tagged(cx, "AWSBatchServiceTag").await {
        Ok(instances) => instances,
        Err(error) => return Ok(Listing { faults: vec![error], ..Listing::default() }),
    };
    let owned = instances.into_iter().filter_map(|(thing, tags)| {
        let name = owner(&names, tags.get("aws:autoscaling:groupName")?)?;
        Some(Owned { resource: "ec2-instance", thing, owner: told(name) })
    });
    Ok(Listing { owned: owned.collect(), ..Listing::default() })
}

/// Whether it is one that starts instances itself. On Fargate there are none, and an unmanaged one leaves it to the user.
fn starts(environment: &ComputeEnvironmentDetail) -> bool {
    let kind = environment.compute_resources().and_then(|it| it.r#type());
    environment.r#type() != Some(&CeType::Unmanaged)
        && environment.status() != Some(&CeStatus::Deleted)
        && !matches!(kind, Some(CrType::Fargate | CrType::FargateSpot))
}

/// Batch names the groups of an environment `AWSBatch-<environment>-asg-<uuid>`.
fn owner<'a>(names: &[&'a str], group: &str) -> Option<&'a str> {
    let (environment, _) = group.strip_prefix("AWSBatch-").unwrap_or(group).rsplit_once("-asg-")?;
    names.iter().find(|name| **name == environment).copied()
}

fn told(name: &str) -> Owner {
    let update = Command::aws("batch update-compute-environment --compute-environment").arg(name);
    // AWS refuses a lower number of desired vCPUs, and lowers it by itself.
    RESOURCE.owner(name, update.words("--state DISABLED --compute-resources minvCpus=0"))
}

#[cfg(test)]
mod tests {
    use aws_sdk_batch::types::ComputeResource;

    use super::*;

    #[test]
    fn only_managed_ones_on_ec2_start_instances() {
        let of = |kind: &str, on: &str| {
            let resources = ComputeResource::builder().r#type(on.into()).build();
            starts(&ComputeEnvironmentDetail::builder().r#type(kind.into()).compute_resources(resources).build())
        };
        assert!(of("MANAGED", "EC2") && of("MANAGED", "SPOT") && of("MANAGED", "DREAM"));
        assert!(!of("MANAGED", "FARGATE") && !of("MANAGED", "FARGATE_SPOT") && !of("UNMANAGED", "EC2"));
        assert!(starts(&ComputeEnvironmentDetail::builder().build()));
    }

    #[test]
    fn the_group_names_its_environment() {
        let names = ["gpu", "gpu-asg-two"];
        let uuid = "640012bd-4e90-3f19-9dd2-c09a23dc923d";
        assert_eq!(owner(&names, &format!("AWSBatch-gpu-asg-{uuid}")), Some("gpu"));
        assert_eq!(owner(&names, &format!("AWSBatch-gpu-asg-two-asg-{uuid}")), Some("gpu-asg-two"));
        assert_eq!(owner(&names, "web"), None);
        assert!(told("gpu").command.unwrap().to_string().ends_with("--state DISABLED --compute-resources minvCpus=0"));
    }
}
