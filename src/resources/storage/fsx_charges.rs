//! The charges of an FSx file system and of a backup.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::api::values;
use crate::model::{Charge, Sku, Unit};
use crate::resources::reading::tag_list;

const SINGLE: &str = "Single-AZ";
const MULTI: &str = "Multi-AZ";

values! { pub enum FileSystemType { Windows = "WINDOWS", Lustre = "LUSTRE", Ontap = "ONTAP", OpenZfs = "OPENZFS" } }
values! { enum OperationsMode { Automatic = "AUTOMATIC" } }
values! { enum SizingMode { NoCache = "NO_CACHE" } }

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct System {
    pub file_system_id: String,
    #[serde(rename = "ResourceARN")]
    pub resource_arn: Option<String>,
    pub file_system_type: Option<FileSystemType>,
    pub lifecycle: Option<Lifecycle>,
    pub creation_time: Option<Timestamp>,
    pub storage_capacity: Option<Decimal>,
    pub storage_type: Option<String>,
    pub windows_configuration: Option<Windows>,
    pub ontap_configuration: Option<Ontap>,
    #[serde(rename = "OpenZFSConfiguration")]
    pub open_zfs_configuration: Option<OpenZfs>,
    pub lustre_configuration: Option<Lustre>,
    #[serde(deserialize_with = "tag_list")]
    pub tags: BTreeMap<String, String>,
}

