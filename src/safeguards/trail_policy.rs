//! Our statements in the policy of the trail's bucket.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::trail_name;
use crate::model::Place;

/// The statements by id: only this trail may write, and all access requires TLS (fact sheet, section 4.2).
pub(super) fn statements(place: &Place, organization: Option<&str>) -> BTreeMap<String, Value> {
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
    // The trail of an organisation writes the events of all its accounts below the organisation's id.
    let of_organization = organization.map(|id| {
        let mut write = write.clone();
        write["Resource"] = json!(format!("{bucket}/AWSLogs/{id}/*"));
        ("AWSCloudTrailOrganizationWrite20150319".to_owned(), write)
    });
    let own = [
        ("AWSCloudTrailAclCheck20150319".to_owned(), check),
        ("AWSCloudTrailWrite20150319".to_owned(), write),
        ("GuardrailTlsOnly".to_owned(), tls_only),
    ];
    own.into_iter().chain(of_organization).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> BTreeMap<String, Value> {
        statements(&Place::home(&"123456789012".parse().unwrap()), None)
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

    #[test]
    fn the_trail_of_an_organisation_may_write_for_its_accounts() {
        let all = statements(&Place::home(&"123456789012".parse().unwrap()), Some("o-example"));
        assert_eq!(all.len(), own().len() + 1);
        let write = &all["AWSCloudTrailOrganizationWrite20150319"];
        assert_eq!(write["Resource"], "arn:aws:s3:::guardrail-trail-123456789012/AWSLogs/o-example/*");
        assert_eq!(write["Condition"], own()["AWSCloudTrailWrite20150319"]["Condition"]);
    }
}
