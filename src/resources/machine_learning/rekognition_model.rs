//! Rekognition Custom Labels models are charged for their inference units while they run, and for the hours of their training.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
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
    small: false,
    billed_as: &[SERVICE],
    asks: &[&PROJECTS, &MODELS],
    writes: &["rekognition:StopProjectVersion"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const PROJECTS: Operation<Project> = Operation::new("rekognition:DescribeProjects").at("ProjectDescriptions");
const MODELS: Operation<Model> = Operation::new("rekognition:DescribeProjectVersions").at("ProjectVersionDescriptions");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Project {
    project_arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Model {
    project_version_arn: Option<String>,
    status: Option<Status>,
    min_inference_units: Option<Decimal>,
    max_inference_units: Option<Decimal>,
    creation_timestamp: Option<Timestamp>,
}

values! {
    enum Status {
        TrainingInProgress = "TRAINING_IN_PROGRESS", TrainingCompleted = "TRAINING_COMPLETED", TrainingFailed = "TRAINING_FAILED",
        CopyingInProgress = "COPYING_IN_PROGRESS", CopyingCompleted = "COPYING_COMPLETED", CopyingFailed = "COPYING_FAILED",
        Stopping = "STOPPING", Stopped = "STOPPED", Failed = "FAILED", Deleting = "DELETING", Deprecated = "DEPRECATED", Expired = "EXPIRED",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let projects = cx.ask(&PROJECTS).all().await?;
    let ask = |it: &Project| cx.ask(&MODELS).with("ProjectArn", it.project_arn.clone()).all();
    let (answers, faults) = about_each(projects, ask).await;
    let models = answers.iter().filter_map(|(_, models)| models.as_ref()).flatten();
    Ok(Listing { findings: models.filter_map(finding).collect(), faults, ..Listing::default() })
}

/// `None` means it neither runs nor trains.
fn finding(model: &Model) -> Option<Listed> {
    let units = || hosting(model.min_inference_units);
    let (billing, charge) = match model.status {
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
    let arn = model.project_version_arn.as_deref().unwrap_or_default();
    let (of, created_at) = (model.project_version_arn.clone(), model.creation_timestamp);
    let found = Listed { arn: of, billing, created_at, ..Listed::new(id(arn)) }.charge(charge);
    if model.status == Some(Status::TrainingInProgress) {
        return Some(found.note(Note::new("ends-by-itself")));
    }
    let grows = model.max_inference_units > model.min_inference_units;
    let found = if grows { found.note(Note::new("usage-extra")) } else { found };
    Some(found.can(Verb::Stop, Command::aws("rekognition stop-project-version --project-version-arn").arg(arn)))
}

fn hosting(units: Option<Decimal>) -> Charge {
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
    fn it_is_charged_while_it_runs_or_trains() {
        let bills = |state: &str| {
            let min_inference_units = Some(2.into());
            let found = finding(&Model { status: Some(state.into()), min_inference_units, ..Model::default() })?;
            Some((found.billing, found.charges[0].what.clone(), found.can.len()))
        };
        let units = || "2 × inference unit".to_owned();
        let running = [0; 3].map(|_| Some((Billing::Running, units(), 1)));
        assert_eq!(["RUNNING", "STARTING", "FUTURE"].map(bills), running);
        assert_eq!(["STOPPED", "TRAINING_COMPLETED", "FAILED"].map(bills), [None, None, None]);
        assert_eq!(bills("STOPPING"), Some((Billing::Ending, units(), 1)));
        assert_eq!(bills("TRAINING_IN_PROGRESS"), Some((Billing::Running, "training".to_owned(), 0)));
        assert!(finding(&Model::default()).is_some());
    }

    #[test]
    fn its_id_is_short() {
        let arn = "arn:aws:rekognition:us-east-1:123456789012:project/logos/version/logos.2026/1790000000000";
        assert_eq!(id(arn), "logos/logos.2026");
        assert_eq!(id("strange"), "strange");
    }
}
