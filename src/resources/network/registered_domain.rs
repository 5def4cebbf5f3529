//! Domains registered with Route 53 are charged once a year, when they are renewed automatically.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "registered-domain",
    names: words("Registered domain", "登録済みドメイン"),
    bills: words(
        "per year, by its ending, as long as it renews itself",
        "自動更新している間は、種類(.com など) に応じて 1 年ごと",
    ),
    scope: Scope::Global,
    small: false,
    billed_as: &["AmazonRegistrar"],
    asks: &[&DOMAINS],
    writes: &["route53domains:DisableDomainAutoRenew"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DOMAINS: Operation<Domain> = Operation::new("route53domains:ListDomains").at("Domains");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Domain {
    domain_name: Option<String>,
    auto_renew: Option<bool>,
    expiry: Option<Timestamp>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let domains = cx.ask(&DOMAINS).all().await?;
    Ok(domains.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it expires at the end of its paid term.
fn finding(domain: &Domain) -> Option<Listed> {
    if domain.auto_renew == Some(false) {
        return None;
    }
    let id = domain.domain_name.as_deref().unwrap_or_default();
    let ending = id.split_once('.').map_or(id, |(_, ending)| ending);
    let sku = Sku::new("AmazonRegistrar").with("item", ending).with("unit", "year");
    let a_twelfth = (Decimal::ONE / Decimal::from(12)).round_dp(4);
    let found = Listed::new(id).charge(Charge::new(format!("1 year of .{ending}"), sku, a_twelfth, Unit::Month));
    let found = found.can(Verb::Stop, Command::aws("route53domains disable-domain-auto-renew --domain-name").arg(id));
    Some(match domain.expiry {
        Some(expiry) => found.note(Note::with("renews-on", expiry)),
        None => found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_while_it_renews_itself() {
        let renews =
            |auto_renew| finding(&Domain { domain_name: Some("example.co.jp".into()), auto_renew, expiry: None });
        assert_eq!(renews(Some(false)), None);
        assert!(renews(None).is_some());
        assert_eq!(renews(Some(true)).unwrap().charges[0].what, "1 year of .co.jp");
    }
}
