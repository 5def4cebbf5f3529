//! Deployments of Bedrock's custom models are charged by use, and keep their model, whose storage is charged, from being deleted.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "bedrock-custom-model-deployment",
    names: words("Bedrock custom model deployment", "Bedrock カスタムモデルのデプロイ"),
    bills: words(
        "per token it generates; the storage of its model is charged separately",
        "応答したトークンごと。使っているモデルの保存は別に課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonBedrock"],
    asks: &[&DEPLOYMENTS],
    writes: &["bedrock:DeleteCustomModelDeployment", "bedrock:DeleteCustomModel"],
    owns: &["bedrock-custom-model"],
    list: |cx| list(cx).boxed(),
};

const DEPLOYMENTS: Operation<Deployment> =
    Operation::new("bedrock:ListCustomModelDeployments").at("modelDeploymentSummaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Deployment {
    custom_model_deployment_arn: String,
    custom_model_deployment_name: String,
    model_arn: String,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let deployments = cx.ask(&DEPLOYMENTS).all().await?;
    Ok(Listing { owned: deployments.iter().map(owned).collect(), ..Listing::default() })
}

/// In any state of the deployment AWS refuses to delete the model.
fn owned(deployment: &Deployment) -> Owned {
    let (arn, model) = (&deployment.custom_model_deployment_arn, &deployment.model_arn);
    let first = Command::aws("bedrock delete-custom-model-deployment --custom-model-deployment-identifier").arg(arn);
    let command = first.then(Command::aws("bedrock delete-custom-model --model-identifier").arg(model));
    let owner = RESOURCE.owner(&deployment.custom_model_deployment_name, command);
    Owned { resource: "bedrock-custom-model", thing: model.clone(), owner }
}
