//! Glue development endpoints are charged for every hour of their processing units (DPU) while they exist, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::glue_units::{WorkerType, units};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "glue-dev-endpoint",
    names: words("Glue development endpoint", "Glue 開発エンドポイント"),
    bills: words(
        "per hour and processing unit (DPU) while it exists, used or not",
        "存在する間は使わなくても、処理ユニット(DPU) ごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSGlue"],
    asks: &[&ENDPOINTS],
    writes: &["glue:DeleteDevEndpoint"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ENDPOINTS: Operation<Endpoint> = Operation::new("glue:GetDevEndpoints").at("DevEndpoints");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Endpoint {
    endpoint_name: Option<String>,
    status: Option<String>,
    worker_type: Option<WorkerType>,
    number_of_workers: Option<Decimal>,
    number_of_nodes: Decimal,
    created_timestamp: Option<Timestamp>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let endpoints = cx.ask(&ENDPOINTS).all().await?;
    Ok(endpoints.iter().map(finding).collect::<Vec<_>>().into())
}

/// No status is known to be free.
fn finding(endpoint: &Endpoint) -> Listed {
    let name = endpoint.endpoint_name.as_deref().unwrap_or_default();
    let status = endpoint.status.as_deref().unwrap_or_default().to_ascii_uppercase();
    let ending = ["DELETING", "TERMINATING"].contains(&status.as_str());
    let sku = Sku::new("AWSGlue").with("usagetype", "DEVED-DPU-Hour");
    let nodes = Some(endpoint.number_of_nodes).filter(|nodes| *nodes > Decimal::ZERO);
    let kind = endpoint.worker_type.as_ref();
    let charge = match (units(kind, endpoint.number_of_workers), kind, nodes) {
        (Some(units), ..) | (None, None, Some(units)) => Charge::hourly("DPU", sku, units),
        _ => Charge::metered("DPU", sku, Unit::Hour),
    };
    let found = Listed {
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: endpoint.created_timestamp,
        bills_since_creation: true,
        charges: vec![charge],
        notes: vec![Note::new("delete-only")],
        ..Listed::new(name)
    };
    found.can(Verb::Delete, Command::aws("glue delete-dev-endpoint --endpoint-name").arg(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_nodes_or_its_workers_bill() {
        let what = |endpoint: &Endpoint| {
            let charge = finding(endpoint).charges.remove(0);
            (charge.what, charge.quantity.is_some())
        };
        let workers = |kind: &str| Endpoint {
            worker_type: Some(kind.into()),
            number_of_workers: Some(3.into()),
            ..Endpoint::default()
        };
        let nodes = Endpoint { number_of_nodes: 5.into(), ..Endpoint::default() };
        assert_eq!(what(&nodes), ("5 × DPU".to_owned(), true));
        assert_eq!(what(&workers("G.2X")), ("6 × DPU".to_owned(), true));
        assert_eq!(what(&workers("M.1X")), ("DPU".to_owned(), false));
        assert_eq!(what(&Endpoint::default()), ("DPU".to_owned(), false));
    }

    #[test]
    fn every_status_is_charged() {
        let billing = |status: &str| finding(&Endpoint { status: Some(status.into()), ..Endpoint::default() }).billing;
        let states = ["READY", "FAILED", "future", "Terminating"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
