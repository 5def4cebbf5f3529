//! AppStream fleets are charged for every hour of their running instances, with or without a session.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::appstream_volume::{self, Volume};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Unit, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "appstream-fleet",
    names: words("AppStream fleet", "AppStream フリート"),
    bills: words(
        "per hour and instance while it runs, used or not",
        "実行中は使わなくてもインスタンスごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonAppStream"],
    asks: &[&FLEETS],
    writes: &["appstream:StopFleet", "appstream:DeleteFleet"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const FLEETS: Operation<Fleet> = Operation::new("appstream:DescribeFleets").at("Fleets");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Fleet {
    arn: Option<String>,
    name: Option<String>,
    display_name: Option<String>,
    instance_type: Option<String>,
    fleet_type: Option<Kind>,
    compute_capacity_status: Capacity,
    state: Option<State>,
    created_time: Option<Timestamp>,
    platform: Option<String>,
    root_volume_config: Volume,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Capacity {
    desired: Option<Decimal>,
    running: Option<Decimal>,
}

values! { enum Kind { AlwaysOn = "ALWAYS_ON" } }
values! { enum State { Stopped = "STOPPED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let fleets = cx.ask(&FLEETS).all().await?;
    Ok(fleets.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is free: it is stopped, and its volumes are not larger than the included size.
fn finding(fleet: &Fleet) -> Option<Listed> {
    let volume = appstream_volume::charge(&fleet.root_volume_config);
    let stopped = fleet.state == Some(State::Stopped);
    if stopped && volume.is_none() {
        return None;
    }
    let name = fleet.name.as_deref().unwrap_or_default();
    let found = Listed {
        arn: fleet.arn.clone(),
        billing: if stopped { Billing::Stopped } else { Billing::Running },
        created_at: fleet.created_time,
        charges: (!stopped).then(|| instances(fleet)).into_iter().chain(volume).collect(),
        ..Listed::new(name)
    }
    .named(fleet.display_name.clone());
    let delete = Command::aws("appstream delete-fleet --name").arg(name);
    if stopped {
        return Some(found.can(Verb::Delete, delete));
    }
    let stop = Command::aws("appstream stop-fleet --name").arg(name);
    let wait = Command::aws("appstream wait fleet-stopped --names").item(name);
    Some(found.can(Verb::Delete, stop.clone().then(wait).then(delete)).can(Verb::Stop, stop))
}

/// Only an always-on fleet is charged the same for all its instances.
fn instances(fleet: &Fleet) -> Charge {
    let class = fleet.instance_type.as_deref();
    let sku = sku(
        "AmazonAppStream",
        [
            ("instanceType", class),
            ("operatingSystem", fleet.platform.as_deref()),
            ("group", fleet.fleet_type.as_ref().map(Kind::as_str)),
        ],
    );
    let capacity = &fleet.compute_capacity_status;
    let running = capacity.running.or(capacity.desired).filter(|running| *running > Decimal::ZERO);
    match (&fleet.fleet_type, running) {
        (Some(Kind::AlwaysOn), Some(running)) => Charge::hourly(class.unwrap_or("instance"), sku, running),
        _ => Charge::metered(class.unwrap_or("instance"), sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(state: &str, fleet: Fleet) -> Option<Listed> {
        finding(&Fleet { name: Some("study".into()), state: Some(state.into()), ..fleet })
    }

    #[test]
    fn a_stopped_one_is_free_unless_its_volumes_are_large() {
        let billing = |state: &str| found(state, Fleet::default()).map(|it| it.billing);
        let running = Some(Billing::Running);
        assert_eq!(["STOPPED", "STOPPING", "FUTURE"].map(billing), [None, running, running]);
        let root_volume_config = Volume { volume_size_in_gb: 500.into() };
        let large = found("STOPPED", Fleet { root_volume_config, ..Fleet::default() }).unwrap();
        assert_eq!((large.billing, large.charges.len()), (Billing::Stopped, 1));
    }

    #[test]
    fn instances_that_are_always_on_are_counted() {
        let fleet = |kind: &str| Fleet {
            fleet_type: Some(kind.into()),
            compute_capacity_status: Capacity { desired: Some(3.into()), running: Some(2.into()) },
            ..Fleet::default()
        };
        let quantity = |kind| found("RUNNING", fleet(kind)).unwrap().charges[0].quantity;
        assert_eq!(quantity("ALWAYS_ON"), Some(2.into()));
        assert_eq!((quantity("ON_DEMAND"), quantity("ELASTIC")), (None, None));
    }

    #[test]
    fn a_running_one_is_stopped_before_it_is_deleted() {
        let can = found("RUNNING", Fleet::default()).unwrap();
        assert_eq!(can.commands[&Verb::Stop].to_string(), "aws appstream stop-fleet --name study");
        assert!(
            can.commands[&Verb::Delete].to_string().ends_with("names study && aws appstream delete-fleet --name study")
        );
    }
}
