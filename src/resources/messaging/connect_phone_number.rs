//! Phone numbers of Amazon Connect are charged for every day they are claimed, used or not.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "connect-phone-number",
    names: words("Connect phone number", "Connect 電話番号"),
    bills: words(
        "per day while it is claimed, used or not, by country and kind; plus calls",
        "取得している間は使わなくても 1 日ごと(国と種類による)、加えて通話",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["ContactCenterTelecomm"],
    asks: &[&NUMBERS],
    writes: &["connect:ReleasePhoneNumber"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const NUMBERS: Operation<Number> = Operation::new("connect:ListPhoneNumbersV2").at("ListPhoneNumbersSummaryList");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Number {
    phone_number_id: String,
    phone_number_arn: Option<String>,
    phone_number: Option<String>,
    phone_number_country_code: Option<String>,
    phone_number_type: Option<String>,
}

/// Without an instance in the request AWS lists the numbers of all instances.
async fn list(cx: &Cx) -> Result<Listing> {
    let numbers = cx.ask(&NUMBERS).all().await?;
    Ok(numbers.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(number: &Number) -> Listed {
    let (country, kind) = (number.phone_number_country_code.as_deref(), number.phone_number_type.as_deref());
    let sku = sku(
        "ContactCenterTelecomm",
        [("country", country), ("item", Some("claimed_number")), ("kind", kind), ("unit", Some("month"))],
    );
    let what = [country, kind, Some("number")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let id = number.phone_number_id.as_str();
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
        let (country, kind) = (Some("JP".into()), Some("TOLL_FREE".into()));
        let number = Number { phone_number_country_code: country, phone_number_type: kind, ..Number::default() };
        let charge = &finding(&number).charges[0];
        assert_eq!(charge.what, "JP TOLL_FREE number");
        assert_eq!(
            charge.sku.to_string(),
            "ContactCenterTelecomm country=JP item=claimed_number kind=TOLL_FREE unit=month"
        );
        assert_eq!(finding(&Number::default()).charges[0].what, "number");
    }
}
