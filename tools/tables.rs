//! Reads the price tables: each row's key in AWS's price list, its price, its day and its source.

use std::path::Path;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::book::{Mark, Prices, Result};

/// The price list key of a row; `None` if the book does not carry such rows.
type Key = fn(&Row) -> Result<Option<String>>;

const FILES: [(&str, Key); 16] = [
    ("ec2.csv", ec2),
    ("ec2_windows_needs_key.csv", ec2),
    ("rds.csv", rds),
    ("opensearch.csv", |row| Ok(Some(format!("AmazonES instanceType={}", row.instance_type)))),
    ("docdb.csv", |row| clustered("AmazonDocDB", row).map(Some)),
    ("neptune.csv", |row| clustered("AmazonNeptune", row).map(Some)),
    ("dedicated_hosts.csv", |row| {
        Ok(Some(format!("AmazonEC2 productFamily=Dedicated Host usagetype=HostUsage:{}", row.host_family)))
    }),
    ("elasticache.csv", elasticache),
    ("lightsail.csv", lightsail),
    ("mq.csv", mq),
    ("msk.csv", msk),
    ("redshift.csv", |row| Ok(Some(format!("AmazonRedshift instanceType={}", row.instance_type)))),
    ("sagemaker.csv", sagemaker),
    ("timestream_influxdb.csv", timestream),
    ("flat.csv", flat),
    ("flat_needs_key.csv", flat),
];

/// The service codes of `flat.csv`'s services. An item that `FLAT` does not name goes by the table's own name for it.
#[rustfmt::skip]
const SERVICES: &[(&str, &str)] = &[
    ("acm_pca", "AWSCertificateManager"), ("apigateway", "AmazonApiGateway"), ("aurora", "AmazonRDS"),
    ("backup", "AWSBackup"), ("cloudhsm", "CloudHSM"), ("cloudtrail", "AWSCloudTrail"),
    ("cloudwatch", "AmazonCloudWatch"), ("codeartifact", "AWSCodeArtifact"), ("comprehend", "comprehend"),
    ("directconnect", "AWSDirectConnect"), ("directoryservice", "AWSDirectoryService"),
    ("dms", "AWSDatabaseMigrationSvc"), ("docdb", "AmazonDocDB"), ("dynamodb", "AmazonDynamoDB"),
    ("ebs", "AmazonEC2"), ("ec2", "AmazonEC2"), ("ecr", "AmazonECR"), ("efs", "AmazonEFS"), ("eks", "AmazonEKS"),
    ("elasticache", "AmazonElastiCache"), ("elb", "AWSELB"), ("fargate", "AmazonECS"), ("fsx", "AmazonFSx"),
    ("glacier", "AmazonGlacier"), ("globalaccelerator", "AWSGlobalAccelerator"), ("glue", "AWSGlue"),
    ("grafana", "AmazonGrafana"), ("kendra", "AmazonKendra"), ("kinesis", "AmazonKinesis"),
    ("kinesisanalytics", "AmazonKinesisAnalytics"), ("kms", "awskms"), ("lambda", "AWSLambda"),
    ("macie", "AmazonMacie"), ("mediaconnect", "AWSElementalMediaConnect"), ("mq", "AmazonMQ"),
    ("mwaa", "AmazonMWAA"), ("neptune", "AmazonNeptune"), ("networkfirewall", "AWSNetworkFirewall"),
    ("opensearch", "AmazonES"), ("personalize", "AmazonPersonalize"), ("quicksight", "AmazonQuickSight"),
    ("rds", "AmazonRDS"), ("redshift", "AmazonRedshift"), ("route53", "AmazonRoute53"), ("s3", "AmazonS3"),
    ("sagemaker", "AmazonSageMaker"), ("secretsmanager", "AWSSecretsManager"), ("ses", "AmazonSES"),
    ("shield", "AWSShield"), ("ssm", "AWSSystemsManager"), ("tgw", "AmazonVPC"),
    ("timestream", "AmazonTimestream"), ("transfer", "AWSTransfer"), ("vpc", "AmazonVPC"), ("vpn", "AmazonVPC"),
    ("waf", "awswaf"), ("workdocs", "AmazonWorkDocs"), ("workmail", "AmazonWorkMail"),
];

/// Service, item and unit in the flat tables, and the price list key: one line for each item that has a key there. What the
/// price list has once for each engine, at the same price, has several, with a `; ` between them.
const FLAT: &str = include_str!("flat.tsv");

/// Marks in a note: the source is weak, or it was inferred what or where the figure is of.
const WEAK: [&str; 3] = ["WEAK", "INFERRED", "REGION INFERRED"];

/// One row of any of the tables; columns a table does not have are empty.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Row {
    region: String,
    as_of: String,
    source: String,
    note: String,
    #[serde(alias = "usd_per_hour")]
    usd: String,
    #[serde(alias = "instance_class", alias = "node_type")]
    instance_type: String,
    host_family: String,
    kind: String,
    bundle: String,
    component: String,
    os: String,
    engine: String,
    license: String,
    deployment: String,
    storage_config: String,
    service: String,
    item: String,
    unit: String,
}

