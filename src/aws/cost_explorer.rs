//! Cost Explorer, which charges 0.01 USD for every request: what each region has cost, also those that are not enabled.

use std::collections::BTreeMap;

use aws_sdk_costexplorer::Client;
use aws_sdk_costexplorer::types::{
    DateInterval, Dimension, DimensionValues, Expression, Granularity, Group, GroupDefinition, GroupDefinitionType,
    ResultByTime,
};
use jiff::civil::Date;

use super::Cx;
use crate::error::{Error, Kind, Result};
use crate::model::bill::{RegionCost, RegionService};
use crate::model::{Reason, Region, Text, Usd};

pub const READS: &[&str] = &["ce:GetCostAndUsage"];

/// What AWS charges for one request, in US dollars.
pub const USD_A_REQUEST: &str = "0.01";

const METRIC: &str = "UnblendedCost";

/// The cost of each region and service from `first` to the day before `end`, credits left aside so that they hide nothing.
/// One request, whatever it answers.
///
/// # Errors
/// It cannot be read, or does not fit one answer.
pub async fn regions(cx: &Cx, first: Date, end: Date) -> Result<Vec<RegionCost>> {
    let by = |key: &str| GroupDefinition::builder().r#type(GroupDefinitionType::Dimension).key(key).build();
    let usage = DimensionValues::builder().key(Dimension::RecordType).values("Usage").build();
    let asked = Client::new(&cx.sdk).get_cost_and_usage().granularity(Granularity::Monthly).metrics(METRIC);
    let asked = asked.time_period(DateInterval::builder().start(first.to_string()).end(end.to_string()).build()?);
    let asked =
        asked.filter(Expression::builder().dimensions(usage).build()).group_by(by("REGION")).group_by(by("SERVICE"));
    let answer = asked.send().await?;
    if answer.next_page_token().is_some() {
        let more = Error::new(Kind::Cloud(Reason::Other), Text::new("error-aws").with("action", READS[0]));
        return Err(Error {
            action: Some(READS[0].to_owned()),
            ..more.detail("more than one page, and each is charged for")
        });
    }
    Ok(costs(answer.results_by_time().iter().flat_map(ResultByTime::groups)))
}

fn costs<'a>(groups: impl Iterator<Item = &'a Group>) -> Vec<RegionCost> {
    let mut regions: BTreeMap<&str, Vec<RegionService>> = BTreeMap::new();
    for group in groups {
        let [region, service] = group.keys() else { continue };
        let amount = group.metrics().and_then(|it| it.get(METRIC)).and_then(|it| it.amount()?.parse::<Usd>().ok());
        let Some(usd) = amount.map(Usd::monthly).filter(|usd| *usd != Usd::ZERO.monthly()) else { continue };
        regions.entry(region).or_default().push(RegionService { service: service.clone(), usd });
    }
    let mut costs: Vec<RegionCost> = regions.into_iter().map(|(region, services)| cost(region, services)).collect();
    costs.sort_by(|a, b| b.usd.cmp(&a.usd).then_with(|| a.region.cmp(&b.region)));
    costs
}

fn cost(region: &str, mut services: Vec<RegionService>) -> RegionCost {
    services.sort_by(|a, b| b.usd.cmp(&a.usd).then_with(|| a.service.cmp(&b.service)));
    let usd = services.iter().map(|it| it.usd).sum();
    RegionCost { region: Region::new(region), disabled: false, usd, services }
}

#[cfg(test)]
mod tests {
    use aws_sdk_costexplorer::types::MetricValue;

    use super::*;

    fn group(region: &str, service: &str, amount: &str) -> Group {
        let value = MetricValue::builder().amount(amount).unit("USD").build();
        Group::builder().keys(region).keys(service).metrics(METRIC, value).build()
    }

    #[test]
    fn the_dearest_come_first_and_nothing_is_nothing() {
        let groups = [
            group("us-east-1", "AWS Cost Explorer", "0.01"),
            group("eu-south-1", "EC2 - Other", "1.2345678901234"),
            group("eu-south-1", "Amazon OpenSearch Service", "20"),
            group("eu-west-1", "AWS Lambda", "0.0000001"),
        ];
        let costs = costs(groups.iter());
        let shown: Vec<_> =
            costs.iter().map(|it| (it.region.as_str(), it.usd.to_string(), it.services.len())).collect();
        assert_eq!(shown, [("eu-south-1", "21.23".to_owned(), 2), ("us-east-1", "0.01".to_owned(), 1)]);
        assert_eq!(costs[0].services[0].service, "Amazon OpenSearch Service");
    }
}
