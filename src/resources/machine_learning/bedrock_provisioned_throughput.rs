//! Bedrock Provisioned Throughput bills for every model unit and hour, used or not, until it is deleted; with a commitment
//! until that ends, come what may.

use aws_sdk_bedrock::Client;
use aws_sdk_bedrock::types::{ProvisionedModelStatus, ProvisionedModelSummary};
use futures::FutureExt;
use jiff::Timestamp;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonBedrock";

pub(super) static RESOURCE: Resource = Resource {
    id: "bedrock-provisioned-throughput",
    names: words("Bedrock Provisioned Throughput", "Bedrock プロビジョンドスループット"),
    bills: words(
        "per hour and model unit while it exists, used or not; with a commitment until that ends",
        "存在する間は使わなくてもモデルユニットごとに 1 時間ごと。契約期間があればその終わりまで",
    ),
    scope: Scope::Region,
    endpoint: "bedrock",
    small: false,
    billed_as: &[SERVICE],
    reads: &["bedrock:ListProvisionedModelThroughputs"],
    writes: &["bedrock:DeleteProvisionedModelThroughput"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let models = Client::new(&cx.sdk).list_provisioned_model_throughputs().max_results(1000);
    let models: Vec<ProvisionedModelSummary> = models.into_paginator().items().send().try_collect().await?;
    let now = Timestamp::now();
    Ok(models.iter().map(|model| finding(model, now)).collect::<Vec<_>>().into())
}

fn finding(model: &ProvisionedModelSummary, now: Timestamp) -> Listed {
    let arn = model.provisioned_model_arn().to_owned();
    let created_at = time(Some(model.creation_time()));
    let charge = charge(model);
    let charge = if model.status() == &ProvisionedModelStatus::Failed { charge.at_most() } else { charge };
    let found = Listed { arn: Some(arn.clone()), created_at, ..Listed::new(id(&arn)) };
    let found = found.named(Some(model.provisioned_model_name().to_owned())).charge(charge);
    let until = time(model.commitment_expiration_time());
    match until {
        // AWS refuses to end it before.
        Some(until) if until > now => found.note(Note::with("committed-until", until)),
        _ => found.note(Note::new("delete-only")).can(
            Verb::Delete,
            Command::aws("bedrock delete-provisioned-model-throughput --provisioned-model-id").arg(arn),
        ),
    }
}

/// Each model has a price of its own, and so has each length of a commitment.
fn charge(model: &ProvisionedModelSummary) -> Charge {
    let name = id(model.foundation_model_arn());
    let term = model.commitment_duration().map_or("NoCommitment", |it| it.as_str());
    let sku = Sku::new(SERVICE).with("usagetype", format!("ProvisionedThroughput:{name}:{term}"));
    Charge::hourly(&format!("model unit of {name}"), sku, model.model_units())
}

fn id(arn: &str) -> &str {
    arn.rsplit_once('/').map_or(arn, |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use aws_sdk_bedrock::types::CommitmentDuration;
    use aws_smithy_types::DateTime;

    use super::*;

    fn told(status: &str, committed: Option<i64>) -> Listed {
        let model = ProvisionedModelSummary::builder()
            .provisioned_model_name("study")
            .provisioned_model_arn("arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc123")
            .model_arn("m")
            .desired_model_arn("m")
            .foundation_model_arn("arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-text-express-v1:0:8k")
            .model_units(2)
            .desired_model_units(2)
            .status(status.into())
            .set_commitment_duration(committed.map(|_| CommitmentDuration::OneMonth))
            .set_commitment_expiration_time(committed.map(DateTime::from_secs))
            .creation_time(DateTime::from_secs(0))
            .last_modified_time(DateTime::from_secs(0));
        finding(&model.build().unwrap(), Timestamp::from_second(1_000).unwrap())
    }

    #[test]
    fn every_state_bills_and_a_failed_one_perhaps() {
        let unit = "2 × model unit of amazon.titan-text-express-v1:0:8k";
        for status in ["InService", "Creating", "Updating", "Dreaming"] {
            assert_eq!(told(status, None).charges[0].what, unit, "{status}");
        }
        assert_eq!(told("Failed", None).charges[0].what, format!("≤ {unit}"));
    }

    #[test]
    fn a_commitment_can_only_be_waited_for() {
        let open = told("InService", Some(2_000));
        assert_eq!((open.can, open.notes[0].id()), (vec![], "committed-until"));
        assert_eq!(told("InService", Some(500)).can, [Verb::Delete]);
        assert_eq!(told("InService", None).can, [Verb::Delete]);
    }
}
