//! The charges of RDS, Aurora, DocumentDB and Neptune apart from volumes, by the names of the price list.

use rust_decimal::{Decimal, dec};

use super::rds_reading::{Cluster, Insights, Instance};
use crate::model::{Charge, Command, Sku, Unit};

/// A Multi-AZ DB cluster; its price includes all three nodes.
pub const READABLE_STANDBYS: &str = "Multi-AZ (readable standbys)";

/// The products that share RDS's API.
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
    pub fn service(self) -> &'static str {
        match self {
            Self::Rds | Self::Aurora => "AmazonRDS",
            Self::DocumentDb => "AmazonDocDB",
            Self::Neptune => "AmazonNeptune",
        }
    }

    /// A command of the AWS CLI, which has a name for each product: `rds`, `docdb`, `neptune`.
    pub fn command(self, words: &str) -> Command {
        let service = match self {
            Self::Rds | Self::Aurora => "rds",
            Self::DocumentDb => "docdb",
            Self::Neptune => "neptune",
        };
        Command::aws(&format!("{service} {words}"))
    }
}

/// I/O-Optimized (`aurora-iopt1`, `iopt1`): instances and storage cost more, reads and writes are free.
pub fn is_io_optimised(storage_type: Option<&str>) -> bool {
    storage_type.is_some_and(|kind| kind.contains("iopt1"))
}

/// The engine's name in the price list.
pub fn engine_name(engine: &str) -> &str {
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

/// The price list entry of an RDS instance-hour.
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

/// The price list entry of an instance-hour in an Aurora, DocumentDB or Neptune cluster.
fn member_sku(engine: &str, class: &str, storage_type: Option<&str>) -> Sku {
    let product = Product::of(engine);
    let usage = if is_io_optimised(storage_type) { "InstanceUsageIOOptimized" } else { "InstanceUsage" };
    let sku = Sku::new(product.service()).with("instanceType", class).with("usagetype", usage);
    if product == Product::Aurora { sku.with("databaseEngine", engine_name(engine)) } else { sku }
}

/// The charge for each hour that an instance runs.
pub fn hour(instance: &Instance) -> Charge {
    let (engine, class, deployment) = (&instance.engine, &instance.class, deployment(instance));
    let sku = match Product::of(engine) {
        Product::Rds => rds_sku(engine, class, instance.license_model.as_deref(), deployment),
        _ => member_sku(engine, class, instance.storage_type.as_deref()),
    };
    let what = format!("{class} {} {deployment}", engine_name(engine));
    Charge::hourly(what.trim_end_matches(" Single-AZ").trim(), sku, 1)
}

/// Aurora calls a cluster over several zones Multi-AZ, but each of its instances is charged separately.
pub fn deployment(instance: &Instance) -> &'static str {
    let own = Product::of(&instance.engine) == Product::Rds;
    if own && instance.multi_az == Some(true) { "Multi-AZ" } else { "Single-AZ" }
}

/// Capacity of a cluster that has no price per instance: the three nodes of a Multi-AZ DB cluster, or serverless capacity.
/// `members` is the number of running serverless instances, if they could be counted.
pub fn capacity(cluster: &Cluster, members: Option<usize>) -> Option<Charge> {
    let engine = &cluster.engine;
    if let Some(class) = &cluster.instance_class {
        let what = format!("{class} {} {READABLE_STANDBYS}", engine_name(engine));
        return Some(Charge::hourly(&what, rds_sku(engine, class, None, READABLE_STANDBYS), 1));
    }
    let units = if is_first_serverless(cluster) {
        cluster.capacity
    } else {
        let scaling = cluster.serverless_v2_scaling_configuration.as_ref();
        if let (Some(0), _) | (None, None) = (members, scaling) {
            return None;
        }
        let least = scaling.and_then(|it| it.min_capacity);
        members.zip(least).and_then(|(count, least)| Decimal::from(count).checked_mul(least))
    };
    let (unit, sku) = serverless(cluster);
    // A minimum of zero says nothing about the actual capacity.
    Some(match units.filter(|units| !units.is_zero()) {
        Some(units) => Charge::hourly(unit, sku, units.normalize()),
        None => Charge::metered(unit, sku, Unit::Hour),
    })
}

