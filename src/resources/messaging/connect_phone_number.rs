//! Phone numbers of Amazon Connect bill for every day they are claimed, whether somebody calls or not.

use aws_sdk_connect::Client;
use aws_sdk_connect::types::{ListPhoneNumbersSummary, PhoneNumberCountryCode, PhoneNumberType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "connect-phone-number",
    names: words("Connect phone number", "Connect 電話番号"),
    bills: words(
        "per day while it is claimed, used or not, by country and kind; plus calls",
        "取得している間は使わなくても 1 日ごと (国と種類による)、加えて通話",
    ),
    scope: Scope::Region,
    endpoint: "connect",
    small: false,
    billed_as: &["ContactCenterTelecomm"],
    reads: &["connect:ListPhoneNumbersV2"],
    writes: &["connect:ReleasePhoneNumber"],
    list: |cx| list(cx).boxed(),
};

/// Without an instance in the question AWS tells the numbers of all of them.
async fn list(cx: &Cx) -> Result<Listing> {
    let numbers = Client::new(&cx.sdk).list_phone_numbers_v2().max_results(1000).into_paginator().items().send();
    let numbers: Vec<ListPhoneNumbersSummary> = numbers.try_collect().await?;
    Ok(numbers.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(number: &ListPhoneNumbersSummary) -> Listed {
    let country = number.phone_number_country_code().map(PhoneNumberCountryCode::as_str);
    let kind = number.phone_number_type().map(PhoneNumberType::as_str);
    let sku = sku(
        "ContactCenterTelecomm",
        [("country", country), ("item", Some("claimed_number")), ("kind", kind), ("unit", Some("month"))],
    );
    let what = [country, kind, Some("number")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let id = number.phone_number_id().unwrap_or_default();
    Listed { arn: number.phone_number_arn.clone(), ..Listed::new(id) }
        .named(number.phone_number.clone())
        .charge(Charge::each_month(&what, sku, 1))
        .note(Note::new("delete-only"))
        .note(Note::new("number-lost"))
        .note(Note::new("usage-extra"))
        .can(Verb::Delete, Command::aws("connect release-phone-number --phone-number-id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_price_is_that_of_its_country_and_kind() {
        let number = ListPhoneNumbersSummary::builder().phone_number_country_code(PhoneNumberCountryCode::Jp);
        let charge = &finding(&number.phone_number_type(PhoneNumberType::TollFree).build()).charges[0];
        assert_eq!(charge.what, "JP TOLL_FREE number");
        assert_eq!(
            charge.sku.to_string(),
            "ContactCenterTelecomm country=JP item=claimed_number kind=TOLL_FREE unit=month"
        );
        assert_eq!(finding(&ListPhoneNumbersSummary::builder().build()).charges[0].what, "number");
    }
}
