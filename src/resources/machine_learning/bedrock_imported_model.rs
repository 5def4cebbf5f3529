//! Models imported to Bedrock are charged for their storage by the month, and for the copies that run while they are used.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
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
    small: false,
    billed_as: &[SERVICE],
    asks: &[&MODELS, &MODEL],
    writes: &["bedrock:DeleteImportedModel"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const MODELS: Operation<Model> = Operation::new("bedrock:ListImportedModels").at("modelSummaries");
const MODEL: Operation<Detail> = Operation::new("bedrock:GetImportedModel");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Model {
    model_arn: String,
    model_name: String,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Detail {
    custom_model_units: Units,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Units {
    custom_model_units_per_model_copy: Option<Decimal>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let models = cx.ask(&MODELS).all().await?;
    let ask = |it: &Model| cx.ask(&MODEL).with("modelIdentifier", it.model_arn.as_str()).one();
    Ok(detailed(models, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(model: &Model, detail: Option<&Detail>) -> Listed {
    let arn = model.model_arn.as_str();
    let id = arn.rsplit_once('/').map_or(arn, |(_, id)| id);
    let charge = charge(detail.and_then(|it| it.custom_model_units.custom_model_units_per_model_copy));
    let created_at = model.creation_time;
    let found = Listed { arn: Some(arn.to_owned()), created_at, bills_since_creation: true, ..Listed::new(id) };
    let found = found.named(Some(model.model_name.clone())).charge(charge).note(Note::new("usage-extra"));
    found.loses(Loss::Data).can(Verb::Delete, Command::aws("bedrock delete-imported-model --model-identifier").arg(arn))
}

fn charge(units: Option<Decimal>) -> Charge {
    let sku = Sku::new(SERVICE).with("usagetype", "CustomModelImport-ModelStorage");
    match units.filter(|units| *units > Decimal::ZERO) {
        Some(units) => Charge::each_month("custom model unit stored", sku, units),
        None => Charge::metered("custom model units stored", sku, Unit::Month),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_units_bill_by_the_month() {
        let two = charge(Some(2.into()));
        assert_eq!((two.what.as_str(), two.unit), ("2 × custom model unit stored", Unit::Month));
        assert_eq!(charge(None).quantity, None);
    }
}
