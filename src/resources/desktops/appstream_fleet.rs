//! AppStream fleets bill for every hour of their running instances, whether somebody streams or not.

use aws_sdk_appstream::Client;
use aws_sdk_appstream::types::{Fleet, FleetState, FleetType, PlatformType};
use futures::FutureExt;

use super::appstream_volume::volume;
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Scope, Unit, Verb, words};
use crate::resources::paging::pages;
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "appstream-fleet",
    names: words("AppStream fleet", "AppStream フリート"),
    bills: words(
        "per hour and instance while it runs, used or not",
        "実行中は使わなくてもインスタンスごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "appstream2",
    small: false,
    billed_as: &["AmazonAppStream"],
    reads: &["appstream:DescribeFleets"],
    writes: &["appstream:StopFleet", "appstream:DeleteFleet"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token: Option<String>| {
        let asked = client.describe_fleets().set_next_token(token).send();
        asked.map(|page| page.map(|page| (page.fleets.unwrap_or_default(), page.next_token)).map_err(Error::from))
    };
    let fleets = pages(ask).await?;
    Ok(fleets.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill: it is stopped, and its volumes are no larger than what comes with it.
fn finding(fleet: &Fleet) -> Option<Listed> {
    let volume = volume(fleet.root_volume_config());
    let stopped = fleet.state() == Some(&FleetState::Stopped);
    if stopped && volume.is_none() {
        return None;
    }
    let name = fleet.name().unwrap_or_default();
    let found = Listed {
        arn: fleet.arn().map(str::to_owned),
        billing: if stopped { Billing::Stopped } else { Billing::Running },
        created_at: time(fleet.created_time()),
        charges: (!stopped).then(|| instances(fleet)).into_iter().chain(volume).collect(),
        ..Listed::new(name)
    }
    .named(fleet.display_name().map(str::to_owned));
    let delete = Command::aws("appstream delete-fleet --name").arg(name);
    if stopped {
        return Some(found.can(Verb::Delete, delete));
    }
    let stop = Command::aws("appstream stop-fleet --name").arg(name);
    let wait = Command::aws("appstream wait fleet-stopped --names").arg(name);
    Some(found.can(Verb::Delete, stop.clone().then(wait).then(delete)).can(Verb::Stop, stop))
}

/// Only a fleet that is always on bills the same for all its instances.
fn instances(fleet: &Fleet) -> Charge {
    let class = fleet.instance_type();
    let sku = sku(
        "AmazonAppStream",
        [
            ("instanceType", class),
            ("operatingSystem", fleet.platform().map(PlatformType::as_str)),
            ("group", fleet.fleet_type().map(FleetType::as_str)),
        ],
    );
    let capacity = fleet.compute_capacity_status();
    let running = capacity.and_then(|it| it.running().or(it.desired())).filter(|running| *running > 0);
    match (fleet.fleet_type(), running) {
        (Some(FleetType::AlwaysOn), Some(running)) => Charge::hourly(class.unwrap_or("instance"), sku, running),
        _ => Charge::metered(class.unwrap_or("instance"), sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_appstream::types::builders::FleetBuilder;
    use aws_sdk_appstream::types::{ComputeCapacityStatus, VolumeConfig};

    use super::*;

    fn found(state: &str, fleet: FleetBuilder) -> Option<Listed> {
        finding(&fleet.name("study").state(state.into()).build())
    }

    #[test]
    fn a_stopped_one_is_free_unless_its_volumes_are_large() {
        let billing = |state: &str| found(state, Fleet::builder()).map(|it| it.billing);
        let running = Some(Billing::Running);
        assert_eq!(["STOPPED", "STOPPING", "DREAMING"].map(billing), [None, running, running]);
        let large = VolumeConfig::builder().volume_size_in_gb(500).build();
        let large = found("STOPPED", Fleet::builder().root_volume_config(large)).unwrap();
        assert_eq!((large.billing, large.charges.len()), (Billing::Stopped, 1));
    }

    #[test]
    fn instances_that_are_always_on_are_counted() {
        let capacity = ComputeCapacityStatus::builder().desired(3).running(2).build();
        let fleet = |kind: &str| Fleet::builder().fleet_type(kind.into()).compute_capacity_status(capacity.clone());
        let quantity = |kind| found("RUNNING", fleet(kind)).unwrap().charges[0].quantity;
        assert_eq!(quantity("ALWAYS_ON"), Some(2.into()));
        assert_eq!((quantity("ON_DEMAND"), quantity("ELASTIC")), (None, None));
    }

    #[test]
    fn a_running_one_is_stopped_before_it_is_deleted() {
        let can = found("RUNNING", Fleet::builder()).unwrap();
        assert_eq!(can.commands[&Verb::Stop].to_string(), "aws appstream stop-fleet --name study");
        assert!(
            can.commands[&Verb::Delete].to_string().ends_with("names study && aws appstream delete-fleet --name study")
        );
    }
}
