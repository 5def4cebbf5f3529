//! What Lightsail says: page by page (its crate has no paginators), tags, and how the names of its plans are read.

use std::collections::BTreeMap;
use std::future::Future;

use aws_sdk_lightsail::types::Tag;

use super::reading::tags;
use crate::error::{Error, Result};
use crate::model::Sku;

/// All pages of an answer; `ask` gives the items of one and the token of the next.
pub async fn pages<T, E, F>(ask: impl Fn(Option<String>) -> F) -> Result<Vec<T>>
where
    F: Future<Output = Result<(Option<Vec<T>>, Option<String>), E>>,
    E: Into<Error>,
{
    let (mut all, mut token) = (Vec::new(), None);
    loop {
        let (page, next) = ask(token.clone()).await.map_err(Into::into)?;
        all.extend(page.unwrap_or_default());
        let next = next.filter(|next| !next.is_empty());
        if next.is_none() || next == token {
            return Ok(all);
        }
        token = next;
    }
}

pub fn lightsail_tags(of: &[Tag]) -> BTreeMap<String, String> {
    tags(of.iter().map(|tag| (tag.key(), tag.value())))
}

/// The price list entry of a plan: its description there, and of what kind it is.
pub fn plan(kind: &str, bundle: impl Into<String>) -> Sku {
    Sku::new("AmazonLightsail").with("kind", kind).with("bundle", bundle)
}

/// An entry that the price list may have under the name of the API.
pub fn unlisted(kind: &str, id: Option<&str>) -> Sku {
    let sku = Sku::new("AmazonLightsail").with("kind", kind);
    match id {
        Some(id) => sku.with("bundle", id),
        None => sku,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_page_is_read_and_a_token_that_stays_ends_it() {
        let asked = |token: Option<String>| {
            let answer = match token.as_deref() {
                None => (Some(vec![1]), Some("a".to_owned())),
                Some("a") => (Some(vec![2]), Some("b".to_owned())),
                _ => (Some(vec![3]), Some("b".to_owned())),
            };
            async { Ok::<_, Error>(answer) }
        };
        assert_eq!(pages(asked).await.unwrap(), [1, 2, 3]);
    }
}
