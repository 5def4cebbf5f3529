//! GameLift fleets bill for every hour of each instance in them, players or not.

use std::collections::BTreeMap;

use aws_sdk_gamelift::Client;
use aws_sdk_gamelift::types::{
    ComputeType, ContainerFleet, ContainerFleetBillingType, ContainerFleetStatus, Ec2InstanceType, FleetAttributes,
    FleetCapacity, FleetStatus, FleetType,
};
use futures::FutureExt;

use super::gamelift_capacity::{count, family, filled};
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Charge, Command, Listed, Scope, Unit, Verb, words};
use crate::resources::reading::{either, sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "gamelift-fleet",
    names: words("GameLift fleet", "GameLift フリート"),
    bills: words("per hour and instance, used or not", "使わなくてもインスタンスごとに 1 時間ごと"),
    scope: Scope::Region,
    endpoint: "gamelift",
    small: false,
    billed_as: &["AmazonGameLift"],
    reads: &["gamelift:DescribeFleetAttributes", "gamelift:ListContainerFleets", "gamelift:DescribeFleetCapacity"],
    writes: &["gamelift:UpdateFleetCapacity", "gamelift:DeleteFleet", "gamelift:DeleteContainerFleet"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let plain = client.describe_fleet_attributes().limit(100).into_paginator().items().send();
    let containers = client.list_container_fleets().limit(100).into_paginator().items().send();
    let (plain, containers): (Result<Vec<_>, _>, Result<Vec<_>, _>) =
        futures::join!(plain.try_collect(), containers.try_collect());
    let (plain, containers, mut faults) = either(plain.map_err(Error::from), containers)?;
    let (plain, containers) = (plain.unwrap_or_default(), containers.unwrap_or_default());
    if plain.is_empty() && containers.is_empty() {
        return Ok(Listing { faults, ..Listing::default() });
    }
    let capacity = client.describe_fleet_capacity().limit(100).into_paginator().items().send();
    let capacity: Vec<FleetCapacity> = capacity.try_collect().await.unwrap_or_else(|error| {
        faults.push(error.into());
        Vec::new()
    });
    let counts: BTreeMap<&str, i32> = capacity.iter().filter_map(|it| Some((it.fleet_id()?, count(it)?))).collect();
    let of = |id: Option<&str>| counts.get(id.unwrap_or_default()).copied();
    let plain = plain.iter().filter_map(|fleet| finding(fleet, of(fleet.fleet_id())));
    let containers = containers.iter().map(|fleet| container(fleet, of(fleet.fleet_id())));
    Ok(Listing { findings: plain.chain(containers).collect(), faults, ..Listing::default() })
}

/// `None` means it no longer bills.
fn finding(fleet: &FleetAttributes, instances: Option<i32>) -> Option<Listed> {
    let ending = match fleet.status() {
        Some(FleetStatus::Terminated | FleetStatus::NotFound) => return None,
        status => status == Some(&FleetStatus::Deleting),
    };
    let (id, class) = (fleet.fleet_id().unwrap_or_default(), fleet.instance_type().map(Ec2InstanceType::as_str));
    let spot = (fleet.fleet_type() == Some(&FleetType::Spot)).then_some("Spot");
    let system = fleet.operating_system().map(|system| family(system.as_str()));
    let sku = sku("AmazonGameLift", [("instanceType", class), ("operatingSystem", system), ("marketoption", spot)]);
    let found = Listed {
        arn: fleet.fleet_arn().map(str::to_owned),
        created_at: time(fleet.creation_time()),
        ..Listed::new(id)
    };
    let found = found.named(fleet.name().map(str::to_owned));
    if fleet.compute_type() == Some(&ComputeType::Anywhere) {
        let found = found.charge(Charge::metered("game server process", sku, Unit::Hour));
        return Some(found.can(Verb::Delete, Command::aws("gamelift delete-fleet --fleet-id").arg(id)));
    }
    Some(filled(found, class, sku, instances, ending, "delete-fleet"))
}

fn container(fleet: &ContainerFleet, instances: Option<i32>) -> Listed {
    let (id, class) = (fleet.fleet_id().unwrap_or_default(), fleet.instance_type());
    let spot = (fleet.billing_type() == Some(&ContainerFleetBillingType::Spot)).then_some("Spot");
    let sku = sku("AmazonGameLift", [("instanceType", class), ("marketoption", spot)]);
    let (arn, created_at) = (fleet.fleet_arn().map(str::to_owned), time(fleet.creation_time()));
    let found = Listed { arn, created_at, ..Listed::new(id) };
    let ending = fleet.status() == Some(&ContainerFleetStatus::Deleting);
    filled(found, class, sku, instances, ending, "delete-container-fleet")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    fn found(status: &str, instances: Option<i32>) -> Option<Listed> {
        finding(&FleetAttributes::builder().fleet_id("fleet-1").status(status.into()).build(), instances)
    }

    #[test]
    fn it_bills_until_it_is_gone_or_empty() {
        let billing = |status, instances| found(status, Some(instances)).map(|it| it.billing);
        assert_eq!([billing("TERMINATED", 1), billing("NOT_FOUND", 1)], [None, None]);
        assert_eq!(billing("ACTIVE", 0), Some(Billing::Stopped));
        assert_eq!(billing("DELETING", 0), Some(Billing::Ending));
        assert_eq!([billing("ERROR", 1), billing("DREAMING", 1)], [Some(Billing::Running); 2]);
    }

    #[test]
    fn each_instance_bills() {
        let quantity = |instances| found("ACTIVE", instances).unwrap().charges[0].quantity;
        assert_eq!([quantity(Some(4)), quantity(Some(0)), quantity(None)], [Some(4.into()), None, None]);
    }

    #[test]
    fn containers_are_fleets_too() {
        let fleet = ContainerFleet::builder().fleet_id("containerfleet-1").instance_type("c5.large").build();
        let found = container(&fleet, Some(2));
        assert_eq!((found.billing, found.charges[0].what.as_str()), (Billing::Running, "2 × c5.large"));
        assert!(found.commands[&Verb::Delete].to_string().contains("delete-container-fleet"));
    }
}
