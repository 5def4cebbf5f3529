//! Managed Flink applications bill for every hour of their processing units (KPU) while they run, one of them for their
//! orchestration, and for the storage of the others.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::{Decimal, dec};
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "managed-flink-application",
    names: words("Managed Flink application", "Managed Flink アプリケーション"),
    bills: words(
        "per hour and processing unit (KPU) while it runs, and per GB and month of its running storage",
        "実行中は処理ユニット (KPU) ごとに 1 時間ごと、加えて実行ストレージの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonKinesisAnalytics"],
    asks: &[&APPLICATIONS, &APPLICATION],
    writes: &["kinesisanalytics:StopApplication", "kinesisanalytics:DeleteApplication"],
    list: |cx| list(cx).boxed(),
};

const APPLICATIONS: Operation<Application> =
    Operation::new("kinesisanalyticsv2:ListApplications").at("ApplicationSummaries");
const APPLICATION: Operation<Detail> = Operation::new("kinesisanalyticsv2:DescribeApplication").at("ApplicationDetail");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Application {
    application_name: String,
    #[serde(rename = "ApplicationARN")]
    application_arn: String,
    application_status: Option<Status>,
    application_mode: Option<Mode>,
    runtime_environment: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    create_timestamp: Option<Timestamp>,
    application_configuration_description: Configuration,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Configuration {
    flink_application_configuration_description: Flink,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Flink {
    parallelism_configuration_description: Parallelism,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Parallelism {
    parallelism: Option<Decimal>,
    current_parallelism: Option<Decimal>,
    #[serde(rename = "ParallelismPerKPU")]
    parallelism_per_kpu: Option<Decimal>,
}

values! {
    enum Status { Ready = "READY", Deleting = "DELETING", Stopping = "STOPPING", ForceStopping = "FORCE_STOPPING" }
}
values! { enum Mode { Streaming = "STREAMING" } }

const GB_OF_A_UNIT: Decimal = dec!(50);

async fn list(cx: &Cx) -> Result<Listing> {
    let mut applications = cx.ask(&APPLICATIONS).all().await?;
    applications.retain(|it| it.application_status != Some(Status::Ready));
    let ask = |it: &Application| cx.ask(&APPLICATION).with("ApplicationName", it.application_name.as_str()).one();
    Ok(detailed(applications, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(it: &Application, detail: Option<&Detail>) -> Listed {
    let name = &it.application_name;
    let billing = match it.application_status {
        Some(Status::Deleting | Status::Stopping | Status::ForceStopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let found = Listed {
        arn: Some(it.application_arn.clone()),
        billing,
        created_at: detail.and_then(|it| it.create_timestamp),
        charges: charges(it, detail),
        ..Listed::new(name)
    };
    let command = |verb: &str| Command::aws(&format!("kinesisanalyticsv2 {verb} --application-name")).arg(name);
    let created = found.created_at;
    let found = found.can(Verb::Stop, command("stop-application"));
    // AWS deletes it only with the time of its creation.
    let Some(created) = created else { return found };
    found.can(Verb::Delete, command("delete-application").words("--create-timestamp").arg(created))
}

fn charges(it: &Application, detail: Option<&Detail>) -> Vec<Charge> {
    let item = |item: &str, unit| Sku::new("AmazonKinesisAnalytics").with("item", item).with("unit", unit);
    let (unit, storage) = (item("kpu_stream", "hour"), item("running_storage", "gb-month"));
    // A notebook is charged more units than its parallelism says, and SQL as many as it uses.
    let streams = it.application_mode == Some(Mode::Streaming) && it.runtime_environment.starts_with("FLINK-");
    let sizes = |units: Decimal| Some((units.checked_add(Decimal::ONE)?, units.checked_mul(GB_OF_A_UNIT)?));
    match detail.and_then(units).and_then(sizes).filter(|_| streams) {
        Some((units, gigabytes)) => {
            vec![Charge::hourly("KPU", unit, units), Charge::storage("running storage", storage, gigabytes)]
        }
        None => {
            vec![Charge::metered("KPU", unit, Unit::Hour), Charge::metered("running storage", storage, Unit::GbMonth)]
        }
    }
}

/// Without the one for orchestration.
fn units(detail: &Detail) -> Option<Decimal> {
    let flink = &detail.application_configuration_description.flink_application_configuration_description;
    let it = &flink.parallelism_configuration_description;
    let (tasks, in_a_unit) = (it.current_parallelism.or(it.parallelism)?, it.parallelism_per_kpu?);
    if tasks <= Decimal::ZERO || in_a_unit <= Decimal::ZERO {
        return None;
    }
    Some(tasks.checked_div(in_a_unit)?.ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn application(status: &str, runtime: &str) -> Application {
        Application {
            application_name: "etl".into(),
            application_status: Some(status.into()),
            application_mode: Some(Mode::Streaming),
            runtime_environment: runtime.into(),
            ..Application::default()
        }
    }

    fn detail(tasks: i64, in_a_unit: i64) -> Detail {
        let parallelism_configuration_description = Parallelism {
            parallelism: Some(1.into()),
            current_parallelism: Some(tasks.into()),
            parallelism_per_kpu: Some(in_a_unit.into()),
        };
        let flink_application_configuration_description = Flink { parallelism_configuration_description };
        Detail {
            create_timestamp: Timestamp::from_second(1_795_000_000).ok(),
            application_configuration_description: Configuration { flink_application_configuration_description },
        }
    }

    #[test]
    fn units_are_charged_with_one_for_the_orchestration() {
        let whats = |runtime: &str| {
            let charges = charges(&application("RUNNING", runtime), Some(&detail(5, 2)));
            charges.into_iter().map(|it| it.what).collect::<Vec<_>>()
        };
        assert_eq!(whats("FLINK-1_20"), ["4 × KPU", "150 GB running storage"]);
        assert_eq!(whats("SQL-1_0"), ["KPU", "running storage"]);
        assert_eq!(charges(&application("RUNNING", "FLINK-1_20"), None)[0].quantity, None);
    }

    #[test]
    fn deleting_it_needs_the_time_of_its_creation() {
        let found = finding(&application("DREAMING", "FLINK-1_20"), Some(&detail(1, 1)));
        assert!(found.commands[&Verb::Delete].to_string().ends_with("--create-timestamp 2026-11-18T11:06:40Z"));
        assert_eq!(finding(&application("STOPPING", "FLINK-1_20"), None).can, [Verb::Stop]);
    }
}
