//! SageMaker AI batch transform jobs bill for their instances while they run.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::operation::describe_transform_job::DescribeTransformJobOutput;
use aws_sdk_sagemaker::types::{TransformInstanceType, TransformJobStatus, TransformJobSummary, TransformResources};
use futures::FutureExt;

use super::sagemaker_charges::{SERVICE, instances};
use super::sagemaker_jobs::{Job, billing};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Listed, Scope, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-transform-job",
    names: words("SageMaker AI batch transform job", "SageMaker AI バッチ変換ジョブ"),
    bills: words("per hour and instance while it runs", "実行中、インスタンスごとに 1 時間ごと"),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListTransformJobs", "sagemaker:DescribeTransformJob"],
    writes: &["sagemaker:StopTransformJob"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let jobs = client.list_transform_jobs().status_equals(TransformJobStatus::InProgress).max_results(100);
    let jobs: Vec<TransformJobSummary> = jobs.into_paginator().items().send().try_collect().await?;
    let jobs =
        jobs.into_iter().filter(|it| billing(it.transform_job_status().map(TransformJobStatus::as_str)).is_some());
    let ask = |it: &TransformJobSummary| {
        client.describe_transform_job().set_transform_job_name(it.transform_job_name.clone()).send()
    };
    Ok(detailed(jobs.collect(), ask, finding).await)
}

fn finding(job: &TransformJobSummary, detail: Option<&DescribeTransformJobOutput>) -> Option<Listed> {
    let (name, arn) = (job.transform_job_name(), job.transform_job_arn());
    let told = Job { kind: "transform-job", name, arn, created: job.creation_time() };
    Some(told.finding(billing(job.transform_job_status().map(TransformJobStatus::as_str))?, vec![charge(detail)]))
}

fn charge(detail: Option<&DescribeTransformJobOutput>) -> Charge {
    let resources = detail.and_then(|it| it.transform_resources());
    let class = resources.and_then(|it| it.instance_type()).map(TransformInstanceType::as_str);
    instances("Tsform", class, resources.and_then(TransformResources::instance_count))
}

#[cfg(test)]
mod tests {
    use aws_sdk_sagemaker::types::TransformResources;

    use super::*;

    #[test]
    fn its_instances_bill() {
        let resources = TransformResources::builder().instance_type("ml.m5.xlarge".into()).instance_count(3).build();
        let detail = DescribeTransformJobOutput::builder().transform_resources(resources).build();
        assert_eq!(charge(Some(&detail)).what, "3 × ml.m5.xlarge");
        assert_eq!(charge(None).quantity, None);
        let over = TransformJobSummary::builder().transform_job_status(TransformJobStatus::Stopped).build();
        assert_eq!(finding(&over, None), None);
    }
}
