//! Athena's reserved capacity is charged by the hour until it is cancelled, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "athena-capacity-reservation",
    names: words("Athena capacity reservation", "Athena キャパシティ予約"),
    bills: words(
        "per hour and processing unit (DPU) until it is cancelled, queried or not",
        "キャンセルするまで、クエリがなくても処理ユニット(DPU)・時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonAthena"],
    asks: &[&RESERVATIONS],
    writes: &["athena:CancelCapacityReservation"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const RESERVATIONS: Operation<Reservation> =
    Operation::new("athena:ListCapacityReservations").at("CapacityReservations");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Reservation {
    name: String,
    status: Option<Status>,
    target_dpus: Decimal,
    allocated_dpus: Decimal,
    creation_time: Option<Timestamp>,
}

values! { enum Status { Cancelled = "CANCELLED", Cancelling = "CANCELLING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let all = cx.ask(&RESERVATIONS).all().await?;
    Ok(all.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is cancelled: AWS keeps it in the list.
fn finding(reservation: &Reservation) -> Option<Listed> {
    let billing = match reservation.status {
        Some(Status::Cancelled) => return None,
        Some(Status::Cancelling) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = &reservation.name;
    let created_at = reservation.creation_time;
    let found = Listed { billing, created_at, ..Listed::new(id) }.charge(charge(reservation));
    let cancel = Command::aws("athena cancel-capacity-reservation --name").arg(id);
    Some(found.note(Note::new("delete-only")).can(Verb::Delete, cancel))
}

/// Allocated capacity is charged; requested capacity may be charged.
fn charge(reservation: &Reservation) -> Charge {
    let sku = Sku::new("AmazonAthena").with("item", "provisioned_capacity").with("unit", "hour");
    match (reservation.allocated_dpus, reservation.target_dpus) {
        (given, _) if given > Decimal::ZERO => Charge::hourly("DPU", sku, given),
        (_, asked) if asked > Decimal::ZERO => Charge::hourly("DPU", sku, asked).at_most(),
        _ => Charge::metered("DPU", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(status: &str, target: i64, allocated: i64) -> Option<Listed> {
        let (target_dpus, allocated_dpus) = (target.into(), allocated.into());
        finding(&Reservation { status: Some(status.into()), target_dpus, allocated_dpus, ..Reservation::default() })
    }

    #[test]
    fn is_charged_until_it_is_cancelled() {
        let states = ["CANCELLED", "CANCELLING", "ACTIVE", "FAILED", "NEW"];
        let billing = states.map(|status| found(status, 24, 24).map(|it| it.billing));
        let running = Some(Billing::Running);
        assert_eq!(billing, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn allocated_capacity_is_charged() {
        let what = |target, allocated| found("ACTIVE", target, allocated).unwrap().charges[0].what.clone();
        assert_eq!([what(48, 24), what(24, 0), what(0, 0)], ["24 × DPU", "≤ 24 × DPU", "DPU"]);
    }
}
