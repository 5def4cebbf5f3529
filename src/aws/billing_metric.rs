//! The billing metric: the month's estimated charges of an account, by service and, in the payer of an organisation, by linked
//! account.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{Datapoint, Dimension, DimensionFilter, Metric, Statistic};
use aws_smithy_types::DateTime;
use futures::stream::{self, StreamExt};
use jiff::Timestamp;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::Cx;
use crate::error::{Error, Result};
use crate::model::bill::Figure;
use crate::model::{AccountId, Usd};

pub const READS: &[&str] = &["cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics"];

const NAMESPACE: &str = "AWS/Billing";
const METRIC: &str = "EstimatedCharges";
const LINKED: &str = "LinkedAccount";
/// In seconds: AWS publishes several figures a day, and a month of hourly periods fits in one answer.
const PERIOD: i32 = 3600;
/// For several months: with four figures a day, nearly a year fits in one answer.
const PERIOD_OF_MONTHS: i32 = 6 * PERIOD;
/// What an answer has at most.
const MOST_FIGURES: i64 = 1440;
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

/// The period of the figures.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    pub from: Timestamp,
    pub until: Timestamp,
}

/// The series that AWS publishes in an account.
#[derive(Clone)]
pub struct Series {
    cx: Cx,
    metrics: Vec<Metric>,
}

/// Lists the series. Empty if AWS publishes none for this account, or not yet.
///
/// # Errors
/// The metric cannot be listed.
pub async fn series(cx: &Cx) -> Result<Series> {
    let currency = DimensionFilter::builder().name("Currency").value("USD").build();
    let listed = Client::new(&cx.sdk).list_metrics().namespace(NAMESPACE).metric_name(METRIC).dimensions(currency);
    let pages: Vec<_> = listed.into_paginator().send().try_collect().await?;
    let metrics = pages.into_iter().flat_map(|page| page.metrics.unwrap_or_default()).collect();
    Ok(Series { cx: cx.clone(), metrics })
}

impl Series {
    /// The figures of the account itself: a payer's own are among those of its linked accounts.
    pub async fn own(&self, period: Period) -> Figures {
        let own = self.cx.place.account.as_str();
        let pays = self.metrics.iter().any(|metric| linked(metric) == Some(own));
        let mut all = self.read(|metric| linked(metric) == pays.then_some(own), period).await;
        all.pop_first().map(|(_, figures)| figures).unwrap_or_default()
    }

    /// The figures of all linked accounts together.
    pub async fn whole(&self, period: Period) -> Figures {
        let total = |metric: &Metric| linked(metric).is_none() && service(metric).is_none();
        self.read(total, period).await.pop_first().map(|(_, figures)| figures).unwrap_or_default()
    }

    /// The accounts whose charges this one pays; empty outside an organisation and in a member.
    #[must_use]
    pub fn linked(&self) -> BTreeSet<AccountId> {
        self.metrics.iter().filter_map(|metric| linked(metric)?.parse().ok()).collect()
    }

    /// The figures of these linked accounts, each by itself.
    pub async fn of(&self, accounts: &BTreeSet<AccountId>, period: Period) -> BTreeMap<AccountId, Figures> {
        let numbers: BTreeSet<&str> = accounts.iter().map(AccountId::as_str).collect();
        let all = self.read(|metric| linked(metric).is_some_and(|it| numbers.contains(it)), period).await;
        all.into_iter().filter_map(|(account, figures)| Some((account?.parse().ok()?, figures))).collect()
    }

    /// The figures of the series that `wanted` chooses, by their linked account.
    async fn read(&self, wanted: impl Fn(&Metric) -> bool, period: Period) -> BTreeMap<Option<String>, Figures> {
        let client = Client::new(&self.cx.sdk);
        let one = |metric: Metric| {
            let client = client.clone();
            async move {
                let answer = read(&client, &metric, period).await;
                (metric, answer)
            }
        };
        let chosen: Vec<Metric> = self.metrics.iter().filter(|metric| wanted(metric)).cloned().collect();
        let mut answers = stream::iter(chosen.into_iter().map(one)).buffered(AT_ONCE);
        let mut all: BTreeMap<Option<String>, Figures> = BTreeMap::new();
        while let Some((metric, answer)) = answers.next().await {
            let figures = all.entry(linked(&metric).map(str::to_owned)).or_default();
            match (service(&metric), answer) {
                (Some(service), Ok(read)) => drop(figures.services.insert(service.to_owned(), read)),
                (None, Ok(read)) => figures.total = read,
                (_, Err(error)) => figures.faults.push(error),
            }
        }
        all
    }
}

fn service(metric: &Metric) -> Option<&str> {
    value(metric, "ServiceName")
}

fn linked(metric: &Metric) -> Option<&str> {
    value(metric, LINKED)
}

