//! AWS's figures about the account's money: billing metric, budgets, free tier, plan and credits, all free of charge; Cost
//! Explorer only on request.

use std::collections::BTreeMap;

use aws_sdk_cloudwatch::types::{Dimension, DimensionFilter, Metric, Statistic};
use aws_smithy_types::DateTime;
use futures::stream::{self, StreamExt};
use jiff::Timestamp;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Deserialize;

use super::Cx;
use super::api::{Asks, Operation, values};
use super::fault::found;
use crate::error::{Error, Result};
use crate::model::Usd;
use crate::model::bill::{Allowance, BudgetSpend, Credit, Figure, Plan};

/// The IAM actions that comparing a sweep with the bill needs.
pub const FIGURES: &[&str] = &["cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics"];
/// The further IAM actions of `guardrail bill`.
pub const READS: &[&str] =
    &["billing:GetCredits", "budgets:ViewBudget", "freetier:GetAccountPlanState", "freetier:GetFreeTierUsage"];

pub static ASKS: &[&dyn Asks] = &[&USAGES, &PLAN, &CREDITS];

const USAGES: Operation<Usage> = Operation::new("freetier:GetFreeTierUsage").at("freeTierUsages");
const PLAN: Operation<PlanState> = Operation::new("freetier:GetAccountPlanState");
const CREDITS: Operation<CreditData> = Operation::new("billing:GetCredits").at("credits");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Usage {
    service: String,
    description: Option<String>,
    usage_type: Option<String>,
    region: Option<String>,
    free_tier_type: Option<String>,
    unit: Option<String>,
    actual_usage_amount: Decimal,
    forecasted_usage_amount: Decimal,
    limit: Decimal,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct PlanState {
    account_plan_type: String,
    account_plan_status: String,
    account_plan_expiration_date: Option<Timestamp>,
    account_plan_remaining_credits: Option<Money>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Money {
    amount: Decimal,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CreditData {
    description: String,
    remaining_amount: Option<Amount>,
    estimated_amount: Option<Amount>,
    end_date: Option<Timestamp>,
    credit_status: Option<CreditStatus>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Amount {
    currency_code: String,
    currency_amount: String,
}

values! { enum CreditStatus { Enabled = "ENABLED" } }

const NAMESPACE: &str = "AWS/Billing";
const METRIC: &str = "EstimatedCharges";
/// In seconds: AWS publishes several figures a day, and a month of hourly periods fits in one answer.
const PERIOD: i32 = 3600;
/// CloudWatch allows hundreds of these a second.
const AT_ONCE: usize = 16;

/// The figures of the billing metric, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub total: Vec<Figure>,
    /// By `ServiceName`.
    pub services: BTreeMap<String, Vec<Figure>>,
    /// Calls for figures that failed.
    pub faults: Vec<Error>,
}

/// The figures of a period. Empty if AWS publishes none for this account, or not yet.
///
/// # Errors
/// The metric cannot be listed.
pub async fn figures(cx: &Cx, from: Timestamp, until: Timestamp) -> Result<Figures> {
    let client = aws_sdk_cloudwatch::Client::new(&cx.sdk);
    let currency = DimensionFilter::builder().name("Currency").value("USD").build();
    let listed = client.list_metrics().namespace(NAMESPACE).metric_name(METRIC).dimensions(currency);
    let pages: Vec<_> = listed.into_paginator().send().try_collect().await?;
    let listed: Vec<Metric> = pages.into_iter().flat_map(|page| page.metrics.unwrap_or_default()).collect();
    let own = own(listed, cx.place.account.as_str());
    let one = |metric: Metric| {
        let client = client.clone();
        async move { (service(&metric).map(str::to_owned), read(&client, &metric, from, until).await) }
    };
    let mut answers = stream::iter(own.into_iter().map(one)).buffered(AT_ONCE);
    let mut figures = Figures::default();
    while let Some((service, answer)) = answers.next().await {
        match (service, answer) {
            (Some(service), Ok(read)) => drop(figures.services.insert(service, read)),
            (None, Ok(read)) => figures.total = read,
            (_, Err(error)) => figures.faults.push(error),
        }
    }
    Ok(figures)
}

/// Only this account's figures: a management account sees those of all accounts, by their ids.
fn own(mut listed: Vec<Metric>, account: &str) -> Vec<Metric> {
    let pays = listed.iter().any(|metric| value(metric, "LinkedAccount") == Some(account));
    listed.retain(|metric| value(metric, "LinkedAccount") == pays.then_some(account));
    listed
}

fn service(metric: &Metric) -> Option<&str> {
    value(metric, "ServiceName")
}

fn value<'a>(metric: &'a Metric, dimension: &str) -> Option<&'a str> {
    metric.dimensions().iter().find(|it| it.name() == Some(dimension)).and_then(Dimension::value)
}

async fn read(
    client: &aws_sdk_cloudwatch::Client,
    metric: &Metric,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Figure>> {
    let asked = client.get_metric_statistics().namespace(NAMESPACE).metric_name(METRIC).period(PERIOD);
    let asked = asked.set_dimensions(Some(metric.dimensions().to_vec())).statistics(Statistic::Maximum);
    let asked = asked.start_time(date_time(from)).end_time(date_time(until));
    let answer = asked.send().await?;
    let figure = |point: &aws_sdk_cloudwatch::types::Datapoint| {
        Some(Figure { at: timestamp(point.timestamp()?)?, usd: Usd(decimal(point.maximum()?)?) })
    };
    let mut figures: Vec<Figure> = answer.datapoints().iter().filter_map(figure).collect();
    figures.sort();
    Ok(figures)
}

/// Every budget with AWS's calculated spend.
///
/// # Errors
/// They cannot be read.
pub async fn budgets(cx: &Cx) -> Result<Vec<BudgetSpend>> {
    let asked = aws_sdk_budgets::Client::new(&cx.sdk).describe_budgets().account_id(cx.place.account.as_str());
    let budgets: Vec<aws_sdk_budgets::types::Budget> = asked.into_paginator().items().send().try_collect().await?;
    let mut spends: Vec<BudgetSpend> = budgets.iter().map(budget).collect();
    spends.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(spends)
}

fn budget(budget: &aws_sdk_budgets::types::Budget) -> BudgetSpend {
    let calculated = budget.calculated_spend();
    let actual = calculated.and_then(|it| it.actual_spend());
    let forecast = calculated.and_then(|it| it.forecasted_spend());
    let amount = |spend: Option<&aws_sdk_budgets::types::Spend>| spend.and_then(|it| it.amount().parse().ok());
    let unit = [budget.budget_limit(), actual].into_iter().flatten().next().map(|spend| spend.unit().to_owned());
    BudgetSpend {
        name: budget.budget_name().to_owned(),
        period: budget.time_unit().as_str().to_lowercase(),
        unit: unit.unwrap_or_else(|| "USD".to_owned()),
        actual: amount(actual),
        forecast: amount(forecast),
        limit: amount(budget.budget_limit()),
    }
}

/// The used free-tier offers, the most used first.
///
/// # Errors
/// They cannot be read.
pub async fn free_tier(cx: &Cx) -> Result<Vec<Allowance>> {
    let usages = cx.ask(&USAGES).all().await?;
    let mut offers: Vec<Allowance> = usages.iter().map(allowance).collect();
    offers.sort_by(|a, b| {
        b.percent.cmp(&a.percent).then_with(|| (&a.service, &a.usage_type).cmp(&(&b.service, &b.usage_type)))
    });
    Ok(offers)
}

fn allowance(usage: &Usage) -> Allowance {
    let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (used, limit) = (rounded(usage.actual_usage_amount), rounded(usage.limit));
    let percent = used.checked_div(limit).and_then(|part| part.checked_mul(Decimal::ONE_HUNDRED));
    Allowance {
        service: usage.service.clone(),
        offer: text(&usage.description),
        usage_type: text(&usage.usage_type),
        region: text(&usage.region),
        kind: text(&usage.free_tier_type),
        unit: text(&usage.unit),
        used: Some(used),
        forecast: Some(rounded(usage.forecasted_usage_amount)),
        limit: Some(limit),
        percent: percent.map(|percent| percent.round_dp(1)),
    }
}

/// The account's plan and remaining credit; `None` for an account older than the plans.
///
/// # Errors
/// It cannot be read.
pub async fn plan(cx: &Cx) -> Result<Option<(Plan, Option<Usd>)>> {
    let answer = cx.ask(&PLAN).one().await;
    let Some(state) = found(answer, &["ResourceNotFoundException"])? else { return Ok(None) };
    let word = |word: &str| word.to_lowercase().replace('_', "-");
    let credits = state.account_plan_remaining_credits.map(|left| Usd(rounded(left.amount)));
    let plan = Plan {
        kind: word(&state.account_plan_type),
        status: word(&state.account_plan_status),
        ends_at: state.account_plan_expiration_date,
    };
    Ok(Some((plan, credits)))
}

/// The credits that are not used up, by their end, earliest first.
///
/// # Errors
/// They cannot be read.
pub async fn credits(cx: &Cx, now: Timestamp) -> Result<Vec<Credit>> {
    // AWS accepts at most a year.
    let from = Timestamp::from_second(now.as_second() - 364 * 86_400).unwrap_or(now);
    let asked = cx.ask(&CREDITS).with("accountId", cx.place.account.as_str()).with("startDate", from.to_string());
    let credits = asked.all().await?;
    let ended = |credit: &Credit| credit.ends_at.is_some_and(|at| at <= now);
    let spent = |credit: &Credit| credit.left_usd.is_some_and(|left| left <= Usd::ZERO);
    let usable = |it: &&CreditData| it.credit_status.as_ref().is_none_or(|it| *it == CreditStatus::Enabled);
    let mut credits: Vec<Credit> = credits.iter().filter(usable).map(credit).collect();
    credits.retain(|credit| !ended(credit) && !spent(credit));
    credits.sort_by(|a, b| (a.ends_at.is_none(), a.ends_at, &a.name).cmp(&(b.ends_at.is_none(), b.ends_at, &b.name)));
    Ok(credits)
}

fn credit(credit: &CreditData) -> Credit {
    // The estimate includes the current bill, which is not final yet.
    let left = credit.estimated_amount.as_ref().or(credit.remaining_amount.as_ref());
    let left = left.filter(|it| it.currency_code == "USD");
    Credit {
        name: credit.description.clone(),
        left_usd: left.and_then(|left| left.currency_amount.parse().ok()).map(Usd::monthly),
        ends_at: credit.end_date,
    }
}

/// AWS returns these as floating point numbers; the amounts have at most six decimal places.
fn decimal(float: f64) -> Option<Decimal> {
    Decimal::from_f64(float).map(rounded)
}

fn rounded(exact: Decimal) -> Decimal {
    exact.round_dp(6).normalize()
}

fn timestamp(at: &DateTime) -> Option<Timestamp> {
    Timestamp::from_second(at.secs()).ok()
}

fn date_time(at: Timestamp) -> DateTime {
    DateTime::from_secs(at.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(dimensions: &[(&str, &str)]) -> Metric {
        let dimension = |(name, value): &(&str, &str)| Dimension::builder().name(*name).value(*value).build();
        Metric::builder().set_dimensions(Some(dimensions.iter().map(dimension).collect())).build()
    }

    #[test]
    fn only_the_accounts_own_charges_count() {
        let currency = ("Currency", "USD");
        let all = metric(&[currency]);
        let one = metric(&[("ServiceName", "AmazonES"), currency]);
        let mine = metric(&[("LinkedAccount", "123456789012"), currency]);
        let theirs = metric(&[("LinkedAccount", "210987654321"), ("ServiceName", "AmazonES"), currency]);
        let listed = || vec![all.clone(), one.clone(), mine.clone(), theirs.clone()];
        assert_eq!(own(listed(), "123456789012"), std::slice::from_ref(&mine));
        assert_eq!(own(listed(), "555555555555"), [all.clone(), one.clone()]);
        assert_eq!([&all, &one, &theirs].map(service), [None, Some("AmazonES"), Some("AmazonES")]);
    }

    #[test]
    fn a_float_becomes_the_intended_decimal() {
        let shown = |float| decimal(float).map(|it| it.to_string());
        assert_eq!(shown(0.1 + 0.2).as_deref(), Some("0.3"));
        assert_eq!(shown(350.784).as_deref(), Some("350.784"));
        assert_eq!(shown(f64::NAN), None);
    }
}