fn ec2(row: &Row) -> Result<Option<String>> {
    let system = named(&row.os, &[("linux", "Linux"), ("windows", "Windows")])?;
    Ok(Some(format!("AmazonEC2 instanceType={} operatingSystem={system}", row.instance_type)))
}

#[rustfmt::skip]
fn rds(row: &Row) -> Result<Option<String>> {
    if row.engine.starts_with("aurora") {
        return aurora(row).map(Some);
    }
    let engine = named(&row.engine, &[
        ("mysql", "databaseEngine=MySQL"),
        ("mariadb", "databaseEngine=MariaDB"),
        ("postgres", "databaseEngine=PostgreSQL"),
        ("oracle-se", "databaseEdition=Standard databaseEngine=Oracle"),
        ("oracle-se1", "databaseEdition=Standard One databaseEngine=Oracle"),
        ("oracle-se2", "databaseEdition=Standard Two databaseEngine=Oracle"),
        ("oracle-ee", "databaseEdition=Enterprise databaseEngine=Oracle"),
        ("sqlserver-ex", "databaseEdition=Express databaseEngine=SQL Server"),
        ("sqlserver-web", "databaseEdition=Web databaseEngine=SQL Server"),
        ("sqlserver-se", "databaseEdition=Standard databaseEngine=SQL Server"),
        ("sqlserver-ee", "databaseEdition=Enterprise databaseEngine=SQL Server"),
    ])?;
    let deployment = named(&row.deployment, &[
        ("single-az", "Single-AZ"),
        ("multi-az", "Multi-AZ"),
        ("multi-az-2-readable-standbys", "Multi-AZ (readable standbys)"),
    ])?;
    let license = named(&row.license, &[
        ("no-license", "No license required"),
        ("license-included", "License included"),
        ("byol", "Bring your own license"),
    ])?;
    let class = &row.instance_type;
    Ok(Some(format!("AmazonRDS {engine} deploymentOption={deployment} instanceType={class} licenseModel={license}")))
}

fn aurora(row: &Row) -> Result<String> {
    named(&row.deployment, &[("single-az", "")])?;
    let (engine, usage) = match row.engine.strip_suffix("-io-optimized") {
        Some(engine) => (engine, "InstanceUsageIOOptimized"),
        None => (row.engine.as_str(), "InstanceUsage"),
    };
    let engine = named(engine, &[("aurora-mysql", "Aurora MySQL"), ("aurora-postgresql", "Aurora PostgreSQL")])?;
    Ok(format!("AmazonRDS databaseEngine={engine} instanceType={} usagetype={usage}", row.instance_type))
}

fn clustered(service: &str, row: &Row) -> Result<String> {
    let usages = [("standard", "InstanceUsage"), ("io-optimized", "InstanceUsageIOOptimized")];
    let usage = named(&row.storage_config, &usages)?;
    Ok(format!("{service} instanceType={} usagetype={usage}", row.instance_type))
}

fn elasticache(row: &Row) -> Result<Option<String>> {
    let engine = named(&row.engine, &[("memcached", "Memcached"), ("redis", "Redis"), ("valkey", "Valkey")])?;
    Ok(Some(format!("AmazonElastiCache cacheEngine={engine} instanceType={}", row.instance_type)))
}

fn mq(row: &Row) -> Result<Option<String>> {
    let engine = named(&row.engine, &[("activemq", "ActiveMQ"), ("rabbitmq", "RabbitMQ")])?;
    let zones = [("single-instance", "Single-AZ"), ("active-standby", "Multi-AZ"), ("cluster-multi-az", "Multi-AZ")];
    let deployment = named(&row.deployment, &zones)?;
    Ok(Some(format!("AmazonMQ brokerEngine={engine} deploymentOption={deployment} instanceType={}", row.instance_type)))
}

/// Brokers by their class, as `DescribeCluster` says it; the rest by the table's own name for it.
#[expect(clippy::unnecessary_wraps, reason = "one shape for every table")]
fn msk(row: &Row) -> Result<Option<String>> {
    let is_broker =
        row.item.starts_with("kafka.") || (row.item.starts_with("express.") && row.item != "express.storage");
    Ok(Some(if is_broker { format!("AmazonMSK instanceType={}", row.item) } else { item("AmazonMSK", row) }))
}

/// What runs on a class, in the words of the usage type. A price for no component in particular is left out.
fn sagemaker(row: &Row) -> Result<Option<String>> {
    if row.component == "any" {
        return Ok(None);
    }
    let usage = named(
        &row.component,
        &[
            ("batch-transform", "Tsform"),
            ("hosting", "Host"),
            ("notebook", "Notebk"),
            ("processing", "Processing"),
            ("studio-notebook", "Studio-Notebook"),
            ("training", "Train"),
        ],
    )?;
    Ok(Some(format!("AmazonSageMaker usagetype={usage}:{}", row.instance_type)))
}

fn timestream(row: &Row) -> Result<Option<String>> {
    let deployment = named(&row.deployment, &[("single-az", "Single-AZ"), ("multi-az", "Multi-AZ")])?;
    Ok(Some(format!("AmazonTimestream deploymentOption={deployment} instanceType={}", row.instance_type)))
}

