//! Scrapers of the Managed Service for Prometheus bill for every hour they exist, and for what they collect.

use aws_sdk_amp::Client;
use aws_sdk_amp::types::{ScraperStatus, ScraperStatusCode, ScraperSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "prometheus-scraper",
    names: words("Managed Prometheus scraper", "Managed Prometheus スクレイパー"),
    bills: words(
        "per hour while it exists, and per sample it collects",
        "存在する間は 1 時間ごと、加えて収集したサンプルごと",
    ),
    scope: Scope::Region,
    endpoint: "aps",
    small: false,
    billed_as: &["AmazonPrometheus"],
    reads: &["aps:ListScrapers"],
    writes: &["aps:DeleteScraper"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let scrapers = Client::new(&cx.sdk).list_scrapers().max_results(1000).into_paginator().items().send();
    let scrapers: Vec<ScraperSummary> = scrapers.try_collect().await?;
    Ok(scrapers.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it was never made.
fn finding(scraper: &ScraperSummary) -> Option<Listed> {
    let billing = match scraper.status().map(ScraperStatus::status_code) {
        Some(ScraperStatusCode::CreationFailed) => return None,
        Some(ScraperStatusCode::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, arn) = (scraper.scraper_id(), Some(scraper.arn().to_owned()));
    let created_at = time(Some(scraper.created_at()));
    let tags = scraper.tags().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect();
    let sku = Sku::new("AmazonPrometheus").with("item", "scraper").with("unit", "hour");
    let found = Listed { arn, billing, created_at, bills_since_creation: true, tags, ..Listed::new(id) }
        .named(scraper.alias.clone())
        .charge(Charge::hourly("scraper", sku, 1))
        .note(Note::new("delete-only"))
        .note(Note::new("usage-extra"));
    Some(found.can(Verb::Delete, Command::aws("amp delete-scraper --scraper-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    #[test]
    fn bills_until_it_is_deleted() {
        let billing = |code: &str| {
            let status = ScraperStatus::builder().status_code(code.into()).build().unwrap();
            let then = DateTime::from_secs(0);
            let scraper = ScraperSummary::builder().scraper_id("s-1").arn("x").role_arn("x").status(status);
            finding(&scraper.created_at(then).last_modified_at(then).build().unwrap()).map(|it| it.billing)
        };
        let states = ["CREATION_FAILED", "DELETING", "ACTIVE", "DELETION_FAILED", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }
}