/// Aurora Serverless v1: the cluster has capacity and no instances.
pub fn is_first_serverless(cluster: &Cluster) -> bool {
    cluster.engine_mode.as_deref() == Some("serverless")
}

/// The name of a serverless cluster's capacity unit, and its price list entry.
fn serverless(cluster: &Cluster) -> (&'static str, Sku) {
    let product = Product::of(&cluster.engine);
    let (unit, usage) = match product {
        Product::Neptune => ("NCU", "ServerlessUsage"),
        Product::DocumentDb => ("DCU", "ServerlessUsage"),
        _ if is_first_serverless(cluster) => ("ACU", "Aurora:ServerlessUsage"),
        _ if is_io_optimised(cluster.storage_type.as_deref()) => ("ACU", "Aurora:ServerlessV2IOOptimizedUsage"),
        _ => ("ACU", "Aurora:ServerlessV2Usage"),
    };
    (unit, Sku::new(product.service()).with("usagetype", usage))
}

/// Database Insights and Performance Insights beyond the free week. AWS counts the vCPUs.
pub fn insights(mode: Option<&Insights>, days_kept: Option<Decimal>) -> Option<Charge> {
    let item = |service, item: &str, unit: &str| Sku::new(service).with("item", item).with("unit", unit);
    if mode == Some(&Insights::Advanced) {
        let sku = item("AmazonCloudWatch", "database_insights_advanced", "vcpu-hour");
        return Some(Charge::metered("Database Insights", sku, Unit::Hour));
    }
    let sku = item("AmazonRDS", "performance_insights_long_retention", "vcpu-month");
    days_kept.filter(|days| *days > dec!(7)).map(|_| Charge::metered("Performance Insights", sku, Unit::Month))
}

/// Charged for at most the allocated size. Clusters with automatic storage report 0 or 1.
pub fn snapshot(product: Product, gigabytes: Option<Decimal>) -> Charge {
    let sku = backup_sku(product);
    match gigabytes.filter(|gigabytes| product == Product::Rds || *gigabytes >= dec!(2)) {
        Some(gigabytes) => Charge::storage("snapshot", sku, gigabytes).at_most(),
        None => Charge::metered("snapshot", sku, Unit::GbMonth),
    }
}

/// Automated backups: one full backup and the changes of each retained day.
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
    fn longer_or_advanced_insights_are_charged() {
        let what = |mode: &str, days: Option<u32>| {
            insights(Some(&mode.into()), days.map(Into::into)).map(|it| (it.what, it.quantity))
        };
        assert_eq!([what("standard", Some(7)), what("standard", None)], [None, None]);
        assert_eq!(what("standard", Some(31)), Some(("Performance Insights".to_owned(), None)));
        assert_eq!(what("advanced", Some(465)), Some(("Database Insights".to_owned(), None)));
    }

    #[test]
    fn three_nodes_have_one_price() {
        let class = Some("db.m5d.large".into());
        let three = Cluster { engine: "mysql".into(), instance_class: class, ..Cluster::default() };
        let hour = capacity(&three, Some(0)).unwrap();
        assert_eq!(hour.what, "db.m5d.large MySQL Multi-AZ (readable standbys)");
        assert_eq!(hour.quantity, Some(Decimal::ONE));
    }

    #[test]
    fn paused_or_running_the_first_serverless_says_its_capacity() {
        let first = |capacity| Cluster {
            engine: "aurora".into(),
            engine_mode: Some("serverless".into()),
            capacity: Some(capacity),
            ..Cluster::default()
        };
        let running = capacity(&first(dec!(4)), None).unwrap();
        assert_eq!((running.what.as_str(), running.quantity), ("4 × ACU", Some(Decimal::from(4))));
        assert_eq!(running.sku.to_string(), "AmazonRDS usagetype=Aurora:ServerlessUsage");
        assert_eq!(capacity(&first(Decimal::ZERO), None).unwrap().quantity, None);
    }
}
