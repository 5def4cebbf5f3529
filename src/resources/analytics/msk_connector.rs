//! MSK Connect connectors bill for every hour of the capacity units (MCU) of their workers.

use aws_sdk_kafkaconnect::Client;
use aws_sdk_kafkaconnect::types::{CapacityDescription, ConnectorState, ConnectorSummary};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "msk-connector",
    names: words("MSK Connect connector", "MSK Connect コネクタ"),
    bills: words(
        "per hour and capacity unit (MCU) of its workers while it exists",
        "存在する間、ワーカーのキャパシティユニット (MCU) ごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "kafkaconnect",
    small: false,
    billed_as: &["AmazonMSK"],
    reads: &["kafkaconnect:ListConnectors"],
    writes: &["kafkaconnect:DeleteConnector"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let connectors = Client::new(&cx.sdk).list_connectors().max_results(100).into_paginator().items().send();
    let connectors: Vec<ConnectorSummary> = connectors.try_collect().await?;
    Ok(connectors.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free: a paused one keeps its capacity.
fn finding(connector: &ConnectorSummary) -> Listed {
    let arn = connector.connector_arn().unwrap_or_default();
    let sku = Sku::new("AmazonMSK").with("item", "connect.mcu").with("unit", "hour");
    let charge = match connector.capacity().and_then(units) {
        Some(units) => Charge::hourly("MCU", sku, units),
        None => Charge::metered("MCU", sku, Unit::Hour),
    };
    let ending = connector.connector_state() == Some(&ConnectorState::Deleting);
    let found = Listed {
        arn: Some(arn.to_owned()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(connector.creation_time()),
        charges: vec![charge],
        notes: vec![Note::new("delete-only")],
        ..Listed::new(connector.connector_name().unwrap_or(arn))
    };
    found.can(Verb::Delete, Command::aws("kafkaconnect delete-connector --connector-arn").arg(arn))
}

/// `None` where AWS adds and removes workers.
fn units(capacity: &CapacityDescription) -> Option<Decimal> {
    let fixed = capacity.provisioned_capacity()?;
    Some(Decimal::from(fixed.mcu_count()) * Decimal::from(fixed.worker_count()))
}

#[cfg(test)]
mod tests {
    use aws_sdk_kafkaconnect::types::{AutoScalingDescription, ProvisionedCapacityDescription};

    use super::*;

    #[test]
    fn every_worker_bills_its_units() {
        let fixed = ProvisionedCapacityDescription::builder().mcu_count(2).worker_count(3).build();
        let fixed = CapacityDescription::builder().provisioned_capacity(fixed).build();
        let scaled = AutoScalingDescription::builder().mcu_count(2).min_worker_count(1).max_worker_count(4).build();
        let scaled = CapacityDescription::builder().auto_scaling(scaled).build();
        assert_eq!([&fixed, &scaled].map(units), [Some(6.into()), None]);
    }

    #[test]
    fn every_state_bills() {
        let billing = |state: &str| finding(&ConnectorSummary::builder().connector_state(state.into()).build()).billing;
        let states = ["RUNNING", "PAUSED", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
