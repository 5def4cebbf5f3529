//! EMR's fee for each instance of a cluster.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{Charge, Unit};
use crate::resources::reading::{located, sku};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Instance {
    pub ec2_instance_id: Option<String>,
    instance_type: Option<String>,
}

/// Only the fee: the instances themselves are findings of `ec2-instance`.
pub fn fees(instances: &[Instance], outpost: Option<&str>) -> Vec<Charge> {
    let mut counts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for instance in instances {
        let count = counts.entry(instance.instance_type.as_deref()).or_default();
        *count = count.saturating_add(1);
    }
    let fee = |kind: Option<&str>| {
        let fee = sku("ElasticMapReduce", [("instanceType", kind), ("softwareType", kind.map(|_| "EMR"))]);
        located(fee, None, outpost.filter(|arn| !arn.is_empty()))
    };
    if counts.is_empty() {
        return vec![Charge::metered("EMR", fee(None), Unit::Hour)];
    }
    let charge = |(kind, count): (Option<&str>, usize)| {
        Charge::hourly(&format!("EMR {}", kind.unwrap_or("instance")), fee(kind), count)
    };
    counts.into_iter().map(charge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Instance {
        pub fn of(kind: &str) -> Self {
            Self { instance_type: Some(kind.into()), ec2_instance_id: Some("i-1".into()) }
        }
    }

    #[test]
    fn an_outpost_has_fees_of_its_own() {
        let fee = |outpost| fees(&[Instance::of("m5.xlarge")], outpost)[0].sku.to_string();
        assert_ne!(fee(Some("arn:aws:outposts:1")), fee(Some("")));
        assert_eq!(fee(None), fee(Some("")));
    }
}
