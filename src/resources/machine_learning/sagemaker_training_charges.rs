//! The charges of a SageMaker AI training job: instances and their volumes.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::sagemaker_charges::{instances, volumes};
use crate::model::Charge;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Detail {
    resource_config: Option<ResourceConfig>,
    enable_managed_spot_training: bool,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ResourceConfig {
    instance_type: Option<String>,
    instance_count: Option<Decimal>,
    selected_instance_type: Option<String>,
    selected_instance_count: Option<Decimal>,
    instance_groups: Vec<Group>,
    #[serde(rename = "VolumeSizeInGB")]
    volume_size_in_gb: Option<Decimal>,
    training_plan_arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Group {
    instance_type: Option<String>,
    instance_count: Option<Decimal>,
}

pub fn charges(detail: Option<&Detail>) -> Vec<Charge> {
    let Some((detail, resources)) = detail.and_then(|it| Some((it, it.resource_config.as_ref()?))) else {
        return vec![instances("Train", None, None)];
    };
    let groups = resources.instance_groups.iter();
    let mut all: Vec<_> = groups.map(|it| (it.instance_type.as_deref(), it.instance_count)).collect();
    if all.is_empty() {
        let class = resources.selected_instance_type.as_deref().or(resources.instance_type.as_deref());
        all.push((class, resources.selected_instance_count.or(resources.instance_count)));
    }
    let volumes = volumes("ml_storage_gp2", resources.volume_size_in_gb, all.iter().map(|(_, count)| *count));
    let mut charges: Vec<_> = all.into_iter().map(|(class, count)| instances("Train", class, count)).collect();
    if detail.enable_managed_spot_training {
        charges = charges.into_iter().map(|it| Charge { sku: it.sku.with("marketoption", "Spot"), ..it }).collect();
    }
    charges.extend(volumes);
    planned(resources, charges)
}

/// The instances of a training plan are charged with the plan.
fn planned(resources: &ResourceConfig, charges: Vec<Charge>) -> Vec<Charge> {
    let planned = resources.training_plan_arn.is_some();
    charges.into_iter().map(|it| if planned { it.at_most() } else { it }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spot_has_no_list_price() {
        let charges_of = |enable_managed_spot_training| {
            let resource_config = Some(ResourceConfig {
                instance_type: Some("ml.m5.xlarge".into()),
                instance_count: Some(2.into()),
                volume_size_in_gb: Some(50.into()),
                ..ResourceConfig::default()
            });
            charges(Some(&Detail { resource_config, enable_managed_spot_training }))
        };
        let (full, spot) = (charges_of(false), charges_of(true));
        assert_eq!(full[0].sku.to_string(), "AmazonSageMaker usagetype=Train:ml.m5.xlarge");
        assert_eq!(spot[0].sku.to_string(), "AmazonSageMaker marketoption=Spot usagetype=Train:ml.m5.xlarge");
        assert_eq!(full[1].what, "100 GB volume");
        assert_eq!(charges(None)[0].quantity, None);
    }
}
