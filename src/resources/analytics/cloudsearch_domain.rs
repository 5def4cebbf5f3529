//! `CloudSearch` domains bill for every hour of every search instance, used or not, and cannot be stopped.

use aws_sdk_cloudsearch::Client;
use aws_sdk_cloudsearch::types::DomainStatus;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudsearch-domain",
    names: words("CloudSearch domain", "CloudSearch ドメイン"),
    bills: words(
        "per hour and search instance while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくても検索インスタンスごとに 1 時間ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "cloudsearch",
    small: false,
    billed_as: &["AmazonCloudSearch"],
    reads: &["cloudsearch:DescribeDomains"],
    writes: &["cloudsearch:DeleteDomain"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let domains = Client::new(&cx.sdk).describe_domains().send().await?;
    Ok(domains.domain_status_list().iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills. One that is not created yet soon will.
fn finding(domain: &DomainStatus) -> Option<Listed> {
    if domain.deleted() == Some(true) {
        return None;
    }
    let (name, kind) = (domain.domain_name(), domain.search_instance_type());
    let sku = sku("AmazonCloudSearch", [("instanceType", kind)]);
    let kind = kind.unwrap_or("search instance");
    let charge = match domain.search_instance_count().filter(|count| *count > 0) {
        Some(count) => Charge::hourly(kind, sku, count),
        None => Charge::metered(kind, sku, Unit::Hour),
    };
    let found = Listed { arn: domain.arn().map(str::to_owned), charges: vec![charge], ..Listed::new(name) };
    let found = found.note(Note::new("usage-extra")).note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("cloudsearch delete-domain --domain-name").arg(name)))
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudsearch::types::builders::DomainStatusBuilder;

    use super::*;

    fn domain() -> DomainStatusBuilder {
        DomainStatus::builder().domain_id("1/study").domain_name("study").requires_index_documents(false)
    }

    #[test]
    fn bills_every_instance_until_it_is_deleted() {
        let two = domain().search_instance_type("search.small").search_instance_count(2).build().unwrap();
        assert_eq!(finding(&two).unwrap().charges[0].what, "2 × search.small");
        assert_eq!(finding(&domain().build().unwrap()).unwrap().charges[0].quantity, None);
        assert!(finding(&domain().created(false).build().unwrap()).is_some());
        assert_eq!(finding(&domain().deleted(true).build().unwrap()), None);
    }
}
