//! The notification topic's id, name and ARN, known before it exists.

use crate::model::Place;

pub const ID: &str = "notification-topic";
pub(super) const NAME: &str = "guardrail-alerts";

pub(super) fn arn(place: &Place) -> String {
    format!("arn:aws:sns:{}:{}:{NAME}", place.region, place.account)
}
