//! SageMaker AI endpoints bill for the instances of every variant for as long as they exist, asked anything or not.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::sagemaker_charges::{SERVICE, instances, usage, volumes};
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
        "存在する間は使わなくてもインスタンスごとに 1 時間ごと。停止はできない",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&ENDPOINTS, &ENDPOINT, &CONFIG],
    writes: &["sagemaker:DeleteEndpoint"],
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

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    endpoint_config_name: Option<String>,
    production_variants: Vec<Variant>,
    shadow_production_variants: Vec<Variant>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Variant {
    variant_name: Option<String>,
    current_instance_count: Option<Decimal>,
    desired_instance_count: Option<Decimal>,
    instance_pools: Vec<Pool>,
    current_serverless_config: Option<Serverless>,
    desired_serverless_config: Option<Serverless>,
    capacity_reservation_config: Option<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Pool {
    instance_type: Option<String>,
    current_instance_count: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Serverless {
    #[serde(rename = "MemorySizeInMB")]
    memory_size_in_mb: Decimal,
    provisioned_concurrency: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Config {
    production_variants: Vec<Configured>,
    shadow_production_variants: Vec<Configured>,
}

/// A variant as it was configured.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Configured {
    variant_name: Option<String>,
    instance_type: Option<String>,
    #[serde(rename = "VolumeSizeInGB")]
    volume_size_in_gb: Option<Decimal>,
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

/// Only its configuration has the classes of its instances, and only itself how many there are.
async fn describe(cx: &Cx, name: Option<String>) -> Result<(Detail, Result<Config>)> {
    let detail = cx.ask(&ENDPOINT).with("EndpointName", name).one().await?;
    let config = cx.ask(&CONFIG).with("EndpointConfigName", detail.endpoint_config_name.clone()).one().await;
    Ok((detail, config))
}

/// `None` means it bills for nothing: no variant has an instance, or concurrency that is kept ready.
fn finding(endpoint: &Endpoint, charges: Option<Vec<Charge>>) -> Option<Listed> {
    let unknown = || vec![instances("Host", None, None)];
    let status = endpoint.endpoint_status.as_ref();
    let charges = match (status, charges.unwrap_or_else(unknown)) {
        (Some(Status::InService | Status::Failed), charges) if charges.is_empty() => return None,
        (_, charges) if charges.is_empty() => unknown(),
        // What failed to come up may have nothing.
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

fn charges(detail: &Detail, config: Option<&Config>) -> Vec<Charge> {
    let configured = |name: &Option<String>| {
        let all = config.into_iter().flat_map(|it| it.production_variants.iter().chain(&it.shadow_production_variants));
        all.into_iter().find(|it| it.variant_name == *name)
    };
    let variants = detail.production_variants.iter().chain(&detail.shadow_production_variants);
    variants.flat_map(|it| of(it, configured(&it.variant_name))).collect()
}

fn of(variant: &Variant, configured: Option<&Configured>) -> Vec<Charge> {
    let serverless = variant.current_serverless_config.as_ref().or(variant.desired_serverless_config.as_ref());
    if let Some(serverless) = serverless {
        let name = format!("provisioned concurrency ({} MB)", serverless.memory_size_in_mb.normalize());
        let sku = usage("ServerlessInf:ProvisionedConcurrency");
        let ready = serverless.provisioned_concurrency.filter(|ready| *ready > Decimal::ZERO);
        return ready.map(|ready| Charge::hourly(&name, sku, ready)).into_iter().collect();
    }
    let pools = variant.instance_pools.iter();
    let pools = pools.map(|it| (it.instance_type.as_deref(), it.current_instance_count));
    let (current, desired) = (variant.current_instance_count, variant.desired_instance_count);
    // On its way up it has none yet.
    let current = current.filter(|count| *count > Decimal::ZERO).or(desired).or(current);
    let class = configured.and_then(|it| it.instance_type.as_deref());
    let mut all: Vec<_> = pools.collect();
    if all.is_empty() {
        all.push((class, current));
    }
    all.retain(|(_, count)| *count != Some(Decimal::ZERO));
    let each = configured.and_then(|it| it.volume_size_in_gb);
    let volumes = volumes("ml_storage_gp2", each, all.iter().map(|(_, count)| *count));
    let reserved = variant.capacity_reservation_config.is_some();
    let instances = all.into_iter().map(|(class, count)| instances("Host", class, count));
    let instances = instances.map(|it| if reserved { it.at_most() } else { it });
    instances.chain(volumes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(status: &str, production_variants: Vec<Variant>) -> Option<Vec<String>> {
        let configured = Configured {
            variant_name: Some("a".into()),
            instance_type: Some("ml.m5.xlarge".into()),
            volume_size_in_gb: Some(10.into()),
        };
        let config = Config { production_variants: vec![configured], ..Config::default() };
        let detail = Detail { production_variants, ..Detail::default() };
        let endpoint = Endpoint { endpoint_status: Some(status.into()), ..Endpoint::default() };
        let found = finding(&endpoint, Some(charges(&detail, Some(&config))))?;
        Some(found.charges.into_iter().map(|charge| charge.what).collect())
    }

    fn variant(count: i32) -> Variant {
        let current_instance_count = Some(count.into());
        Variant { variant_name: Some("a".into()), current_instance_count, ..Variant::default() }
    }

    fn texts(charges: &[&str]) -> Vec<String> {
        charges.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn it_bills_for_the_instances_it_has() {
        assert_eq!(what("InService", vec![variant(2)]), Some(texts(&["2 × ml.m5.xlarge", "20 GB volume"])));
        assert_eq!(what("Dreaming", vec![variant(1)]), Some(texts(&["ml.m5.xlarge", "10 GB volume"])));
        assert_eq!(what("InService", vec![variant(0)]), None);
        assert_eq!(what("Failed", vec![]), None);
        assert_eq!(what("Failed", vec![variant(1)]), Some(texts(&["≤ ml.m5.xlarge", "≤ 10 GB volume"])));
        assert_eq!(what("Creating", vec![]), Some(texts(&["instance"])));
        let bare = finding(&Endpoint::default(), None).unwrap();
        assert_eq!((bare.billing, bare.charges[0].quantity), (Billing::Running, None));
    }

    #[test]
    fn a_serverless_one_bills_only_for_what_is_kept_ready() {
        let serverless = |ready: Option<i32>| {
            let provisioned_concurrency = ready.map(Decimal::from);
            let config = Serverless { memory_size_in_mb: 2048.into(), provisioned_concurrency };
            vec![Variant { current_serverless_config: Some(config), ..Variant::default() }]
        };
        assert_eq!(what("InService", serverless(None)), None);
        assert_eq!(what("InService", serverless(Some(3))), Some(texts(&["3 × provisioned concurrency (2048 MB)"])));
    }
}
