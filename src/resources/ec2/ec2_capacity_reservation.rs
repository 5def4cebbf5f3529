//! Capacity reservations are charged like the instances they reserve, as long as those do not run.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{CapacityReservation, CapacityReservationState as State, CapacityReservationTenancy};
use futures::FutureExt;
use rust_decimal::Decimal;

use super::ec2_instance::listed;
use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{AccountId, Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{ec2_tags, located, name_tag, sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-capacity-reservation",
    names: words("EC2 capacity reservation", "EC2 キャパシティ予約"),
    bills: words(
        "per hour, like the instances it keeps room for, used or not",
        "確保した分を、使わなくてもインスタンスと同じ料金で 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEC2"],
    asks: &[&Typed("ec2:DescribeCapacityReservations")],
    writes: &["ec2:CancelCapacityReservation"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_capacity_reservations().max_results(1000);
    let reservations: Vec<CapacityReservation> = asked.into_paginator().items().send().try_collect().await?;
    Ok(reservations.iter().filter_map(|it| finding(it, &cx.place.account)).collect::<Vec<_>>().into())
}

/// `None` means this account does not pay for it. An unknown state is reported, not hidden.
fn finding(reservation: &CapacityReservation, account: &AccountId) -> Option<Listed> {
    let (billing, certain) = match reservation.state() {
        Some(State::Expired | State::Cancelled | State::Failed | State::PaymentFailed | State::Unsupported) => {
            return None;
        }
        Some(State::Cancelling) => (Billing::Ending, true),
        // It may never become active.
        Some(
            State::Pending
            | State::Scheduled
            | State::Assessing
            | State::Delayed
            | State::PaymentPending
            | State::Unavailable,
        ) => (Billing::Running, false),
        _ => (Billing::Running, true),
    };
    let ours = |id: &&str| *id == account.as_str();
    let payer = reservation.unused_reservation_billing_owner_id().filter(|id| !id.is_empty());
    if !payer.or(reservation.owner_id()).as_ref().is_none_or(ours) {
        return None;
    }
    let id = reservation.capacity_reservation_id().unwrap_or_default();
    let tags = ec2_tags(reservation.tags());
    let block = reservation.capacity_block_id().is_some()
        || reservation.reservation_type().is_some_and(|it| it.as_str() != "default");
    let commitment = reservation.commitment_info().and_then(|it| time(it.commitment_end_date()));
    let until = commitment.or_else(|| time(reservation.end_date()).filter(|_| block));
    let notes = [
        until.map(|until| Note::with("committed-until", until)),
        (block && until.is_none()).then(|| Note::new("committed")),
        (!block).then(|| Note::new("delete-only")),
    ];
    let charge = charge(reservation, block);
    let found = Listed {
        arn: reservation.capacity_reservation_arn().map(str::to_owned),
        name: name_tag(&tags),
        billing,
        created_at: time(reservation.create_date()),
        tags,
        notes: notes.into_iter().flatten().collect(),
        ..Listed::new(id)
    };
    let found = found.charge(if certain || charge.quantity.is_none() { charge } else { charge.at_most() });
    let cancel = Command::aws("ec2 cancel-capacity-reservation --capacity-reservation-id").arg(id);
    Some(if block { found } else { found.can(Verb::Delete, cancel) })
}

/// Running instances are charged themselves: the reservation is charged for the rest.
fn charge(reservation: &CapacityReservation, block: bool) -> Charge {
    let class = reservation.instance_type();
    let system = reservation.instance_platform().map(|system| listed(system.as_str()));
    let tenancy = reservation.tenancy().map(CapacityReservationTenancy::as_str).filter(|it| *it != "default");
    let market = block.then_some("CapacityBlock");
    let known = [
        ("instanceType", class),
        ("operatingSystem", system),
        ("tenancy", tenancy.map(listed)),
        ("marketoption", market),
    ];
    let sku = located(sku("AmazonEC2", known), reservation.availability_zone(), reservation.outpost_arn());
    let name = format!("unused {}", class.unwrap_or("EC2 instance"));
    match reservation.available_instance_count() {
        Some(unused) => Charge::hourly(&name, sku, Decimal::from(unused).max(Decimal::ZERO)),
        None => Charge::metered(&name, sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::builders::CapacityReservationBuilder;

    use super::*;
    use crate::model::Measure;

    fn found(it: CapacityReservationBuilder) -> Option<Listed> {
        finding(&it.build(), &"123456789012".parse().unwrap())
    }
    fn reservation(state: &str) -> CapacityReservationBuilder {
        let it = CapacityReservation::builder().instance_type("m5.large").state(state.into());
        it.instance_platform("Linux/UNIX".into()).total_instance_count(3).available_instance_count(2)
    }

    #[test]
    fn is_charged_while_it_is_kept() {
        for state in ["expired", "cancelled", "failed", "payment-failed", "unsupported"] {
            assert_eq!(found(reservation(state)), None, "{state}");
        }
        let measure = |state| found(reservation(state)).map(|it| (it.billing, it.charges[0].measure));
        assert_eq!(measure("active"), Some((Billing::Running, Measure::Exact)));
        assert_eq!(measure("future"), Some((Billing::Running, Measure::Exact)));
        assert_eq!(measure("scheduled"), Some((Billing::Running, Measure::AtMost)));
        assert_eq!(measure("cancelling"), Some((Billing::Ending, Measure::Exact)));
        assert_eq!(found(CapacityReservation::builder()).map(|it| it.charges[0].quantity), Some(None));
    }

    #[test]
    fn only_the_unused_part_is_charged_and_only_to_the_payer() {
        let charge = &found(reservation("active")).unwrap().charges[0];
        assert_eq!(charge.what, "2 × unused m5.large");
        assert_eq!(charge.sku.to_string(), "AmazonEC2 instanceType=m5.large operatingSystem=Linux");
        assert_eq!(found(reservation("active").owner_id("210987654321")), None);
        assert_eq!(found(reservation("active").unused_reservation_billing_owner_id("210987654321")), None);
        let taken_on = reservation("active").owner_id("210987654321");
        assert!(found(taken_on.unused_reservation_billing_owner_id("123456789012")).is_some());
    }

    #[test]
    fn a_block_cannot_be_ended_and_has_no_price_on_demand() {
        let block = found(reservation("active").reservation_type("capacity-block".into())).unwrap();
        assert_eq!((block.can.len(), block.notes[0].id()), (0, "committed"));
        assert!(block.charges[0].sku.attributes.contains_key("marketoption"));
    }
}
