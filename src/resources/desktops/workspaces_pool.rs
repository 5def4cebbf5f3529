//! Pools of WorkSpaces bill for every hour of their sessions while they run, whether somebody uses them or not.

use aws_sdk_workspaces::Client;
use aws_sdk_workspaces::types::{CapacityStatus, PoolsRunningMode, WorkspacesPool, WorkspacesPoolState};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::paging::pages;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "workspaces-pool",
    names: words("WorkSpaces pool", "WorkSpaces プール"),
    bills: words(
        "per hour and session slot while it runs, used or not",
        "実行中は使わなくてもセッションの枠ごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "workspaces",
    small: false,
    billed_as: &["AmazonWorkSpaces"],
    reads: &["workspaces:DescribeWorkspacesPools"],
    writes: &["workspaces:StopWorkspacesPool", "workspaces:TerminateWorkspacesPool"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token: Option<String>| {
        let asked = client.describe_workspaces_pools().limit(25).set_next_token(token).send();
        asked.map(|page| {
            page.map(|page| (page.workspaces_pools.unwrap_or_default(), page.next_token)).map_err(Error::from)
        })
    };
    let pools = pages(ask).await?;
    Ok(pools.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill.
fn finding(pool: &WorkspacesPool) -> Option<Listed> {
    let billing = match pool.state() {
        WorkspacesPoolState::Stopped => return None,
        WorkspacesPoolState::Deleting => Billing::Ending,
        _ => Billing::Running,
    };
    let id = pool.pool_id();
    let found = Listed {
        arn: Some(pool.pool_arn().to_owned()),
        billing,
        created_at: time(Some(pool.created_at())),
        ..Listed::new(id)
    };
    let found = found.named(Some(pool.pool_name().to_owned())).charge(charge(pool));
    let found = found.can(Verb::Stop, Command::aws("workspaces stop-workspaces-pool --pool-id").arg(id));
    Some(found.can(Verb::Delete, Command::aws("workspaces terminate-workspaces-pool --pool-id").arg(id)))
}

/// Only a pool that is always on bills the same for all its slots.
fn charge(pool: &WorkspacesPool) -> Charge {
    let mode = pool.running_mode();
    let sku = Sku::new("AmazonWorkSpaces").with("group", "WorkSpaces Pools").with("runningMode", mode.as_str());
    let slots = pool.capacity_status().map(CapacityStatus::actual_user_sessions).filter(|slots| *slots > 0);
    match slots {
        Some(slots) if *mode == PoolsRunningMode::AlwaysOn => Charge::hourly("session slot", sku, slots),
        _ => Charge::metered("session slot", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    fn found(state: &str, mode: &str) -> Option<Listed> {
        let capacity = CapacityStatus::builder().available_user_sessions(2).desired_user_sessions(2);
        let capacity = capacity.actual_user_sessions(2).active_user_sessions(0).build().unwrap();
        let pool = WorkspacesPool::builder().pool_id("wspool-1").pool_arn("arn:p").pool_name("study");
        let pool = pool.bundle_id("wsb-1").directory_id("d-1").created_at(DateTime::from_secs(0));
        let pool = pool.capacity_status(capacity).state(state.into()).running_mode(mode.into());
        finding(&pool.build().unwrap())
    }

    #[test]
    fn only_a_stopped_one_is_free() {
        let billing = |state| found(state, "ALWAYS_ON").map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["STOPPED", "RUNNING", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [None, running, running, Some(Billing::Ending)]);
    }

    #[test]
    fn slots_that_are_always_on_are_counted() {
        let quantity = |mode| found("RUNNING", mode).unwrap().charges[0].quantity;
        assert_eq!((quantity("ALWAYS_ON"), quantity("AUTO_STOP")), (Some(2.into()), None));
    }
}
