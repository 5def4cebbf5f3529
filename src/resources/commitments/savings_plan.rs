//! Savings Plans are charged by the hour until the end of their term, used or not.

use std::collections::BTreeMap;

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Usd, Verb, words};
use crate::resources::reading::parse_timestamp;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "savings-plan",
    names: words("Savings Plan", "Savings Plans"),
    bills: words(
        "per hour to the end of its term, used or not; what was paid upfront is paid",
        "期間が終わるまで、使わなくても 1 時間ごと。前払い分は支払い済み",
    ),
    scope: Scope::Global,
    small: false,
    billed_as: &["ComputeSavingsPlans", "MachineLearningSavingsPlans", "DatabaseSavingsPlans"],
    asks: &[&PLANS],
    writes: &["savingsplans:DeleteQueuedSavingsPlan"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const PLANS: Operation<Plan> = Operation::new("savingsplans:DescribeSavingsPlans").at("savingsPlans");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Plan {
    savings_plan_id: String,
    savings_plan_arn: Option<String>,
    savings_plan_type: Option<Kind>,
    description: Option<String>,
    state: Option<State>,
    start: Option<String>,
    end: Option<String>,
    returnable_until: Option<String>,
    payment_option: Option<Payment>,
    currency: Option<Currency>,
    commitment: Option<String>,
    recurring_payment_amount: Option<String>,
    tags: BTreeMap<String, String>,
}

values! {
    enum State {
        PaymentPending = "payment-pending",
        PaymentFailed = "payment-failed",
        Retired = "retired",
        Queued = "queued",
        QueuedDeleted = "queued-deleted",
        PendingReturn = "pending-return",
        Returned = "returned",
    }
}
values! { enum Kind { SageMaker = "SageMaker", Database = "Database" } }
values! { enum Payment { AllUpfront = "All Upfront" } }
values! { enum Currency { Usd = "USD" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let plans = cx.ask(&PLANS).all().await?;
    Ok(plans.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means nothing is left to pay. An unknown state is reported, not hidden.
fn finding(plan: &Plan) -> Option<Listed> {
    let (billing, certain) = match plan.state {
        Some(State::PaymentFailed | State::Retired | State::QueuedDeleted | State::Returned) => return None,
        Some(State::PaymentPending | State::Queued) => (Billing::Running, false),
        Some(State::PendingReturn) => (Billing::Ending, false),
        _ => (Billing::Running, true),
    };
    let id = plan.savings_plan_id.as_str();
    let (start, end) = (parse_timestamp(plan.start.as_deref()), parse_timestamp(plan.end.as_deref()));
    let (arn, tags) = (plan.savings_plan_arn.clone(), plan.tags.clone());
    let found = Listed { arn, billing, created_at: start, tags, ..Listed::new(id) }.named(plan.description.clone());
    if certain {
        let found = found.charge(charge(plan)?);
        let committed = end.map_or_else(|| Note::new("committed"), |end| Note::with("committed-until", end));
        let found = found.note(committed).note(Note::new("covers-usage"));
        // For a plan that cannot be given back, AWS returns the time of its start.
        let until =
            parse_timestamp(plan.returnable_until.as_deref()).filter(|until| start.is_some_and(|start| *until > start));
        return Some(until.into_iter().fold(found, |it, until| it.note(Note::with("returnable-until", until))));
    }
    // The upfront part is not paid yet.
    let found = found.charge(charge(plan).unwrap_or_else(|| unknown(plan)).at_most());
    if plan.state == Some(State::Queued) {
        let delete = Command::aws("savingsplans delete-queued-savings-plan --savings-plan-id").arg(id);
        return Some(found.can(Verb::Delete, delete));
    }
    Some(found)
}

/// The recurring hourly payment; `None` if everything was paid upfront.
fn charge(plan: &Plan) -> Option<Charge> {
    let amount = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Decimal>().ok());
    let (each, commitment) = (amount(&plan.recurring_payment_amount), amount(&plan.commitment));
    let dollars = plan.currency.as_ref().is_none_or(|code| *code == Currency::Usd);
    match (each, commitment) {
        (Some(each), _) if each.is_zero() && plan.payment_option == Some(Payment::AllUpfront) => None,
        // The recurring part of an hour cannot be more than the hourly commitment.
        (Some(each), Some(commitment)) if dollars && !each.is_zero() && each <= commitment => {
            Some(hourly(plan).with_price(Usd(each)))
        }
        _ => Some(unknown(plan)),
    }
}

fn hourly(plan: &Plan) -> Charge {
    let service = match plan.savings_plan_type {
        Some(Kind::SageMaker) => "MachineLearningSavingsPlans",
        Some(Kind::Database) => "DatabaseSavingsPlans",
        _ => "ComputeSavingsPlans",
    };
    let kind = plan.savings_plan_type.as_ref().map_or("unknown", Kind::as_str);
    Charge::hourly(
        &format!("{kind} Savings Plan"),
        Sku::new(service).with("item", "commitment").with("unit", "hour"),
        1,
    )
}

fn unknown(plan: &Plan) -> Charge {
    let Charge { what, sku, .. } = hourly(plan);
    Charge::metered(&what, sku, Unit::Hour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measure;

    fn plan(state: &str, payment: &str, recurring: &str) -> Plan {
        let (savings_plan_type, currency) = (Some("Compute".into()), Some(Currency::Usd));
        let (commitment, recurring_payment_amount) = (Some("0.10".into()), Some(recurring.into()));
        let plan = Plan { savings_plan_type, currency, commitment, recurring_payment_amount, ..Plan::default() };
        Plan { state: Some(state.into()), payment_option: Some(payment.into()), ..plan }
    }

    #[test]
    fn its_charge_is_the_recurring_payment_of_aws() {
        let told = |plan: Plan| charge(&plan).map(|it| it.usd_per_unit.map(|it| it.to_string()));
        let active = |payment, recurring| plan("active", payment, recurring);
        let usd = |text: &str| Some(Some(text.parse::<Usd>().unwrap().to_string()));
        assert_eq!(told(active("No Upfront", "0.10")), usd("0.10"));
        assert_eq!(told(active("Partial Upfront", "0.05")), usd("0.05"));
        assert_eq!(told(active("All Upfront", "0.0")), None);
        // More than the commitment cannot be an hourly payment.
        assert_eq!(told(active("No Upfront", "73.00")), Some(None));
        let euros = Plan { currency: Some("EUR".into()), ..active("No Upfront", "0.10") };
        assert_eq!(told(euros), Some(None));
        assert_eq!(told(Plan::default()), Some(None));
    }

    #[test]
    fn only_a_queued_one_can_be_ended() {
        let seen = |state: &str| {
            let found = finding(&plan(state, "No Upfront", "0.10"));
            found.map(|found| (found.billing, found.charges[0].measure, found.can.len()))
        };
        assert_eq!(["retired", "payment-failed", "queued-deleted", "returned"].map(seen), [None; 4]);
        assert_eq!(["active", "future"].map(seen), [Some((Billing::Running, Measure::Exact, 0)); 2]);
        assert_eq!(seen("queued"), Some((Billing::Running, Measure::AtMost, 1)));
        assert_eq!(seen("payment-pending"), Some((Billing::Running, Measure::AtMost, 0)));
        assert_eq!(seen("pending-return"), Some((Billing::Ending, Measure::AtMost, 0)));
    }

    #[test]
    fn an_upfront_payment_is_reported_before_it_is_paid() {
        let charges = |state| finding(&plan(state, "All Upfront", "0.0")).map(|it| it.charges[0].measure);
        assert_eq!((charges("active"), charges("queued")), (None, Some(Measure::Metered)));
    }

    #[test]
    fn it_can_be_returned_for_a_while() {
        let notes = |until: &str| {
            let (start, end) = (Some("2026-11-20T00:00:00Z".into()), Some("2027-11-20T00:00:00Z".into()));
            let plan = plan("active", "No Upfront", "0.10");
            finding(&Plan { start, end, returnable_until: Some(until.into()), ..plan }).unwrap().notes
        };
        assert_eq!(notes("2026-11-27T00:00:00Z")[2], Note::with("returnable-until", "2026-11-27T00:00:00Z"));
        assert_eq!(notes("2026-11-20T00:00:00Z").len(), 2);
    }
}
