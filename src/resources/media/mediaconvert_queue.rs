//! Reserved MediaConvert queues are charged every month for each slot until their term ends; on-demand queues by use.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Listed, Note, Scope, Sku, Unit, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mediaconvert-queue",
    names: words("MediaConvert reserved queue", "MediaConvert リザーブドキュー"),
    bills: words(
        "per month and reserved slot until its term ends; it cannot be ended earlier",
        "期間の終わりまで予約スロットごとに月ごと。途中解約不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSElementalMediaConvert"],
    asks: &[&QUEUES],
    writes: &[],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const QUEUES: Operation<Queue> = Operation::new("mediaconvert:ListQueues").at("Queues");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Queue {
    name: String,
    arn: Option<String>,
    pricing_plan: Option<PricingPlan>,
    reservation_plan: Option<Reservation>,
    created_at: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Reservation {
    reserved_slots: Option<Decimal>,
    status: Option<Status>,
    renewal_type: Option<Renewal>,
    expires_at: Option<Timestamp>,
}

values! { enum PricingPlan { OnDemand = "ON_DEMAND" } }
values! { enum Status { Expired = "EXPIRED" } }
values! { enum Renewal { Auto = "AUTO_RENEW" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let queues = cx.ask(&QUEUES).all().await?;
    Ok(queues.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means nothing is reserved.
fn finding(queue: &Queue) -> Option<Listed> {
    let plan = queue.reservation_plan.as_ref();
    let expired = plan.is_some_and(|plan| plan.status == Some(Status::Expired));
    if expired || queue.pricing_plan == Some(PricingPlan::OnDemand) {
        return None;
    }
    let sku = Sku::new("AWSElementalMediaConvert").with("group", "Reserved Transcode Slot");
    let charge = match plan.and_then(|plan| plan.reserved_slots).filter(|slots| *slots > Decimal::ZERO) {
        Some(slots) => Charge::each_month("reserved slot", sku, slots),
        None => Charge::metered("reserved slot", sku, Unit::Month),
    };
    let found = Listed {
        arn: queue.arn.clone(),
        created_at: queue.created_at,
        notes: vec![plan.and_then(term).unwrap_or_else(|| Note::new("committed"))],
        ..Listed::new(&queue.name)
    };
    Some(found.charge(charge))
}

/// When the reservation ends or is renewed.
fn term(plan: &Reservation) -> Option<Note> {
    let renewed = plan.renewal_type == Some(Renewal::Auto);
    Some(Note::with(if renewed { "renewed-by-itself" } else { "committed-until" }, plan.expires_at?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reserved_slots_are_charged() {
        let of = |plan: &str| finding(&Queue { pricing_plan: Some(plan.into()), ..Queue::default() }).is_some();
        assert!(!of("ON_DEMAND"));
        let reserved = |status: &str| {
            let plan = Reservation { status: Some(status.into()), ..Reservation::default() };
            finding(&Queue { reservation_plan: Some(plan), ..Queue::default() }).is_some()
        };
        assert!(!reserved("EXPIRED"));
        assert!(reserved("ACTIVE"));
        assert!(of("FUTURE"));
    }

    #[test]
    fn says_when_its_term_ends() {
        let plan = |renewal: &str| {
            let (reserved_slots, renewal_type) = (Some(2.into()), Some(renewal.into()));
            let expires_at = Some(Timestamp::UNIX_EPOCH);
            let plan = Reservation { reserved_slots, renewal_type, expires_at, ..Reservation::default() };
            let found = finding(&Queue { reservation_plan: Some(plan), ..Queue::default() }).unwrap();
            (found.charges[0].what.clone(), found.notes[0].id().to_owned())
        };
        let what = "2 × reserved slot".to_owned();
        assert_eq!(plan("AUTO_RENEW"), (what.clone(), "renewed-by-itself".to_owned()));
        assert_eq!(plan("EXPIRE"), (what, "committed-until".to_owned()));
    }
}
