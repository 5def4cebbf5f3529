//! EMR Serverless applications bill, once started, for the workers they keep ready, and for those of their jobs.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::{Decimal, dec};
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
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
    small: false,
    billed_as: &["ElasticMapReduce"],
    asks: &[&APPLICATIONS, &APPLICATION],
    writes: &["emr-serverless:StopApplication"],
    list: |cx| list(cx).boxed(),
};

const APPLICATIONS: Operation<Application> = Operation::new("emr-serverless:ListApplications").at("applications");
const APPLICATION: Operation<Detail> = Operation::new("emr-serverless:GetApplication").at("application");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Application {
    id: String,
    name: Option<String>,
    arn: String,
    state: Option<State>,
    created_at: Option<Timestamp>,
    architecture: Option<Architecture>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Detail {
    /// The workers that it keeps ready, by their kind.
    initial_capacity: BTreeMap<String, Kept>,
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Kept {
    worker_count: Decimal,
    worker_configuration: Option<Worker>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Worker {
    cpu: String,
    memory: String,
    disk: Option<String>,
}

values! {
    enum State { Created = "CREATED", Stopping = "STOPPING", Stopped = "STOPPED", Terminated = "TERMINATED" }
}
values! { enum Architecture { Arm64 = "ARM64" } }

/// Of each worker.
const FREE_DISK_GB: Decimal = dec!(20);

async fn list(cx: &Cx) -> Result<Listing> {
    let mut applications = cx.ask(&APPLICATIONS).all().await?;
    applications.retain(|it| !is_free(it.state.as_ref()));
    let ask = |it: &Application| cx.ask(&APPLICATION).with("applicationId", it.id.as_str()).one();
    Ok(detailed(applications, ask, |it, detail| Some(finding(it, detail))).await)
}

fn is_free(state: Option<&State>) -> bool {
    matches!(state, Some(State::Created | State::Stopped | State::Terminated))
}

fn finding(it: &Application, detail: Option<&Detail>) -> Listed {
    let found = Listed {
        arn: Some(it.arn.clone()),
        billing: if it.state == Some(State::Stopping) { Billing::Ending } else { Billing::Running },
        created_at: it.created_at,
        tags: detail.map(|it| it.tags.clone()).unwrap_or_default(),
        charges: charges(it, detail),
        notes: vec![Note::new("usage-extra")],
        ..Listed::new(&it.id)
    };
    let command = Command::aws("emr-serverless stop-application --application-id").arg(&it.id);
    found.named(it.name.clone()).can(Verb::Stop, command)
}

/// The workers of its jobs come on top, which only AWS's meter knows; without workers kept ready there is nothing else.
fn charges(it: &Application, detail: Option<&Detail>) -> Vec<Charge> {
    let arm = if it.architecture == Some(Architecture::Arm64) { "ARM-" } else { "" };
    let sku = |usage: &str| Sku::new("ElasticMapReduce").with("usagetype", format!("EMR-SERVERLESS-{arm}{usage}"));
    let kept = || detail.into_iter().flat_map(|it| it.initial_capacity.values());
    let none = (Decimal::ZERO, Decimal::ZERO);
    let size = kept().filter(|kept| kept.worker_count > Decimal::ZERO).try_fold(none, |sum, kept| {
        let more = size(kept)?;
        Some((sum.0.checked_add(more.0)?, sum.1.checked_add(more.1)?))
    });
    let (cores, memory) = ("EMR Serverless vCPU", "EMR Serverless GB");
    let mut charges = match size.filter(|size| *size != none) {
        Some(size) => {
            vec![Charge::hourly(cores, sku("vCPUHours"), size.0), Charge::hourly(memory, sku("MemoryGBHours"), size.1)]
        }
        None => vec![
            Charge::metered(cores, sku("vCPUHours"), Unit::Hour),
            Charge::metered(memory, sku("MemoryGBHours"), Unit::Hour),
        ],
    };
    let (storage, hours) = ("EMR Serverless GB storage", sku("StorageGBHours"));
    match kept().try_fold(Decimal::ZERO, |sum, kept| sum.checked_add(more_disk(kept)?)) {
        Some(disk) if disk > Decimal::ZERO => charges.push(Charge::hourly(storage, hours, disk)),
        Some(_) => {}
        None => charges.push(Charge::metered(storage, hours, Unit::Hour)),
    }
    charges
}

/// The disk of all workers of a kind above the free part.
fn more_disk(kept: &Kept) -> Option<Decimal> {
    let each = kept.worker_configuration.as_ref().and_then(|it| from_text(it.disk.as_deref()?)).unwrap_or_default();
    (each - FREE_DISK_GB).max(Decimal::ZERO).checked_mul(kept.worker_count)
}

/// The processors and gigabytes of all workers of a kind: `4 vCPU` and `16 GB` each.
fn size(kept: &Kept) -> Option<(Decimal, Decimal)> {
    let number = |text: &str| {
        let end = text.find(|sign: char| !sign.is_ascii_digit() && sign != '.').unwrap_or(text.len());
        text.get(..end)?.parse::<Decimal>().ok()
    };
    let (each, workers) = (kept.worker_configuration.as_ref()?, kept.worker_count);
    Some((number(&each.cpu)?.checked_mul(workers)?, number(&each.memory)?.checked_mul(workers)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn application(state: &str) -> Application {
        Application { state: Some(state.into()), ..Application::default() }
    }

    fn keeping(workers: i64) -> Detail {
        let each = Worker { cpu: "4 vCPU".into(), memory: "16GB".into(), disk: Some("50 GB".into()) };
        let kept = Kept { worker_count: workers.into(), worker_configuration: Some(each) };
        Detail { initial_capacity: [("EXECUTOR".to_owned(), kept)].into(), ..Detail::default() }
    }

    #[test]
    fn workers_that_are_kept_bill() {
        let whats = |detail: Option<&Detail>| {
            charges(&application("STARTED"), detail).into_iter().map(|it| it.what).collect::<Vec<_>>()
        };
        let two = ["8 × EMR Serverless vCPU", "32 × EMR Serverless GB", "60 × EMR Serverless GB storage"];
        assert_eq!(whats(Some(&keeping(2))), two);
        assert_eq!(whats(Some(&keeping(0))), ["EMR Serverless vCPU", "EMR Serverless GB"]);
        assert_eq!(charges(&application("STARTED"), None)[0].quantity, None);
        let endless = ["EMR Serverless vCPU", "EMR Serverless GB", "EMR Serverless GB storage"];
        let mut endlessly = keeping(1);
        endlessly.initial_capacity.values_mut().for_each(|it| it.worker_count = Decimal::MAX);
        assert_eq!(whats(Some(&endlessly)), endless);
    }

    #[test]
    fn only_what_is_not_started_is_free() {
        let states = ["CREATED", "STOPPED", "TERMINATED", "STARTED", "STARTING", "DREAMING"];
        assert_eq!(states.map(|it| is_free(Some(&it.into()))), [true, true, true, false, false, false]);
        assert_eq!(finding(&application("STOPPING"), None).billing, Billing::Ending);
    }
}
