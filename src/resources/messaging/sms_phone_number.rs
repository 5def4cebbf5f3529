//! Phone numbers of AWS End User Messaging bill for every month they are leased, whether a message is sent or not.

use aws_sdk_pinpointsmsvoicev2::Client;
use aws_sdk_pinpointsmsvoicev2::types::{NumberStatus, Owner, PhoneNumberInformation};
use futures::FutureExt;

use super::sms_leases::{BILLED_AS, lease};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::{said, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sms-phone-number",
    names: words("End User Messaging phone number", "End User Messaging 電話番号"),
    bills: words(
        "per month while it is leased, used or not; plus messages and calls",
        "リースしている間は使わなくても 1 か月ごと、加えてメッセージと通話",
    ),
    scope: Scope::Region,
    endpoint: "sms-voice",
    small: false,
    billed_as: &[BILLED_AS],
    reads: &["sms-voice:DescribePhoneNumbers"],
    writes: &["sms-voice:UpdatePhoneNumber", "sms-voice:ReleasePhoneNumber"],
    list: |cx| list(cx).boxed(),
};

/// Those that another account shares are on its bill.
async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_phone_numbers().owner(Owner::SelfValue).max_results(100);
    let numbers: Vec<PhoneNumberInformation> = asked.into_paginator().items().send().try_collect().await?;
    Ok(numbers.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is released, or leased for nothing.
fn finding(number: &PhoneNumberInformation) -> Option<Listed> {
    if number.status() == &NumberStatus::Deleted {
        return None;
    }
    let kind = number.number_type().as_str().to_lowercase().replace('_', " ");
    let charge = lease(&format!("{} {kind} number", number.iso_country_code()), number.monthly_leasing_price())?;
    let id = said([number.phone_number_id(), Some(number.phone_number_arn())]).unwrap_or_default();
    let (arn, created_at) = (Some(number.phone_number_arn().to_owned()), time(Some(number.created_timestamp())));
    let mut found = Listed { arn, created_at, ..Listed::new(id) }.named(Some(number.phone_number().to_owned()));
    found = found.charge(charge).note(Note::new("delete-only")).note(Note::new("number-lost"));
    if let Some(pool) = number.pool_id() {
        found = found.note(Note::with("attached-to", pool));
    }
    let mut command = Command::aws("pinpoint-sms-voice-v2 release-phone-number --phone-number-id").arg(id);
    if number.deletion_protection_enabled() {
        let unlock = "pinpoint-sms-voice-v2 update-phone-number --no-deletion-protection-enabled --phone-number-id";
        command = Command::aws(unlock).arg(id).then(command);
    }
    Some(found.can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use aws_sdk_pinpointsmsvoicev2::types::builders::PhoneNumberInformationBuilder;
    use aws_sdk_pinpointsmsvoicev2::types::{MessageType, NumberCapability, NumberType};
    use aws_smithy_types::DateTime;

    use super::*;

    fn number(status: &str, price: &str) -> PhoneNumberInformationBuilder {
        PhoneNumberInformation::builder()
            .phone_number_arn("arn")
            .phone_number_id("phone-1")
            .phone_number("+18005550100")
            .status(status.into())
            .iso_country_code("US")
            .message_type(MessageType::Transactional)
            .number_capabilities(NumberCapability::Sms)
            .number_type(NumberType::TollFree)
            .monthly_leasing_price(price)
            .two_way_enabled(false)
            .self_managed_opt_outs_enabled(false)
            .opt_out_list_name("Default")
            .deletion_protection_enabled(false)
            .created_timestamp(DateTime::from_secs(0))
    }

    #[test]
    fn bills_until_it_is_released() {
        let bills = |status| finding(&number(status, "2.00").build().unwrap()).is_some();
        let states = ["DELETED", "PENDING", "ACTIVE", "ASSOCIATING", "DISASSOCIATING", "DREAMING"].map(bills);
        assert_eq!(states, [false, true, true, true, true, true]);
        assert_eq!(finding(&number("ACTIVE", "0.00").build().unwrap()), None);
    }

    #[test]
    fn protection_goes_first() {
        let command = |it: PhoneNumberInformationBuilder| {
            finding(&it.build().unwrap()).unwrap().commands.remove(&Verb::Delete).unwrap()
        };
        let guarded = number("ACTIVE", "2.00").deletion_protection_enabled(true);
        assert!(command(guarded).to_string().starts_with("aws pinpoint-sms-voice-v2 update-phone-number"));
        assert!(
            command(number("ACTIVE", "2.00")).to_string().starts_with("aws pinpoint-sms-voice-v2 release-phone-number")
        );
    }
}
