//! SageMaker AI training jobs bill for their instances while they run, and the instances that are kept warm afterwards bill on.

use std::time::{Duration, SystemTime};

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::operation::describe_training_job::DescribeTrainingJobOutput;
use aws_sdk_sagemaker::types::{
    ResourceConfig, TrainingInstanceType, TrainingJobStatus, TrainingJobSummary, WarmPoolResourceStatus,
};
use futures::FutureExt;

use super::sagemaker_charges::{SERVICE, instances, volume};
use super::sagemaker_jobs::{Job, billing};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-training-job",
    names: words("SageMaker AI training job", "SageMaker AI トレーニングジョブ"),
    bills: words(
        "per hour and instance while it runs, and while its instances are kept warm for the next one",
        "実行中と、次のジョブのためにウォームプールが残る間、インスタンスごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListTrainingJobs", "sagemaker:DescribeTrainingJob"],
    writes: &["sagemaker:StopTrainingJob", "sagemaker:UpdateTrainingJob"],
    list: |cx| list(cx).boxed(),
};

/// A job may wait for four weeks and run for four; none that bills is older than this.
const OLDEST: Duration = Duration::from_hours(90 * 24);

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    // A filter by status would spare no page (AWS pages first and filters then), and would hide the warm pools.
    let since = SystemTime::now() - OLDEST;
    let jobs = client.list_training_jobs().creation_time_after(since.into()).max_results(100);
    let jobs: Vec<TrainingJobSummary> = jobs.into_paginator().items().send().try_collect().await?;
    let jobs: Vec<_> = jobs.into_iter().filter(|job| state(job).is_some()).collect();
    let ask = |it: &TrainingJobSummary| {
        client.describe_training_job().set_training_job_name(it.training_job_name.clone()).send()
    };
    Ok(detailed(jobs, ask, finding).await)
}

fn state(job: &TrainingJobSummary) -> Option<Billing> {
    let state = billing(job.training_job_status().map(TrainingJobStatus::as_str));
    state.or_else(|| is_warm(job).then_some(Billing::Running))
}

/// Whether its instances wait for the next job, now that it is over.
fn is_warm(job: &TrainingJobSummary) -> bool {
    let over = billing(job.training_job_status().map(TrainingJobStatus::as_str)).is_none();
    let gone = [WarmPoolResourceStatus::Terminated, WarmPoolResourceStatus::Reused];
    over && job.warm_pool_status().is_some_and(|pool| !pool.status().is_some_and(|status| gone.contains(status)))
}

fn finding(job: &TrainingJobSummary, detail: Option<&DescribeTrainingJobOutput>) -> Option<Listed> {
    let charges = charges(detail).into_iter();
    let charges = charges.map(|it| if job.training_plan_arn().is_some() { it.at_most() } else { it }).collect();
    let (name, arn) = (job.training_job_name(), job.training_job_arn());
    let told = Job { kind: "training-job", name, arn, created: job.creation_time() };
    let found = told.finding(state(job)?, charges);
    if !is_warm(job) {
        return Some(found);
    }
    let update = Command::aws("sagemaker update-training-job --training-job-name").arg(&found.id);
    let found = Listed { can: Vec::new(), ..found };
    Some(found.can(Verb::Stop, update.words("--resource-config KeepAlivePeriodInSeconds=0")))
}

fn charges(detail: Option<&DescribeTrainingJobOutput>) -> Vec<Charge> {
    let Some((detail, resources)) = detail.and_then(|it| Some((it, it.resource_config()?))) else {
        return vec![instances("Train", None, None)];
    };
    let groups = resources.instance_groups().iter();
    let groups = groups.map(|it| (it.instance_type().map(TrainingInstanceType::as_str), it.instance_count()));
    let mut all: Vec<_> = groups.collect();
    if all.is_empty() {
        let class = resources.selected_instance_type().or(resources.instance_type()).map(TrainingInstanceType::as_str);
        all.push((class, resources.selected_instance_count().or(resources.instance_count())));
    }
    let volumes = resources.volume_size_in_gb().unwrap_or(0) * all.iter().filter_map(|(_, count)| *count).sum::<i32>();
    let mut charges: Vec<_> = all.into_iter().map(|(class, count)| instances("Train", class, count)).collect();
    if detail.enable_managed_spot_training() == Some(true) {
        charges = charges.into_iter().map(|it| Charge { sku: it.sku.with("marketoption", "Spot"), ..it }).collect();
    }
    charges.extend((volumes > 0).then(|| volume(volumes)));
    planned(resources, charges)
}

/// The instances of a training plan are paid for with the plan.
fn planned(resources: &ResourceConfig, charges: Vec<Charge>) -> Vec<Charge> {
    let planned = resources.training_plan_arn().is_some();
    charges.into_iter().map(|it| if planned { it.at_most() } else { it }).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_sagemaker::types::WarmPoolStatus;

    use super::*;

    fn job(status: &str, pool: Option<&str>) -> TrainingJobSummary {
        let pool = pool.map(|it| WarmPoolStatus::builder().status(it.into()).build());
        TrainingJobSummary::builder()
            .training_job_name("j")
            .training_job_status(status.into())
            .set_warm_pool_status(pool)
            .build()
    }

    #[test]
    fn what_is_kept_warm_bills_on() {
        let command = |job| finding(&job, None).map(|it| it.commands[&Verb::Stop].to_string().clone());
        assert_eq!(command(job("Completed", None)), None);
        assert_eq!(command(job("Completed", Some("Terminated"))), None);
        assert!(command(job("InProgress", Some("InUse"))).unwrap().contains("stop-training-job --training-job-name j"));
        assert!(command(job("Completed", Some("Available"))).unwrap().ends_with("KeepAlivePeriodInSeconds=0"));
        assert!(command(job("Stopped", Some("Dreaming"))).is_some());
    }

    #[test]
    fn spot_has_no_list_price() {
        let resources = ResourceConfig::builder().instance_type("ml.m5.xlarge".into()).instance_count(2);
        let detail = DescribeTrainingJobOutput::builder().resource_config(resources.volume_size_in_gb(50).build());
        let told = |spot| charges(Some(&detail.clone().enable_managed_spot_training(spot).build()));
        assert_eq!(told(false)[0].sku.to_string(), "AmazonSageMaker usagetype=Train:ml.m5.xlarge");
        assert_eq!(told(true)[0].sku.to_string(), "AmazonSageMaker marketoption=Spot usagetype=Train:ml.m5.xlarge");
        assert_eq!(told(false)[1].what, "100 GB volume");
        assert_eq!(charges(None)[0].quantity, None);
    }
}
