//! Builds `src/prices/book.txt` from a folder of price tables: `cargo run --example build-price-book -- <folder>`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rust_decimal::Decimal;
use serde::Deserialize;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The price list key of a row; `None` if the book has no such rows.
type Key = fn(&Row) -> Result<Option<String>>;

const FILES: [(&str, Key); 14] = [
    ("ec2.csv", ec2),
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
];

/// The service codes of `flat.csv`'s services. An item that is not in `FLAT` keeps the table's name.
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

/// Service, item and unit in `flat.csv`, and the price list key: one row for each item of the book.
#[rustfmt::skip]
const FLAT: &[(&str, &str, &str, &str)] = &[
    ("apigateway", "cache_0.5gb", "hour", "AmazonApiGateway usagetype=ApiGatewayCacheUsage:0.5GB"),
    ("apigateway", "cache_1.6gb", "hour", "AmazonApiGateway usagetype=ApiGatewayCacheUsage:1.6GB"),
    ("apigateway", "cache_118gb", "hour", "AmazonApiGateway usagetype=ApiGatewayCacheUsage:118GB"),
    ("apigateway", "cache_13.5gb", "hour", "AmazonApiGateway usagetype=ApiGatewayCacheUsage:13.5GB"),
    ("apigateway", "cache_237gb", "hour", "AmazonApiGateway usagetype=ApiGatewayCacheUsage:237GB"),
    ("apigateway", "cache_28.4gb", "hour", "AmazonApiGateway usagetype=ApiGatewayCacheUsage:28.4GB"),
    ("apigateway", "cache_58.2gb", "hour", "AmazonApiGateway usagetype=ApiGatewayCacheUsage:58.2GB"),
    ("apigateway", "cache_6.1gb", "hour", "AmazonApiGateway usagetype=ApiGatewayCacheUsage:6.1GB"),
    ("aurora", "backup", "gb-month", "AmazonRDS usagetype=Aurora:BackupUsage"),
    ("aurora", "serverless_v1_acu", "hour", "AmazonRDS usagetype=Aurora:ServerlessUsage"),
    ("aurora", "serverless_v2_acu", "hour", "AmazonRDS usagetype=Aurora:ServerlessV2Usage"),
    ("aurora", "storage_standard", "gb-month", "AmazonRDS usagetype=Aurora:StorageUsage"),
    ("cloudhsm", "hsm", "hour", "CloudHSM usagetype=CloudHSMv2Usage"),
    ("cloudwatch", "alarm_composite", "month", "AmazonCloudWatch usagetype=CW:CompositeAlarmMonitorUsage"),
    ("cloudwatch", "alarm_high_resolution", "month", "AmazonCloudWatch usagetype=CW:HighResAlarmMonitorUsage"),
    ("cloudwatch", "alarm_standard", "month", "AmazonCloudWatch usagetype=CW:AlarmMonitorUsage"),
    ("cloudwatch", "log_ingestion", "gb", "AmazonCloudWatch usagetype=DataProcessing-Bytes"),
    ("cloudwatch", "log_storage", "gb-month", "AmazonCloudWatch usagetype=TimedStorage-ByteHrs"),
    ("dms", "t2.micro_multi_az", "hour", "AWSDatabaseMigrationSvc usagetype=Multi-AZUsg:dms.t2.micro"),
    ("dms", "t2.micro_single_az", "hour", "AWSDatabaseMigrationSvc usagetype=InstanceUsg:dms.t2.micro"),
    ("docdb", "backup", "gb-month", "AmazonDocDB usagetype=BackupUsage"),
    ("docdb", "storage", "gb-month", "AmazonDocDB usagetype=StorageUsage"),
    ("dynamodb", "backup_storage", "gb-month", "AmazonDynamoDB usagetype=TimedBackupStorage-ByteHrs"),
    ("dynamodb", "pitr_storage", "gb-month", "AmazonDynamoDB usagetype=TimedPITRStorage-ByteHrs"),
    ("dynamodb", "rcu", "hour", "AmazonDynamoDB usagetype=ReadCapacityUnit-Hrs"),
    ("dynamodb", "replicated_wcu", "hour", "AmazonDynamoDB usagetype=ReplWriteCapacityUnit-Hrs"),
    ("dynamodb", "storage_standard", "gb-month", "AmazonDynamoDB usagetype=TimedStorage-ByteHrs"),
    ("dynamodb", "storage_standard_ia", "gb-month", "AmazonDynamoDB usagetype=IA-TimedStorage-ByteHrs"),
    ("dynamodb", "wcu", "hour", "AmazonDynamoDB usagetype=WriteCapacityUnit-Hrs"),
    ("ebs", "gp2", "gb-month", "AmazonEC2 productFamily=Storage volumeApiName=gp2"),
    ("ebs", "gp3", "gb-month", "AmazonEC2 productFamily=Storage volumeApiName=gp3"),
    ("ebs", "gp3_iops_over_3000", "iops-month", "AmazonEC2 group=EBS IOPS volumeApiName=gp3"),
    ("ebs", "gp3_throughput_over_125", "gibps-month", "AmazonEC2 group=EBS Throughput volumeApiName=gp3"),
    ("ebs", "io1", "gb-month", "AmazonEC2 productFamily=Storage volumeApiName=io1"),
    ("ebs", "io1_iops", "iops-month", "AmazonEC2 group=EBS IOPS volumeApiName=io1"),
    ("ebs", "io2", "gb-month", "AmazonEC2 productFamily=Storage volumeApiName=io2"),
    ("ebs", "io2_iops_tier1", "iops-month", "AmazonEC2 group=EBS IOPS tier=1 volumeApiName=io2"),
    ("ebs", "io2_iops_tier2", "iops-month", "AmazonEC2 group=EBS IOPS tier=2 volumeApiName=io2"),
    ("ebs", "io2_iops_tier3", "iops-month", "AmazonEC2 group=EBS IOPS tier=3 volumeApiName=io2"),
    ("ebs", "sc1", "gb-month", "AmazonEC2 productFamily=Storage volumeApiName=sc1"),
    ("ebs", "snapshot_archive", "gb-month", "AmazonEC2 usagetype=EBS:SnapshotArchiveStorage"),
    ("ebs", "snapshot_standard", "gb-month", "AmazonEC2 usagetype=EBS:SnapshotUsage"),
    ("ebs", "st1", "gb-month", "AmazonEC2 productFamily=Storage volumeApiName=st1"),
    ("ebs", "standard", "gb-month", "AmazonEC2 productFamily=Storage volumeApiName=standard"),
    ("ec2", "public_ipv4_idle", "hour", "AmazonVPC usagetype=PublicIPv4:IdleAddress"),
    ("ec2", "public_ipv4_in_use", "hour", "AmazonVPC usagetype=PublicIPv4:InUseAddress"),
    ("ecr", "storage_private", "gb-month", "AmazonECR usagetype=TimedStorage-ByteHrs"),
    ("efs", "one_zone", "gb-month", "AmazonEFS usagetype=TimedStorage-Z-ByteHrs"),
    ("efs", "one_zone_ia", "gb-month", "AmazonEFS usagetype=IATimedStorage-Z-ByteHrs"),
    ("efs", "provisioned_throughput", "mibps-month", "AmazonEFS usagetype=ProvisionedTP-MiBpsHrs"),
    ("efs", "standard", "gb-month", "AmazonEFS usagetype=TimedStorage-ByteHrs"),
    ("efs", "standard_ia", "gb-month", "AmazonEFS usagetype=IATimedStorage-ByteHrs"),
    ("eks", "cluster_extended_support_surcharge", "hour", "AmazonEKS usagetype=AmazonEKS-Hours:extendedSupport"),
    ("eks", "cluster_standard", "hour", "AmazonEKS usagetype=AmazonEKS-Hours:perCluster"),
    ("eks", "fargate_gb", "hour", "AmazonEKS usagetype=Fargate-GB-Hours"),
    ("eks", "fargate_vcpu", "hour", "AmazonEKS usagetype=Fargate-vCPU-Hours:perCPU"),
    ("elasticache", "backup_storage", "gb-month", "AmazonElastiCache usagetype=BackupUsage"),
    ("elb", "alb", "hour", "AWSELB productFamily=Load Balancer-Application usagetype=LoadBalancerUsage"),
    ("elb", "alb_lcu", "lcu-hour", "AWSELB productFamily=Load Balancer-Application usagetype=LCUUsage"),
    ("elb", "clb", "hour", "AWSELB productFamily=Load Balancer usagetype=LoadBalancerUsage"),
    ("elb", "gwlb", "hour", "AWSELB productFamily=Load Balancer-Gateway usagetype=LoadBalancerUsage"),
    ("elb", "gwlb_lcu", "lcu-hour", "AWSELB productFamily=Load Balancer-Gateway usagetype=LCUUsage"),
    ("elb", "nlb", "hour", "AWSELB productFamily=Load Balancer-Network usagetype=LoadBalancerUsage"),
    ("elb", "nlb_lcu", "lcu-hour", "AWSELB productFamily=Load Balancer-Network usagetype=LCUUsage"),
    ("fargate", "ephemeral_storage_over_20gb", "gb-hour", "AmazonECS usagetype=Fargate-EphemeralStorage-GB-Hours"),
    ("fargate", "gb_linux_arm", "hour", "AmazonECS usagetype=Fargate-ARM-GB-Hours"),
    ("fargate", "gb_linux_x86", "hour", "AmazonECS usagetype=Fargate-GB-Hours"),
    ("fargate", "gb_windows", "hour", "AmazonECS usagetype=Fargate-Windows-GB-Hours"),
    ("fargate", "vcpu_linux_arm", "hour", "AmazonECS usagetype=Fargate-ARM-vCPU-Hours:perCPU"),
    ("fargate", "vcpu_linux_x86", "hour", "AmazonECS usagetype=Fargate-vCPU-Hours:perCPU"),
    ("fargate", "vcpu_windows", "hour", "AmazonECS usagetype=Fargate-Windows-vCPU-Hours:perCPU"),
    ("fargate", "vcpu_windows_os_licence", "hour", "AmazonECS usagetype=Fargate-Windows-OS-Hours:perCPU"),
    ("glue", "crawler_dpu", "hour", "AWSGlue usagetype=Crawler-DPU-Hour"),
    ("glue", "dev_endpoint_dpu", "hour", "AWSGlue usagetype=DEVED-DPU-Hour"),
    ("glue", "etl_job_dpu", "hour", "AWSGlue usagetype=ETL-DPU-Hour"),
    ("kinesis", "enhanced_fanout_consumer_shard", "hour", "AmazonKinesis usagetype=EnhancedFanoutHour"),
    ("kinesis", "shard_extended_retention", "hour", "AmazonKinesis usagetype=Extended-ShardHour"),
    ("kinesis", "shard_provisioned", "hour", "AmazonKinesis usagetype=Storage-ShardHour"),
    ("kinesis", "stream_on_demand", "hour", "AmazonKinesis usagetype=OnDemand-StreamHour"),
    ("kms", "customer_managed_key", "month", "awskms usagetype=KMS-Keys"),
    ("lambda", "provisioned_concurrency_arm", "gb-second", "AWSLambda usagetype=Lambda-Provisioned-Concurrency-ARM"),
    ("lambda", "provisioned_concurrency_x86", "gb-second", "AWSLambda usagetype=Lambda-Provisioned-Concurrency"),
    ("mq", "storage_ebs", "gb-month", "AmazonMQ usagetype=TimedStorage-EBS-ByteHrs"),
    ("mq", "storage_efs", "gb-month", "AmazonMQ usagetype=TimedStorage-ByteHrs"),
    ("neptune", "backup_storage", "gb-month", "AmazonNeptune usagetype=BackupUsage"),
    ("neptune", "storage_io_optimized", "gb-month", "AmazonNeptune usagetype=StorageUsageIOOptimized"),
    ("neptune", "storage_standard", "gb-month", "AmazonNeptune usagetype=StorageUsage"),
    ("opensearch", "ebs_gp2", "gb-month", "AmazonES usagetype=ES:GP2-Storage"),
    ("opensearch", "ebs_gp3", "gb-month", "AmazonES usagetype=ES:GP3-Storage"),
    ("opensearch", "ebs_io1", "gb-month", "AmazonES usagetype=ES:PIOPS-Storage"),
    ("opensearch", "ebs_io1_iops", "iops-month", "AmazonES usagetype=ES:PIOPS"),
    ("opensearch", "ebs_standard", "gb-month", "AmazonES usagetype=ES:Magnetic-Storage"),
    ("rds", "backup_snapshot", "gb-month", "AmazonRDS usagetype=RDS:ChargedBackupUsage"),
    ("rds", "gp3_iops_single_az", "iops-month", "AmazonRDS deploymentOption=Single-AZ productFamily=Provisioned IOPS volumeType=gp3"),
    ("rds", "io1_iops_single_az", "iops-month", "AmazonRDS deploymentOption=Single-AZ productFamily=Provisioned IOPS volumeType=io1"),
    ("rds", "storage_gp2_multi_az", "gb-month", "AmazonRDS deploymentOption=Multi-AZ productFamily=Database Storage volumeType=gp2"),
    ("rds", "storage_gp2_single_az", "gb-month", "AmazonRDS deploymentOption=Single-AZ productFamily=Database Storage volumeType=gp2"),
    ("rds", "storage_gp3_multi_az", "gb-month", "AmazonRDS deploymentOption=Multi-AZ productFamily=Database Storage volumeType=gp3"),
    ("rds", "storage_gp3_single_az", "gb-month", "AmazonRDS deploymentOption=Single-AZ productFamily=Database Storage volumeType=gp3"),
    ("rds", "storage_io1_multi_az", "gb-month", "AmazonRDS deploymentOption=Multi-AZ productFamily=Database Storage volumeType=io1"),
    ("rds", "storage_io1_single_az", "gb-month", "AmazonRDS deploymentOption=Single-AZ productFamily=Database Storage volumeType=io1"),
    ("rds", "storage_magnetic_multi_az", "gb-month", "AmazonRDS deploymentOption=Multi-AZ productFamily=Database Storage volumeType=standard"),
    ("rds", "storage_magnetic_single_az", "gb-month", "AmazonRDS deploymentOption=Single-AZ productFamily=Database Storage volumeType=standard"),
    ("redshift", "managed_storage_ra3", "gb-month", "AmazonRedshift productFamily=Redshift Managed Storage"),
    ("redshift", "serverless_rpu", "hour", "AmazonRedshift usagetype=Redshift:ServerlessUsage"),
    ("route53", "resolver_endpoint_eni", "hour", "AmazonRoute53 usagetype=ResolverNetworkInterface"),
    ("secretsmanager", "secret", "month", "AWSSecretsManager usagetype=AWSSecretsManager-Secrets"),
    ("tgw", "connect_attachment", "hour", "AmazonVPC operation=TransitGatewayConnect usagetype=TransitGateway-Hours"),
    ("tgw", "dx_gateway_attachment", "hour", "AmazonVPC operation=TransitGatewayDirectConnect usagetype=TransitGateway-Hours"),
    ("tgw", "peering_attachment", "hour", "AmazonVPC operation=TransitGatewayPeering usagetype=TransitGateway-Hours"),
    ("tgw", "vpc_attachment", "hour", "AmazonVPC operation=TransitGatewayVPC usagetype=TransitGateway-Hours"),
    ("tgw", "vpn_attachment", "hour", "AmazonVPC operation=TransitGatewayVPN usagetype=TransitGateway-Hours"),
    ("vpc", "gwlb_endpoint", "hour", "AmazonVPC usagetype=VpcEndpoint-GWLBE-Hours"),
    ("vpc", "interface_endpoint", "hour", "AmazonVPC usagetype=VpcEndpoint-Hours"),
    ("vpc", "ipam_active_ip", "hour", "AmazonVPC usagetype=IPAddressManager-IP-Hours"),
    ("vpc", "ipam_contiguous_public_ipv4", "hour", "AmazonVPC usagetype=PublicIPv4:ContiguousBlock"),
    ("vpc", "nat_gateway", "hour", "AmazonEC2 group=NGW:NatGateway usagetype=NatGateway-Hours"),
    ("vpc", "nat_gateway_data", "gb", "AmazonEC2 group=NGW:NatGateway usagetype=NatGateway-Bytes"),
    ("vpn", "client_vpn_active_connection", "hour", "AmazonVPC usagetype=ClientVPN-ConnectionHours"),
    ("vpn", "client_vpn_endpoint_association", "hour", "AmazonVPC usagetype=ClientVPN-EndpointHours"),
    ("vpn", "site_to_site_connection", "hour", "AmazonVPC usagetype=VPN-Usage-Hours:ipsec.1"),
    ("waf", "rule_v2", "month", "awswaf usagetype=RuleV2"),
    ("waf", "web_acl_v2", "month", "awswaf usagetype=WebACLV2"),
];

