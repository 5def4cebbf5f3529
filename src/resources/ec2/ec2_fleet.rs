//! EC2 Fleets are free; the instances that a fleet maintains are not, and are replaced if terminated one by one.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{ActiveInstance, FleetData, FleetStateCode, FleetType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::details::about_each;
use crate::resources::paging::pages;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-fleet",
    names: words("EC2 Fleet", "EC2 フリート"),
    bills: words(
        "free itself; its instances are charged, and it replaces those that end",
        "それ自体は無料。インスタンスに課金され、終了してもフリートが新しく起動",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&Typed("ec2:DescribeFleets"), &Typed("ec2:DescribeFleetInstances")],
    writes: &["ec2:DeleteFleets"],
    owns: &["ec2-instance"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = &Client::new(&cx.sdk);
    let fleets = client.describe_fleets().max_results(1000).into_paginator().items().send();
    let fleets: Vec<FleetData> = fleets.try_collect().await?;
    let kept = fleets.iter().filter(|it| keeps(it)).filter_map(|it| it.fleet_id.clone()).collect();
    let (fleets, faults) = about_each(kept, |fleet: &String| instances(client, fleet.clone())).await;
    let owned = fleets.iter().flat_map(|(fleet, instances)| owned(fleet, instances.as_deref().unwrap_or_default()));
    Ok(Listing { owned: owned.collect(), faults, ..Listing::default() })
}

async fn instances(client: &Client, fleet: String) -> Result<Vec<ActiveInstance>> {
    let asked = client.describe_fleet_instances().fleet_id(fleet).max_results(1000);
    let page = |token| {
        let answer = asked.clone().set_next_token(token).send();
        async move { Ok(answer.await.map(|it| (it.active_instances.unwrap_or_default(), it.next_token))?) }
    };
    pages(page).await
}

/// Whether it replaces instances. A deleted fleet may have left instances running, but does not replace them, and neither does
/// a one-time request. An unknown state or type counts as replacing.
fn keeps(fleet: &FleetData) -> bool {
    use FleetStateCode::{Deleted, DeletedRunning, DeletedTerminatingInstances, Failed};
    let gone = [Deleted, DeletedRunning, DeletedTerminatingInstances, Failed];
    let once = [FleetType::Request, FleetType::Instant];
    let lives = fleet.fleet_state().is_none_or(|state| !gone.contains(state));
    lives && fleet.r#type().is_none_or(|kind| !once.contains(kind))
}

fn owned(fleet: &str, instances: &[ActiveInstance]) -> Vec<Owned> {
    let owner =
        RESOURCE.owner(fleet, Command::aws("ec2 delete-fleets --fleet-ids").arg(fleet).words("--terminate-instances"));
    let ids = instances.iter().filter_map(ActiveInstance::instance_id);
    ids.map(|id| Owned { resource: "ec2-instance", thing: id.to_owned(), owner: owner.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_its_instances_until_it_is_deleted() {
        let kept = |state: &str| keeps(&FleetData::builder().fleet_state(state.into()).build());
        assert!(["active", "modifying", "submitted", "future"].into_iter().all(kept));
        assert!(!["deleted", "deleted_running", "deleted_terminating", "failed"].into_iter().any(kept));
        assert!(keeps(&FleetData::builder().build()));
    }

    #[test]
    fn only_one_that_maintains_replaces_them() {
        let kept = |kind: &str| keeps(&FleetData::builder().r#type(kind.into()).build());
        assert_eq!(["maintain", "future", "request", "instant"].map(kept), [true, true, false, false]);
        let instances = [ActiveInstance::builder().instance_id("i-1").build(), ActiveInstance::builder().build()];
        let things: Vec<_> = owned("fleet-1", &instances).into_iter().map(|it| (it.thing, it.owner.id)).collect();
        assert_eq!(things, [("i-1".to_owned(), "fleet-1".to_owned())]);
    }
}
