//! Cost Explorer, which charges 0.01 USD for every request: the cost of each region, also of disabled ones.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;

use super::Cx;
use super::api::{Asks, Operation};
use crate::error::{Error, Result};
use crate::model::bill::{RegionCost, RegionService, UsageCost};
use crate::model::{Region, Usd};

pub const READS: &[&str] = &["ce:GetCostAndUsage"];

pub static ASKS: &[&dyn Asks] = &[&COST_AND_USAGE];

const COST_AND_USAGE: Operation<OfTime> = Operation::new("ce:GetCostAndUsage").at("ResultsByTime");

/// The charge for the minimum of two requests, in US dollars.
pub const USD_AT_LEAST: &str = "0.02";

const METRIC: &str = "UnblendedCost";

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct OfTime {
    time_period: Period,
    groups: Vec<Group>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Period {
    start: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Group {
    keys: Vec<String>,
    metrics: BTreeMap<String, Metric>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Metric {
    amount: Option<String>,
}

/// The cost of each region from `first` to the day before `end`, by service and by usage type, without credits, which would hide
/// costs. AWS groups by at most two keys, so there are two requests, and one more for every further page. Partial results are kept
/// if a request fails; `None` without any.
pub async fn regions(cx: &Cx, first: Date, end: Date) -> (Option<Vec<RegionCost>>, Vec<Error>) {
    let services = grouped(cx, first, end, "SERVICE").await;
    // If the first query is denied, the second would be too.
    let Ok(services) = services else { return (None, services.err().into_iter().collect()) };
    match grouped(cx, first, end, "USAGE_TYPE").await {
        Ok(usage_types) => (Some(costs(&services, &usage_types)), Vec::new()),
        Err(error) => (Some(costs(&services, &[])), vec![error]),
    }
}

/// The charge for the request of [`months`], in US dollars.
pub const USD_OF_MONTHS: &str = "0.01";

/// The cost of each month by service and usage type, from `first` to the day before `end`, without credits: one request, and one
/// more for every further page.
///
/// # Errors
/// It cannot be read.
pub async fn months(cx: &Cx, first: Date, end: Date) -> Result<Vec<MonthCost>> {
    let by = |key: &str| json!({ "Type": "DIMENSION", "Key": key });
    let asked = cx.ask(&COST_AND_USAGE).with("Granularity", "MONTHLY").with("Metrics", json!([METRIC]));
    let asked = asked.with("TimePeriod", json!({ "Start": first.to_string(), "End": end.to_string() }));
    let asked = asked.with("Filter", json!({ "Dimensions": { "Key": "RECORD_TYPE", "Values": ["Usage"] } }));
    let times = asked.with("GroupBy", json!([by("SERVICE"), by("USAGE_TYPE")])).all().await?;
    let mut costs: Vec<MonthCost> = Vec::new();
    for time in &times {
        let month = time.time_period.start.get(..7).unwrap_or_default();
        for (service, usage_types) in sums(&time.groups) {
            // A month of two pages is in the answer twice.
            let known = costs.iter_mut().find(|it| it.month == month && it.service == service);
            let usage_types = usage_types.into_iter().map(usage_cost);
            match known {
                Some(known) => known.usage_types.extend(usage_types),
                None => costs.push(MonthCost {
                    month: month.to_owned(),
                    service: service.to_owned(),
                    usage_types: usage_types.collect(),
                }),
            }
        }
    }
    Ok(costs)
}

/// What one service cost in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthCost {
    /// `2026-11`
    pub month: String,
    /// Cost Explorer's name: `Amazon OpenSearch Service`.
    pub service: String,
    /// The most expensive first.
    pub usage_types: Vec<UsageCost>,
}

async fn grouped(cx: &Cx, first: Date, end: Date, key: &str) -> Result<Vec<Group>> {
    let by = |key: &str| json!({ "Type": "DIMENSION", "Key": key });
    let asked = cx.ask(&COST_AND_USAGE).with("Granularity", "MONTHLY").with("Metrics", json!([METRIC]));
    let asked = asked.with("TimePeriod", json!({ "Start": first.to_string(), "End": end.to_string() }));
    let asked = asked.with("Filter", json!({ "Dimensions": { "Key": "RECORD_TYPE", "Values": ["Usage"] } }));
    let times = asked.with("GroupBy", json!([by("REGION"), by(key)])).all().await?;
    Ok(times.into_iter().flat_map(|time| time.groups).collect())
}

/// Region → service or usage type → US dollars, rounded to cents and without zero amounts. A name on two pages is added up.
fn sums(groups: &[Group]) -> BTreeMap<&str, Vec<(String, Usd)>> {
    let mut exact: BTreeMap<&str, BTreeMap<&str, Usd>> = BTreeMap::new();
    for group in groups {
        let [region, what] = &*group.keys else { continue };
        let amount = group.metrics.get(METRIC).and_then(|it| it.amount.as_deref()?.parse::<Usd>().ok());
        let sum = exact.entry(region).or_default().entry(what).or_default();
        *sum = *sum + amount.unwrap_or_default();
    }
    let rounded = |(what, usd): (&str, Usd)| (what.to_owned(), usd.monthly());
    let listed = |(region, sums): (_, BTreeMap<&str, Usd>)| {
        let mut sums: Vec<_> = sums.into_iter().map(rounded).filter(|(_, usd)| *usd != Usd::ZERO.monthly()).collect();
        sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        (region, sums)
    };
    exact.into_iter().map(listed).filter(|(_, sums)| !sums.is_empty()).collect()
}

fn costs(services: &[Group], usage_types: &[Group]) -> Vec<RegionCost> {
    let mut usage_types = sums(usage_types);
    let cost = |(region, services): (&str, Vec<(String, Usd)>)| RegionCost {
        region: Region::new(region),
        disabled: false,
        usd: services.iter().map(|(_, usd)| *usd).sum(),
        services: services.into_iter().map(|(service, usd)| RegionService { service, usd }).collect(),
        usage_types: usage_types.remove(region).unwrap_or_default().into_iter().map(usage_cost).collect(),
    };
    let mut costs: Vec<RegionCost> = sums(services).into_iter().map(cost).collect();
    costs.sort_by(|a, b| b.usd.cmp(&a.usd).then_with(|| a.region.cmp(&b.region)));
    costs
}

fn usage_cost((usage_type, usd): (String, Usd)) -> UsageCost {
    UsageCost { usage_type, usd }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(region: &str, service: &str, amount: &str) -> Group {
        let metric = Metric { amount: Some(amount.to_owned()) };
        Group {
            keys: vec![region.to_owned(), service.to_owned()],
            metrics: BTreeMap::from([(METRIC.to_owned(), metric)]),
        }
    }

    #[test]
    fn the_most_expensive_come_first_and_zero_is_left_out() {
        let groups = [
            group("us-east-1", "AWS Cost Explorer", "0.01"),
            group("eu-south-1", "EC2 - Other", "1.2345678901234"),
            group("eu-south-1", "Amazon OpenSearch Service", "20"),
            group("eu-west-1", "AWS Lambda", "0.0000001"),
        ];
        let usage_types = [
            group("eu-south-1", "EUS1-ESInstance:r5.large", "19"),
            group("eu-south-1", "EUS1-ES:GP2-Storage", "0.40"),
            group("eu-south-1", "EUS1-ES:GP2-Storage", "0.60"),
            group("sa-east-1", "SAE1-Nothing", "0.001"),
        ];
        let costs = costs(&groups, &usage_types);
        let shown: Vec<_> =
            costs.iter().map(|it| (it.region.as_str(), it.usd.to_string(), it.services.len())).collect();
        assert_eq!(shown, [("eu-south-1", "21.23".to_owned(), 2), ("us-east-1", "0.01".to_owned(), 1)]);
        assert_eq!(costs[0].services[0].service, "Amazon OpenSearch Service");
        let counted: Vec<_> = costs[0].usage_types.iter().map(|it| (&*it.usage_type, it.usd.to_string())).collect();
        let row = |name, usd: &str| (name, usd.to_owned());
        assert_eq!(counted, [row("EUS1-ESInstance:r5.large", "19.00"), row("EUS1-ES:GP2-Storage", "1.00")]);
        assert_eq!(costs[1].usage_types, []);
    }
}
