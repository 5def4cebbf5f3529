//! SageMaker AI batch transform jobs are charged for their instances while they run.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::sagemaker_charges::{SERVICE, instances};
use super::sagemaker_jobs::{Job, billing};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Listed, Scope, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-transform-job",
    names: words("SageMaker AI batch transform job", "SageMaker AI バッチ変換ジョブ"),
    bills: words("per hour and instance while it runs", "実行中、インスタンスごとに 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&JOBS, &JOB],
    writes: &["sagemaker:StopTransformJob"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const JOBS: Operation<Summary> = Operation::new("sagemaker:ListTransformJobs").at("TransformJobSummaries");
const JOB: Operation<Detail> = Operation::new("sagemaker:DescribeTransformJob");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Summary {
    transform_job_name: Option<String>,
    transform_job_arn: Option<String>,
    transform_job_status: Option<String>,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    transform_resources: TransformResources,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct TransformResources {
    instance_type: Option<String>,
    instance_count: Option<Decimal>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let mut jobs = cx.ask(&JOBS).with("StatusEquals", "InProgress").all().await?;
    jobs.retain(|it| billing(it.transform_job_status.as_deref()).is_some());
    let ask = |it: &Summary| cx.ask(&JOB).with("TransformJobName", it.transform_job_name.clone()).one();
    Ok(detailed(jobs, ask, finding).await)
}

fn finding(job: &Summary, detail: Option<&Detail>) -> Option<Listed> {
    let (name, arn) = (job.transform_job_name.as_deref(), job.transform_job_arn.as_deref());
    let found = Job { kind: "transform-job", name, arn, created_at: job.creation_time };
    Some(found.finding(billing(job.transform_job_status.as_deref())?, vec![charge(detail)]))
}

fn charge(detail: Option<&Detail>) -> Charge {
    let resources = detail.map(|it| &it.transform_resources);
    let class = resources.and_then(|it| it.instance_type.as_deref());
    instances("Tsform", class, resources.and_then(|it| it.instance_count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_instances_bill() {
        let (instance_type, instance_count) = (Some("ml.m5.xlarge".into()), Some(3.into()));
        let detail = Detail { transform_resources: TransformResources { instance_type, instance_count } };
        assert_eq!(charge(Some(&detail)).what, "3 × ml.m5.xlarge");
        assert_eq!(charge(None).quantity, None);
        let over = Summary { transform_job_status: Some("Stopped".into()), ..Summary::default() };
        assert_eq!(finding(&over, None), None);
    }
}
