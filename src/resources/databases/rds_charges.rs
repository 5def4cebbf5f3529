//! What RDS, Aurora, DocumentDB and Neptune charge, in the words of the price list.

use aws_sdk_rds::types::{DatabaseInsightsMode, DbCluster, DbInstance, ServerlessV2ScalingConfigurationInfo};
use rust_decimal::Decimal;

use crate::model::{Charge, Command, Sku, Unit};

/// A Multi-AZ DB cluster; its price contains all three nodes.
const READABLE_STANDBYS: &str = "Multi-AZ (readable standbys)";

/// The products behind the same calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    Rds,
    Aurora,
    DocumentDb,
    Neptune,
}

impl Product {
    pub fn of(engine: &str) -> Self {
        match engine.to_ascii_lowercase().as_str() {
            "docdb" => Self::DocumentDb,
            "neptune" => Self::Neptune,
            engine if engine.starts_with("aurora") => Self::Aurora,
            _ => Self::Rds,
        }
    }

    /// The service code of the price list.
    fn service(self) -> &'static str {
        match self {
            Self::Rds | Self::Aurora => "AmazonRDS",
            Self::DocumentDb => "AmazonDocDB",
            Self::Neptune => "AmazonNeptune",
        }
    }

    /// A command of the AWS CLI, which has a name for each product.
    pub fn command(self, words: &str) -> Command {
        let service = match self {
            Self::Rds | Self::Aurora => "rds",
            Self::DocumentDb => "docdb",
            Self::Neptune => "neptune",
        };
        Command::aws(&format!("{service} {words}"))
    }
}

/// `aurora-iopt1`, `iopt1`: dearer instances and storage, and no charge for each read and write.
pub fn is_io_optimised(storage_type: Option<&str>) -> bool {
    storage_type.is_some_and(|kind| kind.contains("iopt1"))
}

/// How AWS names an engine in the price list.
fn engine_name(engine: &str) -> &str {
    let family = engine.split('-').next().unwrap_or_default();
    match (engine, family) {
        ("aurora" | "aurora-mysql", _) => "Aurora MySQL",
        ("aurora-postgresql", _) => "Aurora PostgreSQL",
        (_, "docdb") => "DocumentDB",
        (_, "neptune") => "Neptune",
        (_, "mysql") => "MySQL",
        (_, "postgres") => "PostgreSQL",
        (_, "mariadb") => "MariaDB",
        (_, "oracle") => "Oracle",
        (_, "sqlserver") => "SQL Server",
        (_, "db2") => "Db2",
        _ => engine,
    }
}

/// An hour of RDS itself.
fn rds_sku(engine: &str, class: &str, license: Option<&str>, deployment: &str) -> Sku {
    let sku = Sku::new("AmazonRDS")
        .with("instanceType", class)
        .with("databaseEngine", engine_name(engine))
        .with("deploymentOption", deployment)
        .with("licenseModel", license_name(license));
    match edition(engine) {
        Some(edition) => sku.with("databaseEdition", edition),
        None => sku,
    }
}

fn license_name(license: Option<&str>) -> &str {
    match license.unwrap_or_default() {
        "license-included" => "License included",
        "bring-your-own-license" => "Bring your own license",
        "" | "general-public-license" | "postgresql-license" => "No license required",
        other => other,
    }
}

fn edition(engine: &str) -> Option<&'static str> {
    match engine.trim_end_matches("-cdb") {
        "oracle-ee" | "sqlserver-ee" => Some("Enterprise"),
        "oracle-se" | "sqlserver-se" => Some("Standard"),
        "oracle-se1" => Some("Standard One"),
        "oracle-se2" => Some("Standard Two"),
        "sqlserver-ex" => Some("Express"),
        "sqlserver-web" => Some("Web"),
        _ => None,
    }
}

/// An hour of an instance in a cluster of Aurora, DocumentDB or Neptune.
fn member_sku(engine: &str, class: &str, storage_type: Option<&str>) -> Sku {
    let product = Product::of(engine);
    let usage = if is_io_optimised(storage_type) { "InstanceUsageIOOptimized" } else { "InstanceUsage" };
    let sku = Sku::new(product.service()).with("instanceType", class).with("usagetype", usage);
    if product == Product::Aurora { sku.with("databaseEngine", engine_name(engine)) } else { sku }
}

