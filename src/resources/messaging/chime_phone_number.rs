//! Phone numbers of the Amazon Chime SDK bill for every month they are in the inventory, assigned or not.

use aws_sdk_chimesdkvoice::Client;
use aws_sdk_chimesdkvoice::operation::list_phone_numbers::ListPhoneNumbersOutput;
use aws_sdk_chimesdkvoice::types::{PhoneNumber, PhoneNumberAssociationName, PhoneNumberStatus, PhoneNumberType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Region, Scope, Verb, words};
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "chime-phone-number",
    names: words("Chime SDK phone number", "Chime SDK 電話番号"),
    bills: words(
        "per month while it is in the inventory, assigned or not; plus calls",
        "インベントリにある間は割り当てがなくても 1 か月ごと、加えて通話",
    ),
    scope: Scope::Region,
    endpoint: "voice-chime",
    small: false,
    billed_as: &["AmazonChimeVoiceConnector"],
    reads: &["chime:ListPhoneNumbers"],
    writes: &[
        "chime:DeletePhoneNumber",
        "chime:DisassociatePhoneNumbersFromVoiceConnector",
        "chime:DisassociatePhoneNumbersFromVoiceConnectorGroup",
    ],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).list_phone_numbers().max_results(100).into_paginator().send();
    let pages: Vec<ListPhoneNumbersOutput> = pages.try_collect().await?;
    let here = pages.iter().flat_map(ListPhoneNumbersOutput::phone_numbers).filter(|it| is_of(it, &cx.place.region));
    Ok(here.filter_map(finding).collect::<Vec<_>>().into())
}

/// Several regions may tell of one number: it is told where its ARN says it is, and at home if that names no region.
fn is_of(number: &PhoneNumber, region: &Region) -> bool {
    match number.phone_number_arn().and_then(|arn| arn.split(':').nth(3)) {
        Some("") => region.as_str() == Region::HOME,
        Some(named) => region.as_str() == named,
        None => true,
    }
}

/// `None` means it was never had, or was never to be.
fn finding(number: &PhoneNumber) -> Option<Listed> {
    use PhoneNumberStatus::{AcquireFailed, Cancelled, DeleteInProgress, ReleaseInProgress};
    let billing = match number.status() {
        Some(AcquireFailed | Cancelled) => return None,
        Some(DeleteInProgress | ReleaseInProgress) => Billing::Ending,
        _ => Billing::Running,
    };
    let kind = number.r#type().map(PhoneNumberType::as_str);
    let known = [("country", number.country()), ("item", Some("number")), ("kind", kind), ("unit", Some("month"))];
    let what = [number.country(), kind, Some("number")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let (id, created_at) = (number.phone_number_id().unwrap_or_default(), time(number.created_timestamp()));
    let found = Listed { arn: number.phone_number_arn.clone(), billing, created_at, ..Listed::new(id) };
    let found = found.named(number.e164_phone_number.clone());
    let found = found.charge(Charge::each_month(&what, sku("AmazonChimeVoiceConnector", known), 1));
    let found = found.note(Note::new("delete-only")).note(Note::new("number-lost")).note(Note::new("usage-extra"));
    let has_rule = number.associations().iter().any(|it| it.name() == Some(&PhoneNumberAssociationName::SipRuleId));
    let found = if has_rule { found.note(Note::with("delete-first", "SIP rule")) } else { found };
    if billing == Billing::Ending {
        return Some(found);
    }
    let delete = Command::aws("chime-sdk-voice delete-phone-number --phone-number-id").arg(id);
    Some(found.can(Verb::Delete, delete.after(unassigned(number))))
}

/// What takes it from its users: AWS refuses to delete it before.
fn unassigned(number: &PhoneNumber) -> Option<Command> {
    let which = number.e164_phone_number().unwrap_or_default();
    let of = |what: &str, id: &str| {
        let verb = format!("disassociate-phone-numbers-from-{what}");
        let command = Command::aws(&format!("chime-sdk-voice {verb} --{what}-id")).arg(id);
        Some(command.words("--e164-phone-numbers").arg(which))
    };
    let users = number.associations().iter();
    let users = users.filter_map(|it| match it.name()? {
        PhoneNumberAssociationName::VoiceConnectorId => of("voice-connector", it.value()?),
        PhoneNumberAssociationName::VoiceConnectorGroupId => of("voice-connector-group", it.value()?),
        _ => None,
    });
    users.reduce(Command::then)
}

#[cfg(test)]
mod tests {
    use aws_sdk_chimesdkvoice::types::PhoneNumberAssociation;

    use super::*;

    #[test]
    fn bills_while_it_is_there() {
        let billing =
            |status: &str| finding(&PhoneNumber::builder().status(status.into()).build()).map(|it| it.billing);
        let (running, ending) = (Some(Billing::Running), Some(Billing::Ending));
        assert_eq!(["Cancelled", "AcquireFailed"].map(billing), [None, None]);
        assert_eq!(["ReleaseInProgress", "DeleteInProgress"].map(billing), [ending; 2]);
        assert_eq!(["Assigned", "Unassigned", "DeleteFailed", "Dreaming"].map(billing), [running; 4]);
    }

    #[test]
    fn it_is_told_once() {
        let told = |arn: Option<&str>, region| {
            let number = PhoneNumber::builder().set_phone_number_arn(arn.map(str::to_owned)).build();
            is_of(&number, &Region::new(region))
        };
        let regional = Some("arn:aws:chime:us-east-1:123456789012:phone-number/1");
        assert_eq!(["us-east-1", "eu-west-1"].map(|region| told(regional, region)), [true, false]);
        let global = Some("arn:aws:chime::123456789012:phone-number/1");
        assert_eq!(["us-east-1", "eu-west-1"].map(|region| told(global, region)), [true, false]);
        assert!(told(None, "eu-west-1"));
    }

    #[test]
    fn what_uses_it_goes_first() {
        let used = |name: PhoneNumberAssociationName| {
            let user = PhoneNumberAssociation::builder().name(name).value("abc").build();
            finding(&PhoneNumber::builder().e164_phone_number("+12065550100").associations(user).build()).unwrap()
        };
        let command = used(PhoneNumberAssociationName::VoiceConnectorId).commands.remove(&Verb::Delete).unwrap();
        let first = "aws chime-sdk-voice disassociate-phone-numbers-from-voice-connector --voice-connector-id abc";
        assert!(command.to_string().starts_with(first), "{command}");
        let rule = used(PhoneNumberAssociationName::SipRuleId);
        assert!(rule.notes.contains(&Note::with("delete-first", "SIP rule")));
    }
}
