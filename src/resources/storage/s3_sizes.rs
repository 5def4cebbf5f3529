//! The size of each bucket of a region, from CloudWatch's daily figures: one list, then a figure for each bucket and storage
//! type. The calls are within CloudWatch's free allowance.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{Datapoint, Metric, Statistic};
use aws_smithy_types::DateTime;
use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::{Error, Result};

pub const READS: [&str; 2] = ["cloudwatch:ListMetrics", "cloudwatch:GetMetricStatistics"];

const METRIC: &str = "BucketSizeBytes";
const DAY: Duration = Duration::from_hours(24);
/// Figures are daily and arrive a day or two late.
const BACK: Duration = Duration::from_hours(4 * 24);

/// Until then a new bucket may hold data without a figure of it (fact sheet, section 8.2).
const FIRST: SignedDuration = SignedDuration::from_hours(3 * 24);

/// What is stored in a bucket, by storage type.
#[derive(Debug, PartialEq, Eq)]
pub enum Stored<'a> {
    Nothing,
    Bytes(&'a BTreeMap<String, Decimal>),
    /// There is no figure, and there may be data.
    Unknown,
}

/// Bytes by bucket and storage type, and the first call that failed.
#[derive(Default)]
pub struct Sizes {
    pub bytes: BTreeMap<String, BTreeMap<String, Decimal>>,
    pub fault: Option<Error>,
    /// A figure does not say of which bucket it is, or how much.
    pub unclear: bool,
}

impl Sizes {
    /// AWS gives no figure for an empty bucket. So one without a figure is empty if it is old enough to have one and all
    /// figures could be read.
    pub fn of(&self, bucket: &str, created: Option<Timestamp>, now: Timestamp) -> Stored<'_> {
        let old = created.is_some_and(|created| now.duration_since(created) > FIRST);
        let readable = self.fault.is_none() && !self.unclear && !bucket.is_empty();
        match self.bytes.get(bucket) {
            Some(bytes) if bytes.values().any(|bytes| *bytes > Decimal::ZERO) => Stored::Bytes(bytes),
            Some(_) if readable => Stored::Nothing,
            None if readable && old => Stored::Nothing,
            _ => Stored::Unknown,
        }
    }
}

/// The sizes of these buckets of the region.
///
/// # Errors
/// The figures cannot be listed.
pub async fn sizes(cx: &Cx, buckets: &BTreeSet<String>) -> Result<Sizes> {
    let client = Client::new(&cx.sdk);
    let pages = client.list_metrics().namespace("AWS/S3").metric_name(METRIC).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await?;
    let metrics: Vec<Metric> = pages.into_iter().flat_map(|page| page.metrics.unwrap_or_default()).collect();
    let nameless = |metric: &Metric| ["BucketName", "StorageType"].iter().any(|it| value(metric, it).is_none());
    let mut sizes = Sizes { unclear: metrics.iter().any(nameless), ..Sizes::default() };
    let known = metrics.into_iter();
    let known = known.filter(|metric| value(metric, "BucketName").is_some_and(|name| buckets.contains(name)));
    let ask = |metric: Metric| {
        let answer = figure(&client, &metric);
        async { (metric, answer.await) }
    };
    let mut answers = stream::iter(known.map(ask)).buffer_unordered(8);
    while let Some((metric, answer)) = answers.next().await {
        let (Some(bucket), Some(class)) = (value(&metric, "BucketName"), value(&metric, "StorageType")) else {
            continue;
        };
        match answer {
            Ok(Figure::None) => {}
            Ok(Figure::Unreadable) => sizes.unclear = true,
            Ok(Figure::Bytes(bytes)) => {
                sizes.bytes.entry(bucket.to_owned()).or_default().insert(class.to_owned(), bytes);
            }
            Err(error) => sizes.fault = sizes.fault.or(Some(error)),
        }
    }
    Ok(sizes)
}

