//! Transfer Family web apps are charged for every hour of each of their units, used or not.

use std::collections::BTreeMap;

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{name_tag, tag_list};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "transfer-web-app",
    names: words("Transfer Family web app", "Transfer Family ウェブアプリ"),
    bills: words("per hour and unit while it exists, used or not", "存在する間は使わなくてもユニットごとに 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSTransfer"],
    asks: &[&APPS, &APP],
    writes: &["transfer:DeleteWebApp"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const APPS: Operation<App> = Operation::new("transfer:ListWebApps").at("WebApps");
const APP: Operation<Detail> = Operation::new("transfer:DescribeWebApp").at("WebApp");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct App {
    web_app_id: String,
    arn: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    web_app_units: Units,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Units {
    provisioned: Option<Decimal>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let apps = cx.ask(&APPS).all().await?;
    let ask = |it: &App| cx.ask(&APP).with("WebAppId", it.web_app_id.as_str()).one();
    Ok(detailed(apps, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(app: &App, detail: Option<&Detail>) -> Listed {
    let id = &app.web_app_id;
    let tags = detail.map(|it| it.tags.clone()).unwrap_or_default();
    let found = Listed { arn: Some(app.arn.clone()), name: name_tag(&tags), tags, ..Listed::new(id) };
    let found = found.charge(charge(detail)).note(Note::new("delete-only"));
    found.can(Verb::Delete, Command::aws("transfer delete-web-app --web-app-id").arg(id))
}

fn charge(detail: Option<&Detail>) -> Charge {
    let sku = Sku::new("AWSTransfer").with("usagetype", "WebAppUnit-Hours");
    match detail.and_then(|it| it.web_app_units.provisioned).filter(|units| *units > Decimal::ZERO) {
        Some(units) => Charge::hourly("web app unit", sku, units),
        None => Charge::metered("web app unit", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_is_charged() {
        let units = |units: i32| {
            let web_app_units = Units { provisioned: Some(units.into()) };
            charge(Some(&Detail { web_app_units, ..Detail::default() })).quantity
        };
        assert_eq!(units(2), Some(2.into()));
        assert_eq!(units(0), None);
        assert_eq!(charge(None).quantity, None);
    }
}
