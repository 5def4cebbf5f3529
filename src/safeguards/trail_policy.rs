//! Our statements in the policy of the trail's bucket.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::trail_name;
use crate::model::Place;

/// The statements by id: only this trail may write, and all access requires TLS (fact sheet, section 4.2).
pub(super) fn statements(place: &Place) -> BTreeMap<String, Value> {
    let account = &place.account;
    let bucket = format!("arn:aws:s3:::{}", trail_name::bucket(account));
    let cloudtrail = json!({ "Service": "cloudtrail.amazonaws.com" });
    let trail = trail_name::arn(place);
    let check = json!({
        "Effect": "Allow",
        "Principal": cloudtrail,
        "Action": "s3:GetBucketAcl",
        "Resource": bucket,
        "Condition": { "StringEquals": { "aws:SourceArn": trail } },
    });
    let write = json!({
        "Effect": "Allow",
        "Principal": cloudtrail,
        "Action": "s3:PutObject",
        "Resource": format!("{bucket}/AWSLogs/{account}/*"),
        "Condition": { "StringEquals": { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trail } },
    });
    let tls_only = json!({
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket, format!("{bucket}/*")],
        "Condition": { "Bool": { "aws:SecureTransport": "false" } },
    });
    BTreeMap::from([
        ("AWSCloudTrailAclCheck20150319".to_owned(), check),
        ("AWSCloudTrailWrite20150319".to_owned(), write),
        ("GuardrailTlsOnly".to_owned(), tls_only),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> BTreeMap<String, Value> {
        statements(&Place::home(&"123456789012".parse().unwrap()))
    }

    #[test]
    fn only_our_trail_may_write_and_only_for_our_account() {
        let write = &own()["AWSCloudTrailWrite20150319"];
        assert_eq!(write["Resource"], "arn:aws:s3:::guardrail-trail-123456789012/AWSLogs/123456789012/*");
        let only = json!({ "StringEquals": {
            "s3:x-amz-acl": "bucket-owner-full-control",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:123456789012:trail/guardrail-trail",
        } });
        assert_eq!(write["Condition"], only);
    }
}
