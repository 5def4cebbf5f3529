//! The zero-spend budget: a warning at the first cent, like the console's template of that name (fact sheet, section 2.2).

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::dec;

use super::budget::{Alert, Budgets, Measures, Wanted};
use super::inputs::Inputs;
use super::monthly_budget::MonthlyBudget;
use crate::model::{Words, words};

const NAME: &str = "guardrail-zero-spend";
const FIRST_CENT: Decimal = dec!(0.01);

pub(super) struct ZeroSpendBudget;

impl Budgets for ZeroSpendBudget {
    const ID: &'static str = "zero-spend-budget";
    const NAMES: Words = words("Zero-spend budget", "ゼロ支出予算");

    fn named(name: &str, _inputs: &Inputs) -> bool {
        name == NAME
    }

    fn wanted(inputs: &Inputs) -> Vec<Wanted> {
        let budget = || Wanted {
            name: NAME.to_owned(),
            limit: Some(Decimal::ONE),
            unit: "USD".to_owned(),
            measures: Measures::Cost,
            alerts: BTreeSet::from([Alert::actual_amount(FIRST_CENT)]),
        };
        inputs.goal.profile.budgets.zero_spend.then(budget).into_iter().collect()
    }

    fn emails_are_proven_by_another(inputs: &Inputs) -> bool {
        !MonthlyBudget::wanted(inputs).is_empty()
    }
}