values! { pub enum Lifecycle { Deleting = "DELETING" } }

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Windows {
    deployment_type: Option<String>,
    throughput_capacity: Option<Decimal>,
    disk_iops_configuration: Option<Operations>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Ontap {
    deployment_type: Option<String>,
    throughput_capacity: Option<Decimal>,
    #[serde(rename = "ThroughputCapacityPerHAPair")]
    throughput_capacity_per_ha_pair: Option<Decimal>,
    #[serde(rename = "HAPairs")]
    ha_pairs: Option<Decimal>,
    disk_iops_configuration: Option<Operations>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct OpenZfs {
    deployment_type: Option<String>,
    throughput_capacity: Option<Decimal>,
    disk_iops_configuration: Option<Operations>,
    read_cache_configuration: Option<ReadCache>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Lustre {
    deployment_type: Option<String>,
    per_unit_storage_throughput: Option<Decimal>,
    throughput_capacity: Option<Decimal>,
    metadata_configuration: Metadata,
    data_read_cache_configuration: Option<ReadCache>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Metadata {
    iops: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Operations {
    mode: Option<OperationsMode>,
    iops: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ReadCache {
    sizing_mode: Option<SizingMode>,
    #[serde(rename = "SizeGiB")]
    size_gib: Option<Decimal>,
}

/// The attributes that decide the price of a file system.
#[derive(Default)]
struct Kind {
    product: &'static str,
    /// The deployment's name in the price list, if it is known; for Lustre with its throughput per TiB.
    deployment: Option<String>,
    throughput: Option<Amount>,
    /// Paid IOPS beyond those included in the capacity.
    operations: Option<Decimal>,
    /// Gigabytes of the SSD cache of tiered data; `None` without a cache.
    cache: Option<Amount>,
}

/// `None` if AWS returns no number, or if it overflows: the charge is then metered.
struct Amount(Option<Decimal>);

impl Amount {
    fn given(number: Decimal) -> Self {
        Self(Some(number))
    }
}

fn kind(system: &System) -> Option<Kind> {
    if let Some(it) = &system.windows_configuration {
        let deployment = it.deployment_type.as_ref().map(|it| if it == "MULTI_AZ_1" { MULTI } else { SINGLE });
        let deployment = deployment.map(str::to_owned);
        let operations = it.disk_iops_configuration.as_ref().and_then(extra);
        let throughput = it.throughput_capacity.map(Amount::given);
        return Some(Kind { product: "Windows", deployment, throughput, operations, cache: None });
    }
    if let Some(it) = &system.ontap_configuration {
        // The second generation has its own prices.
        let deployment = it.deployment_type.as_deref().map(|it| match it {
            "MULTI_AZ_1" => MULTI.to_owned(),
            "SINGLE_AZ_1" => SINGLE.to_owned(),
            other => other.to_owned(),
        });
        let throughput = match (it.throughput_capacity_per_ha_pair, it.ha_pairs) {
            (Some(each), Some(pairs)) => Some(Amount(each.checked_mul(pairs).or(it.throughput_capacity))),
            _ => it.throughput_capacity.map(Amount::given),
        };
        let operations = it.disk_iops_configuration.as_ref().and_then(extra);
        return Some(Kind { product: "ONTAP", deployment, throughput, operations, cache: None });
    }
    if let Some(it) = &system.open_zfs_configuration {
        let deployment = it.deployment_type.clone();
        let operations = it.disk_iops_configuration.as_ref().and_then(extra);
        let cache = it.read_cache_configuration.as_ref().and_then(cache_of);
        let throughput = it.throughput_capacity.map(Amount::given);
        return Some(Kind { product: "OpenZFS", deployment, throughput, operations, cache });
    }
    let it = system.lustre_configuration.as_ref()?;
    let each = it.per_unit_storage_throughput.map_or(String::new(), |each| format!(" {each} MB/s/TiB"));
    let deployment = it.deployment_type.as_ref().map(|it| format!("{it}{each}"));
    let operations = it.metadata_configuration.iops;
    let cache = it.data_read_cache_configuration.as_ref().and_then(cache_of);
    let throughput = it.throughput_capacity.map(Amount::given);
    Some(Kind { product: "Lustre", deployment, throughput, operations, cache })
}

/// Only user-provisioned IOPS can exceed those included in the capacity.
fn extra(operations: &Operations) -> Option<Decimal> {
    operations.iops.filter(|_| operations.mode != Some(OperationsMode::Automatic))
}

/// Its size follows from the throughput unless it is user-provisioned.
fn cache_of(cache: &ReadCache) -> Option<Amount> {
    let size = cache.size_gib.filter(|gigabytes| *gigabytes > Decimal::ZERO);
    (cache.sizing_mode != Some(SizingMode::NoCache)).then_some(Amount(size))
}

pub fn charges(system: &System) -> Vec<Charge> {
    let kind = kind(system).unwrap_or(Kind { product: "unknown", ..Kind::default() });
    let disk = system.storage_type.as_deref().unwrap_or("unknown");
    let name = format!("{} {disk}", kind.product);
    let of = |family: &str| {
        let sku = Sku::new("AmazonFSx").with("productFamily", family).with("fileSystemType", kind.product);
        kind.deployment.as_ref().map_or(sku.clone(), |deployment| sku.with("deploymentOption", deployment.clone()))
    };
    let item = |item: &str, unit: &str| Sku::new("AmazonFSx").with("item", item).with("unit", unit);
    let storage = match (kind.product, kind.deployment.as_deref(), disk) {
        ("Windows", Some("Multi-AZ"), "SSD") => item("windows_ssd_multi_az", "gb-month"),
        ("Windows", Some("Multi-AZ"), "HDD") => item("windows_hdd_multi_az", "gb-month"),
        ("OpenZFS", Some("SINGLE_AZ_1"), "SSD") => item("openzfs_ssd", "gb-month"),
        _ => of("Storage").with("storageType", disk),
    };
    let throughput = match (kind.product, kind.deployment.as_deref()) {
        ("Windows", Some("Multi-AZ")) => item("windows_throughput_multi_az", "mbps-month"),
        ("OpenZFS", Some("SINGLE_AZ_1")) => item("openzfs_throughput", "mbps-month"),
        _ => of("Provisioned Throughput"),
    };
    let storage = match system.storage_capacity.filter(|gigabytes| *gigabytes > Decimal::ZERO) {
        Some(gigabytes) => Charge::storage(&name, storage, gigabytes),
        // Intelligent-Tiering grows and shrinks with the stored data.
        None => Charge::metered(&name, storage, Unit::GbMonth),
    };
    let throughput = kind.throughput.as_ref().map(|Amount(rate)| {
        let name = format!("{} throughput", kind.product);
        match rate {
            Some(rate) => Charge::new(format!("{rate} MB/s {name}"), throughput, *rate, Unit::MibpsMonth),
            None => Charge::metered(&name, throughput, Unit::MibpsMonth),
        }
    });
    let operations = kind.operations.map(|rate| {
        Charge::new(format!("{rate} {} IOPS", kind.product), of("Provisioned IOPS"), rate, Unit::IopsMonth).at_most()
    });
    let cache = kind.cache.as_ref().map(|Amount(size)| {
        let (name, sku) = (format!("{} SSD read cache", kind.product), of("Read Cache"));
        size.map_or_else(
            || Charge::metered(&name, sku.clone(), Unit::GbMonth),
            |gigabytes| Charge::storage(&name, sku.clone(), gigabytes),
        )
    });
    // ONTAP's capacity pool is charged by the data in it.
    let tiered = (kind.product == "ONTAP").then(|| {
        Charge::metered("ONTAP capacity pool", of("Storage").with("storageType", "Capacity Pool"), Unit::GbMonth)
    });
    [Some(storage), throughput, operations, cache, tiered].into_iter().flatten().collect()
}

/// The price list entry of a backup's gigabytes.
pub fn backup(of: Option<&FileSystemType>) -> Sku {
    match of {
        Some(FileSystemType::Windows) => Sku::new("AmazonFSx").with("item", "windows_backup").with("unit", "gb-month"),
        Some(FileSystemType::OpenZfs) => Sku::new("AmazonFSx").with("item", "openzfs_backup").with("unit", "gb-month"),
        other => {
            let product = match other {
                Some(FileSystemType::Ontap) => "ONTAP",
                Some(FileSystemType::Lustre) => "Lustre",
                _ => "unknown",
            };
            Sku::new("AmazonFSx").with("fileSystemType", product).with("usagetype", "BackupUsage")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(system: &System) -> Vec<String> {
        charges(system).iter().map(|charge| format!("{} | {}", charge.what, charge.sku)).collect()
    }

    #[test]
    fn windows_is_charged_for_capacity_and_throughput() {
        let system = |deployment: &str| {
            let it = Windows {
                deployment_type: Some(deployment.into()),
                throughput_capacity: Some(32.into()),
                ..Windows::default()
            };
            seen(&System {
                file_system_type: Some(FileSystemType::Windows),
                windows_configuration: Some(it),
                storage_type: Some("SSD".into()),
                storage_capacity: Some(300.into()),
                ..System::default()
            })
        };
        assert_eq!(
            system("MULTI_AZ_1"),
            [
                "300 GB Windows SSD | AmazonFSx item=windows_ssd_multi_az unit=gb-month",
                "32 MB/s Windows throughput | AmazonFSx item=windows_throughput_multi_az unit=mbps-month"
            ]
        );
        let single =
            "AmazonFSx deploymentOption=Single-AZ fileSystemType=Windows productFamily=Storage storageType=SSD";
        assert_eq!(system("SINGLE_AZ_2")[0], format!("300 GB Windows SSD | {single}"));
    }

    #[test]
    fn ontap_is_charged_for_the_throughput_of_every_pair() {
        let ontap = |mode: &str, each: Decimal| {
            let operations = Operations { mode: Some(mode.into()), iops: Some(6000.into()) };
            let it = Ontap {
                throughput_capacity_per_ha_pair: Some(each),
                ha_pairs: Some(2.into()),
                disk_iops_configuration: Some(operations),
                ..Ontap::default()
            };
            seen(&System { ontap_configuration: Some(it), ..System::default() })
        };
        let automatic = ontap("AUTOMATIC", 1536.into());
        assert!(automatic[1].starts_with("3072 MB/s ONTAP throughput"));
        assert_eq!(automatic.len(), 3);
        assert!(automatic[2].starts_with("ONTAP capacity pool"));
        assert!(ontap("USER_PROVISIONED", 1536.into())[2].starts_with("≤ 6000 ONTAP IOPS"));
        assert!(ontap("AUTOMATIC", Decimal::MAX)[1].starts_with("ONTAP throughput |"));
    }

    #[test]
    fn the_ssd_cache_of_tiered_data_is_charged_too() {
        let cached = |mode: &str, size: Option<i32>| {
            let cache = ReadCache { sizing_mode: Some(mode.into()), size_gib: size.map(Into::into) };
            let it = OpenZfs { read_cache_configuration: Some(cache), ..OpenZfs::default() };
            let charges = charges(&System { open_zfs_configuration: Some(it), ..System::default() });
            charges.into_iter().skip(1).map(|charge| charge.what).collect::<Vec<_>>()
        };
        assert_eq!(cached("USER_PROVISIONED", Some(64)), ["64 GB OpenZFS SSD read cache"]);
        assert_eq!(cached("PROPORTIONAL_TO_THROUGHPUT_CAPACITY", None), ["OpenZFS SSD read cache"]);
        assert_eq!(cached("NO_CACHE", None), Vec::<String>::new());
    }

    #[test]
    fn an_unknown_attribute_leaves_no_price() {
        let unknown = "AmazonFSx fileSystemType=unknown productFamily=Storage storageType=unknown";
        assert_eq!(seen(&System::default()), [format!("unknown unknown | {unknown}")]);
    }
}
