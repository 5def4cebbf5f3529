//! OpenSearch Ingestion pipelines bill for their smallest capacity around the clock until they are stopped.

use aws_sdk_osis::Client;
use aws_sdk_osis::operation::list_pipelines::ListPipelinesOutput;
use aws_sdk_osis::types::{PipelineStatus, PipelineSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{tags, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "opensearch-ingestion-pipeline",
    names: words("OpenSearch Ingestion pipeline", "OpenSearch Ingestion パイプライン"),
    bills: words(
        "per hour and Ingestion OCU until it is stopped, used or not",
        "停止するまで、使わなくても Ingestion OCU ごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "osis",
    small: false,
    billed_as: &["AmazonES"],
    reads: &["osis:ListPipelines"],
    writes: &["osis:StopPipeline", "osis:DeletePipeline"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).list_pipelines().max_results(100).into_paginator().send();
    let pages: Vec<ListPipelinesOutput> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(ListPipelinesOutput::pipelines).filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is stopped: nothing of it bills.
fn finding(pipeline: &PipelineSummary) -> Option<Listed> {
    let billing = match pipeline.status() {
        Some(PipelineStatus::Stopped) => return None,
        Some(PipelineStatus::Deleting | PipelineStatus::Stopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let failed = matches!(pipeline.status(), Some(PipelineStatus::CreateFailed | PipelineStatus::StartFailed));
    let charge = charge(pipeline.min_units());
    let charge = if failed { charge.at_most() } else { charge };
    let name = pipeline.pipeline_name().unwrap_or_default();
    let (arn, created_at) = (pipeline.pipeline_arn.clone(), time(pipeline.created_at()));
    let tags = tags(pipeline.tags().iter().map(|tag| (Some(tag.key()), Some(tag.value()))));
    let found = Listed { arn, billing, created_at, tags, ..Listed::new(name) }.charge(charge);
    let found = found.note(Note::new("usage-extra"));
    let command = |verb: &str| Command::aws(&format!("osis {verb}-pipeline --pipeline-name")).arg(name);
    Some(found.can(Verb::Stop, command("stop")).can(Verb::Delete, command("delete")))
}

fn charge(units: Option<i32>) -> Charge {
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
    fn it_bills_until_it_is_stopped() {
        let told = |state: &str| {
            let found = finding(&PipelineSummary::builder().status(state.into()).min_units(2).build())?;
            Some((found.billing, found.charges[0].what.clone()))
        };
        let running = |what: &str| Some((Billing::Running, what.to_owned()));
        for state in ["ACTIVE", "CREATING", "UPDATE_FAILED", "STARTING", "DREAMING"] {
            assert_eq!(told(state), running("2 × Ingestion OCU"), "{state}");
        }
        assert_eq!(told("STOPPED"), None);
        assert_eq!(told("CREATE_FAILED"), running("≤ 2 × Ingestion OCU"));
        assert_eq!(told("STOPPING").map(|it| it.0), Some(Billing::Ending));
        assert_eq!(finding(&PipelineSummary::builder().build()).unwrap().charges[0].quantity, None);
    }
}