/// What an instance bills for each hour it runs.
pub fn hour(instance: &DbInstance) -> Charge {
    let (engine, class) = (instance.engine().unwrap_or_default(), instance.db_instance_class().unwrap_or_default());
    let deployment = deployment(instance);
    let sku = match Product::of(engine) {
        Product::Rds => rds_sku(engine, class, instance.license_model(), deployment),
        _ => member_sku(engine, class, instance.storage_type()),
    };
    let what = format!("{class} {} {deployment}", engine_name(engine));
    Charge::hourly(what.trim_end_matches(" Single-AZ").trim(), sku, 1)
}

/// Aurora calls a cluster that spans zones Multi-AZ, but charges each instance on its own.
fn deployment(instance: &DbInstance) -> &'static str {
    let own = Product::of(instance.engine().unwrap_or_default()) == Product::Rds;
    if own && instance.multi_az() == Some(true) { "Multi-AZ" } else { "Single-AZ" }
}

/// What runs in a cluster and is not an instance with a price of its own: the three nodes of a Multi-AZ DB cluster, whose
/// price is one, or serverless capacity. `members` are the running serverless instances, if they could be counted.
pub fn capacity(cluster: &DbCluster, members: Option<usize>) -> Option<Charge> {
    let engine = cluster.engine().unwrap_or_default();
    if let Some(class) = cluster.db_cluster_instance_class() {
        let what = format!("{class} {} {READABLE_STANDBYS}", engine_name(engine));
        return Some(Charge::hourly(&what, rds_sku(engine, class, None, READABLE_STANDBYS), 1));
    }
    let units = if cluster.engine_mode() == Some("serverless") {
        cluster.capacity().map(Decimal::from)
    } else {
        let scaling = cluster.serverless_v2_scaling_configuration();
        if let (Some(0), _) | (None, None) = (members, scaling) {
            return None;
        }
        let least = scaling.and_then(ServerlessV2ScalingConfigurationInfo::min_capacity);
        members.zip(least).and_then(|(count, least)| Some(Decimal::from(count) * Decimal::try_from(least).ok()?))
    };
    let (unit, sku) = serverless(cluster);
    // With a least capacity of zero it may be anything above: only AWS's meter knows.
    Some(match units.filter(|units| !units.is_zero()) {
        Some(units) => Charge::hourly(unit, sku, units.normalize()),
        None => Charge::metered(unit, sku, Unit::Hour),
    })
}

/// The capacity unit of a serverless cluster and what an hour of one is charged as.
fn serverless(cluster: &DbCluster) -> (&'static str, Sku) {
    let product = Product::of(cluster.engine().unwrap_or_default());
    let (unit, usage) = match product {
        Product::Neptune => ("NCU", "ServerlessUsage"),
        Product::DocumentDb => ("DCU", "ServerlessUsage"),
        _ if cluster.engine_mode() == Some("serverless") => ("ACU", "Aurora:ServerlessUsage"),
        _ if is_io_optimised(cluster.storage_type()) => ("ACU", "Aurora:ServerlessV2IOOptimizedUsage"),
        _ => ("ACU", "Aurora:ServerlessV2Usage"),
    };
    (unit, Sku::new(product.service()).with("usagetype", usage))
}

/// The volumes of an instance. Those of Aurora, DocumentDB and Neptune belong to the cluster.
pub fn instance_storage(instance: &DbInstance) -> Vec<Charge> {
    if Product::of(instance.engine().unwrap_or_default()) != Product::Rds {
        return Vec::new();
    }
    let (engine, deployment) = (instance.engine().unwrap_or_default(), deployment(instance));
    let (kind, gigabytes) = (instance.storage_type(), instance.allocated_storage());
    let (iops, throughput) = (instance.iops(), instance.storage_throughput());
    let mut charges = storage(&Disk { engine, kind, gigabytes, iops, throughput }, deployment);
    // AWS chooses its size, which the answer does not say.
    let log = || Charge::metered("dedicated log volume", charges[0].sku.clone(), Unit::GbMonth);
    let log = (instance.dedicated_log_volume() == Some(true)).then(log);
    charges.extend(log);
    for more in instance.additional_storage_volumes() {
        let (kind, gigabytes) = (more.storage_type(), more.allocated_storage());
        let (iops, throughput) = (more.iops(), more.storage_throughput());
        charges.extend(storage(&Disk { engine, kind, gigabytes, iops, throughput }, deployment));
    }
    charges
}