/// One row of any of the tables; columns that a table lacks are empty.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Row {
    region: String,
    as_of: String,
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
    let system = named(&row.os, &[("linux", "Linux")])?;
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

/// Brokers by their class, as in `DescribeCluster`; other items by the table's name.
#[expect(clippy::unnecessary_wraps, reason = "one shape for every table")]
fn msk(row: &Row) -> Result<Option<String>> {
    let is_broker =
        row.item.starts_with("kafka.") || (row.item.starts_with("express.") && row.item != "express.storage");
    Ok(Some(if is_broker { format!("AmazonMSK instanceType={}", row.item) } else { item("AmazonMSK", row) }))
}

/// The use of a class, as in the usage type. A price without a use is left out.
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

/// Bundles differ only by their description.
#[expect(clippy::unnecessary_wraps, reason = "one shape for every table")]
fn lightsail(row: &Row) -> Result<Option<String>> {
    Ok(Some(format!("AmazonLightsail bundle={} kind={}", row.bundle, row.kind)))
}

/// An item by the table's name.
fn item(service: &str, row: &Row) -> String {
    format!("{service} item={} unit={}", row.item, row.unit)
}

fn flat(row: &Row) -> Result<Option<String>> {
    let Some((_, _, unit, key)) = FLAT.iter().find(|(service, item, ..)| row.service == *service && row.item == *item)
    else {
        return Ok(Some(item(named(&row.service, SERVICES)?, row)));
    };
    if row.unit != *unit {
        return Err(format!("{} {} is per {}, expected {unit}", row.service, row.item, row.unit).into());
    }
    Ok(Some((*key).to_owned()))
}

