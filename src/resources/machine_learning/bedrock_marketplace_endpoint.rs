//! Endpoints of Bedrock Marketplace are SageMaker AI endpoints, which are charged; deleting them here deletes those.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "bedrock-marketplace-endpoint",
    names: words("Bedrock Marketplace endpoint", "Bedrock Marketplace エンドポイント"),
    bills: words(
        "as a SageMaker AI endpoint: per hour and instance, plus the price of the model's seller",
        "実体の SageMaker AI エンドポイントとして、インスタンスごとに 1 時間ごと、加えてモデル提供者の料金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&ENDPOINTS],
    writes: &["bedrock:DeleteMarketplaceModelEndpoint", "sagemaker:DeleteEndpoint"],
    owns: &["sagemaker-endpoint"],
    list: |cx| list(cx).boxed(),
};

const ENDPOINTS: Operation<Endpoint> =
    Operation::new("bedrock:ListMarketplaceModelEndpoints").at("marketplaceModelEndpoints");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Endpoint {
    endpoint_arn: String,
    model_source_identifier: String,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let endpoints = cx.ask(&ENDPOINTS).all().await?;
    Ok(Listing { owned: endpoints.iter().map(owned).collect(), ..Listing::default() })
}

fn owned(endpoint: &Endpoint) -> Owned {
    let arn = &endpoint.endpoint_arn;
    let command = Command::aws("bedrock delete-marketplace-model-endpoint --endpoint-arn").arg(arn);
    let owner = RESOURCE.owner(&endpoint.model_source_identifier, command);
    Owned { resource: "sagemaker-endpoint", thing: arn.clone(), owner }
}
