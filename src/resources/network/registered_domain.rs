//! Domains registered with Route 53 bill once a year, when they renew themselves.

use aws_sdk_route53domains::Client;
use aws_sdk_route53domains::types::DomainSummary;
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "registered-domain",
    names: words("Registered domain", "登録済みドメイン"),
    bills: words(
        "per year, by its ending, as long as it renews itself",
        "自動更新している間は、種類 (.com など) に応じて 1 年ごと",
    ),
    scope: Scope::Global,
    endpoint: "route53domains",
    small: false,
    billed_as: &["AmazonRegistrar"],
    reads: &["route53domains:ListDomains"],
    writes: &["route53domains:DisableDomainAutoRenew"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let domains = Client::new(&cx.sdk).list_domains().max_items(100).into_paginator().items().send();
    let domains: Vec<DomainSummary> = domains.try_collect().await?;
    Ok(domains.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it ends when its paid time does.
fn finding(domain: &DomainSummary) -> Option<Listed> {
    if domain.auto_renew() == Some(false) {
        return None;
    }
    let id = domain.domain_name().unwrap_or_default();
    let ending = id.split_once('.').map_or(id, |(_, ending)| ending);
    let sku = Sku::new("AmazonRegistrar").with("item", ending).with("unit", "year");
    let a_twelfth = (Decimal::ONE / Decimal::from(12)).round_dp(4);
    let found = Listed::new(id).charge(Charge::new(format!("1 year of .{ending}"), sku, a_twelfth, Unit::Month));
    let found = found.can(Verb::Stop, Command::aws("route53domains disable-domain-auto-renew --domain-name").arg(id));
    Some(match time(domain.expiry()) {
        Some(expiry) => found.note(Note::with("renews-on", expiry)),
        None => found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_while_it_renews_itself() {
        let renews = |renews: Option<bool>| {
            finding(&DomainSummary::builder().domain_name("example.co.jp").set_auto_renew(renews).build())
        };
        assert_eq!(renews(Some(false)), None);
        assert!(renews(None).is_some());
        assert_eq!(renews(Some(true)).unwrap().charges[0].what, "1 year of .co.jp");
    }
}
