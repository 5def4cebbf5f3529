//! Phone numbers of AWS End User Messaging are charged every month they are leased, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::sms_leases::{BILLED_AS, lease};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::first_non_empty;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sms-phone-number",
    names: words("End User Messaging phone number", "End User Messaging 電話番号"),
    bills: words(
        "per month while it is leased, used or not; plus messages and calls",
        "リースしている間は使わなくても 1 か月ごと、加えてメッセージと通話",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[BILLED_AS],
    asks: &[&NUMBERS],
    writes: &["sms-voice:UpdatePhoneNumber", "sms-voice:ReleasePhoneNumber"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const NUMBERS: Operation<Number> = Operation::new("pinpoint-sms-voice-v2:DescribePhoneNumbers").at("PhoneNumbers");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Number {
    phone_number_id: Option<String>,
    phone_number_arn: String,
    phone_number: String,
    status: Option<Status>,
    iso_country_code: String,
    number_type: String,
    monthly_leasing_price: String,
    deletion_protection_enabled: bool,
    pool_id: Option<String>,
    created_timestamp: Option<Timestamp>,
}

values! { enum Status { Deleted = "DELETED" } }

/// Numbers shared by other accounts are on those accounts' bills.
async fn list(cx: &Cx) -> Result<Listing> {
    let numbers = cx.ask(&NUMBERS).with("Owner", "SELF").all().await?;
    Ok(numbers.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is released, or its lease is free.
fn finding(number: &Number) -> Option<Listed> {
    if number.status == Some(Status::Deleted) {
        return None;
    }
    let kind = number.number_type.to_lowercase().replace('_', " ");
    let charge = lease(&format!("{} {kind} number", number.iso_country_code), &number.monthly_leasing_price)?;
    let id = first_non_empty([number.phone_number_id.as_deref(), Some(number.phone_number_arn.as_str())])
        .unwrap_or_default();
    let (arn, created_at) = (Some(number.phone_number_arn.clone()), number.created_timestamp);
    let mut found = Listed { arn, created_at, ..Listed::new(id) }.named(Some(number.phone_number.clone()));
    found = found.charge(charge).note(Note::new("delete-only")).note(Note::new("number-lost"));
    if let Some(pool) = &number.pool_id {
        found = found.note(Note::with("attached-to", pool));
    }
    let mut command = Command::aws("pinpoint-sms-voice-v2 release-phone-number --phone-number-id").arg(id);
    if number.deletion_protection_enabled {
        let unlock = "pinpoint-sms-voice-v2 update-phone-number --no-deletion-protection-enabled --phone-number-id";
        command = Command::aws(unlock).arg(id).then(command);
    }
    Some(found.can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(status: &str, price: &str) -> Number {
        Number { status: Some(status.into()), monthly_leasing_price: price.into(), ..Number::default() }
    }

    #[test]
    fn is_charged_until_it_is_released() {
        let bills = |status| finding(&number(status, "2.00")).is_some();
        let states = ["DELETED", "PENDING", "ACTIVE", "ASSOCIATING", "DISASSOCIATING", "FUTURE"].map(bills);
        assert_eq!(states, [false, true, true, true, true, true]);
        assert_eq!(finding(&number("ACTIVE", "0.00")), None);
    }

    #[test]
    fn protection_is_removed_first() {
        let command = |it| finding(&it).unwrap().commands.remove(&Verb::Delete).unwrap();
        let guarded = Number { deletion_protection_enabled: true, ..number("ACTIVE", "2.00") };
        assert!(command(guarded).to_string().starts_with("aws pinpoint-sms-voice-v2 update-phone-number"));
        assert!(
            command(number("ACTIVE", "2.00")).to_string().starts_with("aws pinpoint-sms-voice-v2 release-phone-number")
        );
    }
}
