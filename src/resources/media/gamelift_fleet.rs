//! GameLift fleets are charged for every hour of each of their instances, with or without players.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::gamelift_capacity::{Capacity, count, family, filled};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Scope, Unit, Verb, words};
use crate::resources::reading::{either, sku};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "gamelift-fleet",
    names: words("GameLift fleet", "GameLift フリート"),
    bills: words("per hour and instance, used or not", "使わなくてもインスタンスごとに 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonGameLift"],
    asks: &[&FLEETS, &CONTAINER_FLEETS, &CAPACITY],
    writes: &["gamelift:UpdateFleetCapacity", "gamelift:DeleteFleet", "gamelift:DeleteContainerFleet"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const FLEETS: Operation<Fleet> = Operation::new("gamelift:DescribeFleetAttributes").at("FleetAttributes");
const CONTAINER_FLEETS: Operation<ContainerFleet> =
    Operation::new("gamelift:ListContainerFleets").at("ContainerFleets");
const CAPACITY: Operation<Capacity> = Operation::new("gamelift:DescribeFleetCapacity").at("FleetCapacity");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Fleet {
    fleet_id: String,
    fleet_arn: Option<String>,
    fleet_type: Option<Market>,
    name: Option<String>,
    instance_type: Option<String>,
    operating_system: Option<String>,
    compute_type: Option<Compute>,
    status: Option<Status>,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ContainerFleet {
    fleet_id: String,
    fleet_arn: Option<String>,
    instance_type: Option<String>,
    billing_type: Option<Market>,
    status: Option<ContainerStatus>,
    creation_time: Option<Timestamp>,
}

values! { enum Market { Spot = "SPOT" } }
values! { enum Compute { Anywhere = "ANYWHERE" } }
values! { enum Status { Deleting = "DELETING", Terminated = "TERMINATED", NotFound = "NOT_FOUND" } }
values! { enum ContainerStatus { Deleting = "DELETING" } }

/// GameLift's model states no maximum page size.
const PAGE: i32 = 100;

async fn list(cx: &Cx) -> Result<Listing> {
    let plain = cx.ask(&FLEETS).with("Limit", PAGE).all();
    let containers = cx.ask(&CONTAINER_FLEETS).with("Limit", PAGE).all();
    let (plain, containers) = futures::join!(plain, containers);
    let (plain, containers, mut faults) = either(plain, containers)?;
    let (plain, containers) = (plain.unwrap_or_default(), containers.unwrap_or_default());
    if plain.is_empty() && containers.is_empty() {
        return Ok(Listing { faults, ..Listing::default() });
    }
    let capacity = cx.ask(&CAPACITY).with("Limit", PAGE).all().await.unwrap_or_else(|error| {
        faults.push(error);
        Vec::new()
    });
    let counts: BTreeMap<&str, Decimal> =
        capacity.iter().filter_map(|it| Some((it.fleet_id.as_deref()?, count(it)?))).collect();
    let of = |id: &str| counts.get(id).copied();
    let plain = plain.iter().filter_map(|fleet| finding(fleet, of(&fleet.fleet_id)));
    let containers = containers.iter().map(|fleet| container(fleet, of(&fleet.fleet_id)));
    Ok(Listing { findings: plain.chain(containers).collect(), faults, ..Listing::default() })
}

/// `None` means it is no longer charged.
fn finding(fleet: &Fleet, instances: Option<Decimal>) -> Option<Listed> {
    if matches!(fleet.status, Some(Status::Terminated | Status::NotFound)) {
        return None;
    }
    let ending = fleet.status == Some(Status::Deleting);
    let (id, class) = (fleet.fleet_id.as_str(), fleet.instance_type.as_deref());
    let spot = (fleet.fleet_type == Some(Market::Spot)).then_some("Spot");
    let system = fleet.operating_system.as_deref().map(family);
    let sku = sku("AmazonGameLift", [("instanceType", class), ("operatingSystem", system), ("marketoption", spot)]);
    let found = Listed { arn: fleet.fleet_arn.clone(), created_at: fleet.creation_time, ..Listed::new(id) };
    let found = found.named(fleet.name.clone());
    if fleet.compute_type == Some(Compute::Anywhere) {
        let found = found.charge(Charge::metered("game server process", sku, Unit::Hour));
        return Some(found.can(Verb::Delete, Command::aws("gamelift delete-fleet --fleet-id").arg(id)));
    }
    Some(filled(found, class, sku, instances, ending, "delete-fleet"))
}

fn container(fleet: &ContainerFleet, instances: Option<Decimal>) -> Listed {
    let class = fleet.instance_type.as_deref();
    let spot = (fleet.billing_type == Some(Market::Spot)).then_some("Spot");
    let sku = sku("AmazonGameLift", [("instanceType", class), ("marketoption", spot)]);
    let (arn, created_at) = (fleet.fleet_arn.clone(), fleet.creation_time);
    let found = Listed { arn, created_at, ..Listed::new(&fleet.fleet_id) };
    let ending = fleet.status == Some(ContainerStatus::Deleting);
    filled(found, class, sku, instances, ending, "delete-container-fleet")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    fn found(status: &str, instances: Option<i32>) -> Option<Listed> {
        let fleet = Fleet { fleet_id: "fleet-1".into(), status: Some(status.into()), ..Fleet::default() };
        finding(&fleet, instances.map(Into::into))
    }

    #[test]
    fn it_is_charged_until_it_is_gone_or_empty() {
        let billing = |status, instances| found(status, Some(instances)).map(|it| it.billing);
        assert_eq!([billing("TERMINATED", 1), billing("NOT_FOUND", 1)], [None, None]);
        assert_eq!(billing("ACTIVE", 0), Some(Billing::Stopped));
        assert_eq!(billing("DELETING", 0), Some(Billing::Ending));
        assert_eq!([billing("ERROR", 1), billing("FUTURE", 1)], [Some(Billing::Running); 2]);
    }

    #[test]
    fn each_instance_is_charged() {
        let quantity = |instances| found("ACTIVE", instances).unwrap().charges[0].quantity;
        assert_eq!([quantity(Some(4)), quantity(Some(0)), quantity(None)], [Some(4.into()), None, None]);
    }

    #[test]
    fn containers_are_fleets_too() {
        let (fleet_id, instance_type) = ("containerfleet-1".into(), Some("c5.large".into()));
        let fleet = ContainerFleet { fleet_id, instance_type, ..ContainerFleet::default() };
        let found = container(&fleet, Some(2.into()));
        assert_eq!((found.billing, found.charges[0].what.as_str()), (Billing::Running, "2 × c5.large"));
        assert!(found.commands[&Verb::Delete].to_string().contains("delete-container-fleet"));
    }
}
