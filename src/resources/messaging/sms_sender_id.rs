//! Sender IDs of AWS End User Messaging are charged every month they are leased, in countries where they have a price.

use futures::FutureExt;
use serde::Deserialize;

use super::sms_leases::{BILLED_AS, lease};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Command, Listed, Note, Scope, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sms-sender-id",
    names: words("End User Messaging sender ID", "End User Messaging 送信者 ID"),
    bills: words(
        "per month while it is leased, used or not, in countries where it has a price; plus messages",
        "有料の国ではリースしている間は使わなくても 1 か月ごと、加えてメッセージ",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[BILLED_AS],
    asks: &[&SENDERS],
    writes: &["sms-voice:UpdateSenderId", "sms-voice:ReleaseSenderId"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SENDERS: Operation<Sender> = Operation::new("pinpoint-sms-voice-v2:DescribeSenderIds").at("SenderIds");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Sender {
    sender_id: String,
    sender_id_arn: String,
    iso_country_code: String,
    monthly_leasing_price: String,
    deletion_protection_enabled: bool,
}

/// Sender IDs shared by other accounts are on those accounts' bills.
async fn list(cx: &Cx) -> Result<Listing> {
    let senders = cx.ask(&SENDERS).with("Owner", "SELF").all().await?;
    Ok(senders.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means its lease is free.
fn finding(sender: &Sender) -> Option<Listed> {
    let (id, country) = (&sender.sender_id, &sender.iso_country_code);
    let charge = lease(&format!("{country} sender ID"), &sender.monthly_leasing_price)?;
    let found = Listed { arn: Some(sender.sender_id_arn.clone()), ..Listed::new(id) };
    let step = |verb: &str| {
        let step = Command::aws(&format!("pinpoint-sms-voice-v2 {verb}-sender-id --sender-id")).arg(id);
        step.words("--iso-country-code").arg(country)
    };
    let mut command = step("release");
    if sender.deletion_protection_enabled {
        command = step("update").words("--no-deletion-protection-enabled").then(command);
    }
    Some(found.charge(charge).note(Note::new("delete-only")).can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_where_it_has_a_price() {
        let found = |price: &str, guarded| {
            let (sender_id, iso_country_code) = ("STUDY".into(), "PH".into());
            let sender =
                Sender { sender_id, iso_country_code, monthly_leasing_price: price.into(), ..Sender::default() };
            finding(&Sender { deletion_protection_enabled: guarded, ..sender })
        };
        assert_eq!(found("0.00", false), None);
        let command = &found("20.00", true).unwrap().commands[&Verb::Delete].to_string();
        assert!(command.contains("--no-deletion-protection-enabled && aws pinpoint-sms-voice-v2 release-sender-id"));
        assert_eq!(found("", false).unwrap().charges[0].usd_per_unit, None);
    }
}