/// The unit of a price of the book, by the tables' names.
#[must_use]
pub fn unit_of(key: &str) -> &'static str {
    FLAT.iter().find(|(.., known)| *known == key).map_or("hour", |(_, _, unit, _)| unit)
}

/// The price list's name. An unknown word stops the build: a guess would be a wrong price.
fn named<'a>(word: &str, names: &[(&str, &'a str)]) -> Result<&'a str> {
    let found = names.iter().find(|(from, _)| *from == word).map(|(_, to)| *to);
    found.ok_or_else(|| format!("“{word}” has no name in the price list").into())
}

/// Price list key → region → price and its day (empty if not known).
#[derive(Default)]
pub struct Prices(BTreeMap<String, BTreeMap<String, (Decimal, String)>>);

impl Prices {
    /// Reads every table in the folder.
    ///
    /// # Errors
    /// The file and line of the first row that cannot be converted, or the item without a price.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut prices = Self::default();
        for (file, key) in FILES {
            let mut rows = csv::Reader::from_path(folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
            for (index, row) in rows.deserialize().enumerate() {
                let taken = row.map_err(Into::into).and_then(|row: Row| prices.take(key, &row));
                taken.map_err(|error| format!("{file}, row {}: {error}", index + 1))?;
            }
        }
        for (service, item, _, key) in FLAT {
            if !prices.0.contains_key(*key) {
                return Err(format!("flat.csv has no price for {service} {item}").into());
            }
        }
        Ok(prices)
    }

