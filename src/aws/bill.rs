//! AWS's figures about the account's money besides the billing metric: budgets, free tier, plan and credits, all free of charge.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::Cx;
use super::api::{Asks, Operation, values};
use super::fault::found;
use crate::error::Result;
use crate::model::Usd;
use crate::model::bill::{Allowance, BudgetSpend, Credit, Plan};

/// The IAM actions of `guardrail bill` beside those of the billing metric.
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

fn rounded(exact: Decimal) -> Decimal {
    exact.round_dp(6).normalize()
}
