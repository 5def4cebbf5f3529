//! The monthly budget: warnings at shares of the limit, for actual and for forecasted costs.

use std::collections::BTreeSet;

use super::budget::{Alert, Budgets, Measures, Wanted};
use super::inputs::Inputs;
use crate::model::{AccountId, Usd, Words, words};

pub(super) const NAME: &str = "guardrail-monthly";
/// The budget of one account, in the management account of its organisation.
const OF_ACCOUNT: &str = "guardrail-monthly-account-";

pub(super) struct MonthlyBudget;

impl Budgets for MonthlyBudget {
    const ID: &'static str = "monthly-budget";
    const NAMES: Words = words("Monthly budget", "月次予算");

    /// Those of accounts only with the organisation.
    fn named(name: &str, inputs: &Inputs) -> bool {
        name == NAME || (inputs.payer.is_some() && name.starts_with(OF_ACCOUNT))
    }

    fn wanted(inputs: &Inputs) -> Vec<Wanted> {
        let monthly = &inputs.goal.profile.budgets.monthly;
        let actual = monthly.actual_percent.iter().copied().map(Alert::actual_percent);
        let forecast = monthly.forecast_percent.iter().copied().map(Alert::forecast_percent);
        let alerts: BTreeSet<Alert> = actual.chain(forecast).collect();
        let budget = |name: String, limit: Option<Usd>, measures: Measures| Wanted {
            name,
            limit: limit.map(|limit| limit.0),
            unit: "USD".to_owned(),
            measures,
            alerts: alerts.clone(),
        };
        let own = monthly.enabled.then(|| budget(NAME.to_owned(), inputs.goal.profile.limit_usd, Measures::Cost));
        let payer = inputs.for_accounts(|management| management.budgets);
        let of_accounts = payer.into_iter().flat_map(|payer| {
            let of_account = |account: &AccountId| {
                budget(format!("{OF_ACCOUNT}{account}"), payer.limit_usd, Measures::CostOf(account.clone()))
            };
            payer.accounts.iter().map(of_account).collect::<Vec<_>>()
        });
        own.into_iter().chain(of_accounts).collect()
    }

    fn emails_are_proven_by_another(_inputs: &Inputs) -> bool {
        false
    }
}
