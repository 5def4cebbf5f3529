//! SageMaker AI processing jobs bill for their instances and volumes while they run.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::operation::describe_processing_job::DescribeProcessingJobOutput;
use aws_sdk_sagemaker::types::{ProcessingInstanceType, ProcessingJobStatus, ProcessingJobSummary};
use futures::FutureExt;

use super::sagemaker_charges::{SERVICE, instances};
use super::sagemaker_jobs::{Job, billing};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Listed, Scope, Sku, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-processing-job",
    names: words("SageMaker AI processing job", "SageMaker AI 処理ジョブ"),
    bills: words("per hour and instance while it runs", "実行中、インスタンスごとに 1 時間ごと"),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListProcessingJobs", "sagemaker:DescribeProcessingJob"],
    writes: &["sagemaker:StopProcessingJob"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let jobs = client.list_processing_jobs().status_equals(ProcessingJobStatus::InProgress).max_results(100);
    let jobs: Vec<ProcessingJobSummary> = jobs.into_paginator().items().send().try_collect().await?;
    let jobs =
        jobs.into_iter().filter(|it| billing(it.processing_job_status().map(ProcessingJobStatus::as_str)).is_some());
    let ask = |it: &ProcessingJobSummary| {
        client.describe_processing_job().set_processing_job_name(it.processing_job_name.clone()).send()
    };
    Ok(detailed(jobs.collect(), ask, finding).await)
}

fn finding(job: &ProcessingJobSummary, detail: Option<&DescribeProcessingJobOutput>) -> Option<Listed> {
    let (name, arn) = (job.processing_job_name(), job.processing_job_arn());
    let told = Job { kind: "processing-job", name, arn, created: job.creation_time() };
    Some(told.finding(billing(job.processing_job_status().map(ProcessingJobStatus::as_str))?, charges(detail)))
}

fn charges(detail: Option<&DescribeProcessingJobOutput>) -> Vec<Charge> {
    let Some(cluster) = detail.and_then(|it| it.processing_resources()).and_then(|it| it.cluster_config()) else {
        return vec![instances("Processing", None, None)];
    };
    let class = cluster.selected_instance_type().or(cluster.instance_type()).map(ProcessingInstanceType::as_str);
    let count = cluster.selected_instance_count().or(cluster.instance_count());
    let sku = Sku::new(SERVICE).with("item", "ml_storage_processing").with("unit", "gb-month");
    let volumes = cluster.volume_size_in_gb().unwrap_or(0) * count.unwrap_or(0);
    let volumes = (volumes > 0).then(|| Charge::storage("volume", sku, volumes));
    [instances("Processing", class, count)].into_iter().chain(volumes).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_sagemaker::types::{ProcessingClusterConfig, ProcessingResources};

    use super::*;

    #[test]
    fn every_instance_has_a_volume() {
        let cluster = ProcessingClusterConfig::builder().instance_type("ml.m5.xlarge".into()).instance_count(2);
        let resources = ProcessingResources::builder().cluster_config(cluster.volume_size_in_gb(30).build()).build();
        let detail = DescribeProcessingJobOutput::builder().processing_resources(resources).build();
        let told: Vec<_> = charges(Some(&detail)).into_iter().map(|charge| charge.what).collect();
        assert_eq!(told, ["2 × ml.m5.xlarge", "60 GB volume"]);
        assert_eq!(charges(None)[0].quantity, None);
        let over = ProcessingJobSummary::builder().processing_job_status(ProcessingJobStatus::Completed).build();
        assert_eq!(finding(&over, None), None);
    }
}
