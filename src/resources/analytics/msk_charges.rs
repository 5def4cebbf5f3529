//! The charges of an MSK cluster's brokers and of their volumes.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::api::values;
use crate::model::{Charge, Sku, Unit};
use crate::resources::reading::sku;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Provisioned {
    broker_node_group_info: Group,
    number_of_broker_nodes: Option<Decimal>,
    storage_mode: Option<StorageMode>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Group {
    instance_type: Option<String>,
    storage_info: Storage,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Storage {
    ebs_storage_info: Volume,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Volume {
    volume_size: Option<Decimal>,
    provisioned_throughput: Throughput,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Throughput {
    enabled: Option<bool>,
}

values! { enum StorageMode { Tiered = "TIERED" } }

pub fn item(item: &str, unit: &str) -> Sku {
    Sku::new("AmazonMSK").with("item", item).with("unit", unit)
}

pub fn brokers(provisioned: &Provisioned) -> Vec<Charge> {
    let (group, brokers) = (&provisioned.broker_node_group_info, provisioned.number_of_broker_nodes);
    let kind = group.instance_type.as_deref();
    let (name, entry) = (kind.unwrap_or("broker"), sku("AmazonMSK", [("instanceType", kind)]));
    let mut charges = vec![match brokers {
        Some(brokers) => Charge::hourly(name, entry, brokers),
        None => Charge::metered(name, entry, Unit::Hour),
    }];
    let express = name.starts_with("express.");
    let volume = &group.storage_info.ebs_storage_info;
    let gigabytes = volume.volume_size.zip(brokers).and_then(|(each, brokers)| each.checked_mul(brokers));
    let storage = item(if express { "express.storage" } else { "storage.gp2" }, "gb-month");
    charges.push(match gigabytes {
        Some(gigabytes) if !express => Charge::storage("MSK storage", storage, gigabytes),
        _ => Charge::metered("MSK storage", storage, Unit::GbMonth),
    });
    if provisioned.storage_mode == Some(StorageMode::Tiered) {
        charges.push(Charge::metered("tiered storage", item("storage.tiered", "gb-month"), Unit::GbMonth));
    }
    if volume.provisioned_throughput.enabled == Some(true) {
        let sku = item("storage.throughput", "mibps-month");
        charges.push(Charge::metered("provisioned storage throughput", sku, Unit::MibpsMonth));
    }
    charges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(charges: &[(&str, bool)]) -> Vec<(String, bool)> {
        charges.iter().map(|(what, known)| ((*what).to_owned(), *known)).collect()
    }

    fn whats(charges: Vec<Charge>) -> Vec<(String, bool)> {
        charges.into_iter().map(|it| (it.what, it.quantity.is_some())).collect()
    }

    fn provisioned(kind: &str, count: i64) -> Vec<Charge> {
        let volume = Volume { volume_size: Some(100.into()), ..Volume::default() };
        let storage_info = Storage { ebs_storage_info: volume };
        brokers(&Provisioned {
            broker_node_group_info: Group { instance_type: Some(kind.into()), storage_info },
            number_of_broker_nodes: Some(count.into()),
            storage_mode: Some(StorageMode::Tiered),
        })
    }

    #[test]
    fn every_broker_and_its_volume_are_charged() {
        let small = [("3 × kafka.t3.small", true), ("300 GB MSK storage", true), ("tiered storage", false)];
        assert_eq!(whats(provisioned("kafka.t3.small", 3)), said(&small));
        assert_eq!(whats(provisioned("express.m7g.large", 3))[1], ("MSK storage".to_owned(), false));
    }
}
