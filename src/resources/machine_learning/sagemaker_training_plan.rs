//! SageMaker training plans are charged in full and upfront for the capacity they reserve, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::sagemaker_charges::SERVICE;
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Listed, Note, Scope, Unit, words};
use crate::resources::reading::{first_non_empty, sku};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-training-plan",
    names: words("SageMaker training plan", "SageMaker トレーニングプラン"),
    bills: words(
        "once and upfront for all the capacity it reserves, used or not",
        "使わなくても、確保した容量の全額を前払い",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&PLANS],
    writes: &[],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const PLANS: Operation<Plan> = Operation::new("sagemaker:ListTrainingPlans").at("TrainingPlanSummaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Plan {
    training_plan_arn: Option<String>,
    training_plan_name: Option<String>,
    status: Option<Status>,
    end_time: Option<Timestamp>,
    upfront_fee: Option<String>,
    currency_code: Option<String>,
    reserved_capacity_summaries: Vec<Capacity>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Capacity {
    instance_type: Option<String>,
    total_instance_count: Option<Decimal>,
}

values! { enum Status { Expired = "Expired", Failed = "Failed" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let plans = cx.ask(&PLANS).all().await?;
    Ok(plans.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it has ended, or was never created.
fn finding(plan: &Plan) -> Option<Listed> {
    if matches!(plan.status, Some(Status::Expired | Status::Failed)) {
        return None;
    }
    let arn = plan.training_plan_arn.clone();
    let id =
        first_non_empty([plan.training_plan_name.as_deref(), plan.training_plan_arn.as_deref()]).unwrap_or_default();
    let committed = plan.end_time.map_or_else(|| Note::new("committed"), |end| Note::with("committed-until", end));
    let found = Listed { arn, ..Listed::new(id) }.charge(fee(plan));
    Some(found.note(committed).note(Note::new("covers-instances")))
}

/// The fee is a one-time payment: it has a text and no rate.
fn fee(plan: &Plan) -> Charge {
    let capacity: Vec<String> = plan.reserved_capacity_summaries.iter().map(capacity).collect();
    let capacity = if capacity.is_empty() { "reserved capacity".to_owned() } else { capacity.join(" + ") };
    let what = match first_non_empty([plan.upfront_fee.as_deref()]) {
        Some(fee) => format!("{capacity}, {fee} {} upfront", plan.currency_code.as_deref().unwrap_or("USD")),
        None => format!("{capacity}, paid upfront"),
    };
    let known = [("item", Some("training_plan")), ("unit", Some("once"))];
    Charge::metered(&what, sku(SERVICE, known), Unit::Month)
}

fn capacity(reserved: &Capacity) -> String {
    let class = reserved.instance_type.as_deref().unwrap_or("instance");
    match reserved.total_instance_count {
        Some(count) => format!("{} × {class}", count.normalize()),
        None => class.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_reported_until_it_is_over() {
        let reported = |status: &str| finding(&Plan { status: Some(status.into()), ..Plan::default() }).is_some();
        assert_eq!(["Pending", "Scheduled", "Active", "Future"].map(reported), [true; 4]);
        assert_eq!(["Expired", "Failed"].map(reported), [false; 2]);
        assert!(finding(&Plan::default()).is_some());
    }

    #[test]
    fn its_fee_is_that_of_aws() {
        let plan = |fee: Option<&str>| {
            let reserved =
                Capacity { total_instance_count: Some(4.into()), instance_type: Some("ml.p5.48xlarge".into()) };
            let upfront_fee = fee.map(str::to_owned);
            Plan { reserved_capacity_summaries: vec![reserved], upfront_fee, ..Plan::default() }
        };
        assert_eq!(fee(&plan(Some("9000.50"))).what, "4 × ml.p5.48xlarge, 9000.50 USD upfront");
        assert_eq!(fee(&plan(None)).what, "4 × ml.p5.48xlarge, paid upfront");
        assert_eq!(fee(&Plan::default()).quantity, None);
    }
}
