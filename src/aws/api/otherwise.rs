//! The exceptions to AWS's models: a few IAM names and headers that no model has.

/// The IAM action of an operation: `signing:Operation` with these exceptions (Service Authorization Reference).
pub(super) fn iam_name(operation: &str, signing: &str) -> String {
    let name = operation.split_once(':').map_or(operation, |(_, name)| name);
    match (signing, name) {
        // These two services name their actions after HTTP methods and CQL.
        ("apigateway", "UpdateStage") => "apigateway:PATCH".to_owned(),
        ("apigateway", _) => "apigateway:GET".to_owned(),
        ("cassandra", "UpdateTable") => "cassandra:Alter".to_owned(),
        ("cassandra", "DeleteTable") => "cassandra:Drop".to_owned(),
        ("cassandra", _) => "cassandra:Select".to_owned(),
        // The block of a bucket is s3:GetBucketPublicAccessBlock.
        ("s3", "GetPublicAccessBlock") => "s3:GetAccountPublicAccessBlock".to_owned(),
        ("monitoring", name) => format!("cloudwatch:{name}"),
        _ => format!("{signing}:{name}"),
    }
}

/// Headers that a service requires in addition to its model's.
pub(super) fn headers(service: &str) -> &'static [(&'static str, &'static str)] {
    match service {
        "glacier" => &[("x-amz-glacier-version", "2012-06-01")],
        // The hash of an empty body: guardrail's requests have none.
        "s3control" => &[("x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")],
        // Without it the answer is HAL, another JSON format.
        "apigateway" => &[("accept", "application/json")],
        _ => &[],
    }
}
