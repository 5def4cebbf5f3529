//! `GuardDuty` bills in each region for what its detector looks at, and for each protection plan that is on, until it is suspended.

use aws_sdk_guardduty::Client;
use aws_sdk_guardduty::operation::get_detector::GetDetectorOutput;
use aws_sdk_guardduty::types::{
    DetectorFeatureConfigurationResult, DetectorFeatureResult, DetectorStatus, FeatureStatus,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{tag_map, written};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "guardduty-detector",
    names: words("GuardDuty detector", "GuardDuty ディテクター"),
    bills: words(
        "per event, GB and scan it analyzes while it is on, for each protection plan",
        "有効な間、分析したイベント・GB・スキャンごと (保護プランごとに加算)",
    ),
    scope: Scope::Region,
    endpoint: "guardduty",
    small: false,
    billed_as: &["AmazonGuardDuty"],
    reads: &["guardduty:ListDetectors", "guardduty:GetDetector"],
    writes: &["guardduty:UpdateDetector", "guardduty:DeleteDetector"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ids = client.list_detectors().max_results(50).into_paginator().items().send();
    let ids: Vec<String> = ids.try_collect().await?;
    let ask = |id: &String| client.get_detector().detector_id(id).send();
    Ok(detailed(ids, ask, |id, detector| finding(id, detector)).await)
}

/// `None` means it is suspended: it looks at nothing.
fn finding(id: &str, detector: Option<&GetDetectorOutput>) -> Option<Listed> {
    if detector.and_then(GetDetectorOutput::status) == Some(&DetectorStatus::Disabled) {
        return None;
    }
    let features = detector.map(GetDetectorOutput::features).unwrap_or_default();
    let mut charges: Vec<Charge> = features.iter().filter_map(charge).collect();
    if charges.is_empty() {
        charges.push(analyzed("events analyzed"));
    }
    let found = Listed {
        created_at: written(detector.and_then(GetDetectorOutput::created_at)),
        tags: tag_map(detector.and_then(GetDetectorOutput::tags)),
        charges,
        ..Listed::new(id)
    };
    let found = found
        .note(Note::new("trial"))
        .can(Verb::Stop, Command::aws("guardduty update-detector --detector-id").arg(id).words("--no-enable"))
        .can(Verb::Delete, Command::aws("guardduty delete-detector --detector-id").arg(id));
    Some(found)
}

/// `None` means it is off.
fn charge(feature: &DetectorFeatureConfigurationResult) -> Option<Charge> {
    if feature.status() == Some(&FeatureStatus::Disabled) {
        return None;
    }
    Some(analyzed(feature.name().map_or("another protection plan", DetectorFeatureResult::as_str)))
}

fn analyzed(what: &str) -> Charge {
    let item = what.to_ascii_lowercase().replace(' ', "_");
    Charge::metered(what, Sku::new("AmazonGuardDuty").with("item", item), Unit::Month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(name: &str, status: &str) -> DetectorFeatureConfigurationResult {
        DetectorFeatureConfigurationResult::builder().name(name.into()).status(status.into()).build()
    }

    #[test]
    fn bills_unless_it_is_suspended() {
        let bills = |status: &str| finding("d", Some(&GetDetectorOutput::builder().status(status.into()).build()));
        assert_eq!(["ENABLED", "DISABLED", "NEW"].map(|status| bills(status).is_some()), [true, false, true]);
        assert_eq!(finding("d", None).map(|it| it.charges.len()), Some(1));
    }

    #[test]
    fn each_plan_that_is_not_off_bills() {
        let detector = GetDetectorOutput::builder()
            .features(feature("CLOUD_TRAIL", "ENABLED"))
            .features(feature("S3_DATA_EVENTS", "DISABLED"))
            .features(feature("NEW_PLAN", "NEW"))
            .features(DetectorFeatureConfigurationResult::builder().build());
        let charges = finding("d", Some(&detector.build())).unwrap().charges;
        let told: Vec<_> = charges.iter().map(|charge| (charge.what.as_str(), charge.quantity)).collect();
        assert_eq!(told, [("CLOUD_TRAIL", None), ("NEW_PLAN", None), ("another protection plan", None)]);
    }
}
