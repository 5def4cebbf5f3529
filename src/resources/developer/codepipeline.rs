//! CodePipeline V1 pipelines are charged for every month in which they run; V2 pipelines for minutes of execution.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "codepipeline",
    names: words("CodePipeline pipeline (V1)", "CodePipeline パイプライン(V1)"),
    bills: words(
        "per month in which a change runs through it, after its first 30 days",
        "作成から 30 日を過ぎた後、変更が流れた月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSCodePipeline"],
    asks: &[&PIPELINES],
    writes: &["codepipeline:DeletePipeline"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const PIPELINES: Operation<Pipeline> = Operation::new("codepipeline:ListPipelines").at("pipelines");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Pipeline {
    name: String,
    pipeline_type: Option<Kind>,
    created: Option<Timestamp>,
}

values! { enum Kind { V2 = "V2" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let pipelines = cx.ask(&PIPELINES).all().await?;
    Ok(pipelines.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is charged only when it runs.
fn finding(pipeline: &Pipeline) -> Option<Listed> {
    if pipeline.pipeline_type == Some(Kind::V2) {
        return None;
    }
    let id = &pipeline.name;
    let sku = Sku::new("AWSCodePipeline").with("usagetype", "activePipeline");
    let found = Listed { created_at: pipeline.created, ..Listed::new(id) };
    let found = found.charge(Charge::new("1 active pipeline", sku, 1, Unit::Month).at_most());
    Some(found.loses(Loss::Settings).can(Verb::Delete, Command::aws("codepipeline delete-pipeline --name").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_second_type_is_free_while_idle() {
        let bills = |kind: Option<&str>| {
            finding(&Pipeline { pipeline_type: kind.map(Into::into), ..Pipeline::default() }).is_some()
        };
        assert_eq!([Some("V1"), Some("V2"), Some("V3"), None].map(bills), [true, false, true, true]);
    }
}
