//! IAM Access Analyzer's analyzers of unused and of internal access bill for what they look at; those of external access are free.

use aws_sdk_accessanalyzer::Client;
use aws_sdk_accessanalyzer::types::{AnalyzerStatus, AnalyzerSummary, Type};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "access-analyzer",
    names: words("Access Analyzer (unused or internal access)", "Access Analyzer (未使用・内部アクセス)"),
    bills: words(
        "per month and IAM role or user (unused access) or resource (internal access) it looks at, in each region again",
        "分析する IAM ロール・ユーザー (未使用アクセス) またはリソース (内部アクセス) ごと・月ごと (リージョンごとに加算)",
    ),
    scope: Scope::Region,
    endpoint: "access-analyzer",
    small: false,
    billed_as: &["AWSIAMAccessAnalyzer"],
    reads: &["access-analyzer:ListAnalyzers"],
    writes: &["access-analyzer:DeleteAnalyzer"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let analyzers = Client::new(&cx.sdk).list_analyzers().max_results(100).into_paginator().items().send();
    let analyzers: Vec<AnalyzerSummary> = analyzers.try_collect().await?;
    Ok(analyzers.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is of the free kind, or looks at nothing.
fn finding(analyzer: &AnalyzerSummary) -> Option<Listed> {
    if matches!(analyzer.status(), AnalyzerStatus::Disabled | AnalyzerStatus::Failed) {
        return None;
    }
    let (what, item) = match analyzer.r#type() {
        Type::Account | Type::Organization => return None,
        Type::AccountInternalAccess | Type::OrganizationInternalAccess => ("resources analyzed", "internal_access"),
        _ => ("IAM roles and users analyzed", "unused_access"),
    };
    let sku = Sku::new("AWSIAMAccessAnalyzer").with("item", item).with("unit", "month");
    let (id, arn, created_at) = (analyzer.name(), Some(analyzer.arn().to_owned()), time(Some(analyzer.created_at())));
    let tags = analyzer.tags().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect();
    let found = Listed { arn, created_at, tags, ..Listed::new(id) }.charge(Charge::metered(what, sku, Unit::Month));
    if let Some(service) = analyzer.managed_by() {
        return Some(found.note(Note::with("service-managed", service)));
    }
    Some(found.can(Verb::Delete, Command::aws("accessanalyzer delete-analyzer --analyzer-name").arg(id)))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    fn bills(kind: &str, status: &str) -> bool {
        let analyzer = AnalyzerSummary::builder().arn("x").name("x").created_at(DateTime::from_secs(0));
        finding(&analyzer.r#type(kind.into()).status(status.into()).build().unwrap()).is_some()
    }

    #[test]
    fn external_access_is_free() {
        let free = ["ACCOUNT", "ORGANIZATION"].map(|kind| bills(kind, "ACTIVE"));
        let others = ["ACCOUNT_UNUSED_ACCESS", "ORGANIZATION_INTERNAL_ACCESS", "NEW"].map(|kind| bills(kind, "ACTIVE"));
        assert_eq!((free, others), ([false; 2], [true; 3]));
    }

    #[test]
    fn bills_while_it_looks() {
        let states = ["ACTIVE", "CREATING", "DISABLED", "FAILED", "NEW"];
        assert_eq!(states.map(|status| bills("ACCOUNT_UNUSED_ACCESS", status)), [true, true, false, false, true]);
    }
}
