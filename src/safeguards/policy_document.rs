//! The policy of a topic or a bucket: our statements, recognised by their ids, and others'.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Our current statements by id; equal to `own` if they are as desired.
pub(super) fn ours(policy: Option<&Value>, own: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let named = listed(policy).into_iter().filter_map(|mut statement| {
        let id = statement.as_object_mut()?.remove("Sid")?;
        Some((id.as_str()?.to_owned(), statement))
    });
    let ours = named.filter_map(|(id, statement)| Some((own.get(&id)?, id, statement)));
    // AWS returns some values in another form: an equivalent statement counts as ours.
    ours.map(|(wanted, id, is)| (id, if plain(&is) == plain(wanted) { wanted.clone() } else { is })).collect()
}

/// The policy with our statements updated and others' unchanged.
pub(super) fn updated(policy: Option<&Value>, own: &BTreeMap<String, Value>) -> Value {
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

/// Normalises what S3 may return in another form: a list of one is its item, lists are sorted, `false` is text.
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
        let write =
            json!({ "Effect": "Allow", "Action": "s3:PutObject", "Condition": { "StringEquals": { "a": "b" } } });
        let tls_only =
            json!({ "Effect": "Deny", "Resource": ["x", "x/*"], "Condition": { "Bool": { "tls": "false" } } });
        BTreeMap::from([("TlsOnly".to_owned(), tls_only), ("Write".to_owned(), write)])
    }

    #[test]
    fn a_policy_that_we_wrote_reads_as_wanted_in_any_form() {
        let mut policy = updated(None, &own());
        assert_eq!(ours(Some(&policy), &own()), own());
        policy["Statement"][0]["Resource"].as_array_mut().unwrap().reverse();
        policy["Statement"][0]["Condition"]["Bool"]["tls"] = Value::from(false);
        policy["Statement"][1]["Action"] = json!(["s3:PutObject"]);
        assert_eq!(ours(Some(&policy), &own()), own());
        assert_eq!(ours(None, &own()), BTreeMap::new());
    }

    #[test]
    fn a_widened_statement_is_seen_and_updated_and_others_stay() {
        let theirs = json!({ "Sid": "Auditors", "Effect": "Allow", "Action": ["s3:GetObject"] });
        let nameless = json!({ "Effect": "Allow" });
        for others in [json!([theirs, nameless]), theirs.clone()] {
            let mut policy = updated(Some(&json!({ "Version": "2012-10-17", "Id": "x", "Statement": others })), &own());
            policy["Statement"].as_array_mut().unwrap().last_mut().unwrap()["Condition"] = Value::Null;
            assert_ne!(ours(Some(&policy), &own()), own());
            let updated = updated(Some(&policy), &own());
            assert_eq!((&updated["Id"], &updated["Statement"][0]), (&json!("x"), &theirs));
            let count = others.as_array().map_or(1, Vec::len) + own().len();
            assert_eq!(updated["Statement"].as_array().unwrap().len(), count);
            assert_eq!(ours(Some(&updated), &own()), own());
        }
    }
}
