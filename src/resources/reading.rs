//! SDK values as model values: tags and times, the same for every resource type.

use std::collections::BTreeMap;

use aws_smithy_types::DateTime;
use jiff::Timestamp;

/// Tags as a map; one without a key says nothing.
pub fn tags<'a>(pairs: impl IntoIterator<Item = (Option<&'a str>, Option<&'a str>)>) -> BTreeMap<String, String> {
    let pairs =
        pairs.into_iter().filter_map(|(key, value)| Some((key?.to_owned(), value.unwrap_or_default().to_owned())));
    pairs.collect()
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
