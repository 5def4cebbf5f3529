//! Payment Cryptography keys bill for every month they exist, in use or not, until they are to be deleted.

use aws_sdk_paymentcryptography::Client;
use aws_sdk_paymentcryptography::types::{KeyState, KeySummary, MultiRegionKeyType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "payment-cryptography-key",
    names: words("Payment Cryptography key", "Payment Cryptography キー"),
    bills: words(
        "per month while it exists, disabled or not; plus requests",
        "無効にしても存在する間は 1 か月ごと、加えてリクエストごと",
    ),
    scope: Scope::Region,
    endpoint: "controlplane.payment-cryptography",
    small: true,
    billed_as: &["PaymentCryptography"],
    reads: &["payment-cryptography:ListKeys"],
    writes: &["payment-cryptography:DeleteKey"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let keys = Client::new(&cx.sdk).list_keys().max_results(100).into_paginator().items().send();
    let keys: Vec<KeySummary> = keys.try_collect().await?;
    Ok(keys.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill: AWS counts complete keys alone, and not those that are to be deleted.
fn finding(key: &KeySummary) -> Option<Listed> {
    if matches!(key.key_state(), KeyState::CreateInProgress | KeyState::DeletePending | KeyState::DeleteComplete) {
        return None;
    }
    let arn = key.key_arn();
    let id = arn.rsplit('/').next().unwrap_or_default();
    let sku = Sku::new("PaymentCryptography").with("item", "key").with("unit", "month");
    let found = Listed { arn: Some(arn.to_owned()).filter(|arn| !arn.is_empty()), ..Listed::new(id) }
        .charge(Charge::each_month("key", sku, 1))
        .note(Note::new("usage-extra"))
        .note(Note::new("stop-saves-nothing"))
        .note(Note::new("locks-data"));
    // A replica goes where its primary key stands.
    if key.multi_region_key_type() == Some(&MultiRegionKeyType::Replica) {
        return Some(found);
    }
    let command =
        Command::aws("payment-cryptography delete-key --key-identifier").arg(arn).words("--delete-key-in-days 3");
    Some(found.can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(state: &str, kind: Option<&str>) -> Option<Listed> {
        let key = KeySummary::builder().key_arn("arn:aws:payment-cryptography:x:1:key/k").key_state(state.into());
        let key = key.key_check_value("0").exportable(true).enabled(false);
        finding(&key.set_multi_region_key_type(kind.map(Into::into)).build().unwrap())
    }

    #[test]
    fn bills_while_it_is_complete() {
        let states = ["CREATE_IN_PROGRESS", "CREATE_COMPLETE", "DELETE_PENDING", "DELETE_COMPLETE", "NEW"];
        assert_eq!(states.map(|state| found(state, None).is_some()), [false, true, false, false, true]);
    }

    #[test]
    fn only_a_primary_key_is_deleted() {
        let can = |kind: Option<&str>| found("CREATE_COMPLETE", kind).unwrap().can.len();
        assert_eq!([None, Some("PRIMARY"), Some("REPLICA"), Some("NEW")].map(can), [1, 1, 0, 1]);
    }
}