/// What watches a database closer than AWS does for free, or keeps what it saw for more than a week. AWS counts its vCPUs.
pub fn insights(mode: Option<&DatabaseInsightsMode>, days_kept: Option<i32>) -> Option<Charge> {
    let item = |service, item: &str, unit: &str| Sku::new(service).with("item", item).with("unit", unit);
    if mode == Some(&DatabaseInsightsMode::Advanced) {
        let sku = item("AmazonCloudWatch", "database_insights_advanced", "vcpu-hour");
        return Some(Charge::metered("Database Insights", sku, Unit::Hour));
    }
    let sku = item("AmazonRDS", "performance_insights_long_retention", "vcpu-month");
    days_kept.filter(|days| *days > 7).map(|_| Charge::metered("Performance Insights", sku, Unit::Month))
}

/// The volume of a cluster. Those of Aurora, DocumentDB and Neptune grow and shrink by themselves.
pub fn cluster_storage(cluster: &DbCluster) -> Vec<Charge> {
    let (engine, kind) = (cluster.engine().unwrap_or_default(), cluster.storage_type());
    let product = Product::of(engine);
    let usage = match (product, is_io_optimised(kind)) {
        (Product::Rds, _) => return storage(&disk_of(cluster), READABLE_STANDBYS),
        (Product::Aurora, false) => "Aurora:StorageUsage",
        (Product::Aurora, true) => "Aurora:StorageIOOptimizedUsage",
        (Product::DocumentDb | Product::Neptune, false) => "StorageUsage",
        (Product::DocumentDb, true) => "IO-OptimizedStorageUsage",
        (Product::Neptune, true) => "StorageUsageIOOptimized",
    };
    let sku = Sku::new(product.service()).with("usagetype", usage);
    vec![Charge::metered(&format!("{} storage", engine_name(engine)), sku, Unit::GbMonth)]
}

fn disk_of(cluster: &DbCluster) -> Disk<'_> {
    Disk {
        engine: cluster.engine().unwrap_or_default(),
        kind: cluster.storage_type(),
        gigabytes: cluster.allocated_storage(),
        iops: cluster.iops(),
        throughput: cluster.storage_throughput(),
    }
}

/// A snapshot holds what was allocated, or less. Clusters whose volume grows by itself say 0 or 1.
pub fn snapshot(product: Product, gigabytes: Option<i32>) -> Charge {
    let sku = backup_sku(product);
    match (product, gigabytes) {
        (Product::Rds, Some(gigabytes)) | (_, Some(gigabytes @ 2..)) => {
            Charge::storage("snapshot", sku, gigabytes).at_most()
        }
        _ => Charge::metered("snapshot", sku, Unit::GbMonth),
    }
}

/// The backups that AWS makes by itself: one whole, and what changed on each day it is kept.
pub fn backup(product: Product) -> Charge {
    Charge::metered("automated backup", backup_sku(product), Unit::GbMonth)
}

fn backup_sku(product: Product) -> Sku {
    let usage = match product {
        Product::Rds => "RDS:ChargedBackupUsage",
        Product::Aurora => "Aurora:BackupUsage",
        Product::DocumentDb | Product::Neptune => "BackupUsage",
    };
    Sku::new(product.service()).with("usagetype", usage)
}

/// What one volume is.
struct Disk<'a> {
    engine: &'a str,
    kind: Option<&'a str>,
    gigabytes: Option<i32>,
    iops: Option<i32>,
    /// MiB per second.
    throughput: Option<i32>,
}

