//! Customer managed KMS keys are charged every month they exist, disabled or not, and for rotations. AWS managed keys are free.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::kms_rotations::{ROTATIONS, rotations, rotations_charge};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "kms-key",
    names: words("KMS key", "KMS キー"),
    bills: words(
        "per month while it exists, disabled or not, and as much again for each of its first two rotations",
        "無効にしても存在する間は 1 か月ごと、最初の 2 回のローテーションごとに同額を追加",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["awskms"],
    asks: &[&KEYS, &KEY, &ROTATIONS],
    writes: &["kms:ScheduleKeyDeletion"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const KEYS: Operation<Entry> = Operation::new("kms:ListKeys").at("Keys");
const KEY: Operation<Answer> = Operation::new("kms:DescribeKey");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Entry {
    key_id: Option<String>,
    key_arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Answer {
    key_metadata: Option<Key>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Key {
    key_id: String,
    arn: Option<String>,
    description: Option<String>,
    key_manager: Option<Manager>,
    key_state: Option<State>,
    key_spec: Option<Spec>,
    origin: Option<Origin>,
    creation_date: Option<Timestamp>,
}

values! { enum Manager { Aws = "AWS" } }
values! { enum State { PendingDeletion = "PendingDeletion", PendingReplicaDeletion = "PendingReplicaDeletion" } }
values! { enum Spec { SymmetricDefault = "SYMMETRIC_DEFAULT" } }
values! { enum Origin { CloudHsm = "AWS_CLOUDHSM", External = "EXTERNAL_KEY_STORE" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let keys = cx.ask(&KEYS).all().await?;
    let ask = |key: &Entry| {
        let answer = cx.ask(&KEY).with("KeyId", key.key_id.clone()).one();
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
    let (own, failed) = about_each(own, |key| rotated(cx, key)).await;
    faults.extend(failed);
    listing.findings.extend(own.iter().map(|(key, rotations)| finding(key, *rotations)));
    Ok(Listing { faults, ..listing })
}

/// Only a symmetric key with KMS's own key material can be rotated.
fn rotated<'a>(cx: &'a Cx, key: &Key) -> impl Future<Output = Result<usize>> + use<'a> {
    let elsewhere = matches!(key.origin, Some(Origin::CloudHsm | Origin::External));
    let can_be = !elsewhere && key.key_spec.as_ref().is_none_or(|spec| *spec == Spec::SymmetricDefault);
    rotations(cx, can_be.then(|| key.key_id.clone()))
}

/// A key whose description failed: it may be an AWS managed one, which is free.
fn named(key: &Entry) -> Listed {
    let found = Listed { arn: key.key_arn.clone(), ..Listed::new(key.key_id.as_deref().unwrap_or_default()) };
    found.charge(Charge::metered("key", sku(), Unit::Month))
}

/// Whether it is a customer managed key that is not pending deletion.
fn bills(key: &Key) -> bool {
    key.key_manager != Some(Manager::Aws) && key.key_state != Some(State::PendingDeletion)
}

fn finding(key: &Key, rotations: Option<usize>) -> Listed {
    let ending = key.key_state == Some(State::PendingReplicaDeletion);
    let billing = if ending { Billing::Ending } else { Billing::Running };
    let mut found = Listed { arn: key.arn.clone(), billing, created_at: key.creation_date, ..Listed::new(&key.key_id) }
        .named(key.description.clone())
        .charge(Charge::each_month("key", sku(), 1));
    found.charges.extend(rotations_charge(rotations, sku()));
    found.note(Note::new("delete-only")).note(Note::new("locks-data")).undoable().can(
        Verb::Delete,
        Command::aws("kms schedule-key-deletion --key-id").arg(&key.key_id).words("--pending-window-in-days 7"),
    )
}

fn sku() -> Sku {
    Sku::new("awskms").with("usagetype", "KMS-Keys")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key { key_id: "1234abcd".into(), key_manager: Some("CUSTOMER".into()), ..Key::default() }
    }

    #[test]
    fn is_charged_unless_it_is_to_be_deleted() {
        let billing = |state: &str| {
            let key = Key { key_state: Some(state.into()), ..key() };
            bills(&key).then(|| finding(&key, Some(0)).billing)
        };
        let states = ["PendingDeletion", "PendingReplicaDeletion", "Enabled", "Disabled", "Future"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn only_those_of_aws_are_free() {
        let kept = |manager: Option<&str>| bills(&Key { key_manager: manager.map(Into::into), ..key() });
        assert_eq!([Some("AWS"), Some("CUSTOMER"), Some("NOBODY"), None].map(kept), [false, true, true, true]);
    }

    #[test]
    fn its_first_two_rotations_bill() {
        let what = |rotations| {
            let charges = finding(&key(), rotations).charges;
            charges.into_iter().map(|charge| charge.what).collect::<Vec<_>>().join(", ")
        };
        let told = [Some(0), Some(1), Some(2), Some(9), None].map(what);
        assert_eq!(told, ["key", "key, rotation", "key, 2 × rotation", "key, 2 × rotation", "key, rotations"]);
    }

    #[test]
    fn an_id_alone_is_no_money() {
        let found = named(&Entry { key_id: Some("1234abcd".into()), ..Entry::default() });
        assert_eq!((found.charges[0].quantity, found.can), (None, vec![]));
    }
}
