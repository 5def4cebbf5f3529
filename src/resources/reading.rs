//! SDK values as model values: tags, times, owners and places, the same for every resource type.

use std::collections::BTreeMap;

use aws_sdk_ec2::types::OperatorResponse;
use aws_smithy_types::DateTime;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

use crate::error::{Error, Result};
use crate::model::{Note, Region, Sku};

/// Tags as a map; a tag without a key is dropped.
pub fn tags<'a>(pairs: impl IntoIterator<Item = (Option<&'a str>, Option<&'a str>)>) -> BTreeMap<String, String> {
    let pairs =
        pairs.into_iter().filter_map(|(key, value)| Some((key?.to_owned(), value.unwrap_or_default().to_owned())));
    pairs.collect()
}

/// Reads a list of `{Key, Value}` as a map: `#[serde(deserialize_with = "reading::tag_list")]`.
pub fn tag_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Tag {
        key: Option<String>,
        value: Option<String>,
    }
    let list = Vec::<Tag>::deserialize(deserializer)?;
    Ok(tags(list.iter().map(|tag| (tag.key.as_deref(), tag.value.as_deref()))))
}

/// Reads a name; an empty one is none.
pub fn non_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty()))
}

/// Reads a list of `{key, value}` as a map.
pub fn lowercase_tag_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    #[derive(Deserialize)]
    struct Tag {
        key: Option<String>,
        value: Option<String>,
    }
    let list = Vec::<Tag>::deserialize(deserializer)?;
    Ok(tags(list.iter().map(|tag| (tag.key.as_deref(), tag.value.as_deref()))))
}

pub fn ec2_tags(tags_of: &[aws_sdk_ec2::types::Tag]) -> BTreeMap<String, String> {
    tags(tags_of.iter().map(|tag| (tag.key(), tag.value())))
}

/// The `Name` tag, which EC2 shows as the name.
pub fn name_tag(tags: &BTreeMap<String, String>) -> Option<String> {
    tags.get("Name").filter(|name| !name.is_empty()).cloned()
}

pub fn time(at: Option<&DateTime>) -> Option<Timestamp> {
    let at = at?;
    Timestamp::from_second(at.secs()).ok()
}

/// Parses a time that a service returns as text; some services leave out the UTC offset.
pub fn parse_timestamp(at: Option<&str>) -> Option<Timestamp> {
    let at = at?;
    at.parse().or_else(|_| format!("{at}Z").parse()).ok()
}

/// The note about the AWS service that manages an EC2 resource for the user. EC2 refuses to stop or delete such a resource.
pub fn managed_by(operator: Option<&OperatorResponse>) -> Option<Note> {
    let operator = operator.filter(|operator| operator.managed() == Some(true))?;
    Some(Note::with("managed-by", operator.principal().unwrap_or("AWS")))
}

/// A price list entry of these attributes; a missing attribute leaves it without a price.
pub fn sku<'a>(service: &'static str, known: impl IntoIterator<Item = (&'static str, Option<&'a str>)>) -> Sku {
    let known = known.into_iter().filter_map(|(attribute, value)| Some((attribute, value?)));
    known.fold(Sku::new(service), |sku, (attribute, value)| sku.with(attribute, value))
}

/// On an Outpost or in a local zone a thing has its own price, never that of the region.
pub fn located(sku: Sku, zone: Option<&str>, outpost: Option<&str>) -> Sku {
    let in_region =
        |zone: &str| Region::is_well_formed(zone.trim_end_matches(|letter: char| letter.is_ascii_lowercase()));
    match zone {
        _ if outpost.is_some() => sku.with("locationType", "AWS Outposts"),
        Some(zone) if !in_region(zone) => sku.with("locationType", "AWS Local Zone"),
        _ => sku,
    }
}

/// The first text that is not empty: EC2 returns a missing value as an empty text, or leaves it out.
pub fn first_non_empty<const N: usize>(texts: [Option<&str>; N]) -> Option<&str> {
    texts.into_iter().flatten().find(|text| !text.is_empty())
}

/// Combines two answers about one type: if only one failed, it is a fault and the other one counts.
///
/// # Errors
/// The first failure, if both failed.
pub fn either<A, B>(
    first: Result<A, impl Into<Error>>,
    second: Result<B, impl Into<Error>>,
) -> Result<(Option<A>, Option<B>, Vec<Error>)> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((Some(first), Some(second), Vec::new())),
        (Ok(first), Err(error)) => Ok((Some(first), None, vec![error.into()])),
        (Err(error), Ok(second)) => Ok((None, Some(second), vec![error.into()])),
        (Err(error), Err(_)) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[test]
    fn one_answer_is_kept_when_the_other_fails() {
        let fault = || Error::failed(Text::new("error-aws"));
        let seen = |first: Result<u8>, second: Result<u8>| {
            either(first, second).map(|(first, second, faults)| (first, second, faults.len())).ok()
        };
        assert_eq!(seen(Ok(1), Ok(2)), Some((Some(1), Some(2), 0)));
        assert_eq!(seen(Ok(1), Err(fault())), Some((Some(1), None, 1)));
        assert_eq!(seen(Err(fault()), Ok(2)), Some((None, Some(2), 1)));
        assert_eq!(seen(Err(fault()), Err(fault())), None);
    }

    #[test]
    fn a_time_without_a_zone_is_utc() {
        let expected: Timestamp = "2026-06-20T17:25:54Z".parse().unwrap();
        let forms = ["2026-06-20T17:25:54Z", "2026-06-20T17:25:54", "2026-06-20T17:25:54+00:00"];
        assert_eq!(forms.map(|form| parse_timestamp(Some(form))), [Some(expected); 3]);
        assert_eq!([parse_timestamp(None), parse_timestamp(Some("soon"))], [None, None]);
    }

    #[test]
    fn an_empty_text_says_nothing() {
        assert_eq!(first_non_empty([None, Some(""), Some("eni-1"), Some("x")]), Some("eni-1"));
        assert_eq!(first_non_empty([Some("")]), None);
        let read = |json: &str| non_empty(&mut serde_json::Deserializer::from_str(json)).unwrap();
        assert_eq!([read("\"\""), read("null"), read("\"a\"")], [None, None, Some("a".to_owned())]);
    }

    #[test]
    fn only_the_region_proper_has_the_price_of_the_region() {
        let sku = |zone, outpost| located(Sku::new("AmazonEC2"), zone, outpost).to_string();
        assert_eq!(sku(Some("ap-northeast-1a"), None), "AmazonEC2");
        assert_eq!(sku(Some("us-gov-west-1b"), None), "AmazonEC2");
        assert_eq!(sku(None, None), "AmazonEC2");
        assert_eq!(sku(Some("us-west-2-lax-1a"), None), "AmazonEC2 locationType=AWS Local Zone");
        assert_eq!(sku(Some("us-east-1a"), Some("arn:op")), "AmazonEC2 locationType=AWS Outposts");
    }

    #[test]
    fn only_a_managed_thing_has_an_owner() {
        let operator = |managed| OperatorResponse::builder().managed(managed).principal("eks.amazonaws.com").build();
        assert_eq!(managed_by(Some(&operator(true))), Some(Note::with("managed-by", "eks.amazonaws.com")));
        assert_eq!(managed_by(Some(&operator(false))), None);
        assert_eq!(managed_by(None), None);
    }
}
