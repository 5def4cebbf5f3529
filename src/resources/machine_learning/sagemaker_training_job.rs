//! SageMaker AI training jobs bill for their instances while they run, and the instances that are kept warm afterwards bill on.

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::sagemaker_charges::{SERVICE, instances, volumes};
use super::sagemaker_jobs::{Job, billing};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
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
    small: false,
    billed_as: &[SERVICE],
    asks: &[&JOBS, &JOB],
    writes: &["sagemaker:StopTrainingJob", "sagemaker:UpdateTrainingJob"],
    list: |cx| list(cx).boxed(),
};

const JOBS: Operation<Summary> = Operation::new("sagemaker:ListTrainingJobs").at("TrainingJobSummaries");
const JOB: Operation<Detail> = Operation::new("sagemaker:DescribeTrainingJob");

/// A job may wait for four weeks and run for four; none that bills is older than this.
const OLDEST: SignedDuration = SignedDuration::from_hours(90 * 24);

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Summary {
    training_job_name: Option<String>,
    training_job_arn: Option<String>,
    training_job_status: Option<String>,
    creation_time: Option<Timestamp>,
    warm_pool_status: Option<WarmPool>,
    training_plan_arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct WarmPool {
    status: Option<PoolStatus>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    resource_config: Option<ResourceConfig>,
    enable_managed_spot_training: bool,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ResourceConfig {
    instance_type: Option<String>,
    instance_count: Option<Decimal>,
    selected_instance_type: Option<String>,
    selected_instance_count: Option<Decimal>,
    instance_groups: Vec<Group>,
    #[serde(rename = "VolumeSizeInGB")]
    volume_size_in_gb: Option<Decimal>,
    training_plan_arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Group {
    instance_type: Option<String>,
    instance_count: Option<Decimal>,
}

values! { enum PoolStatus { Reused = "Reused", Terminated = "Terminated" } }

async fn list(cx: &Cx) -> Result<Listing> {
    // A filter by status would spare no page (AWS pages first and filters then), and would hide the warm pools.
    let since = Timestamp::now() - OLDEST;
    let mut jobs = cx.ask(&JOBS).with("CreationTimeAfter", since.to_string()).all().await?;
    jobs.retain(|job| state(job).is_some());
    let ask = |it: &Summary| cx.ask(&JOB).with("TrainingJobName", it.training_job_name.clone()).one();
    Ok(detailed(jobs, ask, finding).await)
}

fn state(job: &Summary) -> Option<Billing> {
    let state = billing(job.training_job_status.as_deref());
    state.or_else(|| is_warm(job).then_some(Billing::Running))
}

/// Whether its instances wait for the next job, now that it is over.
fn is_warm(job: &Summary) -> bool {
    let over = billing(job.training_job_status.as_deref()).is_none();
    let gone = |pool: &WarmPool| matches!(pool.status, Some(PoolStatus::Terminated | PoolStatus::Reused));
    over && job.warm_pool_status.as_ref().is_some_and(|pool| !gone(pool))
}

fn finding(job: &Summary, detail: Option<&Detail>) -> Option<Listed> {
    let charges = charges(detail).into_iter();
    let charges = charges.map(|it| if job.training_plan_arn.is_some() { it.at_most() } else { it }).collect();
    let (name, arn) = (job.training_job_name.as_deref(), job.training_job_arn.as_deref());
    let found = Job { kind: "training-job", name, arn, created_at: job.creation_time };
    let found = found.finding(state(job)?, charges);
    if !is_warm(job) {
        return Some(found);
    }
    let update = Command::aws("sagemaker update-training-job --training-job-name").arg(&found.id);
    let found = Listed { can: Vec::new(), ..found };
    Some(found.can(Verb::Stop, update.words("--resource-config KeepAlivePeriodInSeconds=0")))
}

fn charges(detail: Option<&Detail>) -> Vec<Charge> {
    let Some((detail, resources)) = detail.and_then(|it| Some((it, it.resource_config.as_ref()?))) else {
        return vec![instances("Train", None, None)];
    };
    let groups = resources.instance_groups.iter();
    let mut all: Vec<_> = groups.map(|it| (it.instance_type.as_deref(), it.instance_count)).collect();
    if all.is_empty() {
        let class = resources.selected_instance_type.as_deref().or(resources.instance_type.as_deref());
        all.push((class, resources.selected_instance_count.or(resources.instance_count)));
    }
    let volumes = volumes("ml_storage_gp2", resources.volume_size_in_gb, all.iter().map(|(_, count)| *count));
    let mut charges: Vec<_> = all.into_iter().map(|(class, count)| instances("Train", class, count)).collect();
    if detail.enable_managed_spot_training {
        charges = charges.into_iter().map(|it| Charge { sku: it.sku.with("marketoption", "Spot"), ..it }).collect();
    }
    charges.extend(volumes);
    planned(resources, charges)
}

/// The instances of a training plan are paid for with the plan.
fn planned(resources: &ResourceConfig, charges: Vec<Charge>) -> Vec<Charge> {
    let planned = resources.training_plan_arn.is_some();
    charges.into_iter().map(|it| if planned { it.at_most() } else { it }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(status: &str, pool: Option<&str>) -> Summary {
        Summary {
            training_job_name: Some("j".into()),
            training_job_status: Some(status.into()),
            warm_pool_status: pool.map(|it| WarmPool { status: Some(it.into()) }),
            ..Summary::default()
        }
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
        let charges_of = |enable_managed_spot_training| {
            let resource_config = Some(ResourceConfig {
                instance_type: Some("ml.m5.xlarge".into()),
                instance_count: Some(2.into()),
                volume_size_in_gb: Some(50.into()),
                ..ResourceConfig::default()
            });
            charges(Some(&Detail { resource_config, enable_managed_spot_training }))
        };
        let (full, spot) = (charges_of(false), charges_of(true));
        assert_eq!(full[0].sku.to_string(), "AmazonSageMaker usagetype=Train:ml.m5.xlarge");
        assert_eq!(spot[0].sku.to_string(), "AmazonSageMaker marketoption=Spot usagetype=Train:ml.m5.xlarge");
        assert_eq!(full[1].what, "100 GB volume");
        assert_eq!(charges(None)[0].quantity, None);
    }
}
