//! Custom models of Bedrock bill for their storage by the month, used or not.

use aws_sdk_bedrock::Client;
use aws_sdk_bedrock::types::{CustomModelSummary, ModelStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonBedrock";

pub(super) static RESOURCE: Resource = Resource {
    id: "bedrock-custom-model",
    names: words("Bedrock custom model", "Bedrock カスタムモデル"),
    bills: words("per month for its storage, used or not", "使わなくても保存に 1 か月ごと"),
    scope: Scope::Region,
    endpoint: "bedrock",
    small: false,
    billed_as: &[SERVICE],
    reads: &["bedrock:ListCustomModels"],
    writes: &["bedrock:DeleteCustomModel"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    // Those of other accounts, shared with this one, are on the bill of the others.
    let models = Client::new(&cx.sdk).list_custom_models().is_owned(true).max_results(1000);
    let models: Vec<CustomModelSummary> = models.into_paginator().items().send().try_collect().await?;
    Ok(models.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(model: &CustomModelSummary) -> Listed {
    let arn = model.model_arn();
    let id = arn.split_once(":custom-model/").map_or(arn, |(_, id)| id);
    let sku = Sku::new(SERVICE).with("usagetype", "CustomModel-Storage");
    let charge = Charge::each_month("custom model stored", sku, 1);
    let failed = model.model_status() == Some(&ModelStatus::Failed);
    let charge = if failed { charge.at_most() } else { charge };
    let (created_at, bills_since_creation) = (time(Some(model.creation_time())), !failed);
    let found = Listed { arn: Some(arn.to_owned()), created_at, bills_since_creation, ..Listed::new(id) };
    let found = found.named(Some(model.model_name().to_owned())).charge(charge);
    found.can(Verb::Delete, Command::aws("bedrock delete-custom-model --model-identifier").arg(arn))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    #[test]
    fn it_bills_whatever_its_state() {
        let told = |status: &str| {
            let arn = "arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-text-lite-v1:0:4k/abc";
            let model = CustomModelSummary::builder().model_arn(arn).model_name("study").model_status(status.into());
            let model = model.base_model_arn("b").base_model_name("b").creation_time(DateTime::from_secs(0));
            finding(&model.build().unwrap())
        };
        assert_eq!(told("Active").id, "amazon.titan-text-lite-v1:0:4k/abc");
        assert_eq!(["Active", "Dreaming"].map(|it| told(it).charges[0].what.clone()), ["custom model stored"; 2]);
        assert_eq!(told("Failed").charges[0].what, "≤ custom model stored");
    }
}
