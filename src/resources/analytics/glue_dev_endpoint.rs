//! Glue development endpoints bill for every hour of their processing units (DPU) while they exist, used or not.

use aws_sdk_glue::Client;
use aws_sdk_glue::operation::get_dev_endpoints::GetDevEndpointsOutput;
use aws_sdk_glue::types::DevEndpoint;
use futures::FutureExt;
use rust_decimal::Decimal;

use super::glue_units::units;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "glue-dev-endpoint",
    names: words("Glue development endpoint", "Glue 開発エンドポイント"),
    bills: words(
        "per hour and processing unit (DPU) while it exists, used or not",
        "存在する間は使わなくても、処理ユニット (DPU) ごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "glue",
    small: false,
    billed_as: &["AWSGlue"],
    reads: &["glue:GetDevEndpoints"],
    writes: &["glue:DeleteDevEndpoint"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).get_dev_endpoints().max_results(1000).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(GetDevEndpointsOutput::dev_endpoints).map(finding).collect::<Vec<_>>().into())
}

/// No status is known to be free.
fn finding(endpoint: &DevEndpoint) -> Listed {
    let name = endpoint.endpoint_name().unwrap_or_default();
    let status = endpoint.status().unwrap_or_default().to_ascii_uppercase();
    let ending = ["DELETING", "TERMINATING"].contains(&status.as_str());
    let sku = Sku::new("AWSGlue").with("usagetype", "DEVED-DPU-Hour");
    let nodes = Some(Decimal::from(endpoint.number_of_nodes())).filter(|nodes| *nodes > Decimal::ZERO);
    let charge = match (units(endpoint.worker_type(), endpoint.number_of_workers()), endpoint.worker_type(), nodes) {
        (Some(units), ..) | (None, None, Some(units)) => Charge::hourly("DPU", sku, units),
        _ => Charge::metered("DPU", sku, Unit::Hour),
    };
    let found = Listed {
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(endpoint.created_timestamp()),
        bills_since_creation: true,
        charges: vec![charge],
        notes: vec![Note::new("delete-only")],
        ..Listed::new(name)
    };
    found.can(Verb::Delete, Command::aws("glue delete-dev-endpoint --endpoint-name").arg(name))
}

#[cfg(test)]
mod tests {
    use aws_sdk_glue::types::builders::DevEndpointBuilder;

    use super::*;

    #[test]
    fn its_nodes_or_its_workers_bill() {
        let what = |endpoint: DevEndpointBuilder| {
            let charge = finding(&endpoint.build()).charges.remove(0);
            (charge.what, charge.quantity.is_some())
        };
        let endpoint = DevEndpoint::builder;
        assert_eq!(what(endpoint().number_of_nodes(5)), ("5 × DPU".to_owned(), true));
        assert_eq!(what(endpoint().worker_type("G.2X".into()).number_of_workers(3)), ("6 × DPU".to_owned(), true));
        assert_eq!(what(endpoint().worker_type("M.1X".into()).number_of_workers(3)), ("DPU".to_owned(), false));
        assert_eq!(what(endpoint()), ("DPU".to_owned(), false));
    }

    #[test]
    fn every_status_bills() {
        let billing = |status: &str| finding(&DevEndpoint::builder().status(status).build()).billing;
        let states = ["READY", "FAILED", "dreaming", "Terminating"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
