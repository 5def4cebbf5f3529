//! The desired and the current shape of a budget, and the request that changes one into the other. Makes no calls.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::str::FromStr;

use aws_sdk_budgets::types::{
    Budget, BudgetType, ComparisonOperator, CostTypes, Notification, NotificationType, Spend, ThresholdType, TimeUnit,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use serde::Serialize;

use crate::error::Result;
use crate::model::AccountId;
use crate::profile::Usage;
use crate::safeguards::safeguard::{TAG, limit_not_chosen};

/// A desired monthly budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub name: String,
    /// `None` if it is not chosen, and not compared.
    pub limit: Option<Decimal>,
    pub unit: String,
    pub measures: Measures,
    pub alerts: BTreeSet<Alert>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measures {
    /// All costs before credits and refunds: with them, an account that lives on credits would show no costs until they end.
    Cost,
    /// The same of one linked account.
    CostOf(AccountId),
    /// The usage of one usage type, or of a group of them.
    Usage(Usage),
}

/// The threshold of an alert: a share of the limit, or an amount.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alert {
    of: NotificationType,
    above: Decimal,
    counted_in: ThresholdType,
}

/// The safeguard's budgets by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct State {
    pub(super) budgets: BTreeMap<String, Shape>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Shape {
    /// With its unit: `10 USD`, `750 Hrs`.
    limit: Option<String>,
    r#type: String,
    time_unit: String,
    filters: BTreeMap<String, BTreeSet<String>>,
    /// `None` if it is not a cost budget.
    include_credit: Option<bool>,
    include_refund: Option<bool>,
    pub(super) managed_by: Option<String>,
    /// The wanted alerts, each with those wanted recipients that it has. Additional ones are ignored.
    pub(super) notifications: BTreeMap<String, BTreeSet<String>>,
}

impl Alert {
    pub fn actual_percent(percent: u16) -> Self {
        Self { of: NotificationType::Actual, above: percent.into(), counted_in: ThresholdType::Percentage }
    }

    pub fn forecast_percent(percent: u16) -> Self {
        Self { of: NotificationType::Forecasted, above: percent.into(), counted_in: ThresholdType::Percentage }
    }

    pub fn actual_amount(above: Decimal) -> Self {
        Self { of: NotificationType::Actual, above, counted_in: ThresholdType::AbsoluteValue }
    }

    /// The alert of a notification; `None` if it has no threshold to exceed.
    pub(super) fn seen(notification: &Notification) -> Option<Self> {
        let above = Decimal::from_f64(notification.threshold())?;
        let counted_in = notification.threshold_type().cloned().unwrap_or(ThresholdType::Percentage);
        (*notification.comparison_operator() == ComparisonOperator::GreaterThan).then(|| Self {
            of: notification.notification_type().clone(),
            above,
            counted_in,
        })
    }

    pub(super) fn notification(&self) -> Result<Notification> {
        Ok(Notification::builder()
            .notification_type(self.of.clone())
            .comparison_operator(ComparisonOperator::GreaterThan)
            // The SDK's threshold is a float, though the limit is a string; a whole percentage or a cent survives that.
            .set_threshold(self.above.to_f64())
            .threshold_type(self.counted_in.clone())
            .build()?)
    }
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = if self.counted_in == ThresholdType::Percentage { " %" } else { "" };
        write!(f, "{} > {}{percent}", self.of.as_str().to_lowercase(), self.above.normalize())
    }
}

impl Shape {
    /// The budget without its tag and alerts, which other calls write.
    pub(super) fn itself(self) -> Self {
        Self { managed_by: None, notifications: BTreeMap::new(), ..self }
    }
}

