//! Athena's reserved capacity bills by the hour from when it is there until it is cancelled, queried or not.

use aws_sdk_athena::Client;
use aws_sdk_athena::operation::list_capacity_reservations::ListCapacityReservationsOutput;
use aws_sdk_athena::types::{CapacityReservation, CapacityReservationStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "athena-capacity-reservation",
    names: words("Athena capacity reservation", "Athena キャパシティ予約"),
    bills: words(
        "per hour and processing unit (DPU) until it is cancelled, queried or not",
        "キャンセルするまで、クエリがなくても処理ユニット (DPU)・時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "athena",
    small: false,
    billed_as: &["AmazonAthena"],
    reads: &["athena:ListCapacityReservations"],
    writes: &["athena:CancelCapacityReservation"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).list_capacity_reservations().max_results(50).into_paginator().send();
    let pages: Vec<ListCapacityReservationsOutput> = pages.try_collect().await?;
    let all = pages.iter().flat_map(ListCapacityReservationsOutput::capacity_reservations);
    Ok(all.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it was cancelled, and stays in the list.
fn finding(reservation: &CapacityReservation) -> Option<Listed> {
    let billing = match reservation.status() {
        CapacityReservationStatus::Cancelled => return None,
        CapacityReservationStatus::Cancelling => Billing::Ending,
        _ => Billing::Running,
    };
    let id = reservation.name();
    let created_at = time(Some(reservation.creation_time()));
    let found = Listed { billing, created_at, ..Listed::new(id) }.charge(charge(reservation));
    let cancel = Command::aws("athena cancel-capacity-reservation --name").arg(id);
    Some(found.note(Note::new("delete-only")).can(Verb::Delete, cancel))
}

/// What it has been given bills; what it has only asked for may.
fn charge(reservation: &CapacityReservation) -> Charge {
    let sku = Sku::new("AmazonAthena").with("item", "provisioned_capacity").with("unit", "hour");
    match (reservation.allocated_dpus(), reservation.target_dpus()) {
        (given, _) if given > 0 => Charge::hourly("DPU", sku, given),
        (_, asked) if asked > 0 => Charge::hourly("DPU", sku, asked).at_most(),
        _ => Charge::metered("DPU", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    fn found(status: &str, target: i32, allocated: i32) -> Option<Listed> {
        let it = CapacityReservation::builder().name("study").status(status.into());
        let it = it.target_dpus(target).allocated_dpus(allocated).creation_time(DateTime::from_secs(0));
        finding(&it.build().unwrap())
    }

    #[test]
    fn bills_until_it_is_cancelled() {
        let states = ["CANCELLED", "CANCELLING", "ACTIVE", "FAILED", "NEW"];
        let billing = states.map(|status| found(status, 24, 24).map(|it| it.billing));
        let running = Some(Billing::Running);
        assert_eq!(billing, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn what_it_has_bills() {
        let told = |target, allocated| found("ACTIVE", target, allocated).unwrap().charges[0].what.clone();
        assert_eq!([told(48, 24), told(24, 0), told(0, 0)], ["24 × DPU", "≤ 24 × DPU", "DPU"]);
    }
}