/// Bundles have no attributes that tell them apart, only their description.
#[expect(clippy::unnecessary_wraps, reason = "one shape for every table")]
fn lightsail(row: &Row) -> Result<Option<String>> {
    Ok(Some(format!("AmazonLightsail bundle={} kind={}", row.bundle, row.kind)))
}

/// An item by the table's own name for it.
fn item(service: &str, row: &Row) -> String {
    format!("{service} item={} unit={}", row.item, row.unit)
}

fn flat(row: &Row) -> Result<Option<String>> {
    let Some([.., unit, key]) = items().find(|[service, item, ..]| row.service == *service && row.item == *item) else {
        return Ok(Some(item(named(&row.service, SERVICES)?, row)));
    };
    if row.unit != unit {
        return Err(format!("{} {} is per {}, expected {unit}", row.service, row.item, row.unit).into());
    }
    Ok(Some(key.to_owned()))
}

/// The lines of [`FLAT`]: service, item, unit, key.
fn items() -> impl Iterator<Item = [&'static str; 4]> {
    FLAT.lines().skip(1).filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

/// What a price of the book is per, in the words of the tables.
#[must_use]
pub fn unit_of(key: &str) -> &str {
    let kept =
        ["kind=disk", "kind=snapshot"].iter().any(|kind| key.starts_with("AmazonLightsail") && key.ends_with(kind));
    let of_kind = kept.then_some("gb-month");
    let named = key.split_once(" unit=").map(|(_, unit)| as_charged(unit.split(' ').next().unwrap_or(unit)));
    let of = |known: &str| known.split("; ").any(|known| known == key);
    let listed = || items().find(|[.., known]| of(known)).map(|[_, _, unit, _]| as_charged(unit));
    of_kind.or(named).or_else(listed).unwrap_or("hour")
}

/// The unit in which the program counts what a table has by another one.
fn as_charged(unit: &str) -> &str {
    match unit {
        "gibps-month" | "mbps-month" => "mibps-month",
        "second" | "minute" | "gb-hour" | "vcpu-hour" | "dcu-hour" | "lcu-hour" => "hour",
        unit => unit,
    }
}

/// The price of the unit in which the program counts.
fn charged(usd: Decimal, unit: &str) -> Result<Decimal> {
    match unit {
        // Volumes report MiB/s, the price list charges GiB/s: a 1024th, which a decimal holds exactly.
        "gibps-month" => {
            let each = usd / Decimal::from(1024);
            let exact = each * Decimal::from(1024) == usd;
            exact.then_some(each).ok_or_else(|| format!("{usd} ÷ 1024 is not exact").into())
        }
        "second" => Ok(usd * Decimal::from(3600)),
        "minute" => Ok(usd * Decimal::from(60)),
        _ => Ok(usd),
    }
}

/// What the price list calls it. An unknown word stops the build: a guess would be a wrong price.
fn named<'a>(word: &str, names: &[(&str, &'a str)]) -> Result<&'a str> {
    let found = names.iter().find(|(from, _)| *from == word).map(|(_, to)| *to);
    found.ok_or_else(|| format!("“{word}” has no name in the price list").into())
}

/// Reads every table in the folder.
///
/// # Errors
/// The file and row of the first one that cannot be taken as it stands, or the item that no row has a price for.
pub fn read(folder: &Path) -> Result<Prices> {
    let mut prices = Prices::default();
    for (file, key) in FILES {
        let mut rows = csv::Reader::from_path(folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
        for (index, row) in rows.deserialize().enumerate() {
            let taken = row.map_err(Into::into).and_then(|row: Row| take(&mut prices, key, &row));
            taken.map_err(|error| format!("{file}, row {}: {error}", index + 1))?;
        }
    }
    for [service, item, _, key] in items() {
        if !key.split("; ").all(|key| prices.iter().any(|(known, ..)| known == key)) {
            return Err(format!("the flat tables have no price for {service} {item}").into());
        }
    }
    Ok(prices)
}

fn take(prices: &mut Prices, key: Key, row: &Row) -> Result<()> {
    let Some(key) = key(row)? else { return Ok(()) };
    // What costs the same everywhere is listed where the things of the whole account are.
    let region = match &*row.region {
        "*" | "us-east-1" if row.service == "globalaccelerator" => "us-west-2",
        "*" => "us-east-1",
        region => region,
    };
    let usd = Decimal::from_str_exact(&row.usd).map_err(|error| format!("price “{}”: {error}", row.usd))?;
    let weak = WEAK.iter().any(|mark| row.note.starts_with(mark)) || row.source.starts_with("page-");
    let mark = Mark { as_of: day(row).to_owned(), source: row.source.clone(), weak };
    let usd = charged(usd, &row.unit)?;
    key.split("; ").try_for_each(|key| prices.add(key, region, usd, mark.clone()))
}

/// The day in the note, where the column has only its month or year.
fn day(row: &Row) -> &str {
    let noted = row.note.rsplit_once("day ").map_or("", |(_, day)| day);
    if noted.starts_with(&row.as_of) { noted } else { &row.as_of }
}
