//! The common names of the bill's services.

/// `OpenSearch (AmazonES)`: the common name, and the code on the bill. A code that resembles the name, or that is not known here, is
/// unchanged.
#[must_use]
pub fn service_name(code: &str) -> String {
    match NAMES.binary_search_by(|(known, _)| known.cmp(&code)) {
        Ok(at) => format!("{} ({code})", NAMES[at].1),
        Err(_) => code.to_owned(),
    }
}

/// By code. AWS's names are the same in Japanese.
const NAMES: &[(&str, &str)] = &[
    ("AWSAppRunner", "App Runner"),
    ("AWSBackup", "Backup"),
    ("AWSCertificateManager", "Certificate Manager"),
    ("AWSCloudTrail", "CloudTrail"),
    ("AWSCloudWAN", "Cloud WAN"),
    ("AWSCodePipeline", "CodePipeline"),
    ("AWSConfig", "Config"),
    ("AWSDataTransfer", "Data transfer"),
    ("AWSDatabaseMigrationSvc", "Database Migration Service"),
    ("AWSDirectConnect", "Direct Connect"),
    ("AWSDirectoryService", "Directory Service"),
    ("AWSELB", "Elastic Load Balancing"),
    ("AWSElementalMediaConnect", "MediaConnect"),
    ("AWSElementalMediaConvert", "MediaConvert"),
    ("AWSElementalMediaLive", "MediaLive"),
    ("AWSGlobalAccelerator", "Global Accelerator"),
    ("AWSGlue", "Glue"),
    ("AWSLambda", "Lambda"),
    ("AWSNetworkFirewall", "Network Firewall"),
    ("AWSPCS", "Parallel Computing Service"),
    ("AWSQueueService", "SQS"),
    ("AWSR53AppRecoveryController", "Application Recovery Controller"),
    ("AWSSecretsManager", "Secrets Manager"),
    ("AWSSecurityHub", "Security Hub"),
    ("AWSShield", "Shield"),
    ("AWSStorageGateway", "Storage Gateway"),
    ("AWSSupportBusiness", "Business Support"),
    ("AWSSupportDeveloper", "Developer Support"),
    ("AWSSupportEnterprise", "Enterprise Support"),
    ("AWSSystemsManager", "Systems Manager"),
    ("AWSTransfer", "Transfer Family"),
    ("AmazonApiGateway", "API Gateway"),
    ("AmazonAppStream", "AppStream 2.0"),
    ("AmazonAthena", "Athena"),
    ("AmazonBedrock", "Bedrock"),
    ("AmazonChimeVoiceConnector", "Chime Voice Connector"),
    ("AmazonCloudFront", "CloudFront"),
    ("AmazonCloudSearch", "CloudSearch"),
    ("AmazonCloudWatch", "CloudWatch"),
    ("AmazonCognito", "Cognito"),
    ("AmazonDAX", "DynamoDB Accelerator"),
    ("AmazonDetective", "Detective"),
    ("AmazonDocDB", "DocumentDB"),
    ("AmazonDynamoDB", "DynamoDB"),
    ("AmazonEC2", "EC2"),
    ("AmazonECR", "ECR"),
    ("AmazonECS", "ECS"),
    ("AmazonEFS", "EFS"),
    ("AmazonEKS", "EKS"),
    ("AmazonES", "OpenSearch"),
    ("AmazonElastiCache", "ElastiCache"),
    ("AmazonFSx", "FSx"),
    ("AmazonGameLift", "GameLift"),
    ("AmazonGlacier", "S3 Glacier"),
    ("AmazonGrafana", "Managed Grafana"),
    ("AmazonGuardDuty", "GuardDuty"),
    ("AmazonInspectorV2", "Inspector"),
    ("AmazonKinesis", "Kinesis"),
    ("AmazonKinesisAnalytics", "Managed Service for Apache Flink"),
    ("AmazonLightsail", "Lightsail"),
    ("AmazonMCS", "Keyspaces"),
    ("AmazonMQ", "MQ"),
    ("AmazonMSK", "MSK"),
    ("AmazonMWAA", "Managed Workflows for Apache Airflow"),
    ("AmazonMacie", "Macie"),
    ("AmazonManagedBlockchain", "Managed Blockchain"),
    ("AmazonMemoryDB", "MemoryDB"),
    ("AmazonNeptune", "Neptune"),
    ("AmazonPrometheus", "Managed Service for Prometheus"),
    ("AmazonQuickSight", "QuickSight"),
    ("AmazonRDS", "RDS"),
    ("AmazonRedshift", "Redshift"),
    ("AmazonRegistrar", "Route 53 domains"),
    ("AmazonRoute53", "Route 53"),
    ("AmazonS3", "S3"),
    ("AmazonSES", "SES"),
    ("AmazonSNS", "SNS"),
    ("AmazonSageMaker", "SageMaker"),
    ("AmazonSecurityLake", "Security Lake"),
    ("AmazonTimestream", "Timestream"),
    ("AmazonVPC", "VPC"),
    ("AmazonWorkMail", "WorkMail"),
    ("AmazonWorkSpaces", "WorkSpaces"),
    ("AmazonWorkSpacesWeb", "WorkSpaces Secure Browser"),
    ("AuroraDSQL", "Aurora DSQL"),
    ("ElasticMapReduce", "EMR"),
    ("awskms", "KMS"),
    ("awswaf", "WAF"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_has_the_name_that_people_know() {
        assert_eq!(service_name("AmazonES"), "OpenSearch (AmazonES)");
        assert_eq!(service_name("awswaf"), "WAF (awswaf)");
        assert_eq!(service_name("CodeBuild"), "CodeBuild");
    }

    #[test]
    fn the_codes_are_in_order() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
