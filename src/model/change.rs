//! The field-by-field comparison of the current with the desired state.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The action that a safeguard needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    Create,
    Update,
    Remove,
    None,
}

/// One field that differs from the desired state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The path of the field: `guardrail-billing-5-usd.threshold_usd`.
    pub field: String,
    /// The current value; `null` if there is none.
    #[serde(with = "joined")]
    #[schemars(with = "Option<String>")]
    pub from: Vec<String>,
    /// The desired value; `null` if there should be none.
    #[serde(with = "joined")]
    #[schemars(with = "Option<String>")]
    pub to: Vec<String>,
}

/// A side of a change as other programs read it: one text, `null` without a value.
mod joined {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(values: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        (!values.is_empty()).then(|| values.join(", ")).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.into_iter().collect())
    }
}

/// The fields in which `from` and `to` differ, in the order of their paths.
#[must_use]
pub fn diff(from: &Value, to: &Value) -> Vec<Change> {
    let (mut from, mut to) = (leaves(from), leaves(to));
    let mut fields: Vec<String> = from.keys().chain(to.keys()).cloned().collect();
    fields.sort();
    fields.dedup();
    fields
        .into_iter()
        .map(|field| Change {
            from: from.remove(&field).unwrap_or_default(),
            to: to.remove(&field).unwrap_or_default(),
            field,
        })
        .filter(|change| change.from != change.to)
        .collect()
}

fn leaves(value: &Value) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    collect("", value, &mut found);
    found
}

fn collect(path: &str, value: &Value, found: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::Null => {}
        // An empty list equals a missing field.
        Value::Array(items) if items.is_empty() => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(&path, value, found);
            }
        }
        Value::Array(items) => {
            found.insert(path.to_owned(), items.iter().map(plain).collect());
        }
        other => {
            found.insert(path.to_owned(), vec![plain(other)]);
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
        let seen: Vec<_> = changes.iter().map(|c| (c.field.as_str(), c.from.join(" "), c.to.join(" "))).collect();
        let all = [("alarm.threshold", "10", "5"), ("emails", "", "a@b.c d@e.f"), ("extra", "x", "")];
        assert_eq!(seen, all.map(|(field, from, to)| (field, from.to_owned(), to.to_owned())));
        let printed = json!(changes);
        assert_eq!(printed[1], json!({ "field": "emails", "from": null, "to": "a@b.c, d@e.f" }));
        let read: Vec<Change> = serde_json::from_value(printed.clone()).unwrap();
        assert_eq!(json!(read), printed);
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
