//! Scrapers of the Managed Service for Prometheus are charged for every hour they exist, and for what they collect.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "prometheus-scraper",
    names: words("Managed Prometheus scraper", "Managed Prometheus スクレイパー"),
    bills: words(
        "per hour while it exists, and per sample it collects",
        "存在する間は 1 時間ごと、加えて収集したサンプルごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonPrometheus"],
    asks: &[&SCRAPERS],
    writes: &["aps:DeleteScraper"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SCRAPERS: Operation<Scraper> = Operation::new("amp:ListScrapers").at("scrapers");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Scraper {
    scraper_id: String,
    arn: String,
    alias: Option<String>,
    status: Status,
    created_at: Option<Timestamp>,
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Status {
    status_code: Option<Code>,
}

values! { enum Code { Deleting = "DELETING", CreationFailed = "CREATION_FAILED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&SCRAPERS).all().await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means that creating it failed.
fn finding(scraper: &Scraper) -> Option<Listed> {
    let billing = match scraper.status.status_code {
        Some(Code::CreationFailed) => return None,
        Some(Code::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, arn) = (&scraper.scraper_id, Some(scraper.arn.clone()));
    let (created_at, tags) = (scraper.created_at, scraper.tags.clone());
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
    use super::*;

    #[test]
    fn is_charged_until_it_is_deleted() {
        let billing = |code: &str| {
            let status = Status { status_code: Some(code.into()) };
            finding(&Scraper { status, ..Scraper::default() }).map(|it| it.billing)
        };
        let states = ["CREATION_FAILED", "DELETING", "ACTIVE", "DELETION_FAILED", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }
}
