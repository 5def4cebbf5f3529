//! One AWS request as its service sees it, and the answer in the same wire format.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::Value;

use crate::aws::api::{self, by_path, signed_as};

/// The wire format of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// A form in, XML out (EC2, RDS, ELB, SNS, STS, IAM).
    Query,
    /// JSON with the action in a header (Budgets, CloudTrail).
    Json,
    /// Smithy RPC v2 with CBOR (CloudWatch).
    Cbor,
    /// JSON with method and path (OpenSearch, EKS).
    RestJson,
    /// XML with method and path (S3, Route 53, CloudFront).
    RestXml,
}

#[derive(Debug, Clone)]
pub struct Call {
    /// The signing name: `ec2`, `monitoring`, `es`.
    pub service: String,
    pub region: String,
    pub action: String,
    pub wire: Wire,
    pub method: String,
    pub path: String,
    pub body: String,
}

impl Call {
    /// Parses a signed request. `header` returns a header's value, empty if it is missing.
    #[must_use]
    pub fn read<'a>(method: &str, uri: &str, header: impl Fn(&str) -> &'a str, body: &[u8]) -> Self {
        let (region, service) = credential_scope(header("authorization"));
        let path = path_and_query(uri);
        let wire = wire(&service, &header);
        let cbor = wire == Wire::Cbor;
        let body = if cbor { cbor_to_json(body).to_string() } else { String::from_utf8_lossy(body).into_owned() };
        let action = match wire {
            Wire::Query => form_value(&body, "Action").unwrap_or_default(),
            Wire::Json => header("x-amz-target").rsplit('.').next().unwrap_or_default().to_owned(),
            Wire::Cbor => path.rsplit('/').next().unwrap_or_default().to_owned(),
            Wire::RestJson | Wire::RestXml => rest_action(&service, method, &path).to_owned(),
        };
        Self { service, region, action, wire, method: method.to_owned(), path, body }
    }

    /// The subject of the call, if its body names one: a budget, the service of a billing metric, or the key that costs are
    /// grouped by within a region.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        let body: Value = serde_json::from_str(&self.body).ok()?;
        if let Some(group) = body.pointer("/GroupBy/1/Key") {
            return group.as_str().map(str::to_owned);
        }
        if let Some(budget) = body.get("BudgetName") {
            return budget.as_str().map(str::to_owned);
        }
        let mut dimensions = body.get("Dimensions")?.as_array()?.iter();
        let service = dimensions.find(|it| it.get("Name").and_then(Value::as_str) == Some("ServiceName"))?;
        Some(service.get("Value")?.as_str()?.to_owned())
    }

    /// The page token of this call; `None` for a first page.
    #[must_use]
    pub fn token(&self) -> Option<String> {
        // Those of the typed crates: EC2, S3, SNS, CloudWatch, CloudTrail, Budgets, Cost Explorer.
        const TYPED: [&str; 3] = ["NextToken", "NextPageToken", "continuation-token"];
        let modelled = signed_as(&self.service).filter_map(|service| service.operations.get(&*self.action));
        let mut names: Vec<&str> = modelled.flat_map(api::Modelled::tokens).collect();
        if names.is_empty() {
            names.extend(TYPED);
        }
        if self.wire == Wire::Query {
            return names.iter().find_map(|name| form_value(&self.body, name));
        }
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        if let Some(token) = names.iter().find_map(|name| form_value(query, name)).filter(|token| !token.is_empty()) {
            return Some(token);
        }
        let body: Value = serde_json::from_str(&self.body).ok()?;
        names.iter().find_map(|name| body.get(name)?.as_str().map(str::to_owned))
    }
}

/// An answer before it is sent.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    wire: Wire,
}

impl Answer {
    /// A body in the format of its service. For CloudWatch `body` is JSON, which is converted to CBOR, and texts with a time to
    /// timestamps.
    #[must_use]
    pub fn ok(call: &Call, body: &str) -> Self {
        Self { status: 200, body: encode(call.wire, body), wire: call.wire }
    }

