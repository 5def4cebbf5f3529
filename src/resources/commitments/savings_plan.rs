//! Savings Plans bill their hourly part to the end of their term, whether anything uses them or not.

use aws_sdk_savingsplans::Client;
use aws_sdk_savingsplans::types::SavingsPlanState as State;
use aws_sdk_savingsplans::types::{CurrencyCode, SavingsPlan, SavingsPlanPaymentOption as Payment, SavingsPlanType};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Usd, Verb, words};
use crate::resources::paging::pages;
use crate::resources::reading::{tag_map, written};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "savings-plan",
    names: words("Savings Plan", "Savings Plans"),
    bills: words(
        "per hour to the end of its term, used or not; what was paid upfront is paid",
        "期間が終わるまで、使わなくても 1 時間ごと。前払い分は支払い済み",
    ),
    scope: Scope::Global,
    endpoint: "savingsplans",
    small: false,
    billed_as: &["ComputeSavingsPlans", "MachineLearningSavingsPlans", "DatabaseSavingsPlans"],
    reads: &["savingsplans:DescribeSavingsPlans"],
    writes: &["savingsplans:DeleteQueuedSavingsPlan"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let page = |token| {
        let answer = client.describe_savings_plans().max_results(1000).set_next_token(token).send();
        async move { Ok(answer.await.map(|it| (it.savings_plans.unwrap_or_default(), it.next_token))?) }
    };
    Ok(pages(page).await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means nothing of it is still to be paid. An unknown state is reported, not hidden.
fn finding(plan: &SavingsPlan) -> Option<Listed> {
    let (billing, certain) = match plan.state() {
        Some(State::PaymentFailed | State::Retired | State::QueuedDeleted | State::Returned) => return None,
        Some(State::PaymentPending | State::Queued) => (Billing::Running, false),
        Some(State::PendingReturn) => (Billing::Ending, false),
        _ => (Billing::Running, true),
    };
    let id = plan.savings_plan_id().unwrap_or_default();
    let (start, end) = (written(plan.start()), written(plan.end()));
    let (arn, tags) = (plan.savings_plan_arn.clone(), tag_map(plan.tags()));
    let found = Listed { arn, billing, created_at: start, tags, ..Listed::new(id) }.named(plan.description.clone());
    if certain {
        let found = found.charge(charge(plan)?);
        let committed = end.map_or_else(|| Note::new("committed"), |end| Note::with("committed-until", end));
        let found = found.note(committed).note(Note::new("covers-usage"));
        // One that cannot be given back says the time of its start here.
        let until = written(plan.returnable_until()).filter(|until| start.is_some_and(|start| *until > start));
        return Some(until.into_iter().fold(found, |it, until| it.note(Note::with("returnable-until", until))));
    }
    // What is paid upfront is yet to be paid.
    let found = found.charge(charge(plan).unwrap_or_else(|| unknown(plan)).at_most());
    if plan.state() == Some(&State::Queued) {
        let delete = Command::aws("savingsplans delete-queued-savings-plan --savings-plan-id").arg(id);
        return Some(found.can(Verb::Delete, delete));
    }
    Some(found)
}

/// What AWS says it goes on costing; `None` if all was paid upfront.
fn charge(plan: &SavingsPlan) -> Option<Charge> {
    let amount = |text: Option<&str>| text.and_then(|text| text.parse::<Decimal>().ok());
    let (each, commitment) = (amount(plan.recurring_payment_amount()), amount(plan.commitment()));
    let dollars = plan.currency().is_none_or(|code| *code == CurrencyCode::Usd);
    match (each, commitment) {
        (Some(each), _) if each.is_zero() && plan.payment_option() == Some(&Payment::AllUpfront) => None,
        // The part that is left for each hour is no more than the commitment, which is one of an hour.
        (Some(each), Some(commitment)) if dollars && !each.is_zero() && each <= commitment => {
            Some(hourly(plan).told(Usd(each)))
        }
        _ => Some(unknown(plan)),
    }
}

fn hourly(plan: &SavingsPlan) -> Charge {
    let service = match plan.savings_plan_type() {
        Some(SavingsPlanType::Sagemaker) => "MachineLearningSavingsPlans",
        Some(SavingsPlanType::Database) => "DatabaseSavingsPlans",
        _ => "ComputeSavingsPlans",
    };
    let kind = plan.savings_plan_type().map_or("unknown", SavingsPlanType::as_str);
    Charge::hourly(
        &format!("{kind} Savings Plan"),
        Sku::new(service).with("item", "commitment").with("unit", "hour"),
        1,
    )
}

fn unknown(plan: &SavingsPlan) -> Charge {
    let Charge { what, sku, .. } = hourly(plan);
    Charge::metered(&what, sku, Unit::Hour)
}

#[cfg(test)]
mod tests {
    use aws_sdk_savingsplans::types::builders::SavingsPlanBuilder;

    use super::*;
    use crate::model::Measure;

    fn plan(state: &str, payment: Payment, recurring: &str) -> SavingsPlanBuilder {
        let plan = SavingsPlan::builder().state(state.into()).payment_option(payment).currency(CurrencyCode::Usd);
        plan.savings_plan_type(SavingsPlanType::Compute).commitment("0.10").recurring_payment_amount(recurring)
    }

    #[test]
    fn it_goes_on_costing_what_aws_says() {
        let told = |plan: SavingsPlanBuilder| charge(&plan.build()).map(|it| it.usd_per_unit.map(|it| it.to_string()));
        let active = |payment, recurring| plan("active", payment, recurring);
        let usd = |text: &str| Some(Some(text.parse::<Usd>().unwrap().to_string()));
        assert_eq!(told(active(Payment::NoUpfront, "0.10")), usd("0.10"));
        assert_eq!(told(active(Payment::PartialUpfront, "0.05")), usd("0.05"));
        assert_eq!(told(active(Payment::AllUpfront, "0.0")), None);
        // More than the commitment is no part of an hour.
        assert_eq!(told(active(Payment::NoUpfront, "73.00")), Some(None));
        assert_eq!(told(active(Payment::NoUpfront, "0.10").currency(CurrencyCode::Eur)), Some(None));
        assert_eq!(told(SavingsPlan::builder()), Some(None));
    }

    #[test]
    fn only_a_queued_one_can_be_ended() {
        let seen = |state: &str| {
            let found = finding(&plan(state, Payment::NoUpfront, "0.10").build());
            found.map(|found| (found.billing, found.charges[0].measure, found.can.len()))
        };
        assert_eq!(["retired", "payment-failed", "queued-deleted", "returned"].map(seen), [None; 4]);
        assert_eq!(["active", "dreaming"].map(seen), [Some((Billing::Running, Measure::Exact, 0)); 2]);
        assert_eq!(seen("queued"), Some((Billing::Running, Measure::AtMost, 1)));
        assert_eq!(seen("payment-pending"), Some((Billing::Running, Measure::AtMost, 0)));
        assert_eq!(seen("pending-return"), Some((Billing::Ending, Measure::AtMost, 0)));
    }

    #[test]
    fn what_is_to_be_paid_upfront_is_told_before_it_is_paid() {
        let charges = |state| finding(&plan(state, Payment::AllUpfront, "0.0").build()).map(|it| it.charges[0].measure);
        assert_eq!((charges("active"), charges("queued")), (None, Some(Measure::Metered)));
    }

    #[test]
    fn it_can_be_given_back_for_a_while() {
        let notes = |until: &str| {
            let plan = plan("active", Payment::NoUpfront, "0.10").start("2026-11-20T00:00:00Z");
            finding(&plan.end("2027-11-20T00:00:00Z").returnable_until(until).build()).unwrap().notes
        };
        assert_eq!(notes("2026-11-27T00:00:00Z")[2], Note::with("returnable-until", "2026-11-27T00:00:00Z"));
        assert_eq!(notes("2026-11-20T00:00:00Z").len(), 2);
    }
}
