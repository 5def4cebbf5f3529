//! Custom models of Bedrock are charged for their storage by the month, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonBedrock";

pub(super) static RESOURCE: Resource = Resource {
    id: "bedrock-custom-model",
    names: words("Bedrock custom model", "Bedrock カスタムモデル"),
    bills: words("per month for its storage, used or not", "使わなくても保存に 1 か月ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&MODELS],
    writes: &["bedrock:DeleteCustomModel"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const MODELS: Operation<Model> = Operation::new("bedrock:ListCustomModels").at("modelSummaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Model {
    model_arn: String,
    model_name: String,
    model_status: Option<Status>,
    creation_time: Option<Timestamp>,
}

values! { enum Status { Failed = "Failed" } }

async fn list(cx: &Cx) -> Result<Listing> {
    // Models shared by other accounts are on those accounts' bills.
    let models = cx.ask(&MODELS).with("isOwned", true).all().await?;
    Ok(models.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(model: &Model) -> Listed {
    let arn = model.model_arn.as_str();
    let id = arn.split_once(":custom-model/").map_or(arn, |(_, id)| id);
    let sku = Sku::new(SERVICE).with("usagetype", "CustomModel-Storage");
    let charge = Charge::each_month("custom model stored", sku, 1);
    let failed = model.model_status == Some(Status::Failed);
    let charge = if failed { charge.at_most() } else { charge };
    let (created_at, bills_since_creation) = (model.creation_time, !failed);
    let found = Listed { arn: Some(arn.to_owned()), created_at, bills_since_creation, ..Listed::new(id) };
    let found = found.named(Some(model.model_name.clone())).charge(charge);
    found.loses(Loss::Data).can(Verb::Delete, Command::aws("bedrock delete-custom-model --model-identifier").arg(arn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_charged_in_every_state() {
        let found = |status: &str| {
            let arn = "arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-text-lite-v1:0:4k/abc";
            finding(&Model { model_arn: arn.into(), model_status: Some(status.into()), ..Model::default() })
        };
        assert_eq!(found("Active").id, "amazon.titan-text-lite-v1:0:4k/abc");
        assert_eq!(["Active", "Future"].map(|it| found(it).charges[0].what.clone()), ["custom model stored"; 2]);
        assert_eq!(found("Failed").charges[0].what, "≤ custom model stored");
    }
}