    /// An empty list in the format of the service.
    #[must_use]
    pub fn empty(call: &Call) -> Self {
        let action = &call.action;
        let body = match call.wire {
            Wire::Query => format!("<{action}Response><{action}Result/></{action}Response>"),
            Wire::RestXml => match (&*call.service, &**action) {
                ("s3", "ListBuckets") => "<ListAllMyBucketsResult/>".to_owned(),
                ("s3", _) => "<Result/>".to_owned(),
                ("cloudfront", "ListDistributions") => "<DistributionList/>".to_owned(),
                _ => format!("<{action}Response/>"),
            },
            Wire::Json | Wire::Cbor | Wire::RestJson => "{}".to_owned(),
        };
        Self::ok(call, &body)
    }

    /// An error in the format of the service.
    #[must_use]
    pub fn error(call: &Call, status: u16, code: &str, message: &str) -> Self {
        let body = match call.wire {
            Wire::Query if call.service == "ec2" => format!(
                "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>r</RequestID></Response>"
            ),
            Wire::RestXml if call.service.starts_with("s3") => {
                format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>")
            }
            Wire::Query | Wire::RestXml => format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r</RequestId></ErrorResponse>"
            ),
            Wire::Json | Wire::Cbor | Wire::RestJson => {
                serde_json::json!({ "__type": code, "message": message, "Message": message }).to_string()
            }
        };
        Self { status, body: encode(call.wire, &body), wire: call.wire }
    }

    /// The headers of this answer.
    #[must_use]
    pub fn headers(&self) -> Vec<(&'static str, &'static str)> {
        match self.wire {
            Wire::Query => vec![("content-type", "text/xml")],
            Wire::RestXml => vec![("content-type", "application/xml")],
            Wire::Json => vec![("content-type", "application/x-amz-json-1.1")],
            Wire::RestJson => vec![("content-type", "application/json")],
            Wire::Cbor => vec![("content-type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor")],
        }
    }
}

/// Parses `AWS4-HMAC-SHA256 Credential=KEY/20260101/us-east-1/ec2/aws4_request, …`.
fn credential_scope(authorization: &str) -> (String, String) {
    let scope = authorization.split("Credential=").nth(1).unwrap_or_default();
    let mut parts = scope.split([',', '/']).skip(2).map(str::to_owned);
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

fn path_and_query(uri: &str) -> String {
    let after_scheme = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    match after_scheme.find('/') {
        Some(start) => after_scheme[start..].to_owned(),
        None => "/".to_owned(),
    }
}

fn wire<'a>(service: &str, header: &impl Fn(&str) -> &'a str) -> Wire {
    match service {
        _ if header("smithy-protocol") == "rpc-v2-cbor" => Wire::Cbor,
        _ if !header("x-amz-target").is_empty() => Wire::Json,
        "s3" | "s3express" => Wire::RestXml,
        _ => signed_as(service).find_map(by_method_and_path).unwrap_or(Wire::Query),
    }
}

fn by_method_and_path(service: &api::Service) -> Option<Wire> {
    match service.wire {
        api::Wire::RestJson => Some(Wire::RestJson),
        api::Wire::RestXml => Some(Wire::RestXml),
        api::Wire::Query | api::Wire::Json10 | api::Wire::Json11 => None,
    }
}

