//! MSK Connect connectors are charged for every hour of the capacity units (MCU) of their workers.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "msk-connector",
    names: words("MSK Connect connector", "MSK Connect コネクタ"),
    bills: words(
        "per hour and capacity unit (MCU) of its workers while it exists",
        "存在する間、ワーカーのキャパシティユニット(MCU) ごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonMSK"],
    asks: &[&CONNECTORS],
    writes: &["kafkaconnect:DeleteConnector"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CONNECTORS: Operation<Connector> = Operation::new("kafkaconnect:ListConnectors").at("connectors");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Connector {
    connector_arn: Option<String>,
    connector_name: Option<String>,
    connector_state: Option<State>,
    creation_time: Option<Timestamp>,
    capacity: Capacity,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Capacity {
    provisioned_capacity: Option<Provisioned>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Provisioned {
    mcu_count: Decimal,
    worker_count: Decimal,
}

values! { enum State { Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let connectors = cx.ask(&CONNECTORS).all().await?;
    Ok(connectors.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free: a paused connector keeps its capacity.
fn finding(connector: &Connector) -> Listed {
    let arn = connector.connector_arn.as_deref().unwrap_or_default();
    let sku = Sku::new("AmazonMSK").with("item", "connect.mcu").with("unit", "hour");
    let charge = match units(&connector.capacity) {
        Some(units) => Charge::hourly("MCU", sku, units),
        None => Charge::metered("MCU", sku, Unit::Hour),
    };
    let ending = connector.connector_state == Some(State::Deleting);
    let found = Listed {
        arn: Some(arn.to_owned()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: connector.creation_time,
        charges: vec![charge],
        notes: vec![Note::new("delete-only")],
        ..Listed::new(connector.connector_name.as_deref().unwrap_or(arn))
    };
    found.can(Verb::Delete, Command::aws("kafkaconnect delete-connector --connector-arn").arg(arn))
}

/// `None` for capacity that scales automatically.
fn units(capacity: &Capacity) -> Option<Decimal> {
    let fixed = capacity.provisioned_capacity.as_ref()?;
    fixed.mcu_count.checked_mul(fixed.worker_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_worker_is_charged_for_its_units() {
        let fixed = Provisioned { mcu_count: 2.into(), worker_count: 3.into() };
        let fixed = Capacity { provisioned_capacity: Some(fixed) };
        assert_eq!([&fixed, &Capacity::default()].map(units), [Some(6.into()), None]);
    }

    #[test]
    fn every_state_is_charged() {
        let billing =
            |state: &str| finding(&Connector { connector_state: Some(state.into()), ..Connector::default() }).billing;
        let states = ["RUNNING", "PAUSED", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
