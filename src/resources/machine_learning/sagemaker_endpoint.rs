//! SageMaker AI endpoints bill for the instances of every variant for as long as they exist, asked anything or not.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::operation::describe_endpoint::DescribeEndpointOutput;
use aws_sdk_sagemaker::operation::describe_endpoint_config::DescribeEndpointConfigOutput;
use aws_sdk_sagemaker::types::{
    EndpointStatus, EndpointSummary, ProductionVariant, ProductionVariantInstanceType, ProductionVariantSummary,
};
use futures::FutureExt;

use super::sagemaker_charges::{SERVICE, instances, usage, volume};
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::details;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-endpoint",
    names: words("SageMaker AI endpoint", "SageMaker AI エンドポイント"),
    bills: words(
        "per hour and instance while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくてもインスタンスごとに 1 時間ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListEndpoints", "sagemaker:DescribeEndpoint", "sagemaker:DescribeEndpointConfig"],
    writes: &["sagemaker:DeleteEndpoint"],
    list: |cx| list(cx).boxed(),
};

type Detail = (DescribeEndpointOutput, Result<DescribeEndpointConfigOutput>);

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let endpoints: Vec<EndpointSummary> =
        client.list_endpoints().max_results(100).into_paginator().items().send().try_collect().await?;
    let ask = |it: &EndpointSummary| describe(client.clone(), it.endpoint_name.clone());
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

/// Only its configuration knows the classes of its instances, and only itself how many there are.
async fn describe(client: Client, name: Option<String>) -> Result<Detail> {
    let detail = client.describe_endpoint().set_endpoint_name(name).send().await?;
    let config = client.describe_endpoint_config().set_endpoint_config_name(detail.endpoint_config_name.clone());
    let config = config.send().await.map_err(Error::from);
    Ok((detail, config))
}

/// `None` means it bills for nothing: no variant has an instance, or concurrency that is kept ready.
fn finding(endpoint: &EndpointSummary, charges: Option<Vec<Charge>>) -> Option<Listed> {
    let unknown = || vec![instances("Host", None, None)];
    let charges = match (endpoint.endpoint_status(), charges.unwrap_or_else(unknown)) {
        (Some(EndpointStatus::InService | EndpointStatus::Failed), charges) if charges.is_empty() => return None,
        (_, charges) if charges.is_empty() => unknown(),
        // What failed to come up may have nothing.
        (Some(EndpointStatus::Failed), charges) => charges.into_iter().map(Charge::at_most).collect(),
        (_, charges) => charges,
    };
    let billing = match endpoint.endpoint_status() {
        Some(EndpointStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = endpoint.endpoint_name().unwrap_or_default();
    let (arn, created_at) = (endpoint.endpoint_arn.clone(), time(endpoint.creation_time()));
    let found = Listed { arn, billing, created_at, charges, ..Listed::new(name) }.note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("sagemaker delete-endpoint --endpoint-name").arg(name)))
}

fn charges(detail: &DescribeEndpointOutput, config: Option<&DescribeEndpointConfigOutput>) -> Vec<Charge> {
    let configured = config.map(|it| [it.production_variants(), it.shadow_production_variants()].concat());
    let configured = configured.unwrap_or_default();
    let variants = detail.production_variants().iter().chain(detail.shadow_production_variants());
    let with =
        |it: &ProductionVariantSummary| of(it, configured.iter().find(|other| other.variant_name == it.variant_name));
    variants.flat_map(with).collect()
}

fn of(variant: &ProductionVariantSummary, configured: Option<&ProductionVariant>) -> Vec<Charge> {
    if let Some(serverless) = variant.current_serverless_config().or(variant.desired_serverless_config()) {
        let (ready, memory) = (serverless.provisioned_concurrency(), serverless.memory_size_in_mb());
        let name = format!("provisioned concurrency ({} MB)", memory.unwrap_or_default());
        let sku = usage("ServerlessInf:ProvisionedConcurrency");
        return ready.filter(|ready| *ready > 0).map(|ready| Charge::hourly(&name, sku, ready)).into_iter().collect();
    }
    let pools = variant.instance_pools().iter();
    let pools =
        pools.map(|it| (it.instance_type().map(ProductionVariantInstanceType::as_str), it.current_instance_count()));
    let (current, desired) = (variant.current_instance_count(), variant.desired_instance_count());
    // On its way up it has none yet.
    let current = current.filter(|count| *count > 0).or(desired).or(current);
    let class = configured.and_then(ProductionVariant::instance_type).map(ProductionVariantInstanceType::as_str);
    let mut all: Vec<_> = pools.collect();
    if all.is_empty() {
        all.push((class, current));
    }
    all.retain(|(_, count)| *count != Some(0));
    let gigabytes = configured.and_then(ProductionVariant::volume_size_in_gb);
    let volumes = gigabytes.map(|each| each * all.iter().filter_map(|(_, count)| *count).sum::<i32>());
    let reserved = variant.capacity_reservation_config().is_some();
    let instances = all.into_iter().map(|(class, count)| instances("Host", class, count));
    let instances = instances.map(|it| if reserved { it.at_most() } else { it });
    instances.chain(volumes.filter(|it| *it > 0).map(volume)).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_sagemaker::types::ProductionVariantServerlessConfig;

    use super::*;

    fn told(status: &str, variants: Vec<ProductionVariantSummary>) -> Option<Vec<String>> {
        let config = ProductionVariant::builder().variant_name("a").instance_type("ml.m5.xlarge".into());
        let config = DescribeEndpointConfigOutput::builder().production_variants(config.volume_size_in_gb(10).build());
        let detail = DescribeEndpointOutput::builder().set_production_variants(Some(variants)).build();
        let endpoint = EndpointSummary::builder().endpoint_status(status.into()).build();
        let found = finding(&endpoint, Some(charges(&detail, Some(&config.build()))))?;
        Some(found.charges.into_iter().map(|charge| charge.what).collect())
    }
    fn variant(count: i32) -> ProductionVariantSummary {
        ProductionVariantSummary::builder().variant_name("a").current_instance_count(count).build()
    }
    fn said(charges: &[&str]) -> Vec<String> {
        charges.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn it_bills_for_the_instances_it_has() {
        assert_eq!(told("InService", vec![variant(2)]), Some(said(&["2 × ml.m5.xlarge", "20 GB volume"])));
        assert_eq!(told("Dreaming", vec![variant(1)]), Some(said(&["ml.m5.xlarge", "10 GB volume"])));
        assert_eq!(told("InService", vec![variant(0)]), None);
        assert_eq!(told("Failed", vec![]), None);
        assert_eq!(told("Failed", vec![variant(1)]), Some(said(&["≤ ml.m5.xlarge", "≤ 10 GB volume"])));
        assert_eq!(told("Creating", vec![]), Some(said(&["instance"])));
        let bare = finding(&EndpointSummary::builder().build(), None).unwrap();
        assert_eq!((bare.billing, bare.charges[0].quantity), (Billing::Running, None));
    }

    #[test]
    fn a_serverless_one_bills_only_for_what_is_kept_ready() {
        let serverless = |ready| {
            let config = ProductionVariantServerlessConfig::builder().memory_size_in_mb(2048);
            let config = config.set_provisioned_concurrency(ready).build();
            vec![ProductionVariantSummary::builder().current_serverless_config(config).build()]
        };
        assert_eq!(told("InService", serverless(None)), None);
        assert_eq!(told("InService", serverless(Some(3))), Some(said(&["3 × provisioned concurrency (2048 MB)"])));
    }
}
