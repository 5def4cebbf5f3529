//! IAM Access Analyzer's unused and internal access analyzers are charged for what they analyze; external access analyzers are free.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "access-analyzer",
    names: words("Access Analyzer (unused or internal access)", "Access Analyzer (未使用・内部アクセス)"),
    bills: words(
        "per month and IAM role or user (unused access) or resource (internal access) it analyses, in each region",
        "分析する IAM ロール・ユーザー(未使用アクセス) またはリソース(内部アクセス) ごと・月ごと(リージョンごとに加算)",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSIAMAccessAnalyzer"],
    asks: &[&ANALYZERS],
    writes: &["access-analyzer:DeleteAnalyzer"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ANALYZERS: Operation<Analyzer> = Operation::new("accessanalyzer:ListAnalyzers").at("analyzers");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Analyzer {
    arn: String,
    name: String,
    #[serde(rename = "type")]
    kind: Option<Kind>,
    status: Option<Status>,
    created_at: Option<Timestamp>,
    managed_by: Option<String>,
    tags: BTreeMap<String, String>,
}

values! { enum Status { Disabled = "DISABLED", Failed = "FAILED" } }
values! {
    enum Kind {
        Account = "ACCOUNT",
        Organization = "ORGANIZATION",
        AccountInternal = "ACCOUNT_INTERNAL_ACCESS",
        OrganizationInternal = "ORGANIZATION_INTERNAL_ACCESS",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let analyzers = cx.ask(&ANALYZERS).with("maxResults", 100).all().await?;
    Ok(analyzers.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is of the free kind, disabled or failed.
fn finding(analyzer: &Analyzer) -> Option<Listed> {
    if matches!(analyzer.status, Some(Status::Disabled | Status::Failed)) {
        return None;
    }
    let (what, item) = match &analyzer.kind {
        Some(Kind::Account | Kind::Organization) => return None,
        Some(Kind::AccountInternal | Kind::OrganizationInternal) => ("resources analyzed", "internal_access"),
        _ => ("IAM roles and users analyzed", "unused_access"),
    };
    let sku = Sku::new("AWSIAMAccessAnalyzer").with("item", item).with("unit", "month");
    let (id, arn, created_at) = (&analyzer.name, Some(analyzer.arn.clone()), analyzer.created_at);
    let tags = analyzer.tags.clone();
    let found = Listed { arn, created_at, tags, ..Listed::new(id) }.charge(Charge::metered(what, sku, Unit::Month));
    if let Some(service) = &analyzer.managed_by {
        return Some(found.note(Note::with("service-managed", service)));
    }
    Some(found.can(Verb::Delete, Command::aws("accessanalyzer delete-analyzer --analyzer-name").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bills(kind: &str, status: &str) -> bool {
        let (kind, status) = (Some(kind.into()), Some(status.into()));
        finding(&Analyzer { kind, status, ..Analyzer::default() }).is_some()
    }

    #[test]
    fn external_access_is_free() {
        let free = ["ACCOUNT", "ORGANIZATION"].map(|kind| bills(kind, "ACTIVE"));
        let others = ["ACCOUNT_UNUSED_ACCESS", "ORGANIZATION_INTERNAL_ACCESS", "NEW"].map(|kind| bills(kind, "ACTIVE"));
        assert_eq!((free, others), ([false; 2], [true; 3]));
    }

    #[test]
    fn is_charged_while_it_is_active() {
        let states = ["ACTIVE", "CREATING", "DISABLED", "FAILED", "NEW"];
        assert_eq!(states.map(|status| bills("ACCOUNT_UNUSED_ACCESS", status)), [true, true, false, false, true]);
    }
}
