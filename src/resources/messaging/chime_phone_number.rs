//! Phone numbers of the Amazon Chime SDK are charged every month they are in the inventory, assigned or not.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Region, Scope, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "chime-phone-number",
    names: words("Chime SDK phone number", "Chime SDK 電話番号"),
    bills: words(
        "per month while it is in the inventory, assigned or not; plus calls",
        "インベントリにある間は割り当てがなくても 1 か月ごと、加えて通話",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonChimeVoiceConnector"],
    asks: &[&NUMBERS],
    writes: &[
        "chime:DeletePhoneNumber",
        "chime:DisassociatePhoneNumbersFromVoiceConnector",
        "chime:DisassociatePhoneNumbersFromVoiceConnectorGroup",
    ],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const NUMBERS: Operation<Number> = Operation::new("chime-sdk-voice:ListPhoneNumbers").at("PhoneNumbers");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Number {
    phone_number_id: String,
    phone_number_arn: Option<String>,
    e164_phone_number: Option<String>,
    country: Option<String>,
    #[serde(rename = "Type")]
    kind: Option<String>,
    status: Option<Status>,
    associations: Vec<Association>,
    created_timestamp: Option<Timestamp>,
}

/// The thing to which the number is assigned.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Association {
    name: Option<User>,
    value: Option<String>,
}

values! {
    enum Status {
        AcquireFailed = "AcquireFailed",
        Cancelled = "Cancelled",
        DeleteInProgress = "DeleteInProgress",
        ReleaseInProgress = "ReleaseInProgress",
    }
}
values! {
    enum User {
        VoiceConnector = "VoiceConnectorId",
        VoiceConnectorGroup = "VoiceConnectorGroupId",
        SipRule = "SipRuleId",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let numbers = cx.ask(&NUMBERS).all().await?;
    let here = numbers.iter().filter(|it| is_of(it, &cx.place.region));
    Ok(here.filter_map(finding).collect::<Vec<_>>().into())
}

/// Several regions may list one number: it is reported in the region of its ARN, or at home if that names none.
fn is_of(number: &Number, region: &Region) -> bool {
    match number.phone_number_arn.as_deref().and_then(|arn| arn.split(':').nth(3)) {
        Some("") => region.as_str() == Region::HOME,
        Some(named) => region.as_str() == named,
        None => true,
    }
}

/// `None` means it was never acquired, or its order failed.
fn finding(number: &Number) -> Option<Listed> {
    use Status::{AcquireFailed, Cancelled, DeleteInProgress, ReleaseInProgress};
    let billing = match number.status {
        Some(AcquireFailed | Cancelled) => return None,
        Some(DeleteInProgress | ReleaseInProgress) => Billing::Ending,
        _ => Billing::Running,
    };
    let (country, kind) = (number.country.as_deref(), number.kind.as_deref());
    let known = [("country", country), ("item", Some("number")), ("kind", kind), ("unit", Some("month"))];
    let what = [country, kind, Some("number")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let (id, created_at) = (number.phone_number_id.as_str(), number.created_timestamp);
    let found = Listed { arn: number.phone_number_arn.clone(), billing, created_at, ..Listed::new(id) };
    let found = found.named(number.e164_phone_number.clone());
    let found = found.charge(Charge::each_month(&what, sku("AmazonChimeVoiceConnector", known), 1));
    let found = found.note(Note::new("delete-only")).note(Note::new("number-lost")).note(Note::new("usage-extra"));
    let has_rule = number.associations.iter().any(|it| it.name == Some(User::SipRule));
    let found = if has_rule { found.note(Note::with("delete-first", "SIP rule")) } else { found };
    if billing == Billing::Ending {
        return Some(found);
    }
    let delete = Command::aws("chime-sdk-voice delete-phone-number --phone-number-id").arg(id);
    Some(found.can(Verb::Delete, delete.after(unassigned(number))))
}

/// The command that unassigns it first: AWS refuses to delete an assigned number.
fn unassigned(number: &Number) -> Option<Command> {
    let which = number.e164_phone_number.as_deref().unwrap_or_default();
    let of = |what: &str, id: &str| {
        let verb = format!("disassociate-phone-numbers-from-{what}");
        let command = Command::aws(&format!("chime-sdk-voice {verb} --{what}-id")).arg(id);
        Some(command.words("--e164-phone-numbers").arg(which))
    };
    let users = number.associations.iter().filter_map(|it| match it.name.as_ref()? {
        User::VoiceConnector => of("voice-connector", it.value.as_deref()?),
        User::VoiceConnectorGroup => of("voice-connector-group", it.value.as_deref()?),
        _ => None,
    });
    users.reduce(Command::then)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_while_it_is_there() {
        let number = |status: &str| Number { status: Some(status.into()), ..Number::default() };
        let billing = |status| finding(&number(status)).map(|it| it.billing);
        let (running, ending) = (Some(Billing::Running), Some(Billing::Ending));
        assert_eq!(["Cancelled", "AcquireFailed"].map(billing), [None, None]);
        assert_eq!(["ReleaseInProgress", "DeleteInProgress"].map(billing), [ending; 2]);
        assert_eq!(["Assigned", "Unassigned", "DeleteFailed", "Future"].map(billing), [running; 4]);
    }

    #[test]
    fn it_is_reported_once() {
        let reported = |arn: Option<&str>, region| {
            let number = Number { phone_number_arn: arn.map(str::to_owned), ..Number::default() };
            is_of(&number, &Region::new(region))
        };
        let regional = Some("arn:aws:chime:us-east-1:123456789012:phone-number/1");
        assert_eq!(["us-east-1", "eu-west-1"].map(|region| reported(regional, region)), [true, false]);
        let global = Some("arn:aws:chime::123456789012:phone-number/1");
        assert_eq!(["us-east-1", "eu-west-1"].map(|region| reported(global, region)), [true, false]);
        assert!(reported(None, "eu-west-1"));
    }

    #[test]
    fn its_users_are_removed_first() {
        let used = |name| {
            let associations = vec![Association { name: Some(name), value: Some("abc".into()) }];
            let number = Number { e164_phone_number: Some("+12065550100".into()), associations, ..Number::default() };
            finding(&number).unwrap()
        };
        let command = used(User::VoiceConnector).commands.remove(&Verb::Delete).unwrap();
        let first = "aws chime-sdk-voice disassociate-phone-numbers-from-voice-connector --voice-connector-id abc";
        assert!(command.to_string().starts_with(first), "{command}");
        let rule = used(User::SipRule);
        assert!(rule.notes.contains(&Note::with("delete-first", "SIP rule")));
    }
}
