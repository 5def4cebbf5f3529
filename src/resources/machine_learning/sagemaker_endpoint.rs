//! SageMaker AI endpoints are charged for the instances of every variant for as long as they exist, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::sagemaker_charges::{SERVICE, instances};
use super::sagemaker_endpoint_charges::{Config, Detail, charges};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::details;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-endpoint",
    names: words("SageMaker AI endpoint", "SageMaker AI エンドポイント"),
    bills: words(
        "per hour and instance while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくてもインスタンスごとに 1 時間ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&ENDPOINTS, &ENDPOINT, &CONFIG],
    writes: &["sagemaker:DeleteEndpoint"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ENDPOINTS: Operation<Endpoint> = Operation::new("sagemaker:ListEndpoints").at("Endpoints");
const ENDPOINT: Operation<Detail> = Operation::new("sagemaker:DescribeEndpoint");
const CONFIG: Operation<Config> = Operation::new("sagemaker:DescribeEndpointConfig");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Endpoint {
    endpoint_name: Option<String>,
    endpoint_arn: Option<String>,
    endpoint_status: Option<Status>,
    creation_time: Option<Timestamp>,
}

values! { enum Status { Deleting = "Deleting", Failed = "Failed", InService = "InService" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let endpoints = cx.ask(&ENDPOINTS).all().await?;
    let ask = |it: &Endpoint| describe(cx, it.endpoint_name.clone());
    let mut listing = Listing::default();
    for (endpoint, answer) in details(endpoints, ask).await {
        let (detail, fault) = match answer {
            Ok((detail, Ok(config))) => (Some((detail, Some(config))), None),
            Ok((detail, Err(error))) => (Some((detail, None)), Some(error)),
            Err(error) => (None, Some(error)),
        };
        listing.faults.extend(fault);
        listing.findings.extend(finding(&endpoint, detail.map(|(detail, config)| charges(&detail, config.as_ref()))));
    }
    Ok(listing)
}

/// The instance classes are in the configuration, their number is in the endpoint.
async fn describe(cx: &Cx, name: Option<String>) -> Result<(Detail, Result<Config>)> {
    let detail = cx.ask(&ENDPOINT).with("EndpointName", name).one().await?;
    let config = cx.ask(&CONFIG).with("EndpointConfigName", detail.endpoint_config_name.clone()).one().await;
    Ok((detail, config))
}

/// `None` means it is free: no variant has an instance or provisioned concurrency.
fn finding(endpoint: &Endpoint, charges: Option<Vec<Charge>>) -> Option<Listed> {
    let unknown = || vec![instances("Host", None, None)];
    let status = endpoint.endpoint_status.as_ref();
    let charges = match (status, charges.unwrap_or_else(unknown)) {
        (Some(Status::InService | Status::Failed), charges) if charges.is_empty() => return None,
        (_, charges) if charges.is_empty() => unknown(),
        // A failed endpoint may have no instances.
        (Some(Status::Failed), charges) => charges.into_iter().map(Charge::at_most).collect(),
        (_, charges) => charges,
    };
    let billing = match status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = endpoint.endpoint_name.as_deref().unwrap_or_default();
    let (arn, created_at) = (endpoint.endpoint_arn.clone(), endpoint.creation_time);
    let found = Listed { arn, billing, created_at, charges, ..Listed::new(name) }.note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("sagemaker delete-endpoint --endpoint-name").arg(name)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn what(status: &str, variants: Value) -> Option<Vec<String>> {
        let configured = json!({ "VariantName": "a", "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 10 });
        let config = serde_json::from_value(json!({ "ProductionVariants": [configured] })).unwrap();
        let detail = serde_json::from_value(json!({ "ProductionVariants": variants })).unwrap();
        let endpoint = Endpoint { endpoint_status: Some(status.into()), ..Endpoint::default() };
        let found = finding(&endpoint, Some(charges(&detail, Some(&config))))?;
        Some(found.charges.into_iter().map(|charge| charge.what).collect())
    }

    fn variant(count: i32) -> Value {
        json!([{ "VariantName": "a", "CurrentInstanceCount": count }])
    }

    fn texts(charges: &[&str]) -> Vec<String> {
        charges.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn it_is_charged_for_the_instances_it_has() {
        assert_eq!(what("InService", variant(2)), Some(texts(&["2 × ml.m5.xlarge", "20 GB volume"])));
        assert_eq!(what("Future", variant(1)), Some(texts(&["ml.m5.xlarge", "10 GB volume"])));
        assert_eq!(what("InService", variant(0)), None);
        assert_eq!(what("Failed", json!([])), None);
        assert_eq!(what("Failed", variant(1)), Some(texts(&["≤ ml.m5.xlarge", "≤ 10 GB volume"])));
        assert_eq!(what("Creating", json!([])), Some(texts(&["instance"])));
        let bare = finding(&Endpoint::default(), None).unwrap();
        assert_eq!((bare.billing, bare.charges[0].quantity), (Billing::Running, None));
    }

    #[test]
    fn a_serverless_one_is_charged_for_provisioned_concurrency_only() {
        let serverless = |ready: Option<i32>| {
            let config = json!({ "MemorySizeInMB": 2048, "ProvisionedConcurrency": ready });
            json!([{ "CurrentServerlessConfig": config }])
        };
        assert_eq!(what("InService", serverless(None)), None);
        assert_eq!(what("InService", serverless(Some(3))), Some(texts(&["3 × provisioned concurrency (2048 MB)"])));
    }
}