enum Figure {
    None,
    Bytes(Decimal),
    Unreadable,
}

fn figure(client: &Client, metric: &Metric) -> impl Future<Output = Result<Figure>> + use<> {
    let now = SystemTime::now();
    let asked = client
        .get_metric_statistics()
        .namespace("AWS/S3")
        .metric_name(METRIC)
        .set_dimensions(metric.dimensions.clone())
        .start_time(DateTime::from(now.checked_sub(BACK).unwrap_or(now)))
        .end_time(DateTime::from(now))
        .period(i32::try_from(DAY.as_secs()).unwrap_or(i32::MAX))
        .statistics(Statistic::Average)
        .send();
    async {
        let answer = asked.await?;
        Ok(match latest(answer.datapoints()) {
            Some(bytes) => Figure::Bytes(bytes),
            None if answer.datapoints().is_empty() => Figure::None,
            None => Figure::Unreadable,
        })
    }
}

/// The newest figure. A figure that overflows counts as the largest decimal.
fn latest(points: &[Datapoint]) -> Option<Decimal> {
    let known = points.iter().filter_map(|point| Some((point.timestamp()?.secs(), point.average()?)));
    let (_, bytes) = known.max_by_key(|(at, _)| *at)?;
    let whole = Decimal::from_f64_retain(bytes).map(|bytes| bytes.trunc());
    whole.or_else(|| (bytes > 0.0).then_some(Decimal::MAX))
}

fn value<'a>(metric: &'a Metric, dimension: &str) -> Option<&'a str> {
    let value = metric.dimensions().iter().find(|it| it.name() == Some(dimension)).and_then(|it| it.value());
    // The SDK has empty text where AWS gives none.
    value.filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_empty_only_if_a_figure_would_be_there() {
        let [now, new, old] = ["2026-11-23T00:00:00Z", "2026-11-20T00:00:00Z", "2026-11-19T23:59:59Z"]
            .map(|at| at.parse::<Timestamp>().unwrap());
        let of = |bytes: Decimal| BTreeMap::from([("StandardStorage".to_owned(), bytes)]);
        let bytes = || BTreeMap::from([("full".to_owned(), of(1.into())), ("emptied".to_owned(), of(0.into()))]);
        let sizes = Sizes { bytes: bytes(), ..Sizes::default() };
        assert_eq!(sizes.of("", Some(old), now), Stored::Unknown);
        assert_eq!(sizes.of("full", Some(new), now), Stored::Bytes(&of(1.into())));
        assert_eq!(sizes.of("emptied", Some(new), now), Stored::Nothing);
        assert_eq!(sizes.of("none", Some(old), now), Stored::Nothing);
        assert_eq!(
            [Some(new), None, Some(Timestamp::MAX)].map(|created| sizes.of("none", created, now)),
            [Stored::Unknown, Stored::Unknown, Stored::Unknown]
        );
        let failed = Sizes { bytes: bytes(), fault: Some(Error::mistake()), unclear: false };
        let unclear = Sizes { bytes: bytes(), fault: None, unclear: true };
        for sizes in [failed, unclear] {
            assert_eq!(sizes.of("full", Some(old), now), Stored::Bytes(&of(1.into())));
            assert_eq!(["emptied", "none"].map(|it| sizes.of(it, Some(old), now)), [Stored::Unknown, Stored::Unknown]);
        }
    }

    #[test]
    fn the_last_day_counts() {
        let point = |at, bytes| Datapoint::builder().timestamp(DateTime::from_secs(at)).average(bytes).build();
        assert_eq!(latest(&[point(1, 5.0), point(3, 7.0), point(2, 6.0)]), Some(7.into()));
        assert_eq!([1e300, f64::NAN].map(|bytes| latest(&[point(1, bytes)])), [Some(Decimal::MAX), None]);
        assert_eq!((latest(&[]), latest(&[Datapoint::builder().build()])), (None, None));
    }
}
