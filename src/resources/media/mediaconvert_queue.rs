//! Reserved MediaConvert queues bill for every month of each slot until their term ends; other queues bill by the minute of work.

use aws_sdk_mediaconvert::Client;
use aws_sdk_mediaconvert::types::{PricingPlan, Queue, RenewalType, ReservationPlan, ReservationPlanStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Listed, Note, Scope, Sku, Unit, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mediaconvert-queue",
    names: words("MediaConvert reserved queue", "MediaConvert リザーブドキュー"),
    bills: words(
        "per month and reserved slot until its term ends; it cannot be ended earlier",
        "期間の終わりまで予約スロットごとに月ごと。途中で解約はできない",
    ),
    scope: Scope::Region,
    endpoint: "mediaconvert",
    small: false,
    billed_as: &["AWSElementalMediaConvert"],
    reads: &["mediaconvert:ListQueues"],
    writes: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let queues = Client::new(&cx.sdk).list_queues().max_results(20).into_paginator().items().send();
    let queues: Vec<Queue> = queues.try_collect().await?;
    Ok(queues.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means nothing is reserved.
fn finding(queue: &Queue) -> Option<Listed> {
    let plan = queue.reservation_plan();
    if queue.pricing_plan() == Some(&PricingPlan::OnDemand)
        || plan.and_then(ReservationPlan::status) == Some(&ReservationPlanStatus::Expired)
    {
        return None;
    }
    let sku = Sku::new("AWSElementalMediaConvert").with("group", "Reserved Transcode Slot");
    let charge = match plan.and_then(ReservationPlan::reserved_slots).filter(|slots| *slots > 0) {
        Some(slots) => Charge::each_month("reserved slot", sku, slots),
        None => Charge::metered("reserved slot", sku, Unit::Month),
    };
    let found = Listed {
        arn: queue.arn().map(str::to_owned),
        created_at: time(queue.created_at()),
        notes: term(plan).into_iter().collect(),
        ..Listed::new(queue.name().unwrap_or_default())
    };
    Some(found.charge(charge))
}

/// When it stops billing, or is renewed.
fn term(plan: Option<&ReservationPlan>) -> Option<Note> {
    let ends = time(plan?.expires_at())?;
    let renewed = plan?.renewal_type() == Some(&RenewalType::AutoRenew);
    Some(Note::with(if renewed { "renewed-by-itself" } else { "committed-until" }, ends))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    #[test]
    fn only_what_is_reserved_bills() {
        let reported = |queue: Queue| finding(&queue).is_some();
        assert!(!reported(Queue::builder().pricing_plan(PricingPlan::OnDemand).build()));
        let plan = |status: &str| ReservationPlan::builder().status(status.into()).build();
        assert!(!reported(Queue::builder().reservation_plan(plan("EXPIRED")).build()));
        assert!(reported(Queue::builder().reservation_plan(plan("ACTIVE")).build()));
        assert!(reported(Queue::builder().pricing_plan("DREAM".into()).build()));
    }

    #[test]
    fn says_how_long_it_bills() {
        let plan = |renewal: RenewalType| {
            let plan = ReservationPlan::builder().reserved_slots(2).renewal_type(renewal);
            let queue = Queue::builder().reservation_plan(plan.expires_at(DateTime::from_secs(0)).build()).build();
            let found = finding(&queue).unwrap();
            (found.charges[0].what.clone(), found.notes[0].id().to_owned())
        };
        let what = "2 × reserved slot".to_owned();
        assert_eq!(plan(RenewalType::AutoRenew), (what.clone(), "renewed-by-itself".to_owned()));
        assert_eq!(plan(RenewalType::Expire), (what, "committed-until".to_owned()));
    }
}
