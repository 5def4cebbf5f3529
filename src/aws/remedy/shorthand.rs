//! Values of options as the AWS CLI parses them: text, numbers, lists, JSON, and its shorthand `Key=Value,…`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::table::{Kind, Leaf};

/// The value of an option with these words; `None` if the AWS CLI would refuse them, or could take them for something else.
pub(super) fn value(kind: &Kind, words: &[String]) -> Option<Value> {
    match (kind, words) {
        (Kind::List(_), [json]) if json.trim_start().starts_with('[') => serde_json::from_str(json).ok(),
        (Kind::Structure(_), [json]) if json.trim_start().starts_with('{') => serde_json::from_str(json).ok(),
        (Kind::List([item]), [_, ..]) => words.iter().map(|word| one(item, word)).collect(),
        (_, [word]) => one(kind, word),
        _ => None,
    }
}

fn one(kind: &Kind, word: &str) -> Option<Value> {
    match kind {
        Kind::Leaf(Leaf::String) => Some(word.into()),
        Kind::Leaf(Leaf::Integer) => word.parse::<i64>().ok().map(Value::from),
        Kind::Leaf(Leaf::Number) => word.parse::<f64>().ok().map(Value::from),
        // As an option it is a flag, and in a structure a word.
        Kind::Leaf(Leaf::Boolean) => word.parse::<bool>().ok().map(Value::from),
        Kind::List(_) => None,
        Kind::Structure(members) => match members.keys().next().and_then(|only| only.strip_prefix('=')) {
            // For some lists of structures with one member, the AWS CLI takes its bare value.
            Some(member) => Some(Value::Object(Map::from_iter([(member.to_owned(), word.into())]))),
            None => structure(members, word),
        },
    }
}

/// `Key=Value,Key=Value`, whose values have nothing that is special there.
fn structure(members: &BTreeMap<String, Kind>, word: &str) -> Option<Value> {
    let mut object = Map::new();
    for pair in word.split(',') {
        let (key, value) = pair.split_once('=')?;
        if value.starts_with(['\'', '"', '[', '{', '(']) || value.contains('=') {
            return None;
        }
        let kind = members.get(key).or_else(|| members.get("*"))?;
        object.insert(key.to_owned(), one(kind, value)?);
    }
    Some(Value::Object(object))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(kind: &str, words: &[&str]) -> Option<Value> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        value(&serde_json::from_str(kind).unwrap(), &words)
    }

    #[test]
    fn a_value_is_read_by_its_type() {
        assert_eq!(read(r#""string""#, &["7"]), Some(json!("7")));
        assert_eq!(read(r#""integer""#, &["7"]), Some(json!(7)));
        assert_eq!(read(r#""integer""#, &["x"]), None);
        assert_eq!(read(r#"["string"]"#, &["a,b", "c"]), Some(json!(["a,b", "c"])));
        assert_eq!(read(r#"["string"]"#, &[r#"["[a]"]"#]), Some(json!(["[a]"])));
        assert_eq!(read(r#""string""#, &["a", "b"]), None);
        assert_eq!(read(r#""string""#, &[]), None);
    }

    #[test]
    fn shorthand_is_read_by_its_structure() {
        let places = r#"[{"Name":"string","Count":"integer"}]"#;
        let read_places = |words: &[&str]| read(places, words);
        assert_eq!(
            read_places(&["Name=a,Count=0", "Name=b"]),
            Some(json!([{ "Name": "a", "Count": 0 }, { "Name": "b" }]))
        );
        for strange in ["Name", "Other=1", "Name='a'", "Name=[a]", "Count=x", "Name=a=b"] {
            assert_eq!(read_places(&[strange]), None, "{strange}");
        }
        assert_eq!(read(r#"[{"=Id":"string"}]"#, &["a=b", "c"]), Some(json!([{ "Id": "a=b" }, { "Id": "c" }])));
        assert_eq!(read(r#"{"*":"string"}"#, &["a=1,b=2"]), Some(json!({ "a": "1", "b": "2" })));
    }
}
