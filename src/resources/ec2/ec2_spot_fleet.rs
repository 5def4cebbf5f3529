//! Spot fleets are free; their instances are not, and are replaced if terminated one by one.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{ActiveInstance, BatchState, SpotFleetRequestConfig};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::details::about_each;
use crate::resources::paging::pages;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-spot-fleet",
    names: words("Spot fleet", "スポットフリート"),
    bills: words(
        "free itself; its instances are charged, and it replaces those that end",
        "それ自体は無料。インスタンスに課金され、終了してもフリートが新しく起動",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&Typed("ec2:DescribeSpotFleetRequests"), &Typed("ec2:DescribeSpotFleetInstances")],
    writes: &["ec2:CancelSpotFleetRequests"],
    owns: &["ec2-instance"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = &Client::new(&cx.sdk);
    let fleets = client.describe_spot_fleet_requests().max_results(1000).into_paginator().items().send();
    let fleets: Vec<SpotFleetRequestConfig> = fleets.try_collect().await?;
    let kept = fleets.iter().filter(|it| keeps(it)).filter_map(|it| it.spot_fleet_request_id.clone()).collect();
    let (fleets, faults) = about_each(kept, |fleet: &String| instances(client, fleet.clone())).await;
    let owned = fleets.iter().flat_map(|(fleet, instances)| owned(fleet, instances.as_deref().unwrap_or_default()));
    Ok(Listing { owned: owned.collect(), faults, ..Listing::default() })
}

async fn instances(client: &Client, fleet: String) -> Result<Vec<ActiveInstance>> {
    let asked = client.describe_spot_fleet_instances().spot_fleet_request_id(fleet).max_results(1000);
    let page = |token| {
        let answer = asked.clone().set_next_token(token).send();
        async move { Ok(answer.await.map(|it| (it.active_instances.unwrap_or_default(), it.next_token))?) }
    };
    pages(page).await
}

/// Whether it replaces instances. A cancelled fleet may have left instances running. An unknown state counts as replacing.
fn keeps(fleet: &SpotFleetRequestConfig) -> bool {
    let gone = [BatchState::Cancelled, BatchState::Failed, BatchState::CancelledTerminatingInstances];
    fleet.spot_fleet_request_state().is_none_or(|state| !gone.contains(state))
}

fn owned(fleet: &str, instances: &[ActiveInstance]) -> Vec<Owned> {
    let cancel = Command::aws("ec2 cancel-spot-fleet-requests --spot-fleet-request-ids")
        .arg(fleet)
        .words("--terminate-instances");
    let owner = RESOURCE.owner(fleet, cancel);
    let ids = instances.iter().filter_map(ActiveInstance::instance_id);
    ids.map(|id| Owned { resource: "ec2-instance", thing: id.to_owned(), owner: owner.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_are_its_own_until_it_is_cancelled() {
        let kept =
            |state: &str| keeps(&SpotFleetRequestConfig::builder().spot_fleet_request_state(state.into()).build());
        assert!(["active", "modifying", "submitted", "cancelled_running", "future"].into_iter().all(kept));
        assert!(!["cancelled", "failed", "cancelled_terminating"].into_iter().any(kept));
        let instances = [ActiveInstance::builder().instance_id("i-1").build(), ActiveInstance::builder().build()];
        let things: Vec<_> = owned("sfr-1", &instances).into_iter().map(|it| (it.thing, it.owner.id)).collect();
        assert_eq!(things, [("i-1".to_owned(), "sfr-1".to_owned())]);
    }
}
