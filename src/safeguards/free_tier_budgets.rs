//! The free-tier budgets: one for each free allowance of the profile, with a warning before it is used up.

use std::collections::BTreeSet;

use super::budget::{Alert, Budgets, Measures, Wanted};
use super::inputs::Inputs;
use super::monthly_budget::MonthlyBudget;
use super::zero_spend_budget::ZeroSpendBudget;
use crate::model::{Words, words};
use crate::profile::Allowance;

const PREFIX: &str = "guardrail-free-tier-";

pub(super) struct FreeTierBudgets;

impl Budgets for FreeTierBudgets {
    const ID: &'static str = "free-tier-budgets";
    const NAMES: Words = words("Free-tier budgets", "無料利用枠の予算");

    fn named(name: &str, _inputs: &Inputs) -> bool {
        name.starts_with(PREFIX)
    }

    fn wanted(inputs: &Inputs) -> Vec<Wanted> {
        let free_tier = &inputs.goal.profile.budgets.free_tier;
        let alerts: BTreeSet<Alert> = free_tier.alert_percent.iter().copied().map(Alert::actual_percent).collect();
        let budget = |allowance: &Allowance| Wanted {
            name: format!("{PREFIX}{}", allowance.name),
            limit: Some(allowance.limit),
            unit: allowance.unit.clone(),
            measures: Measures::Usage(allowance.of.clone()),
            alerts: alerts.clone(),
        };
        free_tier.usage.iter().filter(|_| free_tier.enabled).map(budget).collect()
    }

    fn emails_are_proven_by_another(inputs: &Inputs) -> bool {
        !MonthlyBudget::wanted(inputs).is_empty() || !ZeroSpendBudget::wanted(inputs).is_empty()
    }
}
