//! Comprehend endpoints are charged for their inference units every second, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

const SERVICE: &str = "comprehend";

pub(super) static RESOURCE: Resource = Resource {
    id: "comprehend-endpoint",
    names: words("Comprehend endpoint", "Comprehend エンドポイント"),
    bills: words(
        "per inference unit, by the second, while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくても推論ユニットごとに秒単位。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&ENDPOINTS],
    writes: &["comprehend:DeleteEndpoint"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ENDPOINTS: Operation<Endpoint> = Operation::new("comprehend:ListEndpoints").at("EndpointPropertiesList");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Endpoint {
    endpoint_arn: Option<String>,
    status: Option<Status>,
    current_inference_units: Option<Decimal>,
    desired_inference_units: Option<Decimal>,
    creation_time: Option<Timestamp>,
}

values! { enum Status { Deleting = "DELETING", Failed = "FAILED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let endpoints = cx.ask(&ENDPOINTS).all().await?;
    Ok(endpoints.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(endpoint: &Endpoint) -> Listed {
    let billing = match endpoint.status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let units = endpoint.current_inference_units.filter(|units| *units > Decimal::ZERO);
    let charge = charge(units.or(endpoint.desired_inference_units));
    let charge = if endpoint.status == Some(Status::Failed) { charge.at_most() } else { charge };
    let arn = endpoint.endpoint_arn.as_deref().unwrap_or_default();
    let id = arn.rsplit_once('/').map_or(arn, |(_, id)| id);
    let (of, created_at) = (endpoint.endpoint_arn.clone(), endpoint.creation_time);
    let found = Listed { arn: of, billing, created_at, ..Listed::new(id) }.charge(charge);
    let found = found.note(Note::new("delete-only"));
    found.can(Verb::Delete, Command::aws("comprehend delete-endpoint --endpoint-arn").arg(arn))
}

fn charge(units: Option<Decimal>) -> Charge {
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
    fn it_is_charged_for_its_units() {
        let bills = |state: &str, current: i32, desired: i32| {
            let found = finding(&Endpoint {
                status: Some(state.into()),
                current_inference_units: Some(current.into()),
                desired_inference_units: Some(desired.into()),
                ..Endpoint::default()
            });
            (found.billing, found.charges[0].what.clone())
        };
        assert_eq!(bills("IN_SERVICE", 2, 2), (Billing::Running, "2 × inference unit".to_owned()));
        assert_eq!(bills("CREATING", 0, 3), (Billing::Running, "3 × inference unit".to_owned()));
        assert_eq!(bills("FUTURE", 1, 1), (Billing::Running, "inference unit".to_owned()));
        assert_eq!(bills("FAILED", 0, 1), (Billing::Running, "≤ inference unit".to_owned()));
        assert_eq!(bills("DELETING", 1, 1).0, Billing::Ending);
        assert_eq!(finding(&Endpoint::default()).charges[0].quantity, None);
    }
}
