//! Add-ons of Mail Manager are subscribed to for a price of their own, which follows the mail they look at.

use aws_sdk_mailmanager::Client;
use aws_sdk_mailmanager::types::AddonSubscription;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mail-manager-add-on",
    names: words("SES Mail Manager add-on", "SES Mail Manager アドオン"),
    bills: words(
        "while it is subscribed to, by the mail it looks at",
        "サブスクライブしている間、検査したメールの量に応じて",
    ),
    scope: Scope::Region,
    endpoint: "mail-manager",
    small: false,
    billed_as: &["AmazonSES"],
    reads: &["ses:ListAddonSubscriptions"],
    writes: &["ses:DeleteAddonSubscription"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let addons = Client::new(&cx.sdk).list_addon_subscriptions().page_size(50).into_paginator().items().send();
    let addons: Vec<AddonSubscription> = addons.try_collect().await?;
    Ok(addons.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(addon: &AddonSubscription) -> Listed {
    let (id, created_at) = (addon.addon_subscription_id().unwrap_or_default(), time(addon.created_timestamp()));
    let sku = sku("AmazonSES", [("addon", addon.addon_name()), ("item", Some("addon")), ("unit", Some("month"))]);
    Listed { arn: addon.addon_subscription_arn.clone(), created_at, ..Listed::new(id) }
        .named(addon.addon_name.clone())
        .charge(Charge::metered("mail looked at", sku, Unit::Month))
        .note(Note::with("parts-first", "add-on instances"))
        .can(Verb::Delete, Command::aws("mailmanager delete-addon-subscription --addon-subscription-id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_addon_has_a_price_of_its_own() {
        let charge = &finding(&AddonSubscription::builder().addon_name("SPAMHAUS_DBL").build()).charges[0];
        assert_eq!(charge.sku.to_string(), "AmazonSES addon=SPAMHAUS_DBL item=addon unit=month");
        assert_eq!(charge.quantity, None);
    }
}
