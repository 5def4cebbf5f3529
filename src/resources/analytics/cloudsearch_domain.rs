//! `CloudSearch` domains are charged for every hour of every search instance, used or not, and cannot be stopped.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudsearch-domain",
    names: words("CloudSearch domain", "CloudSearch ドメイン"),
    bills: words(
        "per hour and search instance while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくても検索インスタンスごとに 1 時間ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonCloudSearch"],
    asks: &[&DOMAINS],
    writes: &["cloudsearch:DeleteDomain"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DOMAINS: Operation<Domain> = Operation::new("cloudsearch:DescribeDomains").at("DomainStatusList");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Domain {
    domain_name: String,
    #[serde(rename = "ARN")]
    arn: Option<String>,
    deleted: Option<bool>,
    search_instance_type: Option<String>,
    search_instance_count: Option<Decimal>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let domains = cx.ask(&DOMAINS).all().await?;
    Ok(domains.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. A domain that is not created yet will be charged soon.
fn finding(domain: &Domain) -> Option<Listed> {
    if domain.deleted == Some(true) {
        return None;
    }
    let (name, kind) = (&domain.domain_name, domain.search_instance_type.as_deref());
    let sku = sku("AmazonCloudSearch", [("instanceType", kind)]);
    let kind = kind.unwrap_or("search instance");
    let charge = match domain.search_instance_count.filter(|count| *count > Decimal::ZERO) {
        Some(count) => Charge::hourly(kind, sku, count),
        None => Charge::metered(kind, sku, Unit::Hour),
    };
    let found = Listed { arn: domain.arn.clone(), charges: vec![charge], ..Listed::new(name) };
    let found = found.note(Note::new("usage-extra")).note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("cloudsearch delete-domain --domain-name").arg(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_for_every_instance_until_it_is_deleted() {
        let two = Domain {
            search_instance_type: Some("search.small".into()),
            search_instance_count: Some(2.into()),
            ..Domain::default()
        };
        assert_eq!(finding(&two).unwrap().charges[0].what, "2 × search.small");
        assert_eq!(finding(&Domain::default()).unwrap().charges[0].quantity, None);
        assert_eq!(finding(&Domain { deleted: Some(true), ..Domain::default() }), None);
    }
}
