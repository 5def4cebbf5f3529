//! Endpoints of Bedrock Marketplace are SageMaker AI endpoints, which bill; deleting them here ends those.

use aws_sdk_bedrock::Client;
use aws_sdk_bedrock::types::MarketplaceModelEndpointSummary;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "bedrock-marketplace-endpoint",
    names: words("Bedrock Marketplace endpoint", "Bedrock Marketplace エンドポイント"),
    bills: words(
        "as the SageMaker AI endpoint that it is: per hour and instance, and what the model's seller asks",
        "実体の SageMaker AI エンドポイントとして、インスタンスごとに 1 時間ごと、加えてモデル提供者の料金",
    ),
    scope: Scope::Region,
    endpoint: "bedrock",
    small: false,
    billed_as: &[],
    reads: &["bedrock:ListMarketplaceModelEndpoints"],
    writes: &["bedrock:DeleteMarketplaceModelEndpoint", "sagemaker:DeleteEndpoint"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let endpoints = Client::new(&cx.sdk).list_marketplace_model_endpoints().max_results(1000);
    let endpoints: Vec<MarketplaceModelEndpointSummary> =
        endpoints.into_paginator().items().send().try_collect().await?;
    Ok(Listing { owned: endpoints.iter().map(owned).collect(), ..Listing::default() })
}

fn owned(endpoint: &MarketplaceModelEndpointSummary) -> Owned {
    let arn = endpoint.endpoint_arn();
    let owner = RESOURCE.owner(
        endpoint.model_source_identifier(),
        Command::aws("bedrock delete-marketplace-model-endpoint --endpoint-arn").arg(arn),
    );
    Owned { resource: "sagemaker-endpoint", thing: arn.to_owned(), owner }
}
