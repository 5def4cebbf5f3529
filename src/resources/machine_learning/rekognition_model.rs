//! Rekognition Custom Labels models bill for their inference units while they run, and for the hours of their training.

use aws_sdk_rekognition::Client;
use aws_sdk_rekognition::types::{ProjectDescription, ProjectVersionDescription, ProjectVersionStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::details;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonRekognition";

pub(super) static RESOURCE: Resource = Resource {
    id: "rekognition-model",
    names: words("Rekognition Custom Labels model", "Rekognition カスタムラベルモデル"),
    bills: words(
        "per hour and inference unit while it runs, used or not, and per hour of training",
        "実行中は使わなくても推論ユニットごとに 1 時間ごと、加えてトレーニングの 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "rekognition",
    small: false,
    billed_as: &[SERVICE],
    reads: &["rekognition:DescribeProjects", "rekognition:DescribeProjectVersions"],
    writes: &["rekognition:StopProjectVersion"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let projects: Vec<ProjectDescription> =
        client.describe_projects().max_results(100).into_paginator().items().send().try_collect().await?;
    let ask = |it: &ProjectDescription| models(client.clone(), it.project_arn.clone());
    let mut listing = Listing::default();
    for (_, answer) in details(projects, ask).await {
        match answer {
            Ok(models) => listing.findings.extend(models.iter().filter_map(finding)),
            Err(error) => listing.faults.push(error),
        }
    }
    Ok(listing)
}

async fn models(client: Client, project: Option<String>) -> Result<Vec<ProjectVersionDescription>> {
    let models = client.describe_project_versions().set_project_arn(project).max_results(100);
    models.into_paginator().items().send().try_collect().await.map_err(Error::from)
}

/// `None` means it does neither run nor learn.
fn finding(model: &ProjectVersionDescription) -> Option<Listed> {
    use ProjectVersionStatus as Status;
    let units = || hosting(model.min_inference_units());
    let (billing, charge) = match model.status() {
        Some(
            Status::TrainingCompleted
            | Status::TrainingFailed
            | Status::Failed
            | Status::Stopped
            | Status::Deleting
            | Status::Deprecated
            | Status::Expired
            | Status::CopyingInProgress
            | Status::CopyingCompleted
            | Status::CopyingFailed,
        ) => return None,
        Some(Status::TrainingInProgress) => {
            (Billing::Running, Charge::metered("training", usage("CustomLabels-Training"), Unit::Hour))
        }
        Some(Status::Stopping) => (Billing::Ending, units()),
        _ => (Billing::Running, units()),
    };
    let arn = model.project_version_arn().unwrap_or_default();
    let (of, created_at) = (model.project_version_arn.clone(), time(model.creation_timestamp()));
    let found = Listed { arn: of, billing, created_at, ..Listed::new(id(arn)) }.charge(charge);
    if model.status() == Some(&Status::TrainingInProgress) {
        return Some(found);
    }
    let grows = model.max_inference_units() > model.min_inference_units();
    let found = if grows { found.note(Note::new("usage-extra")) } else { found };
    Some(found.can(Verb::Stop, Command::aws("rekognition stop-project-version --project-version-arn").arg(arn)))
}

fn hosting(units: Option<i32>) -> Charge {
    match units {
        Some(units) => Charge::hourly("inference unit", usage("CustomLabels-InferenceUnit"), units),
        None => Charge::metered("inference units", usage("CustomLabels-InferenceUnit"), Unit::Hour),
    }
}

fn usage(usage: &str) -> Sku {
    Sku::new(SERVICE).with("usagetype", usage)
}

/// `arn:aws:rekognition:…:project/logos/version/logos.2026-10-01T10.00.00/1790000000000` is `logos/logos.2026-10-01T10.00.00`.
fn id(arn: &str) -> String {
    let parts: Vec<&str> = arn.split('/').collect();
    match parts[..] {
        [_, project, "version", version, ..] => format!("{project}/{version}"),
        _ => arn.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bills_while_it_runs_or_learns() {
        let told = |state: &str| {
            let model = ProjectVersionDescription::builder().status(state.into()).min_inference_units(2);
            let found = finding(&model.build())?;
            Some((found.billing, found.charges[0].what.clone(), found.can.len()))
        };
        let units = || "2 × inference unit".to_owned();
        assert_eq!(["RUNNING", "STARTING", "DREAMING"].map(told), [0; 3].map(|_| Some((Billing::Running, units(), 1))));
        assert_eq!(["STOPPED", "TRAINING_COMPLETED", "FAILED"].map(told), [None, None, None]);
        assert_eq!(told("STOPPING"), Some((Billing::Ending, units(), 1)));
        assert_eq!(told("TRAINING_IN_PROGRESS"), Some((Billing::Running, "training".to_owned(), 0)));
        assert!(finding(&ProjectVersionDescription::builder().build()).is_some());
    }

    #[test]
    fn its_id_is_short() {
        let arn = "arn:aws:rekognition:us-east-1:123456789012:project/logos/version/logos.2026/1790000000000";
        assert_eq!(id(arn), "logos/logos.2026");
        assert_eq!(id("strange"), "strange");
    }
}
