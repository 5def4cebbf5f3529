//! The customer's own KMS keys bill for every month they exist, disabled or not, and for what they were rotated. AWS's are free.

use aws_sdk_kms::Client;
use aws_sdk_kms::types::{
    KeyListEntry, KeyManagerType, KeyMaterialState, KeyMetadata, KeySpec, KeyState, OriginType, RotationsListEntry,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

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
    reads: &["kms:ListKeys", "kms:DescribeKey", "kms:ListKeyRotations"],
    writes: &["kms:ScheduleKeyDeletion"],
    list: |cx| list(cx).boxed(),
};

/// The rotations of a key that bill; those after them are free.
const ROTATIONS: usize = 2;

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let keys: Vec<KeyListEntry> = client.list_keys().limit(1000).into_paginator().items().send().try_collect().await?;
    let ask = |key: &KeyListEntry| {
        let answer = client.describe_key().set_key_id(key.key_id.clone()).send();
        answer.map(|answer| found(answer, &["NotFoundException"]))
    };
    let (keys, mut faults) = about_each(keys, ask).await;
    let (mut listing, mut own) = (Listing::default(), Vec::new());
    for (key, details) in keys {
        match details.map(|answer| answer.map(|answer| answer.key_metadata)) {
            Some(None) => {}
            Some(Some(Some(details))) => own.extend(Some(details).filter(bills)),
            None | Some(Some(None)) => listing.findings.push(named(&key)),
        }
    }
    let (own, failed) = about_each(own, |key| rotated(client.clone(), key.clone())).await;
    faults.extend(failed);
    listing.findings.extend(own.iter().map(|(key, rotations)| finding(key, *rotations)));
    Ok(Listing { faults, ..listing })
}

/// How often it was rotated. Only a symmetric key whose material KMS keeps itself can be.
async fn rotated(client: Client, key: KeyMetadata) -> Result<usize> {
    let elsewhere = matches!(key.origin(), Some(OriginType::AwsCloudhsm | OriginType::ExternalKeyStore));
    if elsewhere || key.key_spec().is_some_and(|spec| spec != &KeySpec::SymmetricDefault) {
        return Ok(0);
    }
    let rotations = client.list_key_rotations().key_id(key.key_id).limit(1000).into_paginator().items().send();
    let rotations = found(rotations.try_collect().await, &["NotFoundException", "UnsupportedOperationException"])?;
    Ok(rotations.map_or(0, |it: Vec<_>| it.iter().filter(|it| is_done(it)).count()))
}

/// Imported material may wait to be rotated to.
fn is_done(rotation: &RotationsListEntry) -> bool {
    use KeyMaterialState::{PendingMultiRegionImportAndRotation, PendingRotation};
    !matches!(rotation.key_material_state(), Some(PendingRotation | PendingMultiRegionImportAndRotation))
}

/// What is known of a key by its id alone: it may as well be one of AWS's, which are free.
fn named(key: &KeyListEntry) -> Listed {
    let found = Listed { arn: key.key_arn.clone(), ..Listed::new(key.key_id().unwrap_or_default()) };
    found.charge(Charge::metered("key", sku(), Unit::Month))
}

/// Unless it is one of AWS's, or is to be deleted.
fn bills(key: &KeyMetadata) -> bool {
    key.key_manager() != Some(&KeyManagerType::Aws) && key.key_state() != Some(&KeyState::PendingDeletion)
}

fn finding(key: &KeyMetadata, rotations: Option<usize>) -> Listed {
    let ending = key.key_state() == Some(&KeyState::PendingReplicaDeletion);
    let billing = if ending { Billing::Ending } else { Billing::Running };
    let (id, created_at) = (key.key_id(), time(key.creation_date()));
    let found = Listed { arn: key.arn.clone(), billing, created_at, ..Listed::new(id) }
        .named(key.description.clone())
        .charge(Charge::each_month("key", sku(), 1));
    let found = match rotations.map(|count| count.min(ROTATIONS)) {
        None => found.charge(Charge::metered("rotations", sku(), Unit::Month)),
        Some(0) => found,
        Some(count) => found.charge(Charge::each_month("rotation", sku(), count)),
    };
    found.note(Note::new("delete-only")).note(Note::new("locks-data")).can(
        Verb::Delete,
        Command::aws("kms schedule-key-deletion --key-id").arg(id).words("--pending-window-in-days 7"),
    )
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
        let billing = |state: &str| {
            let key = key().key_state(state.into()).build().unwrap();
            bills(&key).then(|| finding(&key, Some(0)).billing)
        };
        let states = ["PendingDeletion", "PendingReplicaDeletion", "Enabled", "Disabled", "Dreaming"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn only_those_of_aws_are_free() {
        let kept = |manager: Option<&str>| bills(&key().set_key_manager(manager.map(Into::into)).build().unwrap());
        assert_eq!([Some("AWS"), Some("CUSTOMER"), Some("NOBODY"), None].map(kept), [false, true, true, true]);
    }

    #[test]
    fn its_first_two_rotations_bill() {
        let what = |rotations| {
            let charges = finding(&key().build().unwrap(), rotations).charges;
            charges.into_iter().map(|charge| charge.what).collect::<Vec<_>>().join(", ")
        };
        let told = [Some(0), Some(1), Some(2), Some(9), None].map(what);
        assert_eq!(told, ["key", "key, rotation", "key, 2 × rotation", "key, 2 × rotation", "key, rotations"]);
        let of = |state: &str| RotationsListEntry::builder().key_material_state(state.into()).build();
        assert_eq!(["CURRENT", "PENDING_ROTATION", "DREAMING"].map(|it| is_done(&of(it))), [true, false, true]);
        assert!(is_done(&RotationsListEntry::builder().build()));
    }

    #[test]
    fn an_id_alone_is_no_money() {
        let found = named(&KeyListEntry::builder().key_id("1234abcd").build());
        assert_eq!((found.charges[0].quantity, found.can), (None, vec![]));
    }
}
