//! Fast snapshot restore is charged for every hour it is enabled, for each snapshot in each zone.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{DescribeFastSnapshotRestoreSuccessItem as Restore, FastSnapshotRestoreStateCode as State};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{AccountId, Billing, Charge, Command, Listed, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-fast-snapshot-restore",
    names: words("EBS fast snapshot restore", "EBS 高速スナップショット復元"),
    bills: words(
        "per hour while it is on, for each snapshot and zone",
        "有効な間、スナップショットとゾーンごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEC2"],
    asks: &[&Typed("ec2:DescribeFastSnapshotRestores")],
    writes: &["ec2:DisableFastSnapshotRestores"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_fast_snapshot_restores().max_results(200);
    let restores: Vec<Restore> = asked.into_paginator().items().send().try_collect().await?;
    Ok(restores.iter().filter_map(|it| finding(it, &cx.place.account)).collect::<Vec<_>>().into())
}

/// `None` means this account does not pay for it. An unknown state is reported, not hidden.
fn finding(restore: &Restore, account: &AccountId) -> Option<Listed> {
    let billing = match restore.state() {
        Some(State::Disabled) => return None,
        Some(State::Disabling) => Billing::Ending,
        _ => Billing::Running,
    };
    // The account that enabled it pays for it.
    if restore.owner_id().is_some_and(|owner| !owner.is_empty() && owner != account.as_str()) {
        return None;
    }
    let snapshot = restore.snapshot_id().unwrap_or_default();
    let zone = restore.availability_zone().or(restore.availability_zone_id()).unwrap_or_default();
    let sku = Sku::new("AmazonEC2").with("item", "fast_snapshot_restore").with("unit", "hour");
    let created_at = time(restore.enabling_time());
    let found = Listed { billing, created_at, ..Listed::new(format!("{snapshot}/{zone}")) };
    let found = found.charge(Charge::hourly("fast snapshot restore", sku, 1));
    let stop = Command::aws("ec2 disable-fast-snapshot-restores --source-snapshot-ids").arg(snapshot);
    Some(found.can(Verb::Stop, stop.words("--availability-zones").arg(zone)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_while_it_is_on() {
        let account = "123456789012".parse().unwrap();
        let billing =
            |state: &str| finding(&Restore::builder().state(state.into()).build(), &account).map(|found| found.billing);
        assert_eq!(billing("disabled"), None);
        assert_eq!(billing("disabling"), Some(Billing::Ending));
        for state in ["enabling", "optimizing", "enabled", "future"] {
            assert_eq!(billing(state), Some(Billing::Running), "{state}");
        }
        let of = |owner| finding(&Restore::builder().owner_id(owner).build(), &account).is_some();
        assert_eq!(["123456789012", "210987654321"].map(of), [true, false]);
    }
}
