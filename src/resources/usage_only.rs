//! Services of the bill that are charged by use: they have no resources that could be found and deleted.

/// Their service codes.
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

/// Whether a service may be charged for requests only.
#[must_use]
pub fn is_usage_only(service: &str) -> bool {
    USAGE_ONLY.contains(&service)
}
