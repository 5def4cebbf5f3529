//! CloudWatch dashboards are charged every month, beyond three for each account. Every region lists the same ones.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::DashboardEntry;
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudwatch-dashboard",
    names: words("CloudWatch dashboard", "CloudWatch ダッシュボード"),
    bills: words(
        "per month while it exists, beyond three of an account",
        "存在する間は 1 か月ごと(アカウント全体で 3 個まで無料)",
    ),
    scope: Scope::Global,
    small: true,
    billed_as: &["AmazonCloudWatch"],
    asks: &[&Typed("cloudwatch:ListDashboards")],
    writes: &["cloudwatch:DeleteDashboards"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let dashboards = Client::new(&cx.sdk).list_dashboards().into_paginator().items().send();
    let dashboards: Vec<DashboardEntry> = dashboards.try_collect().await?;
    Ok(dashboards.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(dashboard: &DashboardEntry) -> Listed {
    let id = dashboard.dashboard_name().unwrap_or_default();
    let sku = Sku::new("AmazonCloudWatch").with("item", "dashboard").with("unit", "month");
    let found = Listed { arn: dashboard.dashboard_arn.clone(), ..Listed::new(id) };
    found
        .charge(Charge::each_month("dashboard", sku, 1).free_up_to("dashboards", 3))
        .loses(Loss::Settings)
        .can(Verb::Delete, Command::aws("cloudwatch delete-dashboards --dashboard-names").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_are_free() {
        let found = finding(&DashboardEntry::builder().dashboard_name("study").build());
        assert_eq!(found.charges[0].allowance.as_ref().map(|it| it.quantity), Some(3.into()));
    }
}
