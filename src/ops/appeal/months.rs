//! What each service cost in each month, by AWS's free figures or, with the person's consent, by Cost Explorer.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::aws::billing_metric::Figures;
use crate::aws::cost_explorer::MonthCost;
use crate::model::bill::Figure;
use crate::model::service::service_name;
use crate::model::{Source, Usd};
use crate::ops::bill::{Month, of_month};

/// How much longer than the service the account must have figures for the service's first one to be its first charge.
const BEFORE: SignedDuration = SignedDuration::from_hours(12);

/// The cost of one service in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// `2026-11`
    pub month: String,
    /// As AWS writes it: `AmazonES`; Cost Explorer has longer names.
    pub service: String,
    pub usd: Usd,
    /// The time of the figure, for a month that has not ended.
    pub as_of: Option<Timestamp>,
    pub source: Source,
}

/// The first day of the earliest of so many months, the one of now included.
#[must_use]
pub fn first(now: Timestamp, months: u8) -> Date {
    let this = now.to_zoned(TimeZone::UTC).date().first_of_month();
    this.saturating_sub(i32::from(months.saturating_sub(1)).months())
}

/// The months from `first` to that of now.
fn all(first: Date, now: Timestamp) -> Vec<Month> {
    let this = Month::of(now);
    let mut months = vec![];
    let mut at = first;
    while at <= this.first {
        let noon = at.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).map(|it| it.timestamp());
        months.extend(noon.map(Month::of));
        at = at.saturating_add(1.month());
    }
    months
}

/// By month, then by service. A month without a figure is left out.
#[must_use]
pub fn costs(figures: &Figures, first: Date, now: Timestamp) -> Vec<Cost> {
    let mut costs = Vec::new();
    for month in all(first, now) {
        for (service, figures) in &figures.services {
            let until = figures.partition_point(|figure| figure.at < month.ends);
            let last = of_month(&figures[..until], &month).last().filter(|last| last.usd.monthly() > Usd::ZERO);
            costs.extend(last.map(|last| Cost {
                month: month.name(),
                service: service.clone(),
                usd: last.usd.monthly(),
                as_of: (now < month.ends).then_some(last.at),
                source: Source::Metric,
            }));
        }
    }
    costs
}

/// The day (UTC) of a service's first charge; `None` if it may have had charges before the first figure.
#[must_use]
pub fn first_charge(figures: &Figures, service: &str) -> Option<Date> {
    let charged = |figure: &&Figure| figure.usd > Usd::ZERO;
    let first = figures.services.get(service)?.iter().find(charged)?;
    let watched = figures.total.first()?.at;
    let known = first.at.duration_since(watched) >= BEFORE;
    known.then(|| first.at.to_zoned(TimeZone::UTC).date())
}

/// Services that Cost Explorer names unlike the bill's metric, by the name that it has in both.
const LONG_NAMES: &[(&str, &str)] = &[
    ("AmazonEC2", "Elastic Compute Cloud"),
    ("AmazonEC2", "EC2"),
    ("AmazonECR", "Container Registry"),
    ("AmazonEFS", "Elastic File System"),
    ("AmazonEKS", "Kubernetes"),
    ("AmazonRDS", "Relational Database Service"),
    ("AmazonS3", "Simple Storage Service"),
    ("AmazonVPC", "Virtual Private Cloud"),
    ("ElasticMapReduce", "Elastic MapReduce"),
    ("awskms", "Key Management Service"),
];

fn is_the_service(long: &str, code: &str) -> bool {
    let common = service_name(code);
    let common = common.split(" (").next().unwrap_or_default();
    let known = LONG_NAMES.iter().any(|(known, name)| *known == code && long.contains(name));
    known || long == code || long.split(' ').any(|word| word == common) || long.ends_with(&format!(" {common}"))
}

/// Cost Explorer's costs of these services.
#[must_use]
pub fn costs_of_cost_explorer(months: &[MonthCost], services: &[&str], now: Timestamp) -> Vec<Cost> {
    let wanted = months.iter().filter(|it| services.iter().any(|code| is_the_service(&it.service, code)));
    let this = Month::of(now).name();
    let cost = |it: &MonthCost| Cost {
        month: it.month.clone(),
        service: it.service.clone(),
        usd: it.usage_types.iter().map(|usage| usage.usd).sum::<Usd>().monthly(),
        as_of: (it.month == this).then_some(now),
        source: Source::CostExplorer,
    };
    let mut costs: Vec<Cost> = wanted.map(cost).collect();
    costs.sort_by(|a, b| (&a.month, &a.service).cmp(&(&b.month, &b.service)));
    costs
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn figures(rows: &[(&str, &str)]) -> Vec<Figure> {
        let figure = |(at, usd): &(&str, &str)| Figure {
            at: format!("2026-{at}:00:00Z").parse().unwrap(),
            usd: usd.parse().unwrap(),
        };
        rows.iter().map(figure).collect()
    }

    fn domain() -> Figures {
        let es = figures(&[("10-24T18", "9.00"), ("10-31T18", "96.20"), ("11-01T00", "96.20"), ("11-24T18", "273.55")]);
        let total = figures(&[("09-01T18", "0.40"), ("10-24T18", "20"), ("11-24T18", "400")]);
        Figures { total, services: BTreeMap::from([("AmazonES".to_owned(), es)]), faults: Vec::new() }
    }

    #[test]
    fn each_month_has_its_last_figure() {
        let now = "2026-11-25T00:30:00Z".parse().unwrap();
        assert_eq!(first(now, 3).to_string(), "2026-09-01");
        let costs = costs(&domain(), first(now, 3), now);
        let shown: Vec<_> = costs.iter().map(|it| (&*it.month, it.usd.to_string(), it.as_of.is_some())).collect();
        assert_eq!(shown, [("2026-10", "96.20".to_owned(), false), ("2026-11", "273.55".to_owned(), true)]);
    }

    #[test]
    fn a_first_charge_is_one_only_if_the_account_had_figures_before() {
        assert_eq!(first_charge(&domain(), "AmazonES").unwrap().to_string(), "2026-10-24");
        assert_eq!(first_charge(&domain(), "AmazonRDS"), None);
        let late = Figures { total: figures(&[("10-24T18", "20")]), ..domain() };
        assert_eq!(first_charge(&late, "AmazonES"), None);
    }

    #[test]
    fn cost_explorer_has_longer_names() {
        for (long, code) in [
            ("Amazon OpenSearch Service", "AmazonES"),
            ("Amazon Elastic Compute Cloud - Compute", "AmazonEC2"),
            ("EC2 - Other", "AmazonEC2"),
            ("Amazon Relational Database Service", "AmazonRDS"),
            ("AWS Lambda", "AWSLambda"),
            ("Amazon Kendra", "Amazon Kendra"),
        ] {
            assert!(is_the_service(long, code), "{long}, {code}");
        }
        assert!(!is_the_service("Amazon Elastic Container Service", "AmazonEC2"));
        assert!(!is_the_service("Amazon OpenSearch Service", "AmazonS3"));
    }
}
