//! Managed Flink applications bill for every hour of their processing units (KPU) while they run, one of them for their
//! orchestration, and for the storage of the others.

use aws_sdk_kinesisanalyticsv2::Client;
use aws_sdk_kinesisanalyticsv2::operation::describe_application::DescribeApplicationOutput;
use aws_sdk_kinesisanalyticsv2::types::{ApplicationDetail, ApplicationMode, ApplicationStatus, ApplicationSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

const GB_OF_A_UNIT: i32 = 50;

pub(super) static RESOURCE: Resource = Resource {
    id: "managed-flink-application",
    names: words("Managed Flink application", "Managed Flink アプリケーション"),
    bills: words(
        "per hour and processing unit (KPU) while it runs, and per GB and month of its running storage",
        "実行中は処理ユニット (KPU) ごとに 1 時間ごと、加えて実行ストレージの GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "kinesisanalytics",
    small: false,
    billed_as: &["AmazonKinesisAnalytics"],
    reads: &["kinesisanalytics:ListApplications", "kinesisanalytics:DescribeApplication"],
    writes: &["kinesisanalytics:StopApplication", "kinesisanalytics:DeleteApplication"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let listed = client.list_applications().limit(50).into_paginator().items().send();
    let mut applications: Vec<ApplicationSummary> = listed.try_collect().await?;
    applications.retain(|it| *it.application_status() != ApplicationStatus::Ready);
    let ask = |it: &ApplicationSummary| client.describe_application().application_name(it.application_name()).send();
    let (applications, faults) = about_each(applications, ask).await;
    let detail = DescribeApplicationOutput::application_detail;
    let findings = applications.iter().map(|(it, answer)| finding(it, answer.as_ref().and_then(detail)));
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn finding(it: &ApplicationSummary, detail: Option<&ApplicationDetail>) -> Listed {
    use ApplicationStatus as Status;
    let name = it.application_name();
    let billing = match it.application_status() {
        Status::Deleting | Status::Stopping | Status::ForceStopping => Billing::Ending,
        _ => Billing::Running,
    };
    let found = Listed {
        arn: Some(it.application_arn().to_owned()),
        billing,
        created_at: detail.and_then(|it| time(it.create_timestamp())),
        charges: charges(it, detail),
        ..Listed::new(name)
    };
    let command = |verb: &str| Command::aws(&format!("kinesisanalyticsv2 {verb} --application-name")).arg(name);
    let created = found.created_at;
    let found = found.can(Verb::Stop, command("stop-application"));
    // AWS wants to hear when it was created before it deletes it.
    let Some(created) = created else { return found };
    found.can(Verb::Delete, command("delete-application").words("--create-timestamp").arg(created))
}

fn charges(it: &ApplicationSummary, detail: Option<&ApplicationDetail>) -> Vec<Charge> {
    let item = |item: &str, unit| Sku::new("AmazonKinesisAnalytics").with("item", item).with("unit", unit);
    let (unit, storage) = (item("kpu_stream", "hour"), item("running_storage", "gb-month"));
    // A notebook is charged more units than its parallelism says, and SQL as many as it uses.
    let streams = it.application_mode() == Some(&ApplicationMode::Streaming)
        && it.runtime_environment().as_str().starts_with("FLINK-");
    match detail.and_then(units).filter(|_| streams) {
        Some(units) => vec![
            Charge::hourly("KPU", unit, units + 1),
            Charge::storage("running storage", storage, units * GB_OF_A_UNIT),
        ],
        None => {
            vec![Charge::metered("KPU", unit, Unit::Hour), Charge::metered("running storage", storage, Unit::GbMonth)]
        }
    }
}

/// Without the one for orchestration.
fn units(detail: &ApplicationDetail) -> Option<i32> {
    let flink = detail.application_configuration_description()?.flink_application_configuration_description()?;
    let it = flink.parallelism_configuration_description()?;
    let (tasks, in_a_unit) = (it.current_parallelism().or(it.parallelism())?, it.parallelism_per_kpu()?);
    (tasks > 0 && in_a_unit > 0).then(|| (tasks + in_a_unit - 1) / in_a_unit)
}

#[cfg(test)]
mod tests {
    use aws_sdk_kinesisanalyticsv2::types::{
        ApplicationConfigurationDescription, FlinkApplicationConfigurationDescription,
        ParallelismConfigurationDescription, RuntimeEnvironment,
    };
    use aws_smithy_types::DateTime;

    use super::*;

    fn summary(status: &str, runtime: &str) -> ApplicationSummary {
        let it = ApplicationSummary::builder().application_name("etl").application_arn("arn:etl");
        let it = it.application_version_id(1).application_mode(ApplicationMode::Streaming);
        it.application_status(status.into()).runtime_environment(runtime.into()).build().unwrap()
    }

    fn detail(tasks: i32, in_a_unit: i32) -> ApplicationDetail {
        let it = ParallelismConfigurationDescription::builder().parallelism(1).current_parallelism(tasks);
        let it = it.parallelism_per_kpu(in_a_unit).build();
        let it = FlinkApplicationConfigurationDescription::builder().parallelism_configuration_description(it).build();
        let it = ApplicationConfigurationDescription::builder().flink_application_configuration_description(it);
        let detail = ApplicationDetail::builder().application_configuration_description(it.build());
        let detail = detail.application_arn("arn:etl").application_name("etl").application_version_id(1);
        let detail = detail.runtime_environment(RuntimeEnvironment::Flink120).application_status("RUNNING".into());
        detail.create_timestamp(DateTime::from_secs(1_795_000_000)).build().unwrap()
    }

    #[test]
    fn units_are_charged_with_one_for_the_orchestration() {
        let whats = |runtime: &str| {
            let charges = charges(&summary("RUNNING", runtime), Some(&detail(5, 2)));
            charges.into_iter().map(|it| it.what).collect::<Vec<_>>()
        };
        assert_eq!(whats("FLINK-1_20"), ["4 × KPU", "150 GB running storage"]);
        assert_eq!(whats("SQL-1_0"), ["KPU", "running storage"]);
        assert_eq!(charges(&summary("RUNNING", "FLINK-1_20"), None)[0].quantity, None);
    }

    #[test]
    fn deleting_it_needs_the_time_of_its_creation() {
        let found = finding(&summary("DREAMING", "FLINK-1_20"), Some(&detail(1, 1)));
        assert!(found.commands[&Verb::Delete].to_string().ends_with("--create-timestamp 2026-11-18T11:06:40Z"));
        assert_eq!(finding(&summary("STOPPING", "FLINK-1_20"), None).can, [Verb::Stop]);
    }
}
