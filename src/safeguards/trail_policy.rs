//! Who may use the trail's bucket: our statements of its policy, and how they are told from and put beside others'.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{trail, trail_bucket};
use crate::model::AccountId;

/// Only this trail may write, and nobody at all may without TLS (fact sheet, section 4.2). By their ids.
pub(super) fn statements(account: &AccountId) -> BTreeMap<String, Value> {
    let bucket = format!("arn:aws:s3:::{}", trail_bucket::name(account));
    let cloudtrail = json!({ "Service": "cloudtrail.amazonaws.com" });
    let trail = trail::arn(account);
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

/// The statements of a policy that carry an id, each in one form.
pub(super) fn named(policy: Option<&Value>) -> impl Iterator<Item = (String, Value)> {
    listed(policy).into_iter().filter_map(|mut statement| {
        let id = statement.as_object_mut()?.remove("Sid")?;
        Some((id.as_str()?.to_owned(), plain(&statement)))
    })
}

/// The policy with our statements as they should be and everybody else's untouched.
pub(super) fn mended(policy: Option<&Value>, own: &BTreeMap<String, Value>) -> Value {
    let is_own = |statement: &Value| statement["Sid"].as_str().is_some_and(|id| own.contains_key(id));
    let mut statements = listed(policy);
    statements.retain(|statement| !is_own(statement));
    statements.extend(own.iter().map(|(id, body)| {
        let mut statement = Map::from_iter([("Sid".to_owned(), Value::from(id.as_str()))]);
        statement.extend(body.as_object().cloned().unwrap_or_default());
        Value::from(statement)
    }));
    let mut policy = policy.cloned().unwrap_or_else(|| json!({ "Version": "2012-10-17" }));
    policy["Statement"] = Value::from(statements);
    policy
}

pub(super) fn listed(policy: Option<&Value>) -> Vec<Value> {
    match policy.map(|policy| &policy["Statement"]) {
        Some(Value::Array(statements)) => statements.clone(),
        Some(single @ Value::Object(_)) => vec![single.clone()],
        _ => Vec::new(),
    }
}

/// One form for what S3 may give back in another: a list of one is its item, lists are in order, `false` is text.
pub(super) fn plain(value: &Value) -> Value {
    match value {
        Value::Bool(yes) => Value::from(yes.to_string()),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(plain).collect();
            items.sort_by_key(Value::to_string);
            if items.len() == 1 { items.swap_remove(0) } else { Value::from(items) }
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> BTreeMap<String, Value> {
        statements(&"123456789012".parse().unwrap())
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
    fn a_policy_that_we_wrote_reads_as_wanted_in_any_form() {
        let mut policy = mended(None, &own());
        assert_eq!(named(Some(&policy)).collect::<BTreeMap<_, _>>(), own());
        for statement in policy["Statement"].as_array_mut().unwrap() {
            match statement["Resource"].as_array_mut() {
                Some(resources) => resources.reverse(),
                None => statement["Action"] = json!([statement["Action"]]),
            }
        }
        let tls_only = policy["Statement"].as_array_mut().unwrap().last_mut().unwrap();
        tls_only["Condition"]["Bool"]["aws:SecureTransport"] = Value::from(false);
        assert_eq!(named(Some(&policy)).collect::<BTreeMap<_, _>>(), own());
    }

    #[test]
    fn a_widened_statement_is_seen_and_mended_and_others_stay() {
        let theirs = json!({ "Sid": "Auditors", "Effect": "Allow", "Action": ["s3:GetObject"] });
        let mut policy = mended(Some(&json!({ "Version": "2012-10-17", "Id": "x", "Statement": theirs })), &own());
        policy["Statement"][1]["Condition"] = Value::Null;
        let seen: BTreeMap<_, _> = named(Some(&policy)).filter(|(id, _)| own().contains_key(id)).collect();
        assert_ne!(seen, own());
        let mended = mended(Some(&policy), &own());
        assert_eq!((&mended["Id"], &mended["Statement"][0]), (&json!("x"), &theirs));
        assert_eq!(mended["Statement"].as_array().unwrap().len(), 4);
        assert_eq!(named(Some(&mended)).filter(|(id, _)| id != "Auditors").collect::<BTreeMap<_, _>>(), own());
    }
}
