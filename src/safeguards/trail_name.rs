//! The trail's id, and the names and ARNs of trail and bucket, known before they exist.

use crate::model::{AccountId, Place};

pub const ID: &str = "trail";
pub(super) const NAME: &str = "guardrail-trail";

pub(super) fn arn(place: &Place) -> String {
    format!("arn:aws:cloudtrail:{}:{}:trail/{NAME}", place.region, place.account)
}

/// The bucket's name, which contains the account id so that no other account is likely to use it.
pub(super) fn bucket(account: &AccountId) -> String {
    format!("{NAME}-{account}")
}
