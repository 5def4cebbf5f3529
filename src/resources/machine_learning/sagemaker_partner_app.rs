//! SageMaker Partner AI Apps are charged for the hours of their cluster, by their tier, until they are deleted.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::sagemaker_charges::SERVICE;
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{first_non_empty, sku};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-partner-app",
    names: words("SageMaker Partner AI App", "SageMaker パートナー AI アプリ"),
    bills: words(
        "per hour by its tier while it exists, used or not",
        "存在する間は使わなくてもティアに応じて 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&APPS, &APP],
    writes: &["sagemaker:DeletePartnerApp"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const APPS: Operation<App> = Operation::new("sagemaker:ListPartnerApps").at("Summaries");
const APP: Operation<Detail> = Operation::new("sagemaker:DescribePartnerApp");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct App {
    arn: Option<String>,
    name: Option<String>,
    #[serde(rename = "Type")]
    kind: Option<String>,
    status: Option<Status>,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    tier: Option<String>,
}

values! { enum Status { Creating = "Creating", Deleted = "Deleted", Deleting = "Deleting", Failed = "Failed" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut apps = cx.ask(&APPS).all().await?;
    apps.retain(|app| app.status != Some(Status::Deleted));
    let ask = |app: &App| cx.ask(&APP).with("Arn", app.arn.clone()).one();
    Ok(detailed(apps, ask, |app, detail| Some(finding(app, detail))).await)
}

fn finding(app: &App, detail: Option<&Detail>) -> Listed {
    let (billing, certain) = match app.status {
        Some(Status::Deleting) => (Billing::Ending, true),
        Some(Status::Creating | Status::Failed) => (Billing::Running, false),
        _ => (Billing::Running, true),
    };
    let kind = app.kind.as_deref();
    let tier = detail.and_then(|it| it.tier.as_deref());
    let name: Vec<&str> = [Some(kind.unwrap_or("Partner AI App")), tier].into_iter().flatten().collect();
    let sku = sku(SERVICE, [("item", Some("partner_app")), ("unit", Some("hour")), ("app", kind), ("tier", tier)]);
    let charge = Charge::hourly(&name.join(" "), sku, 1);
    let arn = app.arn.as_deref().unwrap_or_default();
    let id = first_non_empty([app.name.as_deref()]).unwrap_or(arn);
    let found = Listed { arn: app.arn.clone(), billing, created_at: app.creation_time, ..Listed::new(id) };
    let found = found.charge(if certain { charge } else { charge.at_most() }).note(Note::new("delete-only"));
    found.loses(Loss::Data).can(Verb::Delete, Command::aws("sagemaker delete-partner-app --arn").arg(arn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_charged_until_it_is_deleted() {
        let bills = |status: &str| {
            let app = App { kind: Some("comet".into()), status: Some(status.into()), ..App::default() };
            let found = finding(&app, Some(&Detail { tier: Some("small".into()) }));
            (found.billing, found.charges[0].what.clone())
        };
        let running = |what: &str| (Billing::Running, what.to_owned());
        assert_eq!(["Available", "UpdateFailed", "Future"].map(bills), [0; 3].map(|_| running("comet small")));
        assert_eq!(["Creating", "Failed"].map(bills), [0; 2].map(|_| running("≤ comet small")));
        assert_eq!(bills("Deleting"), (Billing::Ending, "comet small".to_owned()));
    }

    #[test]
    fn one_of_an_unknown_tier_is_reported_all_the_same() {
        let found = finding(&App { arn: Some("arn".into()), ..App::default() }, None);
        assert_eq!((found.id.as_str(), found.charges[0].what.as_str()), ("arn", "Partner AI App"));
    }
}
