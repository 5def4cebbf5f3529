//! What FSx charges for a file system and for a backup of one.

use std::collections::BTreeMap;

use aws_sdk_fsx::types::{
    DiskIopsConfiguration, DiskIopsConfigurationMode, FileSystem, FileSystemLustreMetadataConfiguration,
    FileSystemType, LustreReadCacheSizingMode, OpenZfsReadCacheSizingMode, StorageType, Tag,
};

use crate::model::{Charge, Sku, Unit};
use crate::resources::reading::tags;

const SINGLE: &str = "Single-AZ";
const MULTI: &str = "Multi-AZ";

pub fn fsx_tags(tags_of: &[Tag]) -> BTreeMap<String, String> {
    tags(tags_of.iter().map(|tag| (tag.key(), tag.value())))
}

/// What tells the prices of two file systems apart.
#[derive(Default)]
struct Kind {
    product: &'static str,
    /// The price list's word for it where that is known; for Lustre its throughput for each TiB too.
    deployment: Option<String>,
    throughput: Option<i32>,
    /// Input/output operations that were paid for beyond those that come with the capacity.
    operations: Option<i64>,
    /// Gigabytes of SSD in front of what is tiered; `None` if there are none.
    cache: Option<Cache>,
}

/// Its size, unless it follows from the throughput.
struct Cache(Option<i32>);

fn kind(system: &FileSystem) -> Option<Kind> {
    if let Some(it) = system.windows_configuration() {
        let deployment = it.deployment_type().map(|it| if it.as_str() == "MULTI_AZ_1" { MULTI } else { SINGLE });
        let operations = it.disk_iops_configuration().and_then(extra);
        let deployment = deployment.map(str::to_owned);
        let throughput = it.throughput_capacity();
        return Some(Kind { product: "Windows", deployment, throughput, operations, cache: None });
    }
    if let Some(it) = system.ontap_configuration() {
        // The second generation has prices of its own.
        let deployment = it.deployment_type().map(|it| match it.as_str() {
            "MULTI_AZ_1" => MULTI.to_owned(),
            "SINGLE_AZ_1" => SINGLE.to_owned(),
            other => other.to_owned(),
        });
        let pairs = it.throughput_capacity_per_ha_pair().and_then(|each| each.checked_mul(it.ha_pairs()?));
        let throughput = pairs.or_else(|| it.throughput_capacity());
        let operations = it.disk_iops_configuration().and_then(extra);
        return Some(Kind { product: "ONTAP", deployment, throughput, operations, cache: None });
    }
    if let Some(it) = system.open_zfs_configuration() {
        let deployment = it.deployment_type().map(|it| it.as_str().to_owned());
        let operations = it.disk_iops_configuration().and_then(extra);
        let cache = it.read_cache_configuration();
        let cache =
            cache.and_then(|it| cache_of(it.sizing_mode().map(OpenZfsReadCacheSizingMode::as_str), it.size_gib()));
        return Some(Kind { product: "OpenZFS", deployment, throughput: it.throughput_capacity(), operations, cache });
    }
    let it = system.lustre_configuration()?;
    let each = it.per_unit_storage_throughput().map_or(String::new(), |each| format!(" {each} MB/s/TiB"));
    let deployment = it.deployment_type().map(|it| format!("{}{each}", it.as_str()));
    let operations = it.metadata_configuration().and_then(FileSystemLustreMetadataConfiguration::iops).map(i64::from);
    let cache = it.data_read_cache_configuration();
    let cache = cache.and_then(|it| cache_of(it.sizing_mode().map(LustreReadCacheSizingMode::as_str), it.size_gib()));
    Some(Kind { product: "Lustre", deployment, throughput: it.throughput_capacity(), operations, cache })
}

/// Only what somebody chose can cost more than the capacity does.
fn extra(operations: &DiskIopsConfiguration) -> Option<i64> {
    let chosen = operations.mode() != Some(&DiskIopsConfigurationMode::Automatic);
    operations.iops().filter(|_| chosen)
}

fn cache_of(mode: Option<&str>, size: Option<i32>) -> Option<Cache> {
    (mode != Some("NO_CACHE")).then(|| Cache(size.filter(|gigabytes| *gigabytes > 0)))
}

