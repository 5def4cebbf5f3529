//! AWS's own recommendations: Cost Optimization Hub, Compute Optimizer, and Trusted Advisor's cost checks. All free to ask.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::Cx;
use super::api::{Asks, Operation, values};
use super::fault::{found, switched_on};
use crate::error::Result;
use crate::model::advice::{Advice, SourceId};
use crate::model::{Region, Usd};

/// The IAM actions of all three.
pub const READS: &[&str] = &[
    "compute-optimizer:GetEnrollmentStatus",
    "compute-optimizer:GetIdleRecommendations",
    "cost-optimization-hub:ListEnrollmentStatuses",
    "cost-optimization-hub:ListRecommendations",
    "support:DescribeTrustedAdvisorCheckResult",
    "support:DescribeTrustedAdvisorChecks",
];

pub static ASKS: &[&dyn Asks] = &[&HUB_STATUS, &HUB, &OPTIMIZER_STATUS, &IDLE, &CHECKS, &RESULT];

const HUB_STATUS: Operation<Enrolled> = Operation::new("cost-optimization-hub:ListEnrollmentStatuses").at("items");
const HUB: Operation<Recommendation> = Operation::new("cost-optimization-hub:ListRecommendations").at("items");
const OPTIMIZER_STATUS: Operation<Optimizer> = Operation::new("compute-optimizer:GetEnrollmentStatus");
const IDLE: Operation<Idle> = Operation::new("compute-optimizer:GetIdleRecommendations").at("idleRecommendations");
const CHECKS: Operation<Check> = Operation::new("support:DescribeTrustedAdvisorChecks").at("checks");
const RESULT: Operation<CheckResult> = Operation::new("support:DescribeTrustedAdvisorCheckResult").at("result");

#[derive(Deserialize, Default)]
#[serde(default)]
struct Enrolled {
    status: Option<Enrollment>,
}

