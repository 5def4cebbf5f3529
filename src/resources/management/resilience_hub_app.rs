//! Resilience Hub bills for every month and application that it assesses.

use aws_sdk_resiliencehub::Client;
use aws_sdk_resiliencehub::operation::list_apps::ListAppsOutput;
use aws_sdk_resiliencehub::types::{AppComplianceStatusType, AppStatusType, AppSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "resilience-hub-app",
    names: words("Resilience Hub application", "Resilience Hub アプリケーション"),
    bills: words("per month and application while it exists", "存在する間はアプリケーションごと・月ごと"),
    scope: Scope::Region,
    endpoint: "resiliencehub",
    small: false,
    billed_as: &["AWSResilienceHub"],
    reads: &["resiliencehub:ListApps"],
    writes: &["resiliencehub:DeleteApp"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).list_apps().max_results(100).into_paginator().send();
    let pages: Vec<ListAppsOutput> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(ListAppsOutput::app_summaries).map(finding).collect::<Vec<_>>().into())
}

fn finding(app: &AppSummary) -> Listed {
    let billing = match app.status() {
        Some(AppStatusType::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let sku = Sku::new("AWSResilienceHub").with("item", "application").with("unit", "month");
    let charge = Charge::each_month("application", sku, 1);
    // It may not bill before it is assessed for the first time.
    let charge = match app.compliance_status() {
        Some(AppComplianceStatusType::NotAssessed) => charge.at_most(),
        _ => charge,
    };
    let (arn, created_at) = (app.app_arn(), time(Some(app.creation_time())));
    Listed { arn: Some(arn.to_owned()), billing, created_at, ..Listed::new(app.name()) }
        .charge(charge)
        .can(Verb::Delete, Command::aws("resiliencehub delete-app --app-arn").arg(arn))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;
    use crate::model::Measure;

    fn seen(status: &str, compliance: &str) -> (Billing, Measure) {
        let app = AppSummary::builder().app_arn("x").name("x").creation_time(DateTime::from_secs(0));
        let app = app.status(status.into()).compliance_status(compliance.into());
        let found = finding(&app.build().unwrap());
        (found.billing, found.charges[0].measure)
    }

    #[test]
    fn bills_until_it_is_gone() {
        let states = ["Active", "Deleting", "New"].map(|status| seen(status, "PolicyMet").0);
        assert_eq!(states, [Billing::Running, Billing::Ending, Billing::Running]);
    }

    #[test]
    fn one_never_assessed_may_bill_nothing() {
        let measures = ["NotAssessed", "PolicyBreached", "New"].map(|compliance| seen("Active", compliance).1);
        assert_eq!(measures, [Measure::AtMost, Measure::Exact, Measure::Exact]);
    }
}
