//! SageMaker Partner AI Apps bill for the hours of their cluster, by their tier, until they are deleted.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::operation::describe_partner_app::DescribePartnerAppOutput;
use aws_sdk_sagemaker::types::{PartnerAppStatus, PartnerAppSummary, PartnerAppType};
use futures::FutureExt;

use super::sagemaker_charges::SERVICE;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{said, sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-partner-app",
    names: words("SageMaker Partner AI App", "SageMaker パートナー AI アプリ"),
    bills: words(
        "per hour by its tier while it exists, used or not",
        "存在する間は使わなくてもティアに応じて 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListPartnerApps", "sagemaker:DescribePartnerApp"],
    writes: &["sagemaker:DeletePartnerApp"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let apps = client.list_partner_apps().max_results(100).into_paginator().items().send();
    let mut apps: Vec<PartnerAppSummary> = apps.try_collect().await?;
    apps.retain(|app| app.status() != Some(&PartnerAppStatus::Deleted));
    let ask = |app: &PartnerAppSummary| client.describe_partner_app().set_arn(app.arn.clone()).send();
    Ok(detailed(apps, ask, |app, detail| Some(finding(app, detail))).await)
}

fn finding(app: &PartnerAppSummary, detail: Option<&DescribePartnerAppOutput>) -> Listed {
    let (billing, certain) = match app.status() {
        Some(PartnerAppStatus::Deleting) => (Billing::Ending, true),
        Some(PartnerAppStatus::Creating | PartnerAppStatus::Failed) => (Billing::Running, false),
        _ => (Billing::Running, true),
    };
    let kind = app.r#type().map(PartnerAppType::as_str);
    let tier = detail.and_then(DescribePartnerAppOutput::tier);
    let name: Vec<&str> = [Some(kind.unwrap_or("Partner AI App")), tier].into_iter().flatten().collect();
    let sku = sku(SERVICE, [("item", Some("partner_app")), ("unit", Some("hour")), ("app", kind), ("tier", tier)]);
    let charge = Charge::hourly(&name.join(" "), sku, 1);
    let arn = app.arn().unwrap_or_default();
    let id = said([app.name()]).unwrap_or(arn);
    let found = Listed { arn: app.arn.clone(), billing, created_at: time(app.creation_time()), ..Listed::new(id) };
    let found = found.charge(if certain { charge } else { charge.at_most() }).note(Note::new("delete-only"));
    found.can(Verb::Delete, Command::aws("sagemaker delete-partner-app --arn").arg(arn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bills_until_it_is_deleted() {
        let told = |status: &str| {
            let app = PartnerAppSummary::builder().r#type(PartnerAppType::Comet).status(status.into()).build();
            let found = finding(&app, Some(&DescribePartnerAppOutput::builder().tier("small").build()));
            (found.billing, found.charges[0].what.clone())
        };
        let running = |what: &str| (Billing::Running, what.to_owned());
        assert_eq!(["Available", "UpdateFailed", "Dreaming"].map(told), [0; 3].map(|_| running("comet small")));
        assert_eq!(["Creating", "Failed"].map(told), [0; 2].map(|_| running("≤ comet small")));
        assert_eq!(told("Deleting"), (Billing::Ending, "comet small".to_owned()));
    }

    #[test]
    fn an_unknown_tier_is_told_all_the_same() {
        let found = finding(&PartnerAppSummary::builder().arn("arn").build(), None);
        assert_eq!((found.id.as_str(), found.charges[0].what.as_str()), ("arn", "Partner AI App"));
    }
}