impl Wanted {
    pub(super) fn shape(&self, recipients: &BTreeSet<String>) -> Shape {
        let cost = self.is_cost();
        Shape {
            limit: self.limit.map(|limit| format!("{} {}", limit.normalize(), self.unit)),
            r#type: self.r#type().as_str().to_owned(),
            time_unit: TimeUnit::Monthly.as_str().to_owned(),
            filters: self.filters().into_iter().map(|(key, values)| (key, values.into_iter().collect())).collect(),
            include_credit: cost.then_some(false),
            include_refund: cost.then_some(false),
            managed_by: Some(TAG.1.to_owned()),
            notifications: self.alerts.iter().map(|alert| (alert.to_string(), recipients.clone())).collect(),
        }
    }

    fn is_cost(&self) -> bool {
        !matches!(self.measures, Measures::Usage(_))
    }

    fn r#type(&self) -> BudgetType {
        if self.is_cost() { BudgetType::Cost } else { BudgetType::Usage }
    }

    fn filters(&self) -> HashMap<String, Vec<String>> {
        match &self.measures {
            Measures::Cost => HashMap::new(),
            Measures::CostOf(account) => HashMap::from([("LinkedAccount".to_owned(), vec![account.to_string()])]),
            Measures::Usage(Usage::Type(name)) => HashMap::from([("UsageType".to_owned(), vec![name.clone()])]),
            Measures::Usage(Usage::TypeGroup(name)) => {
                HashMap::from([("UsageTypeGroup".to_owned(), vec![name.clone()])])
            }
        }
    }

    /// A new budget.
    pub(super) fn budget(&self) -> Result<Budget> {
        let named = Budget::builder().budget_name(&self.name);
        self.over(named.time_unit(TimeUnit::Monthly).budget_type(self.r#type()).build()?)
    }

    /// The budget with our fields updated. An update replaces the whole budget, so a person's other fields are kept.
    #[expect(deprecated, reason = "filter expressions read back only on demand; for one usage type group these serve")]
    pub(super) fn over(&self, budget: Budget) -> Result<Budget> {
        let amount = self.limit.ok_or_else(limit_not_chosen)?.normalize().to_string();
        let mut updated = budget;
        updated.budget_limit = Some(Spend::builder().amount(amount).unit(&self.unit).build()?);
        updated.planned_budget_limits = None;
        updated.auto_adjust_data = None;
        updated.budget_type = self.r#type();
        updated.time_unit = TimeUnit::Monthly;
        updated.cost_filters = Some(self.filters()).filter(|filters| !filters.is_empty());
        updated.cost_types = self.is_cost().then(|| {
            let mut types = updated.cost_types.take().unwrap_or_else(|| CostTypes::builder().build());
            types.include_credit = Some(false);
            types.include_refund = Some(false);
            types
        });
        updated.filter_expression = None;
        updated.metrics = None;
        // AWS computes these.
        updated.calculated_spend = None;
        updated.last_updated_time = None;
        updated.health_status = None;
        Ok(updated)
    }
}

/// The current budget.
pub(super) struct Current {
    pub(super) budget: Budget,
    pub(super) managed_by: Option<String>,
    /// The wanted alerts that it has, each with all its recipients.
    pub(super) alerts: BTreeMap<Alert, BTreeSet<String>>,
}

impl Current {
    pub(super) fn name(&self) -> &str {
        self.budget.budget_name()
    }

    pub(super) fn is_own(&self) -> bool {
        self.managed_by.as_deref() == Some(TAG.1)
    }

    pub(super) fn is_one_of(&self, wanted: &[Wanted]) -> bool {
        wanted.iter().any(|wanted| wanted.name == self.name())
    }

    /// Its shape for the comparison with the wanted one.
    pub(super) fn compared(&self, wanted: &[Wanted], recipients: &BTreeSet<String>) -> Shape {
        let shape = self.shape(recipients);
        let wanted = wanted.iter().find(|wanted| wanted.name == self.name());
        if wanted.is_some_and(|wanted| wanted.limit.is_none()) { Shape { limit: None, ..shape } } else { shape }
    }

    #[expect(deprecated, reason = "as in `Wanted::over`")]
    pub(super) fn shape(&self, recipients: &BTreeSet<String>) -> Shape {
        let types = self.budget.cost_types();
        let cost = *self.budget.budget_type() == BudgetType::Cost;
        let filters = self.budget.cost_filters().into_iter().flatten();
        let notifications = self.alerts.iter().map(|(alert, all)| (alert.to_string(), all & recipients));
        Shape {
            limit: amount(&self.budget),
            r#type: self.budget.budget_type().as_str().to_owned(),
            time_unit: self.budget.time_unit().as_str().to_owned(),
            filters: filters.map(|(key, values)| (key.clone(), values.iter().cloned().collect())).collect(),
            // AWS includes everything that a budget does not exclude.
            include_credit: cost.then(|| types.and_then(CostTypes::include_credit).unwrap_or(true)),
            include_refund: cost.then(|| types.and_then(CostTypes::include_refund).unwrap_or(true)),
            managed_by: self.managed_by.clone(),
            notifications: notifications.filter(|(_, ours)| !ours.is_empty()).collect(),
        }
    }
}

/// The limit, normalised so that AWS's `10.0` equals `10`; a word for an auto-adjusting one.
fn amount(budget: &Budget) -> Option<String> {
    if budget.auto_adjust_data().is_some() {
        return Some("automatic".to_owned());
    }
    if budget.planned_budget_limits().is_some_and(|limits| !limits.is_empty()) {
        return Some("planned".to_owned());
    }
    let limit = budget.budget_limit()?;
    let amount = Decimal::from_str(limit.amount()).map(|amount| amount.normalize().to_string());
    Some(format!("{} {}", amount.unwrap_or_else(|_| limit.amount().to_owned()), limit.unit()))
}

#[cfg(test)]
mod tests {
    #![expect(deprecated, reason = "as in `Wanted::over`")]

    use aws_sdk_budgets::types::{AutoAdjustData, AutoAdjustType, CalculatedSpend};
    use rust_decimal::dec;

    use super::*;

    fn wanted(measures: Measures) -> Wanted {
        Wanted {
            name: "guardrail-monthly".to_owned(),
            limit: Some(dec!(10)),
            unit: "USD".to_owned(),
            measures,
            alerts: [85, 100].map(Alert::actual_percent).into(),
        }
    }

    fn everybody() -> BTreeSet<String> {
        ["anna@example.com", "arn:aws:sns:us-east-1:123456789012:guardrail-alerts"].map(str::to_owned).into()
    }

    /// The budget just after its creation.
    fn made(wanted: &Wanted) -> Current {
        let alerts = wanted.alerts.iter().map(|alert| (alert.clone(), everybody())).collect();
        Current { budget: wanted.budget().unwrap(), managed_by: Some(TAG.1.to_owned()), alerts }
    }

    fn spend(amount: &str) -> Spend {
        Spend::builder().amount(amount).unit("USD").build().unwrap()
    }

    /// Whether the budget, changed by `change`, still equals the wanted one.
    fn is_as_wanted(measures: Measures, change: impl FnOnce(&mut Current)) -> bool {
        let wanted = wanted(measures);
        let mut seen = made(&wanted);
        change(&mut seen);
        seen.shape(&everybody()) == wanted.shape(&everybody())
    }

    #[test]
    fn a_budget_is_made_as_it_is_wanted() {
        assert!(is_as_wanted(Measures::Cost, |_| {}));
        assert!(is_as_wanted(Measures::Usage(Usage::TypeGroup("EC2: Running Hours".to_owned())), |_| {}));
        assert!(is_as_wanted(Measures::CostOf("000000000001".parse().unwrap()), |_| {}));
    }

    #[test]
    fn amounts_are_compared_as_decimals() {
        assert!(is_as_wanted(Measures::Cost, |seen| seen.budget.budget_limit = Some(spend("10.0"))));
        assert!(!is_as_wanted(Measures::Cost, |seen| seen.budget.budget_limit = Some(spend("10.01"))));
    }

    #[test]
    fn a_limit_that_moves_by_itself_differs_and_is_updated() {
        let automatic = AutoAdjustData::builder().auto_adjust_type(AutoAdjustType::Historical).build().unwrap();
        let planned = HashMap::from([("1764547200".to_owned(), spend("10"))]);
        assert!(!is_as_wanted(Measures::Cost, |seen| seen.budget.auto_adjust_data = Some(automatic.clone())));
        assert!(!is_as_wanted(Measures::Cost, |seen| seen.budget.planned_budget_limits = Some(planned.clone())));
        let wanted = wanted(Measures::Cost);
        let mut budget = wanted.budget().unwrap();
        budget.auto_adjust_data = Some(automatic);
        budget.planned_budget_limits = Some(planned);
        assert_eq!(wanted.over(budget).unwrap(), wanted.budget().unwrap());
    }

    #[test]
    fn credits_and_filters_hide_costs_and_differ() {
        let credits = CostTypes::builder().include_refund(false).build();
        assert!(!is_as_wanted(Measures::Cost, |seen| seen.budget.cost_types = Some(credits)));
        assert!(!is_as_wanted(Measures::Cost, |seen| seen.budget.cost_types = None));
        let filters = HashMap::from([("Service".to_owned(), vec!["Amazon Simple Storage Service".to_owned()])]);
        assert!(!is_as_wanted(Measures::Cost, |seen| seen.budget.cost_filters = Some(filters)));
        assert!(is_as_wanted(Measures::Cost, |seen| seen.budget.cost_filters = Some(HashMap::new())));
    }

    #[test]
    fn further_alerts_and_recipients_are_left_alone_and_missing_ones_differ() {
        let mut more = everybody();
        more.insert("berta@example.com".to_owned());
        let first = Alert::actual_percent(85);
        assert!(is_as_wanted(Measures::Cost, |seen| drop(seen.alerts.insert(first.clone(), more))));
        assert!(!is_as_wanted(Measures::Cost, |seen| drop(seen.alerts.insert(first.clone(), BTreeSet::new()))));
        assert!(!is_as_wanted(Measures::Cost, |seen| drop(seen.alerts.remove(&first))));
        assert!(!is_as_wanted(Measures::Cost, |seen| seen.managed_by = None));
    }

    #[test]
    fn an_update_keeps_a_persons_settings_and_drops_computed_values() {
        let wanted = wanted(Measures::Cost);
        let mut budget = wanted.budget().unwrap();
        budget.budget_limit = Some(spend("500"));
        budget.time_unit = TimeUnit::Annually;
        budget.billing_view_arn = Some("arn:aws:billing::123456789012:billingview/custom".to_owned());
        budget.cost_types = Some(CostTypes::builder().include_tax(false).build());
        budget.calculated_spend = Some(CalculatedSpend::builder().actual_spend(spend("3")).build());
        let updated = wanted.over(budget).unwrap();
        assert_eq!(updated.budget_limit, Some(spend("10")));
        assert_eq!(updated.time_unit, TimeUnit::Monthly);
        assert!(updated.billing_view_arn.unwrap().ends_with("billingview/custom"));
        let types = updated.cost_types.unwrap();
        assert_eq!((types.include_tax, types.include_credit), (Some(false), Some(false)));
        assert_eq!(updated.calculated_spend, None);
    }

    #[test]
    fn an_alert_survives_the_float() {
        for alert in [Alert::actual_amount(dec!(0.01)), Alert::actual_percent(85), Alert::forecast_percent(100)] {
            assert_eq!(Alert::seen(&alert.notification().unwrap()), Some(alert));
        }
        assert_eq!(Alert::actual_amount(dec!(0.01)).to_string(), "actual > 0.01");
        assert_eq!(Alert::forecast_percent(100).to_string(), "forecasted > 100 %");
    }

    #[test]
    fn only_a_warning_above_the_threshold_is_ours() {
        let mut notification = Alert::actual_percent(85).notification().unwrap();
        notification.threshold_type = None;
        assert_eq!(Alert::seen(&notification), Some(Alert::actual_percent(85)));
        notification.comparison_operator = ComparisonOperator::LessThan;
        assert_eq!(Alert::seen(&notification), None);
    }
}