fn form_value(body: &str, name: &str) -> Option<String> {
    let value = body.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(percent_decoded(value))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |digit: Option<u8>| digit.and_then(|digit| char::from(digit).to_digit(16));
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match (hex(rest.next()), hex(rest.next())) {
                (Some(high), Some(low)) => bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?')),
                _ => bytes.push(b'?'),
            },
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The operation of a method and a path, for services that identify it in no other way.
fn rest_action(service: &str, method: &str, path: &str) -> &'static str {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let has = |name: &str| query.split('&').any(|pair| pair == name || pair.split('=').next() == Some(name));
    // The SDK names these in the query.
    let objects = ["GetObject", "PutObject", "DeleteObject"];
    let of_object =
        objects.into_iter().find(|name| query.split('&').any(|pair| pair.strip_prefix("x-id=") == Some(name)));
    match (service, method) {
        ("s3", _) if of_object.is_some() => of_object.unwrap_or_default(),
        ("s3", "HEAD") => "HeadBucket",
        // The block of the account, which S3 Control answers in S3's name.
        ("s3", "GET") if path.starts_with("/v20180820/configuration/") => "GetAccountPublicAccessBlock",
        ("s3", "GET") if has("acl") => "GetBucketAcl",
        ("s3", "GET") if has("policyStatus") => "GetBucketPolicyStatus",
        ("s3", "GET") if has("policy") => "GetBucketPolicy",
        ("s3", "GET") if has("publicAccessBlock") => "GetPublicAccessBlock",
        ("s3", "GET") if has("encryption") => "GetBucketEncryption",
        ("s3", "GET") if has("lifecycle") => "GetBucketLifecycleConfiguration",
        ("s3", "GET") if has("tagging") => "GetBucketTagging",
        ("s3", "GET") if has("versions") => "ListObjectVersions",
        ("s3" | "s3express", "GET") if has("list-type") => "ListObjectsV2",
        ("s3" | "s3express", "GET") if has("uploads") => "ListMultipartUploads",
        ("s3", "PUT") if has("policy") => "PutBucketPolicy",
        ("s3", "PUT") if has("publicAccessBlock") => "PutPublicAccessBlock",
        ("s3", "PUT") if has("encryption") => "PutBucketEncryption",
        ("s3", "PUT") if has("lifecycle") => "PutBucketLifecycleConfiguration",
        ("s3", "PUT") if has("tagging") => "PutBucketTagging",
        ("s3", "PUT") => "CreateBucket",
        ("s3" | "s3express", "POST") if has("delete") => "DeleteObjects",
        ("s3" | "s3express", "DELETE") if has("uploadId") => "AbortMultipartUpload",
        ("s3" | "s3express", "DELETE") => "DeleteBucket",
        ("s3express", "GET") if has("session") => "CreateSession",
        ("s3", _) => "ListBuckets",
        ("s3express", _) => "ListDirectoryBuckets",
        _ => by_path(service, method, path).map_or("Unknown", |(_, name, _)| name),
    }
}

fn encode(wire: Wire, body: &str) -> Vec<u8> {
    if wire != Wire::Cbor {
        return body.as_bytes().to_vec();
    }
    let mut bytes = Vec::new();
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    match ciborium::into_writer(&json_to_cbor(value), &mut bytes) {
        Ok(()) => bytes,
        Err(_) => vec![0xa0],
    }
}

/// A time is a string in JSON and a tagged number in CBOR.
fn json_to_cbor(value: Value) -> ciborium::Value {
    const EPOCH_SECONDS: u64 = 1;
    match value {
        Value::Object(fields) => {
            let pairs = fields.into_iter().map(|(name, value)| (name.into(), json_to_cbor(value)));
            ciborium::Value::Map(pairs.collect())
        }
        Value::Array(items) => ciborium::Value::Array(items.into_iter().map(json_to_cbor).collect()),
        Value::String(text) => match text.parse::<Timestamp>() {
            Ok(at) => ciborium::Value::Tag(EPOCH_SECONDS, Box::new(at.as_second().into())),
            Err(_) => text.into(),
        },
        other => ciborium::Value::serialized(&other).unwrap_or(ciborium::Value::Null),
    }
}

fn cbor_to_json(body: &[u8]) -> Value {
    fn plain(value: ciborium::Value) -> Value {
        match value {
            ciborium::Value::Map(pairs) => pairs.into_iter().map(|(key, value)| (text(&key), plain(value))).collect(),
            ciborium::Value::Array(items) => items.into_iter().map(plain).collect(),
            ciborium::Value::Tag(_, inner) => plain(*inner),
            other => other.deserialized().unwrap_or_default(),
        }
    }
    fn text(key: &ciborium::Value) -> String {
        let mut words = String::new();
        match key.as_text() {
            Some(text) => words.push_str(text),
            None => write!(words, "{key:?}").unwrap_or_default(),
        }
        words
    }
    ciborium::from_reader(body).map(plain).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_in_json_is_a_time_in_cbor() {
        let json = serde_json::json!({ "Datapoints": [{ "Timestamp": "2026-11-23T00:00:00Z", "Maximum": 4.5 }] });
        let bytes = encode(Wire::Cbor, &json.to_string());
        // Tag 1, then a number of four bytes.
        let time = [&[0xc1, 0x1a][..], &1_795_392_000_u32.to_be_bytes()].concat();
        assert!(bytes.windows(time.len()).any(|part| part == time), "{bytes:02x?}");
        assert_eq!(cbor_to_json(&bytes)["Datapoints"][0]["Maximum"], 4.5);
    }
}
