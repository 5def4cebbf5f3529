//! The charges of a SageMaker AI endpoint: the instances and volumes of its variants.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::sagemaker_charges::{instances, usage, volumes};
use crate::model::Charge;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Detail {
    pub endpoint_config_name: Option<String>,
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
pub struct Config {
    production_variants: Vec<Configured>,
    shadow_production_variants: Vec<Configured>,
}

/// A variant in the endpoint's configuration.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Configured {
    variant_name: Option<String>,
    instance_type: Option<String>,
    #[serde(rename = "VolumeSizeInGB")]
    volume_size_in_gb: Option<Decimal>,
}

/// The instances of all variants, and provisioned concurrency.
pub fn charges(detail: &Detail, config: Option<&Config>) -> Vec<Charge> {
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
    // A starting variant has no current instances yet.
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