    fn take(&mut self, key: Key, row: &Row) -> Result<()> {
        let Some(key) = key(row)? else { return Ok(()) };
        // A price that is the same everywhere is listed under the region of account-wide things.
        let region = match &*row.region {
            "*" | "us-east-1" if row.service == "globalaccelerator" => "us-west-2",
            "*" => "us-east-1",
            region => region,
        };
        let usd = Decimal::from_str_exact(&row.usd).map_err(|error| format!("price “{}”: {error}", row.usd))?;
        let usd = if row.unit == "gibps-month" { per_mibps(usd)? } else { usd };
        let as_of = if row.as_of == "undated" { "" } else { checked_date(&row.as_of)? };
        self.add(&key, region, usd, as_of)
    }

    /// Adds one price; an empty `as_of` means that its day is not known.
    ///
    /// # Errors
    /// A price that is not above zero, another price for the same key and region, or a key that is not one line.
    pub fn add(&mut self, key: &str, region: &str, usd: Decimal, as_of: &str) -> Result<()> {
        if key.contains("= ") || key.ends_with('=') || key.contains(|c: char| !c.is_ascii() || c.is_ascii_control()) {
            return Err(format!("“{key}” is not a key").into());
        }
        if region.is_empty() || !region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(format!("“{region}” is not a region").into());
        }
        if usd <= Decimal::ZERO {
            return Err(format!("{key} costs {usd} in {region}: not a price").into());
        }
        let price = (usd.normalize(), as_of.to_owned());
        let known = self.0.entry(key.to_owned()).or_default().entry(region.to_owned()).or_insert_with(|| price.clone());
        if known.0 != usd {
            return Err(format!("{key} costs both {} and {usd} in {region}", known.0).into());
        }
        if known.1 < price.1 {
            *known = price;
        }
        Ok(())
    }

    /// The book's text: the regions' letters, the dates' letters, then a line for each key:
    /// `key<tab>regions=price date …`, the date's letter directly behind the price (`-`: not known).
    ///
    /// # Errors
    /// More regions or dates than there are letters.
    pub fn text(&self) -> Result<String> {
        let all = || self.0.values().flatten();
        let regions = letters(all().map(|(region, _)| region.as_str()))?;
        let dates = letters(all().map(|(_, (_, as_of))| as_of.as_str()).filter(|as_of| !as_of.is_empty()))?;
        let mut text = format!("{}\n{}\n", legend(&regions), legend(&dates));
        for (key, prices) in &self.0 {
            let mut groups: BTreeMap<(Decimal, &str), String> = BTreeMap::new();
            for (region, (usd, as_of)) in prices {
                groups.entry((*usd, as_of)).or_default().push(regions[region.as_str()]);
            }
            let group = |((usd, as_of), regions): (&(Decimal, &str), &String)| {
                format!("{regions}={usd}{}", dates.get(as_of).unwrap_or(&'-'))
            };
            let mut groups: Vec<String> = groups.iter().map(group).collect();
            groups.sort_unstable();
            text.extend([key, "\t", &groups.join(" "), "\n"]);
        }
        Ok(text)
    }

    /// The number of keys, and of their prices in all regions.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        (self.0.len(), self.0.values().map(BTreeMap::len).sum())
    }
}

