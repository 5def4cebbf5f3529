//! What AWS does otherwise than its models say: the few names and headers that are in no model.

/// The IAM action of an operation, `signing:Operation` but for these (Service Authorization Reference).
pub(super) fn iam_name(operation: &str, signing: &str) -> String {
    let name = operation.split_once(':').map_or(operation, |(_, name)| name);
    match (signing, name) {
        // These two name their actions after HTTP and CQL; only reads are asked for.
        ("apigateway", _) => "apigateway:GET".to_owned(),
        ("cassandra", _) => "cassandra:Select".to_owned(),
        _ => format!("{signing}:{name}"),
    }
}

/// Headers that a service wants beside those of its model.
pub(super) fn headers(service: &str) -> &'static [(&'static str, &'static str)] {
    match service {
        "glacier" => &[("x-amz-glacier-version", "2012-06-01")],
        // Else it answers in HAL, a dialect of JSON.
        "apigateway" => &[("accept", "application/json")],
        _ => &[],
    }
}
