//! CodePipeline pipelines of the first type bill for every month in which they run; those of the second only by the minute.

use aws_sdk_codepipeline::Client;
use aws_sdk_codepipeline::types::{PipelineSummary, PipelineType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "codepipeline",
    names: words("CodePipeline pipeline (V1)", "CodePipeline パイプライン (V1)"),
    bills: words(
        "per month in which a change runs through it, after its first 30 days",
        "作成から 30 日を過ぎた後、変更が流れた月ごと",
    ),
    scope: Scope::Region,
    endpoint: "codepipeline",
    small: false,
    billed_as: &["AWSCodePipeline"],
    reads: &["codepipeline:ListPipelines"],
    writes: &["codepipeline:DeletePipeline"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pipelines = Client::new(&cx.sdk).list_pipelines().max_results(1000).into_paginator().items().send();
    let pipelines: Vec<PipelineSummary> = pipelines.try_collect().await?;
    Ok(pipelines.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it costs nothing until somebody uses it.
fn finding(pipeline: &PipelineSummary) -> Option<Listed> {
    if pipeline.pipeline_type() == Some(&PipelineType::V2) {
        return None;
    }
    let id = pipeline.name().unwrap_or_default();
    let sku = Sku::new("AWSCodePipeline").with("usagetype", "activePipeline");
    let found = Listed { created_at: time(pipeline.created()), ..Listed::new(id) };
    let found = found.charge(Charge::new("1 active pipeline", sku, 1, Unit::Month).at_most());
    Some(found.can(Verb::Delete, Command::aws("codepipeline delete-pipeline --name").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_second_type_is_free_while_idle() {
        let bills = |kind: Option<&str>| {
            let pipeline = PipelineSummary::builder().set_pipeline_type(kind.map(Into::into)).build();
            finding(&pipeline).is_some()
        };
        assert_eq!([Some("V1"), Some("V2"), Some("V3"), None].map(bills), [true, false, true, true]);
    }
}