/// One volume: what is allocated, and the speed that is paid for.
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
        "io1" | "io2" => (0, i32::MAX),
        "gp3" => included(disk),
        _ => return charges,
    };
    let paid = |speed: Option<i32>, included: i32| Some(speed? - included).filter(|paid| *paid > 0);
    if let Some(paid) = paid(disk.iops, iops) {
        charges.push(Charge::new(format!("{paid} IOPS {kind}"), sku("Provisioned IOPS"), paid, Unit::IopsMonth));
    }
    if let Some(paid) = paid(disk.throughput, throughput) {
        let what = format!("{paid} MiB/s {kind}");
        charges.push(Charge::new(what, sku("Provisioned Throughput"), paid, Unit::MibpsMonth));
    }
    charges
}

/// The operations and MiB per second that a gp3 volume has without paying for them: more from a size on that depends on
/// the engine.
fn included(disk: &Disk) -> (i32, i32) {
    let large = match engine_name(disk.engine) {
        "SQL Server" => i32::MAX,
        "Oracle" => 200,
        _ => 400,
    };
    if disk.gigabytes.unwrap_or_default() >= large { (12_000, 500) } else { (3_000, 125) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_hour_is_named_as_the_price_list_names_it() {
        assert_eq!(
            rds_sku("oracle-se2-cdb", "db.m5.large", Some("bring-your-own-license"), "Multi-AZ").to_string(),
            "AmazonRDS databaseEdition=Standard Two databaseEngine=Oracle deploymentOption=Multi-AZ \
             instanceType=db.m5.large licenseModel=Bring your own license"
        );
        assert_eq!(
            member_sku("aurora-postgresql", "db.r6g.large", Some("aurora-iopt1")).to_string(),
            "AmazonRDS databaseEngine=Aurora PostgreSQL instanceType=db.r6g.large usagetype=InstanceUsageIOOptimized"
        );
        assert_eq!(
            member_sku("docdb", "db.t3.medium", Some("standard")).to_string(),
            "AmazonDocDB instanceType=db.t3.medium usagetype=InstanceUsage"
        );
    }

    #[test]
    fn only_speed_above_the_included_is_paid_for() {
        let whats = |engine, kind, gigabytes, iops, throughput| -> Vec<String> {
            let (kind, gigabytes, iops) = (Some(kind), Some(gigabytes), Some(iops));
            let disk = Disk { engine, kind, gigabytes, iops, throughput: Some(throughput) };
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
    fn what_watches_longer_or_closer_is_paid_for() {
        let what = |mode: &str, days| insights(Some(&mode.into()), days).map(|it| (it.what, it.quantity));
        assert_eq!([what("standard", Some(7)), what("standard", None)], [None, None]);
        assert_eq!(what("standard", Some(31)), Some(("Performance Insights".to_owned(), None)));
        assert_eq!(what("advanced", Some(465)), Some(("Database Insights".to_owned(), None)));
    }

    #[test]
    fn a_log_volume_of_its_own_is_told() {
        let whats = |engine: &str| -> Vec<String> {
            let it = DbInstance::builder().engine(engine).storage_type("io1").allocated_storage(100);
            instance_storage(&it.dedicated_log_volume(true).build()).into_iter().map(|it| it.what).collect()
        };
        assert_eq!(whats("mysql"), ["100 GB io1", "dedicated log volume"]);
        assert_eq!(whats("aurora-mysql"), Vec::<String>::new());
    }

    #[test]
    fn three_nodes_have_one_price() {
        let three = DbCluster::builder().engine("mysql").db_cluster_instance_class("db.m5d.large");
        let three = three.storage_type("io1").allocated_storage(100).iops(1000).build();
        let hour = capacity(&three, Some(0)).unwrap();
        assert_eq!(hour.what, "db.m5d.large MySQL Multi-AZ (readable standbys)");
        assert_eq!(hour.quantity, Some(Decimal::ONE));
        assert_eq!(cluster_storage(&three)[1].what, "1000 IOPS io1");
    }

    #[test]
    fn paused_or_running_the_first_serverless_says_its_capacity() {
        let first =
            |capacity| DbCluster::builder().engine("aurora").engine_mode("serverless").capacity(capacity).build();
        let running = capacity(&first(4), None).unwrap();
        assert_eq!((running.what.as_str(), running.quantity), ("4 × ACU", Some(Decimal::from(4))));
        assert_eq!(running.sku.to_string(), "AmazonRDS usagetype=Aurora:ServerlessUsage");
        assert_eq!(capacity(&first(0), None).unwrap().quantity, None);
    }
}
