//! Bedrock Provisioned Throughput is charged for every model unit and hour, used or not, until it is deleted; with a
//! commitment until that ends.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
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
    small: false,
    billed_as: &[SERVICE],
    asks: &[&MODELS],
    writes: &["bedrock:DeleteProvisionedModelThroughput"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const MODELS: Operation<Model> =
    Operation::new("bedrock:ListProvisionedModelThroughputs").at("provisionedModelSummaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Model {
    provisioned_model_arn: String,
    provisioned_model_name: String,
    foundation_model_arn: String,
    model_units: Decimal,
    status: Option<Status>,
    commitment_duration: Option<String>,
    commitment_expiration_time: Option<Timestamp>,
    creation_time: Option<Timestamp>,
}

values! { enum Status { Failed = "Failed" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let models = cx.ask(&MODELS).all().await?;
    let now = Timestamp::now();
    Ok(models.iter().map(|model| finding(model, now)).collect::<Vec<_>>().into())
}

fn finding(model: &Model, now: Timestamp) -> Listed {
    let arn = model.provisioned_model_arn.as_str();
    let charge = charge(model);
    let charge = if model.status == Some(Status::Failed) { charge.at_most() } else { charge };
    let found = Listed { arn: Some(arn.to_owned()), created_at: model.creation_time, ..Listed::new(id(arn)) };
    let found = found.named(Some(model.provisioned_model_name.clone())).charge(charge);
    match model.commitment_expiration_time {
        // AWS refuses to delete it before the commitment ends.
        Some(until) if until > now => found.note(Note::with("committed-until", until)),
        _ => found.note(Note::new("delete-only")).can(
            Verb::Delete,
            Command::aws("bedrock delete-provisioned-model-throughput --provisioned-model-id").arg(arn),
        ),
    }
}

/// The price depends on the model and on the length of the commitment.
fn charge(model: &Model) -> Charge {
    let name = id(&model.foundation_model_arn);
    let term = model.commitment_duration.as_deref().unwrap_or("NoCommitment");
    let sku = Sku::new(SERVICE).with("usagetype", format!("ProvisionedThroughput:{name}:{term}"));
    Charge::hourly(&format!("model unit of {name}"), sku, model.model_units)
}

fn id(arn: &str) -> &str {
    arn.rsplit_once('/').map_or(arn, |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn found(status: &str, committed: Option<i64>) -> Listed {
        let model = Model {
            provisioned_model_arn: "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc123".into(),
            foundation_model_arn: "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-text-express-v1:0:8k"
                .into(),
            model_units: 2.into(),
            status: Some(status.into()),
            commitment_duration: committed.map(|_| "OneMonth".into()),
            commitment_expiration_time: committed.map(at),
            ..Model::default()
        };
        finding(&model, at(1_000))
    }

    #[test]
    fn every_state_is_charged_and_a_failed_one_may_be() {
        let unit = "2 × model unit of amazon.titan-text-express-v1:0:8k";
        for status in ["InService", "Creating", "Updating", "Future"] {
            assert_eq!(found(status, None).charges[0].what, unit, "{status}");
        }
        assert_eq!(found("Failed", None).charges[0].what, format!("≤ {unit}"));
    }

    #[test]
    fn a_commitment_can_only_be_waited_for() {
        let open = found("InService", Some(2_000));
        assert_eq!((open.can, open.notes[0].id()), (vec![], "committed-until"));
        assert_eq!(found("InService", Some(500)).can, [Verb::Delete]);
        assert_eq!(found("InService", None).can, [Verb::Delete]);
    }
}
