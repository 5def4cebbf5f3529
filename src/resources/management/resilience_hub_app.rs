//! Resilience Hub is charged for every month and application that it assesses.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "resilience-hub-app",
    names: words("Resilience Hub application", "Resilience Hub アプリケーション"),
    bills: words("per month and application while it exists", "存在する間はアプリケーションごと・月ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSResilienceHub"],
    asks: &[&APPS],
    writes: &["resiliencehub:DeleteApp"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const APPS: Operation<App> = Operation::new("resiliencehub:ListApps").at("appSummaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct App {
    app_arn: String,
    name: String,
    status: Option<Status>,
    compliance_status: Option<Compliance>,
    creation_time: Option<Timestamp>,
}

values! { enum Status { Deleting = "Deleting" } }
values! { enum Compliance { NotAssessed = "NotAssessed" } }

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&APPS).all().await?.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(app: &App) -> Listed {
    let billing = match app.status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let sku = Sku::new("AWSResilienceHub").with("item", "application").with("unit", "month");
    let charge = Charge::each_month("application", sku, 1);
    // It may be free before its first assessment.
    let charge = match app.compliance_status {
        Some(Compliance::NotAssessed) => charge.at_most(),
        _ => charge,
    };
    let (arn, created_at) = (&app.app_arn, app.creation_time);
    Listed { arn: Some(arn.clone()), billing, created_at, ..Listed::new(&app.name) }
        .charge(charge)
        .can(Verb::Delete, Command::aws("resiliencehub delete-app --app-arn").arg(arn))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measure;

    fn seen(status: &str, compliance: &str) -> (Billing, Measure) {
        let (status, compliance_status) = (Some(status.into()), Some(compliance.into()));
        let found = finding(&App { status, compliance_status, ..App::default() });
        (found.billing, found.charges[0].measure)
    }

    #[test]
    fn is_charged_until_it_is_gone() {
        let states = ["Active", "Deleting", "New"].map(|status| seen(status, "PolicyMet").0);
        assert_eq!(states, [Billing::Running, Billing::Ending, Billing::Running]);
    }

    #[test]
    fn one_never_assessed_may_bill_nothing() {
        let measures = ["NotAssessed", "PolicyBreached", "New"].map(|compliance| seen("Active", compliance).1);
        assert_eq!(measures, [Measure::AtMost, Measure::Exact, Measure::Exact]);
    }
}
