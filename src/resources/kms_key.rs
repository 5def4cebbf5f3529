//! The customer's own KMS keys bill for every month they exist, disabled or not. AWS's are free.

use aws_sdk_kms::Client;
use aws_sdk_kms::types::{KeyListEntry, KeyManagerType, KeyMetadata, KeyState};
use futures::FutureExt;

use super::details::about_each;
use super::reading::time;
use super::{Listing, Resource};
use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Finding, Note, Scope, Sku, Unit, Verb, words};

pub(super) static RESOURCE: Resource = Resource {
    id: "kms-key",
    names: words("KMS key", "KMS キー"),
    bills: words(
        "per month while it exists, disabled or not, and as much again for each of its first two rotations",
        "無効にしても存在する間は 1 か月ごと、最初の 2 回のローテーションごとに同額を追加",
    ),
    scope: Scope::Region,
    endpoint: "kms",
    small: true,
    billed_as: &["awskms"],
    reads: &["kms:ListKeys", "kms:DescribeKey"],
    writes: &["kms:ScheduleKeyDeletion"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let keys: Vec<KeyListEntry> = client.list_keys().limit(1000).into_paginator().items().send().try_collect().await?;
    let ask = |key: &KeyListEntry| {
        let answer = client.describe_key().set_key_id(key.key_id.clone()).send();
        answer.map(|answer| found(answer, &["NotFoundException"]))
    };
    let (keys, faults) = about_each(keys, ask).await;
    let findings = keys.iter().filter_map(|(key, details)| match details {
        Some(answer) => finding(answer.as_ref()?.key_metadata()?),
        None => Some(named(key)),
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

/// What is known of a key by its id alone: it may as well be one of AWS's, which are free.
fn named(key: &KeyListEntry) -> Finding {
    let found = Finding { arn: key.key_arn.clone(), ..Finding::new(key.key_id().unwrap_or_default()) };
    found.charge(Charge::metered("key", sku(), Unit::Month))
}

/// `None` means it does not bill: one of AWS's, or one that is to be deleted.
fn finding(key: &KeyMetadata) -> Option<Finding> {
    if key.key_manager() == Some(&KeyManagerType::Aws) {
        return None;
    }
    let billing = match key.key_state() {
        Some(KeyState::PendingDeletion) => return None,
        Some(KeyState::PendingReplicaDeletion) => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, created_at) = (key.key_id(), time(key.creation_date()));
    let found = Finding { arn: key.arn.clone(), billing, created_at, ..Finding::new(id) }
        .named(key.description.clone())
        .charge(Charge::each_month("key", sku(), 1))
        .note(Note::new("delete-only"))
        .note(Note::new("locks-data"));
    Some(found.can(Verb::Delete, format!("aws kms schedule-key-deletion --key-id {id} --pending-window-in-days 7")))
}

fn sku() -> Sku {
    Sku::new("awskms").with("usagetype", "KMS-Keys")
}

#[cfg(test)]
mod tests {
    use aws_sdk_kms::types::builders::KeyMetadataBuilder;

    use super::*;

    fn key() -> KeyMetadataBuilder {
        KeyMetadata::builder().key_id("1234abcd").key_manager(KeyManagerType::Customer)
    }

    #[test]
    fn bills_unless_it_is_to_be_deleted() {
        let billing = |state: &str| finding(&key().key_state(state.into()).build().unwrap()).map(|it| it.billing);
        let states = ["PendingDeletion", "PendingReplicaDeletion", "Enabled", "Disabled", "Dreaming"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn only_those_of_aws_are_free() {
        let kept = |manager: Option<&str>| {
            let key = key().set_key_manager(manager.map(Into::into)).build().unwrap();
            finding(&key).is_some()
        };
        assert_eq!([Some("AWS"), Some("CUSTOMER"), Some("NOBODY"), None].map(kept), [false, true, true, true]);
    }

    #[test]
    fn an_id_alone_is_no_money() {
        let found = named(&KeyListEntry::builder().key_id("1234abcd").build());
        assert_eq!((found.charges[0].quantity, found.can), (None, vec![]));
    }
}
