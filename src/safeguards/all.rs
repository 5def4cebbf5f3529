//! The list of the safeguards.

use super::anomaly_detection::{self, AnomalyDetection};
use super::billing_alarm::BillingAlarm;
use super::billing_alerts::{self, BillingAlerts};
use super::budget_action::BudgetAction;
use super::budget_action_role;
use super::budget_email;
use super::free_tier_budgets::FreeTierBudgets;
use super::monthly_budget::MonthlyBudget;
use super::safeguard::{Entry, entry};
use super::send_test;
use super::topic::{self, Topic};
use super::trail::MultiRegionTrail;
use super::zero_spend_budget::ZeroSpendBudget;
use crate::aws::api::Asks;

/// Every safeguard, in the order of creation; the order of removal is the reverse.
pub static ALL: &[Entry] = &[
    entry::<BillingAlerts>(),
    entry::<Topic>(),
    entry::<BillingAlarm>(),
    entry::<ZeroSpendBudget>(),
    entry::<MonthlyBudget>(),
    entry::<FreeTierBudgets>(),
    entry::<AnomalyDetection>(),
    entry::<BudgetAction>(),
    entry::<MultiRegionTrail>(),
];

/// The operations that the safeguards call by name.
pub fn asks() -> impl Iterator<Item = &'static dyn Asks> {
    let own = [
        anomaly_detection::asking::ASKS,
        billing_alerts::ASKS,
        budget_action_role::ASKS,
        budget_email::ASKS,
        send_test::ASKS,
        topic::ASKS,
    ];
    own.into_iter().flatten().copied()
}
