//! The charges of the volumes of RDS, Aurora, DocumentDB and Neptune, by the names of the price list.

use rust_decimal::{Decimal, dec};

use super::rds_charges::{Product, READABLE_STANDBYS, deployment, engine_name, is_io_optimised};
use super::rds_reading::{Cluster, Instance};
use crate::model::{Charge, Sku, Unit};

/// The volumes of an instance. Aurora, DocumentDB and Neptune have one for the whole cluster.
pub fn instance_storage(instance: &Instance) -> Vec<Charge> {
    let engine = &instance.engine;
    if Product::of(engine) != Product::Rds {
        return Vec::new();
    }
    let deployment = deployment(instance);
    let first = Disk {
        engine,
        kind: instance.storage_type.as_deref(),
        gigabytes: instance.allocated_storage,
        iops: instance.iops,
        throughput: instance.storage_throughput,
    };
    let mut charges = storage(&first, deployment);
    // AWS chooses its size and does not return it.
    let log = || Charge::metered("dedicated log volume", charges[0].sku.clone(), Unit::GbMonth);
    let log = instance.dedicated_log_volume.then(log);
    charges.extend(log);
    for more in &instance.additional_storage_volumes {
        let more = Disk {
            engine,
            kind: more.storage_type.as_deref(),
            gigabytes: more.allocated_storage,
            iops: more.iops,
            throughput: more.storage_throughput,
        };
        charges.extend(storage(&more, deployment));
    }
    charges
}

/// The volume of a cluster. Those of Aurora, DocumentDB and Neptune grow and shrink automatically.
pub fn cluster_storage(cluster: &Cluster) -> Vec<Charge> {
    let (engine, kind) = (&cluster.engine, cluster.storage_type.as_deref());
    let product = Product::of(engine);
    let usage = match (product, is_io_optimised(kind)) {
        (Product::Rds, _) => return storage(&disk_of(cluster), READABLE_STANDBYS),
        (Product::Aurora, false) => "Aurora:StorageUsage",
        (Product::Aurora, true) => "Aurora:IO-OptimizedStorageUsage",
        (Product::DocumentDb | Product::Neptune, false) => "StorageUsage",
        (Product::DocumentDb, true) => "IO-OptimizedStorageUsage",
        (Product::Neptune, true) => "StorageUsageIOOptimized",
    };
    let sku = Sku::new(product.service()).with("usagetype", usage);
    vec![Charge::metered(&format!("{} storage", engine_name(engine)), sku, Unit::GbMonth)]
}

fn disk_of(cluster: &Cluster) -> Disk<'_> {
    Disk {
        engine: &cluster.engine,
        kind: cluster.storage_type.as_deref(),
        gigabytes: cluster.allocated_storage,
        iops: cluster.iops,
        throughput: cluster.storage_throughput,
    }
}

/// One volume.
struct Disk<'a> {
    engine: &'a str,
    kind: Option<&'a str>,
    gigabytes: Option<Decimal>,
    iops: Option<Decimal>,
    /// MiB/s.
    throughput: Option<Decimal>,
}

/// One volume: its allocated size and its paid performance.
fn storage(disk: &Disk, deployment: &str) -> Vec<Charge> {
    let kind = disk.kind.unwrap_or("storage");
    let sku = |family: &str| {
        let sku = Sku::new("AmazonRDS").with("productFamily", family).with("volumeType", kind);
        sku.with("deploymentOption", deployment)
    };
    let space = sku("Database Storage");
    let mut charges = vec![match disk.gigabytes {
        Some(gigabytes) => Charge::storage(kind, space, gigabytes),
        None => Charge::metered(kind, space, Unit::GbMonth),
    }];
    let (iops, throughput) = match kind {
        "io1" | "io2" => (Decimal::ZERO, Decimal::MAX),
        "gp3" => included(disk),
        _ => return charges,
    };
    let paid = |speed: Option<Decimal>, included: Decimal| {
        Some(speed?.saturating_sub(included)).filter(|paid| *paid > Decimal::ZERO)
    };
    if let Some(paid) = paid(disk.iops, iops) {
        charges.push(Charge::new(format!("{paid} IOPS {kind}"), sku("Provisioned IOPS"), paid, Unit::IopsMonth));
    }
    if let Some(paid) = paid(disk.throughput, throughput) {
        let what = format!("{paid} MiB/s {kind}");
        charges.push(Charge::new(what, sku("Provisioned Throughput"), paid, Unit::MibpsMonth));
    }
    charges
}

/// IOPS and MiB/s that are included in a gp3 volume: more from a size on that depends on the engine.
fn included(disk: &Disk) -> (Decimal, Decimal) {
    let large = match engine_name(disk.engine) {
        "SQL Server" => Decimal::MAX,
        "Oracle" => dec!(200),
        _ => dec!(400),
    };
    if disk.gigabytes.unwrap_or_default() >= large { (dec!(12_000), dec!(500)) } else { (dec!(3_000), dec!(125)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_speed_above_the_included_is_paid_for() {
        let whats = |engine, kind, gigabytes: u32, iops: u32, throughput: u32| -> Vec<String> {
            let [gigabytes, iops, throughput] = [gigabytes, iops, throughput].map(|it| Some(it.into()));
            let disk = Disk { engine, kind: Some(kind), gigabytes, iops, throughput };
            storage(&disk, "Single-AZ").into_iter().map(|it| it.what).collect()
        };
        assert_eq!(whats("mysql", "gp2", 100, 300, 0), ["100 GB gp2"]);
        assert_eq!(whats("mysql", "gp3", 399, 3_000, 125), ["399 GB gp3"]);
        assert_eq!(whats("mysql", "gp3", 399, 3_500, 225), ["399 GB gp3", "500 IOPS gp3", "100 MiB/s gp3"]);
        assert_eq!(whats("mysql", "gp3", 400, 12_000, 500), ["400 GB gp3"]);
        assert_eq!(whats("oracle-ee", "gp3", 200, 12_000, 500), ["200 GB gp3"]);
        assert_eq!(whats("sqlserver-se", "gp3", 400, 3_001, 126), ["400 GB gp3", "1 IOPS gp3", "1 MiB/s gp3"]);
        assert_eq!(whats("mysql", "io1", 100, 1_000, 0), ["100 GB io1", "1000 IOPS io1"]);
        let nothing_said = Disk { engine: "", kind: None, gigabytes: None, iops: None, throughput: None };
        assert_eq!(storage(&nothing_said, "Single-AZ")[0].quantity, None);
    }

    #[test]
    fn a_log_volume_of_its_own_is_charged() {
        let whats = |engine: &str| -> Vec<String> {
            let instance = Instance {
                engine: engine.into(),
                storage_type: Some("io1".into()),
                allocated_storage: Some(dec!(100)),
                dedicated_log_volume: true,
                ..Instance::default()
            };
            instance_storage(&instance).into_iter().map(|it| it.what).collect()
        };
        assert_eq!(whats("mysql"), ["100 GB io1", "dedicated log volume"]);
        assert_eq!(whats("aurora-mysql"), Vec::<String>::new());
    }

    #[test]
    fn three_nodes_have_one_volume() {
        let three = Cluster {
            engine: "mysql".into(),
            storage_type: Some("io1".into()),
            allocated_storage: Some(dec!(100)),
            iops: Some(dec!(1000)),
            ..Cluster::default()
        };
        assert_eq!(cluster_storage(&three)[1].what, "1000 IOPS io1");
    }
}
