//! What Lightsail says: page by page (its crate has no paginators), tags, and how the names of its plans are read.

use std::collections::BTreeMap;
use std::future::Future;

use aws_sdk_lightsail::types::{AddOn, Tag};

use crate::error::{Error, Result};
use crate::model::{Charge, Command, Sku, Unit};
use crate::resources::reading::tags;

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

/// Snapshots that AWS takes each day and lists with none of the others; how large they are it does not say.
pub fn automatic(of: &[AddOn], bundle: &str) -> Option<Charge> {
    let takes = |it: &AddOn| it.name().is_none_or(|name| name.eq_ignore_ascii_case("AutoSnapshot")) && !is_off(it);
    let charge = || Charge::metered("Lightsail automatic snapshots", plan("snapshot", bundle), Unit::GbMonth);
    of.iter().any(takes).then(charge)
}

/// What AWS wants to hear before it deletes something that has add-ons.
pub fn with_add_ons(delete: Command, of: &[AddOn]) -> Command {
    if of.iter().all(is_off) { delete } else { delete.words("--force-delete-add-ons") }
}

fn is_off(add_on: &AddOn) -> bool {
    add_on.status().is_some_and(|status| ["Disabled", "Terminated"].iter().any(|off| status.eq_ignore_ascii_case(off)))
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

    #[test]
    fn automatic_snapshots_bill_unless_they_are_off() {
        let add_on = |name: &str, status: &str| [AddOn::builder().name(name).status(status).build()];
        let delete = || Command::aws("lightsail delete-disk");
        let seen = |of: &[AddOn]| {
            (automatic(of, "Lightsail Snapshot per GB-Mo").is_some(), with_add_ons(delete(), of) != delete())
        };
        assert_eq!(seen(&add_on("AutoSnapshot", "Enabled")), (true, true));
        assert_eq!(seen(&add_on("AutoSnapshot", "Dreaming")), (true, true));
        assert_eq!(seen(&add_on("AutoSnapshot", "Disabled")), (false, false));
        assert_eq!(seen(&add_on("StopInstanceOnIdle", "Enabled")), (false, true));
        assert_eq!(seen(&[]), (false, false));
    }
}