pub fn charges(system: &FileSystem) -> Vec<Charge> {
    let kind = kind(system).unwrap_or(Kind { product: "unknown", ..Kind::default() });
    let disk = system.storage_type().map_or("unknown", StorageType::as_str);
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
    let storage = match system.storage_capacity().filter(|gigabytes| *gigabytes > 0) {
        Some(gigabytes) => Charge::storage(&name, storage, gigabytes),
        // Intelligent tiering grows and shrinks with what is stored.
        None => Charge::metered(&name, storage, Unit::GbMonth),
    };
    let throughput = kind.throughput.map(|rate| {
        Charge::new(format!("{rate} MB/s {} throughput", kind.product), throughput, rate, Unit::MibpsMonth)
    });
    let operations = kind.operations.map(|rate| {
        Charge::new(format!("{rate} {} IOPS", kind.product), of("Provisioned IOPS"), rate, Unit::IopsMonth).at_most()
    });
    let cache = kind.cache.as_ref().map(|Cache(size)| {
        let (name, sku) = (format!("{} SSD read cache", kind.product), of("Read Cache"));
        size.map_or_else(
            || Charge::metered(&name, sku.clone(), Unit::GbMonth),
            |gigabytes| Charge::storage(&name, sku.clone(), gigabytes),
        )
    });
    // What ONTAP moves off its disks bills by what it comes to.
    let tiered = (kind.product == "ONTAP").then(|| {
        Charge::metered("ONTAP capacity pool", of("Storage").with("storageType", "Capacity Pool"), Unit::GbMonth)
    });
    [Some(storage), throughput, operations, cache, tiered].into_iter().flatten().collect()
}

/// The price list entry of a backup's gigabytes.
pub fn backup(of: Option<&FileSystemType>) -> Sku {
    match of {
        Some(FileSystemType::Windows) => Sku::new("AmazonFSx").with("item", "windows_backup").with("unit", "gb-month"),
        Some(FileSystemType::Openzfs) => Sku::new("AmazonFSx").with("item", "openzfs_backup").with("unit", "gb-month"),
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
    use aws_sdk_fsx::types::builders::FileSystemBuilder;
    use aws_sdk_fsx::types::{
        OntapFileSystemConfiguration, OpenZfsFileSystemConfiguration, OpenZfsReadCacheConfiguration,
        WindowsFileSystemConfiguration,
    };

    use super::*;

    fn seen(system: FileSystemBuilder) -> Vec<String> {
        charges(&system.build()).iter().map(|charge| format!("{} | {}", charge.what, charge.sku)).collect()
    }

    #[test]
    fn windows_bills_for_capacity_and_throughput() {
        let system = |deployment: &str| {
            let it =
                WindowsFileSystemConfiguration::builder().deployment_type(deployment.into()).throughput_capacity(32);
            let system =
                FileSystem::builder().file_system_type(FileSystemType::Windows).windows_configuration(it.build());
            seen(system.storage_type(StorageType::Ssd).storage_capacity(300))
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
    fn ontap_bills_for_the_throughput_of_every_pair() {
        let disk = |mode: DiskIopsConfigurationMode| DiskIopsConfiguration::builder().mode(mode).iops(6000).build();
        let ontap = |mode| {
            let it = OntapFileSystemConfiguration::builder().throughput_capacity_per_ha_pair(1536).ha_pairs(2);
            let it = it.disk_iops_configuration(disk(mode)).build();
            seen(FileSystem::builder().file_system_type(FileSystemType::Ontap).ontap_configuration(it))
        };
        assert!(ontap(DiskIopsConfigurationMode::Automatic)[1].starts_with("3072 MB/s ONTAP throughput"));
        assert_eq!(ontap(DiskIopsConfigurationMode::Automatic).len(), 3);
        assert!(ontap(DiskIopsConfigurationMode::Automatic)[2].starts_with("ONTAP capacity pool"));
        assert!(ontap(DiskIopsConfigurationMode::UserProvisioned)[2].starts_with("≤ 6000 ONTAP IOPS"));
    }

    #[test]
    fn the_disks_in_front_of_what_is_tiered_bill_too() {
        let cached = |mode: &str, size: Option<i32>| {
            let cache = OpenZfsReadCacheConfiguration::builder().sizing_mode(mode.into()).set_size_gib(size).build();
            let it = OpenZfsFileSystemConfiguration::builder().read_cache_configuration(cache).build();
            let told = charges(&FileSystem::builder().open_zfs_configuration(it).build());
            told.into_iter().skip(1).map(|charge| charge.what).collect::<Vec<_>>()
        };
        assert_eq!(cached("USER_PROVISIONED", Some(64)), ["64 GB OpenZFS SSD read cache"]);
        assert_eq!(cached("PROPORTIONAL_TO_THROUGHPUT_CAPACITY", None), ["OpenZFS SSD read cache"]);
        assert_eq!(cached("NO_CACHE", None), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_known_has_no_price() {
        let unknown = "AmazonFSx fileSystemType=unknown productFamily=Storage storageType=unknown";
        assert_eq!(seen(FileSystem::builder()), [format!("unknown unknown | {unknown}")]);
    }
}
