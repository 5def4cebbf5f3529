//! EMR Serverless applications bill, once started, for the workers they keep ready, and for those of their jobs.

use aws_sdk_emrserverless::Client;
use aws_sdk_emrserverless::operation::get_application::GetApplicationOutput;
use aws_sdk_emrserverless::types::{
    Application, ApplicationState, ApplicationSummary, Architecture, InitialCapacityConfig,
};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{tag_map, time};
use crate::resources::sizes::from_text;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "emr-serverless-application",
    names: words("EMR Serverless application", "EMR Serverless アプリケーション"),
    bills: words(
        "per second for the workers that it keeps ready while started, and for those of its jobs",
        "起動中、待機させているワーカーとジョブのワーカーに 1 秒ごと",
    ),
    scope: Scope::Region,
    endpoint: "emr-serverless",
    small: false,
    billed_as: &["ElasticMapReduce"],
    reads: &["emr-serverless:ListApplications", "emr-serverless:GetApplication"],
    writes: &["emr-serverless:StopApplication"],
    list: |cx| list(cx).boxed(),
};

/// Of each worker.
const FREE_DISK_GB: i32 = 20;

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let listed = client.list_applications().max_results(50).into_paginator().items().send();
    let mut applications: Vec<ApplicationSummary> = listed.try_collect().await?;
    applications.retain(|it| !is_free(it.state()));
    let ask = |it: &ApplicationSummary| client.get_application().application_id(it.id()).send();
    let (applications, faults) = about_each(applications, ask).await;
    let detail = GetApplicationOutput::application;
    let findings = applications.iter().map(|(it, answer)| finding(it, answer.as_ref().and_then(detail)));
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn is_free(state: &ApplicationState) -> bool {
    matches!(state, ApplicationState::Created | ApplicationState::Stopped | ApplicationState::Terminated)
}

fn finding(it: &ApplicationSummary, detail: Option<&Application>) -> Listed {
    let id = it.id();
    let found = Listed {
        arn: Some(it.arn().to_owned()),
        billing: if *it.state() == ApplicationState::Stopping { Billing::Ending } else { Billing::Running },
        created_at: time(Some(it.created_at())),
        tags: tag_map(detail.and_then(|it| it.tags())),
        charges: charges(it, detail),
        notes: vec![Note::new("usage-extra")],
        ..Listed::new(id)
    };
    let command = Command::aws("emr-serverless stop-application --application-id").arg(id);
    found.named(it.name().map(str::to_owned)).can(Verb::Stop, command)
}

/// What its jobs use on top only AWS's meter knows; without workers kept ready that is all there is.
fn charges(it: &ApplicationSummary, detail: Option<&Application>) -> Vec<Charge> {
    let arm = if it.architecture() == Some(&Architecture::Arm64) { "ARM-" } else { "" };
    let sku = |usage: &str| Sku::new("ElasticMapReduce").with("usagetype", format!("EMR-SERVERLESS-{arm}{usage}"));
    let kept = detail.and_then(Application::initial_capacity).into_iter().flat_map(|kept| kept.values());
    let kept = kept.filter(|kept| kept.worker_count() > 0).map(size);
    let sum = |sum: Option<(Decimal, Decimal)>, size: Option<(Decimal, Decimal)>| {
        sum.zip(size).map(|((cores, memory), size)| (cores + size.0, memory + size.1))
    };
    let none = Some((Decimal::ZERO, Decimal::ZERO));
    let (cores, memory) = ("EMR Serverless vCPU", "EMR Serverless GB");
    let disk: Decimal =
        detail.and_then(Application::initial_capacity).into_iter().flat_map(|it| it.values()).map(more_disk).sum();
    let disk = (disk > Decimal::ZERO).then(|| Charge::hourly("EMR Serverless GB storage", sku("StorageGBHours"), disk));
    let mut charges = match kept.fold(none, sum).filter(|size| Some(*size) != none) {
        Some(size) => {
            vec![Charge::hourly(cores, sku("vCPUHours"), size.0), Charge::hourly(memory, sku("MemoryGBHours"), size.1)]
        }
        None => vec![
            Charge::metered(cores, sku("vCPUHours"), Unit::Hour),
            Charge::metered(memory, sku("MemoryGBHours"), Unit::Hour),
        ],
    };
    charges.extend(disk);
    charges
}

/// What all workers of a kind have above the disk that is free.
fn more_disk(kept: &InitialCapacityConfig) -> Decimal {
    let each = kept.worker_configuration().and_then(|it| from_text(it.disk()?)).unwrap_or_default();
    (each - Decimal::from(FREE_DISK_GB)).max(Decimal::ZERO) * Decimal::from(kept.worker_count())
}

/// The processors and gigabytes of all workers of a kind: `4 vCPU` and `16 GB` each.
fn size(kept: &InitialCapacityConfig) -> Option<(Decimal, Decimal)> {
    let number = |text: &str| {
        let end = text.find(|sign: char| !sign.is_ascii_digit() && sign != '.').unwrap_or(text.len());
        text.get(..end)?.parse::<Decimal>().ok()
    };
    let (each, workers) = (kept.worker_configuration()?, Decimal::from(kept.worker_count()));
    Some((number(each.cpu())? * workers, number(each.memory())? * workers))
}

#[cfg(test)]
mod tests {
    use aws_sdk_emrserverless::types::WorkerResourceConfig;
    use aws_smithy_types::DateTime;

    use super::*;

    fn summary(state: &str) -> ApplicationSummary {
        let at = DateTime::from_secs(0);
        let it = ApplicationSummary::builder().id("00f1").arn("arn:app").release_label("emr-7.1.0").r#type("Spark");
        it.state(state.into()).created_at(at).updated_at(at).build().unwrap()
    }

    fn keeping(workers: i64) -> Application {
        let each = WorkerResourceConfig::builder().cpu("4 vCPU").memory("16GB").disk("50 GB").build().unwrap();
        let kept = InitialCapacityConfig::builder().worker_count(workers).worker_configuration(each).build().unwrap();
        let it = Application::builder().application_id("00f1").arn("arn:app").release_label("emr-7.1.0");
        let at = DateTime::from_secs(0);
        let it = it.r#type("Spark").state(ApplicationState::Started).created_at(at).updated_at(at);
        it.initial_capacity("EXECUTOR", kept).build().unwrap()
    }

    #[test]
    fn workers_that_are_kept_bill() {
        let whats = |detail: Option<&Application>| {
            charges(&summary("STARTED"), detail).into_iter().map(|it| it.what).collect::<Vec<_>>()
        };
        let two = ["8 × EMR Serverless vCPU", "32 × EMR Serverless GB", "60 × EMR Serverless GB storage"];
        assert_eq!(whats(Some(&keeping(2))), two);
        assert_eq!(whats(Some(&keeping(0))), ["EMR Serverless vCPU", "EMR Serverless GB"]);
        assert_eq!(charges(&summary("STARTED"), None)[0].quantity, None);
    }

    #[test]
    fn only_what_is_not_started_is_free() {
        let states = ["CREATED", "STOPPED", "TERMINATED", "STARTED", "STARTING", "DREAMING"];
        assert_eq!(states.map(|it| is_free(&it.into())), [true, true, true, false, false, false]);
        assert_eq!(finding(&summary("STOPPING"), None).billing, Billing::Ending);
    }
}
