//! Add-ons of Mail Manager are subscriptions, charged by the mail that they scan.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mail-manager-add-on",
    names: words("SES Mail Manager add-on", "SES Mail Manager アドオン"),
    bills: words(
        "while it is subscribed to, by the mail it scans",
        "サブスクライブしている間、検査したメールの量に応じて",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonSES"],
    asks: &[&ADD_ONS],
    writes: &["ses:DeleteAddonSubscription"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ADD_ONS: Operation<AddOn> = Operation::new("mailmanager:ListAddonSubscriptions").at("AddonSubscriptions");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct AddOn {
    addon_subscription_id: String,
    addon_subscription_arn: Option<String>,
    addon_name: Option<String>,
    created_timestamp: Option<Timestamp>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let add_ons = cx.ask(&ADD_ONS).all().await?;
    Ok(add_ons.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(add_on: &AddOn) -> Listed {
    let (id, created_at) = (add_on.addon_subscription_id.as_str(), add_on.created_timestamp);
    let name = add_on.addon_name.as_deref();
    let sku = sku("AmazonSES", [("addon", name), ("item", Some("addon")), ("unit", Some("month"))]);
    Listed { arn: add_on.addon_subscription_arn.clone(), created_at, ..Listed::new(id) }
        .named(add_on.addon_name.clone())
        .charge(Charge::metered("mail looked at", sku, Unit::Month))
        .note(Note::with("parts-first", "add-on instances"))
        .can(Verb::Delete, Command::aws("mailmanager delete-addon-subscription --addon-subscription-id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_add_on_has_a_price_of_its_own() {
        let add_on = AddOn { addon_name: Some("SPAMHAUS_DBL".into()), ..AddOn::default() };
        let charge = &finding(&add_on).charges[0];
        assert_eq!(charge.sku.to_string(), "AmazonSES addon=SPAMHAUS_DBL item=addon unit=month");
        assert_eq!(charge.quantity, None);
    }
}
