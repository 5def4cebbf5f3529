//! SageMaker AI training jobs are charged for their instances while they run, and for instances kept in a warm pool afterwards.

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::sagemaker_charges::SERVICE;
use super::sagemaker_jobs::{Job, billing};
use super::sagemaker_training_charges::{Detail, charges};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Scope, Verb, words};
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
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const JOBS: Operation<Summary> = Operation::new("sagemaker:ListTrainingJobs").at("TrainingJobSummaries");
const JOB: Operation<Detail> = Operation::new("sagemaker:DescribeTrainingJob");

/// A job may wait for four weeks and run for four: no charged job is older than this.
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

values! { enum PoolStatus { Reused = "Reused", Terminated = "Terminated" } }

async fn list(cx: &Cx) -> Result<Listing> {
    // Filtering by status would save no pages (AWS pages first and filters then), and would hide warm pools.
    let since = Timestamp::now().saturating_sub(OLDEST).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut jobs = cx.ask(&JOBS).with("CreationTimeAfter", since.to_string()).all().await?;
    jobs.retain(|job| state(job).is_some());
    let ask = |it: &Summary| cx.ask(&JOB).with("TrainingJobName", it.training_job_name.clone()).one();
    Ok(detailed(jobs, ask, finding).await)
}

fn state(job: &Summary) -> Option<Billing> {
    let state = billing(job.training_job_status.as_deref());
    state.or_else(|| is_warm(job).then_some(Billing::Running))
}

/// Whether the job has ended and its instances are kept in a warm pool.
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
    fn a_warm_pool_is_charged() {
        let command = |job| finding(&job, None).map(|it| it.commands[&Verb::Stop].to_string().clone());
        assert_eq!(command(job("Completed", None)), None);
        assert_eq!(command(job("Completed", Some("Terminated"))), None);
        assert!(command(job("InProgress", Some("InUse"))).unwrap().contains("stop-training-job --training-job-name j"));
        assert!(command(job("Completed", Some("Available"))).unwrap().ends_with("KeepAlivePeriodInSeconds=0"));
        assert!(command(job("Stopped", Some("Future"))).is_some());
    }
}
