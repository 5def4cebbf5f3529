//! `GuardDuty` is charged in each region for the data its detector analyzes and for each enabled protection plan, until suspended.

use std::collections::BTreeMap;

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::parse_timestamp;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "guardduty-detector",
    names: words("GuardDuty detector", "GuardDuty ディテクター"),
    bills: words(
        "per event, GB and scan it analyzes while it is on, for each protection plan",
        "有効な間、分析したイベント・GB・スキャンごと(保護プランごとに加算)",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonGuardDuty"],
    asks: &[&DETECTORS, &DETECTOR],
    writes: &["guardduty:UpdateDetector", "guardduty:DeleteDetector"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DETECTORS: Operation<String> = Operation::new("guardduty:ListDetectors").at("DetectorIds");
const DETECTOR: Operation<Detector> = Operation::new("guardduty:GetDetector");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detector {
    status: Option<Status>,
    created_at: Option<String>,
    features: Vec<Feature>,
    tags: BTreeMap<String, String>,
}

/// A protection plan.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Feature {
    name: Option<String>,
    status: Option<Status>,
}

values! { enum Status { Disabled = "DISABLED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let ids = cx.ask(&DETECTORS).all().await?;
    let ask = |id: &String| cx.ask(&DETECTOR).with("DetectorId", id.as_str()).one();
    Ok(detailed(ids, ask, |id, detector| finding(id, detector)).await)
}

/// `None` means it is suspended, which is free.
fn finding(id: &str, detector: Option<&Detector>) -> Option<Listed> {
    if detector.is_some_and(|it| it.status == Some(Status::Disabled)) {
        return None;
    }
    let features = detector.map(|it| it.features.as_slice()).unwrap_or_default();
    let mut charges: Vec<Charge> = features.iter().filter_map(charge).collect();
    if charges.is_empty() {
        charges.push(analyzed("events analyzed"));
    }
    let found = Listed {
        created_at: parse_timestamp(detector.and_then(|it| it.created_at.as_deref())),
        tags: detector.map(|it| it.tags.clone()).unwrap_or_default(),
        charges,
        ..Listed::new(id)
    };
    let found = found
        .note(Note::new("trial"))
        .can(Verb::Stop, Command::aws("guardduty update-detector --detector-id").arg(id).words("--no-enable"))
        .loses(Loss::Data)
        .can(Verb::Delete, Command::aws("guardduty delete-detector --detector-id").arg(id));
    Some(found)
}

/// `None` means it is disabled.
fn charge(feature: &Feature) -> Option<Charge> {
    if feature.status == Some(Status::Disabled) {
        return None;
    }
    Some(analyzed(feature.name.as_deref().unwrap_or("another protection plan")))
}

fn analyzed(what: &str) -> Charge {
    let item = what.to_ascii_lowercase().replace(' ', "_");
    Charge::metered(what, Sku::new("AmazonGuardDuty").with("item", item), Unit::Month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(name: &str, status: &str) -> Feature {
        Feature { name: Some(name.into()), status: Some(status.into()) }
    }

    #[test]
    fn is_charged_unless_it_is_suspended() {
        let detector = |status: &str| Detector { status: Some(status.into()), ..Detector::default() };
        let bills = |status: &str| finding("d", Some(&detector(status)));
        assert_eq!(["ENABLED", "DISABLED", "NEW"].map(|status| bills(status).is_some()), [true, false, true]);
        assert_eq!(finding("d", None).map(|it| it.charges.len()), Some(1));
    }

    #[test]
    fn each_plan_that_is_not_disabled_is_charged() {
        let features = vec![
            feature("CLOUD_TRAIL", "ENABLED"),
            feature("S3_DATA_EVENTS", "DISABLED"),
            feature("NEW_PLAN", "NEW"),
            Feature::default(),
        ];
        let charges = finding("d", Some(&Detector { features, ..Detector::default() })).unwrap().charges;
        let told: Vec<_> = charges.iter().map(|charge| (charge.what.as_str(), charge.quantity)).collect();
        assert_eq!(told, [("CLOUD_TRAIL", None), ("NEW_PLAN", None), ("another protection plan", None)]);
    }
}