/// Volumes report MiB/s, the price list charges GiB/s: a 1024th, which a decimal holds exactly.
fn per_mibps(per_gibps: Decimal) -> Result<Decimal> {
    let usd = per_gibps / Decimal::from(1024);
    let exact = usd * Decimal::from(1024) == per_gibps;
    exact.then_some(usd).ok_or_else(|| format!("{per_gibps} ÷ 1024 is not exact").into())
}

/// A day, a month or a year, as in the source.
fn checked_date(text: &str) -> Result<&str> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    named(&shape, &[("0000-00-00", ""), ("0000-00", ""), ("0000", "")])
        .map_err(|_| format!("“{text}” is not a date"))?;
    Ok(text)
}

/// A letter for each name, in the order of the names.
fn letters<'a>(names: impl Iterator<Item = &'a str>) -> Result<BTreeMap<&'a str, char>> {
    let names: BTreeSet<&str> = names.collect();
    let letters = ('A'..='Z').chain('a'..='z');
    let lettered: BTreeMap<&str, char> = names.iter().copied().zip(letters).collect();
    let enough = lettered.len() == names.len();
    enough.then_some(lettered).ok_or_else(|| format!("{} names are more than there are letters", names.len()).into())
}

fn legend(letters: &BTreeMap<&str, char>) -> String {
    let pairs: Vec<String> = letters.iter().map(|(name, letter)| format!("{letter}={name}")).collect();
    pairs.join(" ")
}

fn build() -> Result<String> {
    let folder: PathBuf = std::env::args_os().nth(1).ok_or("name the folder that holds the CSV files")?.into();
    let prices = Prices::read(&folder)?;
    let text = prices.text()?;
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/prices/book.txt");
    std::fs::write(&book, &text)?;
    let (keys, count) = prices.count();
    Ok(format!("{}: {keys} keys, {count} prices, {} bytes", book.display(), text.len()))
}

fn main() -> ExitCode {
    let (code, written) = match build() {
        Ok(summary) => (ExitCode::SUCCESS, writeln!(std::io::stdout(), "{summary}")),
        Err(error) => (ExitCode::FAILURE, writeln!(std::io::stderr(), "failed to build the price book: {error}")),
    };
    if written.is_ok() { code } else { ExitCode::FAILURE }
}
