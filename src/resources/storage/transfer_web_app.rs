//! Transfer Family web apps bill for every hour of each of their units, used or not.

use aws_sdk_transfer::Client;
use aws_sdk_transfer::types::{DescribedWebApp, ListedWebApp, WebAppUnits};
use futures::{FutureExt, StreamExt, stream};

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{name_tag, tags};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "transfer-web-app",
    names: words("Transfer Family web app", "Transfer Family ウェブアプリ"),
    bills: words("per hour and unit while it exists, used or not", "存在する間は使わなくてもユニットごとに 1 時間ごと"),
    scope: Scope::Region,
    endpoint: "transfer",
    small: false,
    billed_as: &["AWSTransfer"],
    reads: &["transfer:ListWebApps", "transfer:DescribeWebApp"],
    writes: &["transfer:DeleteWebApp"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let apps = client.list_web_apps().max_results(1000).into_paginator().items().send();
    let apps: Vec<ListedWebApp> = apps.try_collect().await?;
    let ask = |app: ListedWebApp| {
        let answer = client.describe_web_app().web_app_id(app.web_app_id()).send();
        answer.map(|answer| (app, answer))
    };
    let mut answers = stream::iter(apps.into_iter().map(ask)).buffer_unordered(8);
    let mut listing = Listing::default();
    while let Some((app, answer)) = answers.next().await {
        let (details, fault) = match answer {
            Ok(answer) => (answer.web_app, None),
            Err(error) => (None, Some(error.into())),
        };
        listing.findings.push(finding(&app, details.as_ref()));
        listing.faults.extend(fault);
    }
    Ok(listing)
}

fn finding(app: &ListedWebApp, details: Option<&DescribedWebApp>) -> Listed {
    let id = app.web_app_id();
    let tags =
        tags(details.into_iter().flat_map(DescribedWebApp::tags).map(|tag| (Some(tag.key()), Some(tag.value()))));
    let found = Listed { arn: Some(app.arn().to_owned()), name: name_tag(&tags), tags, ..Listed::new(id) };
    let found = found.charge(charge(details)).note(Note::new("delete-only"));
    found.can(Verb::Delete, Command::aws("transfer delete-web-app --web-app-id").arg(id))
}

fn charge(details: Option<&DescribedWebApp>) -> Charge {
    let sku = Sku::new("AWSTransfer").with("usagetype", "WebAppUnit-Hours");
    match details.and_then(DescribedWebApp::web_app_units) {
        Some(WebAppUnits::Provisioned(units)) if *units > 0 => Charge::hourly("web app unit", sku, *units),
        _ => Charge::metered("web app unit", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_bills() {
        let units = |units| {
            let app = DescribedWebApp::builder().arn("arn:w").web_app_id("webapp-1").web_app_units(units);
            charge(Some(&app.build().unwrap())).quantity
        };
        assert_eq!(units(WebAppUnits::Provisioned(2)), Some(2.into()));
        assert_eq!(units(WebAppUnits::Provisioned(0)), None);
        assert_eq!(charge(None).quantity, None);
    }
}
