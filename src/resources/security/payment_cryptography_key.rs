//! Payment Cryptography keys are charged every month they exist, used or not, until they are pending deletion.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "payment-cryptography-key",
    names: words("Payment Cryptography key", "Payment Cryptography キー"),
    bills: words(
        "per month while it exists, disabled or not; plus requests",
        "無効にしても存在する間は 1 か月ごと、加えてリクエストごと",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["PaymentCryptography"],
    asks: &[&KEYS],
    writes: &["payment-cryptography:DeleteKey"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const KEYS: Operation<Key> = Operation::new("payment-cryptography:ListKeys").at("Keys");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Key {
    key_arn: String,
    key_state: Option<State>,
    multi_region_key_type: Option<Role>,
}

values! {
    enum State {
        CreateInProgress = "CREATE_IN_PROGRESS",
        DeletePending = "DELETE_PENDING",
        DeleteComplete = "DELETE_COMPLETE",
    }
}
values! { enum Role { Replica = "REPLICA" } }

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&KEYS).all().await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is free: AWS charges only for complete keys that are not pending deletion.
fn finding(key: &Key) -> Option<Listed> {
    if matches!(key.key_state, Some(State::CreateInProgress | State::DeletePending | State::DeleteComplete)) {
        return None;
    }
    let arn = &key.key_arn;
    let id = arn.rsplit('/').next().unwrap_or_default();
    let sku = Sku::new("PaymentCryptography").with("item", "key").with("unit", "month");
    let found = Listed { arn: Some(arn.clone()).filter(|arn| !arn.is_empty()), ..Listed::new(id) }
        .charge(Charge::each_month("key", sku, 1))
        .note(Note::new("usage-extra"))
        .note(Note::new("stop-saves-nothing"))
        .note(Note::new("locks-data"));
    // A replica is deleted with its primary key.
    if key.multi_region_key_type == Some(Role::Replica) {
        return Some(found.note(Note::with("ends-with", "primary key")));
    }
    let command =
        Command::aws("payment-cryptography delete-key --key-identifier").arg(arn).words("--delete-key-in-days 3");
    Some(found.loses(Loss::Keys).undoable().can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(state: &str, kind: Option<&str>) -> Option<Listed> {
        let (key_state, multi_region_key_type) = (Some(state.into()), kind.map(Into::into));
        finding(&Key { key_arn: "arn:aws:payment-cryptography:x:1:key/k".into(), key_state, multi_region_key_type })
    }

    #[test]
    fn is_charged_while_it_is_complete() {
        let states = ["CREATE_IN_PROGRESS", "CREATE_COMPLETE", "DELETE_PENDING", "DELETE_COMPLETE", "NEW"];
        assert_eq!(states.map(|state| found(state, None).is_some()), [false, true, false, false, true]);
    }

    #[test]
    fn only_a_primary_key_is_deleted() {
        let can = |kind: Option<&str>| found("CREATE_COMPLETE", kind).unwrap().can.len();
        assert_eq!([None, Some("PRIMARY"), Some("REPLICA"), Some("NEW")].map(can), [1, 1, 0, 1]);
    }
}