fn value<'a>(metric: &'a Metric, dimension: &str) -> Option<&'a str> {
    metric.dimensions().iter().find(|it| it.name() == Some(dimension)).and_then(Dimension::value)
}

async fn read(client: &Client, metric: &Metric, period: Period) -> Result<Vec<Figure>> {
    let hours = period.until.duration_since(period.from).as_hours();
    let seconds = if hours > MOST_FIGURES { PERIOD_OF_MONTHS } else { PERIOD };
    let asked = client.get_metric_statistics().namespace(NAMESPACE).metric_name(METRIC).period(seconds);
    let asked = asked.set_dimensions(Some(metric.dimensions().to_vec())).statistics(Statistic::Maximum);
    let asked = asked.start_time(date_time(period.from)).end_time(date_time(period.until));
    let answer = asked.send().await?;
    let figure =
        |point: &Datapoint| Some(Figure { at: timestamp(point.timestamp()?)?, usd: Usd(decimal(point.maximum()?)?) });
    let mut figures: Vec<Figure> = answer.datapoints().iter().filter_map(figure).collect();
    figures.sort();
    Ok(figures)
}

/// AWS returns these as floating point numbers; the amounts have at most six decimal places.
fn decimal(float: f64) -> Option<Decimal> {
    Decimal::from_f64(float).map(|exact| exact.round_dp(6).normalize())
}

fn timestamp(at: &DateTime) -> Option<Timestamp> {
    Timestamp::from_second(at.secs()).ok()
}

fn date_time(at: Timestamp) -> DateTime {
    DateTime::from_secs(at.as_second())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::aws::connect::{ConnectOptions, connect};
    use crate::demo::{Answer, Call, Story, client};

    const SERIES: [&[(&str, &str)]; 5] = [
        &[("Currency", "USD")],
        &[("ServiceName", "AmazonES"), ("Currency", "USD")],
        &[("LinkedAccount", "123456789012"), ("Currency", "USD")],
        &[("LinkedAccount", "210987654321"), ("Currency", "USD")],
        &[("LinkedAccount", "210987654321"), ("ServiceName", "AmazonES"), ("Currency", "USD")],
    ];

    /// Counts the figures that are asked for.
    #[derive(Default)]
    struct Metrics(Mutex<usize>);

    impl Story for Metrics {
        fn answer(&self, call: &Call) -> Option<Answer> {
            *self.0.lock().unwrap() += usize::from(call.action == "GetMetricStatistics");
            Some(Answer::error(call, 400, "InvalidParameterValue", ""))
        }
    }

    async fn of(account: &str) -> (Series, Arc<Metrics>) {
        let counted = Arc::new(Metrics::default());
        let options = ConnectOptions { practice: Some(client(counted.clone())), ..ConnectOptions::default() };
        let cx = Cx::home(&account.parse().unwrap(), &connect(&options).await.unwrap());
        let dimension = |(name, value): &(&str, &str)| Dimension::builder().name(*name).value(*value).build();
        let metric =
            |it: &[(&str, &str)]| Metric::builder().set_dimensions(Some(it.iter().map(dimension).collect())).build();
        (Series { cx, metrics: SERIES.iter().map(|it| metric(it)).collect() }, counted)
    }

    fn period() -> Period {
        Period { from: Timestamp::UNIX_EPOCH, until: Timestamp::UNIX_EPOCH }
    }

    #[tokio::test]
    async fn only_the_wanted_accounts_figures_are_read() {
        let asked = async |account: &str| {
            let (series, counted) = of(account).await;
            let failed = series.own(period()).await.faults.len();
            assert_eq!(failed, *counted.0.lock().unwrap());
            failed
        };
        // The payer's own, a member's by its linked account, and those of an account outside the organisation.
        assert_eq!([asked("123456789012").await, asked("210987654321").await, asked("555555555555").await], [1, 2, 2]);
        let (series, counted) = of("123456789012").await;
        let members: BTreeSet<AccountId> = ["210987654321", "999999999999"].map(|id| id.parse().unwrap()).into();
        let figures = series.of(&members, period()).await;
        assert_eq!(figures.keys().map(AccountId::as_str).collect::<Vec<_>>(), ["210987654321"]);
        assert_eq!((figures.values().next().unwrap().faults.len(), *counted.0.lock().unwrap()), (2, 2));
        assert_eq!(series.whole(period()).await.faults.len(), 1);
        assert_eq!(series.linked().len(), 2);
    }

    #[test]
    fn a_float_becomes_the_intended_decimal() {
        let shown = |float| decimal(float).map(|it| it.to_string());
        assert_eq!(shown(0.1 + 0.2).as_deref(), Some("0.3"));
        assert_eq!(shown(350.784).as_deref(), Some("350.784"));
        assert_eq!(shown(f64::NAN), None);
    }
}
