//! Managed Flink applications are charged for every hour of their processing units (KPU) while they run, one of them for
//! orchestration, and for the storage of the others.

use futures::FutureExt;
use serde::Deserialize;

use super::managed_flink_charges::{Detail, charges};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Scope, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "managed-flink-application",
    names: words("Managed Flink application", "Managed Flink アプリケーション"),
    bills: words(
        "per hour and processing unit (KPU) while it runs, and per GB and month of its running storage",
        "実行中は処理ユニット(KPU) ごとに 1 時間ごと、加えて実行ストレージの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonKinesisAnalytics"],
    asks: &[&APPLICATIONS, &APPLICATION],
    writes: &["kinesisanalytics:StopApplication", "kinesisanalytics:DeleteApplication"],
    owns: &[],
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

values! {
    enum Status { Ready = "READY", Deleting = "DELETING", Stopping = "STOPPING", ForceStopping = "FORCE_STOPPING" }
}
values! { enum Mode { Streaming = "STREAMING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut applications = cx.ask(&APPLICATIONS).all().await?;
    applications.retain(|it| it.application_status != Some(Status::Ready));
    let ask = |it: &Application| cx.ask(&APPLICATION).with("ApplicationName", it.application_name.as_str()).one();
    Ok(detailed(applications, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(it: &Application, detail: Option<&Detail>) -> Listed {
    let name = &it.application_name;
    let streams = it.application_mode == Some(Mode::Streaming) && it.runtime_environment.starts_with("FLINK-");
    let billing = match it.application_status {
        Some(Status::Deleting | Status::Stopping | Status::ForceStopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let found = Listed {
        arn: Some(it.application_arn.clone()),
        billing,
        created_at: detail.and_then(|it| it.create_timestamp),
        charges: charges(detail, streams),
        ..Listed::new(name)
    };
    let command = |verb: &str| Command::aws(&format!("kinesisanalyticsv2 {verb} --application-name")).arg(name);
    let created = found.created_at;
    let found = found.can(Verb::Stop, command("stop-application"));
    // Deleting requires the creation time.
    let Some(created) = created else { return found };
    found.can(Verb::Delete, command("delete-application").words("--create-timestamp").arg(created))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn created() -> Detail {
        serde_json::from_value(json!({ "CreateTimestamp": "2026-11-18T11:06:40Z" })).unwrap()
    }

    fn application(status: &str, runtime: &str) -> Application {
        Application {
            application_name: "etl".into(),
            application_status: Some(status.into()),
            application_mode: Some(Mode::Streaming),
            runtime_environment: runtime.into(),
            ..Application::default()
        }
    }

    #[test]
    fn only_streams_have_known_units() {
        let known = |runtime: &str| {
            let it = finding(&application("RUNNING", runtime), Some(&Detail::of(5, 2)));
            it.charges.into_iter().map(|it| it.what).collect::<Vec<_>>()
        };
        assert_eq!(known("FLINK-1_20"), ["4 × KPU", "150 GB running storage"]);
        assert_eq!(known("SQL-1_0"), ["KPU", "running storage"]);
    }

    #[test]
    fn deleting_it_needs_the_time_of_its_creation() {
        let found = finding(&application("FUTURE", "FLINK-1_20"), Some(&created()));
        assert!(found.commands[&Verb::Delete].to_string().ends_with("--create-timestamp 2026-11-18T11:06:40Z"));
        assert_eq!(finding(&application("STOPPING", "FLINK-1_20"), None).can, [Verb::Stop]);
    }
}
