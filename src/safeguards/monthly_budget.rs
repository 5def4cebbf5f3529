//! The monthly budget: warnings at shares of the limit, for actual and for forecasted costs.

use super::budget::{Alert, Budgets, Measures, Wanted};
use super::inputs::Inputs;
use crate::model::{Words, words};

pub(super) const NAME: &str = "guardrail-monthly";

pub(super) struct MonthlyBudget;

impl Budgets for MonthlyBudget {
    const ID: &'static str = "monthly-budget";
    const NAMES: Words = words("Monthly budget", "月次予算");

    fn named(name: &str) -> bool {
        name == NAME
    }

    fn wanted(inputs: &Inputs) -> Vec<Wanted> {
        let monthly = &inputs.goal.profile.budgets.monthly;
        let actual = monthly.actual_percent.iter().copied().map(Alert::actual_percent);
        let forecast = monthly.forecast_percent.iter().copied().map(Alert::forecast_percent);
        let budget = || Wanted {
            name: NAME.to_owned(),
            limit: inputs.goal.profile.limit_usd.map(|limit| limit.0),
            unit: "USD".to_owned(),
            measures: Measures::Cost,
            alerts: actual.chain(forecast).collect(),
        };
        monthly.enabled.then(budget).into_iter().collect()
    }

    fn emails_are_proven_by_another(_inputs: &Inputs) -> bool {
        false
    }
}
