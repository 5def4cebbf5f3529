//! Services on the bill that are charged by use: they have nothing that could be found and deleted.

/// By their service codes.
const USAGE_ONLY: [&str; 12] = [
    "AWSCloudTrail",
    "AWSConfig",
    "AWSLambda",
    "AWSQueueService",
    "AmazonApiGateway",
    "AmazonCloudFront",
    "AmazonCloudWatch",
    "AmazonDynamoDB",
    "AmazonRoute53",
    "AmazonS3",
    "AmazonSNS",
    "awskms",
];

/// Whether a service may be charged for requests alone.
#[must_use]
pub fn is_usage_only(service: &str) -> bool {
    USAGE_ONLY.contains(&service)
}
