//! Reserved Instances are charged by the hour until the end of their term, used or not.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{CurrencyCodeValues, InstanceType, OfferingTypeValues, ReservedInstanceState as State};
use aws_sdk_ec2::types::{RecurringChargeFrequency, ReservedInstances};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Usd, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag, sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-reserved-instance",
    names: words("EC2 Reserved Instance", "EC2 リザーブドインスタンス"),
    bills: words(
        "per hour to the end of its term, used or not; what was paid upfront is paid",
        "期間が終わるまで、使わなくても 1 時間ごと。前払い分は支払い済み",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEC2"],
    asks: &[&Typed("ec2:DescribeReservedInstances")],
    writes: &["ec2:DeleteQueuedReservedInstances"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let answer = Client::new(&cx.sdk).describe_reserved_instances().send().await?;
    Ok(answer.reserved_instances().iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means nothing is left to pay. An unknown state is reported, not hidden.
fn finding(reserved: &ReservedInstances) -> Option<Listed> {
    let state = reserved.state();
    if matches!(state, Some(State::PaymentFailed | State::Retired | State::QueuedDeleted)) {
        return None;
    }
    let charge = charge(reserved)?;
    let id = reserved.reserved_instances_id().unwrap_or_default();
    let tags = ec2_tags(reserved.tags());
    let end = time(reserved.end());
    let found = Listed { name: name_tag(&tags), created_at: time(reserved.start()), tags, ..Listed::new(id) };
    if state == Some(&State::Queued) {
        let delete = Command::aws("ec2 delete-queued-reserved-instances --reserved-instances-ids").arg(id);
        let charge = if charge.quantity.is_some() { charge.at_most() } else { charge };
        return Some(found.charge(charge).can(Verb::Delete, delete));
    }
    let committed = end.map_or_else(|| Note::new("committed"), |end| Note::with("committed-until", end));
    let certain = state != Some(&State::PaymentPending);
    let charge = if certain || charge.quantity.is_none() { charge } else { charge.at_most() };
    Some(found.charge(charge).note(committed).note(Note::new("covers-instances")))
}

/// The recurring hourly price, as AWS states it; `None` if everything was paid upfront.
fn charge(reserved: &ReservedInstances) -> Option<Charge> {
    let class = reserved.instance_type().map(InstanceType::as_str);
    let offering = reserved.offering_type().map(OfferingTypeValues::as_str);
    let known = [("bundle", Some("reserved")), ("instanceType", class), ("offering", offering)];
    let (name, sku) = (format!("reserved {}", class.unwrap_or("instance")), sku("AmazonEC2", known));
    let charges = reserved.recurring_charges();
    let hourly = charges.iter().all(|it| it.frequency() == Some(&RecurringChargeFrequency::Hourly));
    let dollars = reserved.currency_code().is_none_or(|code| *code == CurrencyCodeValues::Usd);
    let add = |sum: Decimal, amount: f64| sum.checked_add(Decimal::try_from(amount).ok()?);
    let each = charges.iter().try_fold(Decimal::ZERO, |sum, it| add(sum, it.amount()?));
    let upfront = offering == Some("All Upfront");
    let idle = reserved.usage_price().is_none_or(|price| price <= 0.0);
    match (each, reserved.instance_count()) {
        (Some(each), _) if upfront && each.is_zero() && idle => None,
        (Some(each), Some(count)) if hourly && dollars && !each.is_zero() => {
            Some(Charge::hourly(&name, sku, count).with_price(Usd(each)))
        }
        _ => Some(Charge::metered(&name, sku, Unit::Hour)),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{RecurringCharge, builders::ReservedInstancesBuilder};

    use super::*;
    use crate::model::Measure;

    fn reserved(state: &str) -> ReservedInstancesBuilder {
        let hourly = RecurringCharge::builder().amount(0.0126).frequency(RecurringChargeFrequency::Hourly).build();
        ReservedInstances::builder().instance_count(2).recurring_charges(hourly).state(state.into())
    }

    #[test]
    fn its_charge_is_the_recurring_price_of_aws() {
        let charge = charge(&reserved("active").build()).unwrap();
        assert_eq!((charge.quantity, charge.usd_per_unit), (Some(2.into()), Some("0.0126".parse().unwrap())));
        let foreign = reserved("active").currency_code("EUR".into());
        assert_eq!(super::charge(&foreign.build()).unwrap().usd_per_unit, None);
        let paid = || ReservedInstances::builder().offering_type(OfferingTypeValues::AllUpfront);
        assert_eq!(super::charge(&paid().build()), None);
        assert!(super::charge(&paid().usage_price(0.1).build()).is_some());
        assert_eq!(super::charge(&ReservedInstances::builder().build()).unwrap().quantity, None);
        let vast = || RecurringCharge::builder().amount(7e28).frequency(RecurringChargeFrequency::Hourly).build();
        let beyond = reserved("active").recurring_charges(vast()).recurring_charges(vast());
        assert_eq!(super::charge(&beyond.build()).unwrap().quantity, None);
    }

    #[test]
    fn only_a_queued_one_can_be_ended() {
        let seen = |state: &str| {
            let found = finding(&reserved(state).build());
            found.map(|found| (found.can.len(), found.charges[0].measure))
        };
        assert_eq!(["retired", "payment-failed", "queued-deleted"].map(seen), [None; 3]);
        assert_eq!(["active", "future"].map(seen), [Some((0, Measure::Exact)); 2]);
        assert_eq!(seen("queued"), Some((1, Measure::AtMost)));
        assert_eq!(seen("payment-pending"), Some((0, Measure::AtMost)));
        assert_eq!(finding(&reserved("active").build()).unwrap().notes[0], Note::new("committed"));
    }
}
