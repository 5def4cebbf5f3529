//! SageMaker training plans are paid upfront and in full for the capacity they reserve, whether anything is trained or not.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::types::{
    ReservedCapacityInstanceType, ReservedCapacitySummary, TrainingPlanStatus, TrainingPlanSummary,
};
use futures::FutureExt;

use super::sagemaker_charges::SERVICE;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Listed, Note, Scope, Unit, words};
use crate::resources::reading::{said, sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-training-plan",
    names: words("SageMaker training plan", "SageMaker トレーニングプラン"),
    bills: words(
        "once and upfront for all the capacity it reserves, used or not",
        "使わなくても、確保した容量の全額を前払い",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListTrainingPlans"],
    writes: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let plans = Client::new(&cx.sdk).list_training_plans().max_results(100).into_paginator().items().send();
    let plans: Vec<TrainingPlanSummary> = plans.try_collect().await?;
    Ok(plans.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is over, or never came to be.
fn finding(plan: &TrainingPlanSummary) -> Option<Listed> {
    if matches!(plan.status(), Some(TrainingPlanStatus::Expired | TrainingPlanStatus::Failed)) {
        return None;
    }
    let arn = plan.training_plan_arn.clone();
    let id = said([plan.training_plan_name(), plan.training_plan_arn()]).unwrap_or_default();
    let end = time(plan.end_time());
    let committed = end.map_or_else(|| Note::new("committed"), |end| Note::with("committed-until", end));
    let found = Listed { arn, ..Listed::new(id) }.charge(fee(plan));
    Some(found.note(committed).note(Note::new("covers-instances")))
}

/// The fee is said in words: it comes once, and is no rate.
fn fee(plan: &TrainingPlanSummary) -> Charge {
    let capacity: Vec<String> = plan.reserved_capacity_summaries().iter().map(capacity).collect();
    let capacity = if capacity.is_empty() { "reserved capacity".to_owned() } else { capacity.join(" + ") };
    let what = match said([plan.upfront_fee()]) {
        Some(fee) => format!("{capacity}, {fee} {} upfront", plan.currency_code().unwrap_or("USD")),
        None => format!("{capacity}, paid upfront"),
    };
    let known = [("item", Some("training_plan")), ("unit", Some("once"))];
    Charge::metered(&what, sku(SERVICE, known), Unit::Month)
}

fn capacity(reserved: &ReservedCapacitySummary) -> String {
    let class = reserved.instance_type().map_or("instance", ReservedCapacityInstanceType::as_str);
    match reserved.total_instance_count() {
        Some(count) => format!("{count} × {class}"),
        None => class.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_until_it_is_over() {
        let told = |status: &str| finding(&TrainingPlanSummary::builder().status(status.into()).build()).is_some();
        assert_eq!(["Pending", "Scheduled", "Active", "Dreaming"].map(told), [true; 4]);
        assert_eq!(["Expired", "Failed"].map(told), [false; 2]);
        assert!(finding(&TrainingPlanSummary::builder().build()).is_some());
    }

    #[test]
    fn its_fee_is_what_aws_says() {
        let reserved = ReservedCapacitySummary::builder().total_instance_count(4);
        let reserved = reserved.instance_type("ml.p5.48xlarge".into()).build();
        let plan = || TrainingPlanSummary::builder().reserved_capacity_summaries(reserved.clone());
        assert_eq!(fee(&plan().upfront_fee("9000.50").build()).what, "4 × ml.p5.48xlarge, 9000.50 USD upfront");
        assert_eq!(fee(&plan().build()).what, "4 × ml.p5.48xlarge, paid upfront");
        assert_eq!(fee(&TrainingPlanSummary::builder().build()).quantity, None);
    }
}
