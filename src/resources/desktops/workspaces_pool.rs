//! Pools of WorkSpaces are charged for every hour of their sessions while they run, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "workspaces-pool",
    names: words("WorkSpaces pool", "WorkSpaces プール"),
    bills: words(
        "per hour and session slot while it runs, used or not",
        "実行中は使わなくてもセッションの枠ごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonWorkSpaces"],
    asks: &[&POOLS],
    writes: &["workspaces:StopWorkspacesPool", "workspaces:TerminateWorkspacesPool"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const POOLS: Operation<Pool> = Operation::new("workspaces:DescribeWorkspacesPools").at("WorkspacesPools");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Pool {
    pool_id: String,
    pool_arn: Option<String>,
    capacity_status: Capacity,
    pool_name: String,
    state: Option<State>,
    created_at: Option<Timestamp>,
    running_mode: Option<Mode>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Capacity {
    actual_user_sessions: Decimal,
}

values! { enum State { Stopped = "STOPPED", Deleting = "DELETING" } }
values! { enum Mode { AlwaysOn = "ALWAYS_ON" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let pools = cx.ask(&POOLS).all().await?;
    Ok(pools.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is not charged.
fn finding(pool: &Pool) -> Option<Listed> {
    let billing = match pool.state {
        Some(State::Stopped) => return None,
        Some(State::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = pool.pool_id.as_str();
    let found = Listed { arn: pool.pool_arn.clone(), billing, created_at: pool.created_at, ..Listed::new(id) };
    let found = found.named(Some(pool.pool_name.clone())).charge(charge(pool));
    let found = found.can(Verb::Stop, Command::aws("workspaces stop-workspaces-pool --pool-id").arg(id));
    Some(found.can(Verb::Delete, Command::aws("workspaces terminate-workspaces-pool --pool-id").arg(id)))
}

/// Only an always-on pool is charged the same for all its sessions.
fn charge(pool: &Pool) -> Charge {
    let mode = pool.running_mode.as_ref().map_or("unknown", Mode::as_str);
    let sku = Sku::new("AmazonWorkSpaces").with("group", "WorkSpaces Pools").with("runningMode", mode);
    let slots = pool.capacity_status.actual_user_sessions;
    if pool.running_mode == Some(Mode::AlwaysOn) && slots > Decimal::ZERO {
        Charge::hourly("session slot", sku, slots)
    } else {
        Charge::metered("session slot", sku, Unit::Hour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(state: &str, mode: &str) -> Option<Listed> {
        let capacity_status = Capacity { actual_user_sessions: 2.into() };
        let (state, running_mode) = (Some(state.into()), Some(mode.into()));
        finding(&Pool { capacity_status, state, running_mode, ..Pool::default() })
    }

    #[test]
    fn only_a_stopped_one_is_free() {
        let billing = |state| found(state, "ALWAYS_ON").map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["STOPPED", "RUNNING", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [None, running, running, Some(Billing::Ending)]);
    }

    #[test]
    fn slots_that_are_always_on_are_counted() {
        let quantity = |mode| found("RUNNING", mode).unwrap().charges[0].quantity;
        assert_eq!((quantity("ALWAYS_ON"), quantity("AUTO_STOP")), (Some(2.into()), None));
    }
}
