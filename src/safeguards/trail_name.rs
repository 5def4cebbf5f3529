//! The trail's id, and the names and addresses of trail and bucket, known before they exist.

use crate::model::{AccountId, Place};

pub const ID: &str = "trail";
pub(super) const NAME: &str = "guardrail-trail";

pub(super) fn arn(place: &Place) -> String {
    format!("arn:aws:cloudtrail:{}:{}:trail/{NAME}", place.region, place.account)
}

/// The bucket's name: no other account has a reason to take it.
pub(super) fn bucket(account: &AccountId) -> String {
    format!("{NAME}-{account}")
}
