//! OpenSearch Ingestion pipelines are charged for their minimum capacity around the clock until they are stopped.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "opensearch-ingestion-pipeline",
    names: words("OpenSearch Ingestion pipeline", "OpenSearch Ingestion パイプライン"),
    bills: words(
        "per hour and Ingestion OCU until it is stopped, used or not",
        "停止するまで、使わなくても Ingestion OCU ごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonES"],
    asks: &[&PIPELINES],
    writes: &["osis:StopPipeline", "osis:DeletePipeline"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const PIPELINES: Operation<Pipeline> = Operation::new("osis:ListPipelines").at("Pipelines");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Pipeline {
    pipeline_name: Option<String>,
    pipeline_arn: Option<String>,
    status: Option<Status>,
    min_units: Option<Decimal>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

values! {
    enum Status {
        Stopped = "STOPPED",
        Stopping = "STOPPING",
        Deleting = "DELETING",
        CreateFailed = "CREATE_FAILED",
        StartFailed = "START_FAILED",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let pipelines = cx.ask(&PIPELINES).all().await?;
    Ok(pipelines.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is stopped, which is free.
fn finding(pipeline: &Pipeline) -> Option<Listed> {
    let billing = match pipeline.status {
        Some(Status::Stopped) => return None,
        Some(Status::Deleting | Status::Stopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let failed = matches!(pipeline.status, Some(Status::CreateFailed | Status::StartFailed));
    let charge = charge(pipeline.min_units);
    let charge = if failed { charge.at_most() } else { charge };
    let name = pipeline.pipeline_name.as_deref().unwrap_or_default();
    let (arn, created_at) = (pipeline.pipeline_arn.clone(), pipeline.created_at);
    let tags = pipeline.tags.clone();
    let found = Listed { arn, billing, created_at, tags, ..Listed::new(name) }.charge(charge);
    let found = found.note(Note::new("usage-extra"));
    let command = |verb: &str| Command::aws(&format!("osis {verb}-pipeline --pipeline-name")).arg(name);
    Some(found.can(Verb::Stop, command("stop")).can(Verb::Delete, command("delete")))
}

fn charge(units: Option<Decimal>) -> Charge {
    let sku = Sku::new("AmazonES").with("usagetype", "ES:IngestionOCU");
    match units {
        Some(units) => Charge::hourly("Ingestion OCU", sku, units),
        None => Charge::metered("Ingestion OCU", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_charged_until_it_is_stopped() {
        let seen = |state: &str| {
            let min_units = Some(2.into());
            let found = finding(&Pipeline { status: Some(state.into()), min_units, ..Pipeline::default() })?;
            Some((found.billing, found.charges[0].what.clone()))
        };
        let running = |what: &str| Some((Billing::Running, what.to_owned()));
        for state in ["ACTIVE", "CREATING", "UPDATE_FAILED", "STARTING", "FUTURE"] {
            assert_eq!(seen(state), running("2 × Ingestion OCU"), "{state}");
        }
        assert_eq!(seen("STOPPED"), None);
        assert_eq!(seen("CREATE_FAILED"), running("≤ 2 × Ingestion OCU"));
        assert_eq!(seen("STOPPING").map(|it| it.0), Some(Billing::Ending));
        assert_eq!(finding(&Pipeline::default()).unwrap().charges[0].quantity, None);
    }
}
