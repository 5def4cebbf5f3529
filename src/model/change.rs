//! The one field-by-field comparison: what is, against what should be.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What has to be done to a safeguard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    Create,
    Update,
    Remove,
    None,
}

/// One field that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The path of the field: `guardrail-billing-5-usd.threshold_usd`.
    pub field: String,
    /// What is there; `null` if nothing is.
    pub from: Option<String>,
    /// What should be there; `null` if nothing should.
    pub to: Option<String>,
}

/// The fields in which `from` and `to` differ, in the order of their paths. Equal values give none.
#[must_use]
pub fn diff(from: &Value, to: &Value) -> Vec<Change> {
    let (mut from, mut to) = (leaves(from), leaves(to));
    let mut fields: Vec<String> = from.keys().chain(to.keys()).cloned().collect();
    fields.sort();
    fields.dedup();
    fields
        .into_iter()
        .map(|field| Change { from: from.remove(&field), to: to.remove(&field), field })
        .filter(|change| change.from != change.to)
        .collect()
}

fn leaves(value: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect("", value, &mut found);
    found
}

fn collect(path: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Null => {}
        // No items are nothing, as a field that is not there.
        Value::Array(items) if items.is_empty() => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(&path, value, found);
            }
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            found.insert(path.to_owned(), items.join(", "));
        }
        other => {
            found.insert(path.to_owned(), plain(other));
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn names_the_path_and_both_sides() {
        let from = json!({ "alarm": { "threshold": "10", "enabled": true }, "extra": "x" });
        let to = json!({ "alarm": { "threshold": "5", "enabled": true }, "emails": ["a@b.c", "d@e.f"] });
        let changes = diff(&from, &to);
        let seen: Vec<_> = changes.iter().map(|c| (c.field.as_str(), c.from.as_deref(), c.to.as_deref())).collect();
        assert_eq!(
            seen,
            [
                ("alarm.threshold", Some("10"), Some("5")),
                ("emails", None, Some("a@b.c, d@e.f")),
                ("extra", Some("x"), None),
            ]
        );
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z]{1,4}", inner, 0..4).prop_map(|map| json!(map)),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_same_differs_in_nothing(value in any_value()) {
            prop_assert_eq!(diff(&value, &value), vec![]);
        }
    }
}