values! { enum Enrollment { Active = "Active" } }
values! { enum OptimizerEnrollment { Active = "Active" } }

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Recommendation {
    account_id: Option<String>,
    region: Option<String>,
    resource_id: Option<String>,
    resource_arn: Option<String>,
    current_resource_summary: Option<String>,
    recommended_resource_summary: Option<String>,
    estimated_monthly_savings: Option<Decimal>,
    action_type: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Optimizer {
    status: Option<OptimizerEnrollment>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Idle {
    resource_arn: Option<String>,
    resource_id: Option<String>,
    account_id: Option<String>,
    finding: Option<String>,
    finding_description: Option<String>,
    savings_opportunity: Option<Opportunity>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Opportunity {
    estimated_monthly_savings: Option<Saving>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Saving {
    value: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Check {
    id: String,
    name: String,
    category: String,
    metadata: Vec<Option<String>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CheckResult {
    flagged_resources: Vec<Flagged>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Flagged {
    region: Option<String>,
    resource_id: Option<String>,
    is_suppressed: bool,
    metadata: Vec<Option<String>>,
}

/// What a source answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    NotInPlan,
    NotEnrolled,
    /// With the words by which the thing may be known in a sweep.
    Advice(Vec<(Advice, Vec<String>)>),
}

const COST: &str = "cost_optimizing";
/// The column of Trusted Advisor's tables with the amount.
const SAVINGS: &str = "Estimated Monthly Savings";

/// # Errors
/// It cannot be read.
pub async fn cost_optimization_hub(home: &Cx) -> Result<Answer> {
    let statuses = home.ask(&HUB_STATUS).all().await?;
    if !statuses.iter().any(|it| it.status == Some(Enrollment::Active)) {
        return Ok(Answer::NotEnrolled);
    }
    let own = home.place.account.as_str();
    let all = home.ask(&HUB).all().await?;
    let all = all.into_iter().filter(|it| it.account_id.as_deref().is_none_or(|account| account == own));
    Ok(Answer::Advice(all.map(of_hub).collect()))
}

fn of_hub(it: Recommendation) -> (Advice, Vec<String>) {
    let what = match (it.current_resource_summary, it.recommended_resource_summary) {
        (Some(from), Some(to)) if !to.is_empty() => Some(format!("{from} → {to}")),
        (from, _) => from,
    };
    let advice = Advice {
        sources: vec![SourceId::CostOptimizationHub],
        region: it.region.filter(|region| !region.is_empty()).map(Region::new),
        id: it.resource_id.clone().or_else(|| it.resource_arn.clone()).unwrap_or_default(),
        arn: it.resource_arn.clone(),
        action: it.action_type.unwrap_or_default(),
        what,
        usd_per_month_saved: it.estimated_monthly_savings.map(|usd| Usd(usd).monthly()),
        finding: None,
    };
    (advice, it.resource_arn.into_iter().chain(it.resource_id).collect())
}

/// Idle things in every enabled region.
///
/// # Errors
/// It cannot be read in one of them.
pub async fn compute_optimizer(home: &Cx, regions: &[Region]) -> Result<Answer> {
    let status = switched_on(home.ask(&OPTIMIZER_STATUS).one().await, &[("OptInRequiredException", "")])?;
    if status.and_then(|it| it.status) != Some(OptimizerEnrollment::Active) {
        return Ok(Answer::NotEnrolled);
    }
    let own = home.place.account.as_str();
    let here = regions.iter().map(|region| async move { (region, home.at(region).ask(&IDLE).all().await) });
    let mut advice = Vec::new();
    for (region, answer) in futures::future::join_all(here).await {
        // A region in which it has collected nothing yet.
        let all = switched_on(answer, &[("OptInRequiredException", "")])?.unwrap_or_default();
        let all = all.into_iter().filter(|it| it.account_id.as_deref().is_none_or(|account| account == own));
        advice.extend(all.map(|it| idle(it, region)));
    }
    Ok(Answer::Advice(advice))
}

fn idle(it: Idle, region: &Region) -> (Advice, Vec<String>) {
    let saving = it.savings_opportunity.and_then(|it| it.estimated_monthly_savings?.value);
    let advice = Advice {
        sources: vec![SourceId::ComputeOptimizer],
        region: Some(region.clone()),
        id: it.resource_id.clone().or_else(|| it.resource_arn.clone()).unwrap_or_default(),
        arn: it.resource_arn.clone(),
        action: it.finding.unwrap_or_default(),
        what: it.finding_description,
        usd_per_month_saved: saving.map(|usd| Usd(usd).monthly()),
        finding: None,
    };
    (advice, it.resource_arn.into_iter().chain(it.resource_id).collect())
}

/// The cost checks, which a paid support plan includes.
///
/// # Errors
/// They cannot be read.
pub async fn trusted_advisor(home: &Cx) -> Result<Answer> {
    let checks = found(home.ask(&CHECKS).with("language", "en").all().await, &["SubscriptionRequiredException"])?;
    let Some(checks) = checks else { return Ok(Answer::NotInPlan) };
    let of_cost = checks.iter().filter(|check| check.category == COST);
    let asked = of_cost.map(|check| async move {
        (check, home.ask(&RESULT).with("checkId", check.id.clone()).with("language", "en").one().await)
    });
    let mut advice = Vec::new();
    for (check, result) in futures::future::join_all(asked).await {
        let flagged = result?.flagged_resources.into_iter().filter(|it| !it.is_suppressed);
        advice.extend(flagged.map(|it| of_check(check, it)));
    }
    Ok(Answer::Advice(advice))
}

/// Trusted Advisor's own id of a thing means nothing elsewhere: what it is called stands in a column of the check's table.
fn of_check(check: &Check, it: Flagged) -> (Advice, Vec<String>) {
    // Cells without a value are not sent: the last columns are counted from the end.
    let missing = check.metadata.len().saturating_sub(it.metadata.len());
    let column = |name: &str| {
        let at = check.metadata.iter().position(|head| head.as_deref().is_some_and(|head| head.contains(name)))?;
        let at = if name == SAVINGS { at.checked_sub(missing)? } else { at };
        it.metadata.get(at)?.clone()
    };
    let saved = column(SAVINGS).and_then(|text| text.trim_start_matches('$').replace(',', "").parse::<Decimal>().ok());
    let id = ["ARN", "Instance ID", "Volume ID", " ID", "ID", "Name", "IP Address"].into_iter().find_map(column);
    let cells: Vec<String> = it.metadata.iter().flatten().filter(|cell| !cell.is_empty()).cloned().collect();
    let advice = Advice {
        sources: vec![SourceId::TrustedAdvisor],
        region: it.region.clone().filter(|region| !region.is_empty() && region != "-").map(Region::new),
        arn: cells.iter().find(|cell| cell.starts_with("arn:")).cloned(),
        id: id.or(it.resource_id).unwrap_or_default(),
        action: check.name.clone(),
        what: None,
        usd_per_month_saved: saved.map(|usd| Usd(usd).monthly()),
        finding: None,
    };
    (advice, cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(cells: &[&str]) -> Vec<Option<String>> {
        cells.iter().map(|cell| Some((*cell).to_owned())).collect()
    }

    #[test]
    fn a_check_has_its_figures_in_columns() {
        let check = Check {
            name: "Low Utilization Amazon EC2 Instances".to_owned(),
            metadata: some(&["Region/AZ", "Instance ID", "Instance Name", "Estimated Monthly Savings"]),
            ..Check::default()
        };
        let flagged = Flagged {
            region: Some("ap-northeast-1".to_owned()),
            resource_id: Some("hash".to_owned()),
            metadata: some(&["ap-northeast-1a", "i-0a1b", "workshop", "$1,030.37"]),
            ..Flagged::default()
        };
        let (advice, words) = of_check(&check, flagged);
        assert_eq!(
            (advice.id.as_str(), advice.usd_per_month_saved.unwrap().to_string()),
            ("i-0a1b", "1030.37".to_owned())
        );
        assert!(words.contains(&"workshop".to_owned()));
        // A column that is missing is no amount.
        let (advice, _) = of_check(&check, Flagged { resource_id: Some("hash".to_owned()), ..Flagged::default() });
        assert_eq!((advice.id.as_str(), advice.usd_per_month_saved, advice.region), ("hash", None, None));
    }
}
