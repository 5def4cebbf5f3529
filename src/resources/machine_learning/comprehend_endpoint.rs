//! Comprehend endpoints bill for their inference units every second, asked anything or not.

use aws_sdk_comprehend::Client;
use aws_sdk_comprehend::types::{EndpointProperties, EndpointStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "comprehend";

pub(super) static RESOURCE: Resource = Resource {
    id: "comprehend-endpoint",
    names: words("Comprehend endpoint", "Comprehend エンドポイント"),
    bills: words(
        "per inference unit, by the second, while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくても推論ユニットごとに秒単位。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "comprehend",
    small: false,
    billed_as: &[SERVICE],
    reads: &["comprehend:ListEndpoints"],
    writes: &["comprehend:DeleteEndpoint"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let endpoints = Client::new(&cx.sdk).list_endpoints().max_results(500).into_paginator().items().send();
    let endpoints: Vec<EndpointProperties> = endpoints.try_collect().await?;
    Ok(endpoints.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(endpoint: &EndpointProperties) -> Listed {
    let billing = match endpoint.status() {
        Some(EndpointStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let units = endpoint.current_inference_units().filter(|units| *units > 0).or(endpoint.desired_inference_units());
    let charge = charge(units);
    let charge = if endpoint.status() == Some(&EndpointStatus::Failed) { charge.at_most() } else { charge };
    let arn = endpoint.endpoint_arn().unwrap_or_default();
    let id = arn.rsplit_once('/').map_or(arn, |(_, id)| id);
    let (of, created_at) = (endpoint.endpoint_arn.clone(), time(endpoint.creation_time()));
    let found = Listed { arn: of, billing, created_at, ..Listed::new(id) }.charge(charge);
    let found = found.note(Note::new("delete-only"));
    found.can(Verb::Delete, Command::aws("comprehend delete-endpoint --endpoint-arn").arg(arn))
}

fn charge(units: Option<i32>) -> Charge {
    let sku = Sku::new(SERVICE).with("usagetype", "Endpoint-InferenceUnit");
    match units {
        Some(units) => Charge::hourly("inference unit", sku, units),
        None => Charge::metered("inference units", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bills_for_its_units() {
        let told = |state: &str, current, desired| {
            let endpoint = EndpointProperties::builder().status(state.into()).current_inference_units(current);
            let found = finding(&endpoint.desired_inference_units(desired).build());
            (found.billing, found.charges[0].what.clone())
        };
        assert_eq!(told("IN_SERVICE", 2, 2), (Billing::Running, "2 × inference unit".to_owned()));
        assert_eq!(told("CREATING", 0, 3), (Billing::Running, "3 × inference unit".to_owned()));
        assert_eq!(told("DREAMING", 1, 1), (Billing::Running, "inference unit".to_owned()));
        assert_eq!(told("FAILED", 0, 1), (Billing::Running, "≤ inference unit".to_owned()));
        assert_eq!(told("DELETING", 1, 1).0, Billing::Ending);
        assert_eq!(finding(&EndpointProperties::builder().build()).charges[0].quantity, None);
    }
}
