//! SageMaker AI processing jobs are charged for their instances and volumes while they run.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::sagemaker_charges::{SERVICE, instances, volumes};
use super::sagemaker_jobs::{Job, billing};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Listed, Scope, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-processing-job",
    names: words("SageMaker AI processing job", "SageMaker AI 処理ジョブ"),
    bills: words("per hour and instance while it runs", "実行中、インスタンスごとに 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&JOBS, &JOB],
    writes: &["sagemaker:StopProcessingJob"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const JOBS: Operation<Summary> = Operation::new("sagemaker:ListProcessingJobs").at("ProcessingJobSummaries");
const JOB: Operation<Detail> = Operation::new("sagemaker:DescribeProcessingJob");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Summary {
    processing_job_name: Option<String>,
    processing_job_arn: Option<String>,
    processing_job_status: Option<String>,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    processing_resources: ProcessingResources,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ProcessingResources {
    cluster_config: Option<Cluster>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cluster {
    instance_type: Option<String>,
    instance_count: Option<Decimal>,
    selected_instance_type: Option<String>,
    selected_instance_count: Option<Decimal>,
    #[serde(rename = "VolumeSizeInGB")]
    volume_size_in_gb: Option<Decimal>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let mut jobs = cx.ask(&JOBS).with("StatusEquals", "InProgress").all().await?;
    jobs.retain(|it| billing(it.processing_job_status.as_deref()).is_some());
    let ask = |it: &Summary| cx.ask(&JOB).with("ProcessingJobName", it.processing_job_name.clone()).one();
    Ok(detailed(jobs, ask, finding).await)
}

fn finding(job: &Summary, detail: Option<&Detail>) -> Option<Listed> {
    let (name, arn) = (job.processing_job_name.as_deref(), job.processing_job_arn.as_deref());
    let found = Job { kind: "processing-job", name, arn, created_at: job.creation_time };
    Some(found.finding(billing(job.processing_job_status.as_deref())?, charges(detail)))
}

fn charges(detail: Option<&Detail>) -> Vec<Charge> {
    let Some(cluster) = detail.and_then(|it| it.processing_resources.cluster_config.as_ref()) else {
        return vec![instances("Processing", None, None)];
    };
    let class = cluster.selected_instance_type.as_deref().or(cluster.instance_type.as_deref());
    let count = cluster.selected_instance_count.or(cluster.instance_count);
    let volumes = volumes("ml_storage_processing", cluster.volume_size_in_gb, [count]);
    [instances("Processing", class, count)].into_iter().chain(volumes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instance_has_a_volume() {
        let cluster = Cluster {
            instance_type: Some("ml.m5.xlarge".into()),
            instance_count: Some(2.into()),
            volume_size_in_gb: Some(30.into()),
            ..Cluster::default()
        };
        let detail = Detail { processing_resources: ProcessingResources { cluster_config: Some(cluster) } };
        let what: Vec<_> = charges(Some(&detail)).into_iter().map(|charge| charge.what).collect();
        assert_eq!(what, ["2 × ml.m5.xlarge", "60 GB volume"]);
        assert_eq!(charges(None)[0].quantity, None);
        let over = Summary { processing_job_status: Some("Completed".into()), ..Summary::default() };
        assert_eq!(finding(&over, None), None);
    }
}
