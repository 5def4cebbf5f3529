//! Models imported to Bedrock bill for their storage by the month, and for the copies that run while they are asked.

use aws_sdk_bedrock::Client;
use aws_sdk_bedrock::operation::get_imported_model::GetImportedModelOutput;
use aws_sdk_bedrock::types::{CustomModelUnits, ImportedModelSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonBedrock";

pub(super) static RESOURCE: Resource = Resource {
    id: "bedrock-imported-model",
    names: words("Bedrock imported model", "Bedrock インポート済みモデル"),
    bills: words(
        "per month and custom model unit for its storage, and per minute of the copies that answer",
        "保存はカスタムモデルユニットごとに 1 か月ごと、加えて応答するコピーの 1 分ごと",
    ),
    scope: Scope::Region,
    endpoint: "bedrock",
    small: false,
    billed_as: &[SERVICE],
    reads: &["bedrock:ListImportedModels", "bedrock:GetImportedModel"],
    writes: &["bedrock:DeleteImportedModel"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let models: Vec<ImportedModelSummary> =
        client.list_imported_models().max_results(1000).into_paginator().items().send().try_collect().await?;
    let ask = |it: &ImportedModelSummary| client.get_imported_model().model_identifier(it.model_arn()).send();
    Ok(detailed(models, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(model: &ImportedModelSummary, detail: Option<&GetImportedModelOutput>) -> Listed {
    let arn = model.model_arn();
    let id = arn.rsplit_once('/').map_or(arn, |(_, id)| id);
    let units = detail.and_then(GetImportedModelOutput::custom_model_units);
    let charge = charge(units.and_then(CustomModelUnits::custom_model_units_per_model_copy));
    let created_at = time(Some(model.creation_time()));
    let found = Listed { arn: Some(arn.to_owned()), created_at, bills_since_creation: true, ..Listed::new(id) };
    let found = found.named(Some(model.model_name().to_owned())).charge(charge).note(Note::new("usage-extra"));
    found.can(Verb::Delete, Command::aws("bedrock delete-imported-model --model-identifier").arg(arn))
}

fn charge(units: Option<i32>) -> Charge {
    let sku = Sku::new(SERVICE).with("usagetype", "CustomModelImport-ModelStorage");
    match units.filter(|units| *units > 0) {
        Some(units) => Charge::each_month("custom model unit stored", sku, units),
        None => Charge::metered("custom model units stored", sku, Unit::Month),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_units_bill_by_the_month() {
        let two = charge(Some(2));
        assert_eq!((two.what.as_str(), two.unit), ("2 × custom model unit stored", Unit::Month));
        assert_eq!(charge(None).quantity, None);
    }
}
