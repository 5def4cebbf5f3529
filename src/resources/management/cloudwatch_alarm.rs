//! CloudWatch alarms are charged by the metrics they watch; ten are free for each account.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::operation::describe_alarms::DescribeAlarmsOutput;
use aws_sdk_cloudwatch::types::{AlarmType, CompositeAlarm, LogAlarm, MetricAlarm};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Region, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudwatch-alarm",
    names: words("CloudWatch alarm", "CloudWatch アラーム"),
    bills: words(
        "per month and metric it watches, beyond ten in an account; high-resolution and composite ones cost more",
        "監視するメトリクスごと・月ごと(アカウント全体で 10 個まで無料)。高解像度と複合アラームは割高",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonCloudWatch"],
    asks: &[&Typed("cloudwatch:DescribeAlarms")],
    writes: &["cloudwatch:DeleteAlarms"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// The free allowance, shared by all regions.
const FREE: &str = "alarms";

async fn list(cx: &Cx) -> Result<Listing> {
    let kinds = vec![AlarmType::MetricAlarm, AlarmType::CompositeAlarm, AlarmType::LogAlarm];
    let asked = Client::new(&cx.sdk).describe_alarms().set_alarm_types(Some(kinds)).max_records(100);
    let pages: Vec<DescribeAlarmsOutput> = asked.into_paginator().send().try_collect().await?;
    let mut listing = Listing::default();
    for page in &pages {
        let (own, others): (Vec<_>, Vec<_>) =
            page.metric_alarms().iter().partition(|alarm| is_own(alarm, &cx.place.region));
        listing.used.extend(own.iter().map(|_| (FREE, Decimal::ONE)));
        listing.findings.extend(others.into_iter().map(by_metric));
        listing.findings.extend(page.composite_alarms().iter().map(composite));
        listing.findings.extend(page.log_alarms().iter().map(by_log));
    }
    Ok(listing)
}

/// The billing alarms of the safeguard, recognised by name and region.
fn is_own(alarm: &MetricAlarm, here: &Region) -> bool {
    here.as_str() == Region::HOME && alarm.alarm_name().is_some_and(|name| name.starts_with("guardrail-billing-"))
}

fn by_metric(alarm: &MetricAlarm) -> Listed {
    let found = found(alarm.alarm_name(), alarm.alarm_arn());
    let found = match metrics(alarm) {
        None => found.charge(Charge::metered("alarm metric", sku("AlarmMonitorUsage"), Unit::Month)),
        Some((count, true)) => {
            found.charge(Charge::each_month("high-resolution alarm metric", sku("HighResAlarmMonitorUsage"), count))
        }
        Some((count, false)) => {
            found.charge(Charge::each_month("alarm metric", sku("AlarmMonitorUsage"), count).free_up_to(FREE, 10))
        }
    };
    // A target tracking policy recreates its alarms, and deletes them with itself.
    if alarm.alarm_name().is_some_and(|name| name.starts_with("TargetTracking-")) {
        return found.note(Note::with("service-managed", "Auto Scaling"));
    }
    deletable(found)
}

/// The number of charged metrics, and whether they are high-resolution; `None` for a query, whose metrics can change.
fn metrics(alarm: &MetricAlarm) -> Option<(usize, bool)> {
    let is_fast = |period: Option<i32>| period.is_some_and(|seconds| seconds < 60);
    let queries = alarm.metrics();
    if queries.is_empty() {
        return alarm.evaluation_criteria().is_none().then(|| (1, is_fast(alarm.period())));
    }
    let expressions = || queries.iter().filter_map(|query| query.expression()).map(|it| it.trim().to_ascii_uppercase());
    if expressions().any(|it| it.starts_with("SELECT")) {
        return None;
    }
    let watched = queries.iter().filter_map(|query| query.metric_stat());
    let fast = watched.clone().any(|it| is_fast(it.period()));
    // An anomaly detection band is charged as two more metrics.
    let bounds = if expressions().any(|it| it.contains("ANOMALY_DETECTION_BAND")) { 2 } else { 0 };
    Some((watched.count().max(1).saturating_add(bounds), fast))
}

fn composite(alarm: &CompositeAlarm) -> Listed {
    let charge = Charge::each_month("composite alarm", sku("CompositeAlarmMonitorUsage"), 1);
    deletable(found(alarm.alarm_name(), alarm.alarm_arn()).charge(charge))
}

fn by_log(alarm: &LogAlarm) -> Listed {
    let sku = Sku::new("AmazonCloudWatch").with("item", "log_alarm").with("unit", "month");
    deletable(found(alarm.alarm_name(), alarm.alarm_arn()).charge(Charge::metered("log alarm", sku, Unit::Month)))
}

fn found(name: Option<&str>, arn: Option<&str>) -> Listed {
    Listed { arn: arn.map(str::to_owned), ..Listed::new(name.unwrap_or_default()) }
}

fn deletable(found: Listed) -> Listed {
    let command = Command::aws("cloudwatch delete-alarms --alarm-names").item(&found.id);
    found.loses(Loss::Settings).can(Verb::Delete, command)
}

fn sku(usage: &str) -> Sku {
    Sku::new("AmazonCloudWatch").with("usagetype", format!("CW:{usage}"))
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudwatch::types::builders::MetricAlarmBuilder;
    use aws_sdk_cloudwatch::types::{MetricDataQuery, MetricStat};

    use super::*;

    fn what(alarm: MetricAlarmBuilder) -> String {
        by_metric(&alarm.build()).charges[0].what.clone()
    }
    fn watching(period: i32) -> MetricDataQuery {
        MetricDataQuery::builder().metric_stat(MetricStat::builder().period(period).build()).build()
    }
    fn expression(text: &str) -> MetricDataQuery {
        MetricDataQuery::builder().expression(text).build()
    }

    #[test]
    fn is_charged_by_the_metrics_it_watches() {
        let alarm = MetricAlarm::builder;
        assert_eq!(what(alarm()), "alarm metric");
        assert_eq!(what(alarm().period(60)), "alarm metric");
        assert_eq!(what(alarm().period(10)), "high-resolution alarm metric");
        let sum = alarm().metrics(watching(60)).metrics(watching(60)).metrics(expression("m1+m2"));
        assert_eq!(what(sum.clone()), "2 × alarm metric");
        assert_eq!(what(sum.metrics(watching(30))), "3 × high-resolution alarm metric");
        let band = alarm().metrics(watching(300)).metrics(expression("ANOMALY_DETECTION_BAND(m1, 2)"));
        assert_eq!(what(band), "3 × alarm metric");
        let query = by_metric(&alarm().metrics(expression("select AVG(CPU) FROM x")).build());
        assert_eq!(query.charges[0].quantity, None);
    }

    #[test]
    fn only_plain_ones_are_free() {
        let free = |alarm: MetricAlarmBuilder| by_metric(&alarm.build()).charges[0].allowance.is_some();
        assert_eq!([60, 10].map(|period| free(MetricAlarm::builder().period(period))), [true, false]);
        assert_eq!(composite(&CompositeAlarm::builder().build()).charges[0].allowance, None);
        assert_eq!(by_log(&LogAlarm::builder().build()).charges[0].quantity, None);
    }

    #[test]
    fn its_own_are_known_by_name_and_place() {
        let own = |name: &str, here: &str| is_own(&MetricAlarm::builder().alarm_name(name).build(), &Region::new(here));
        assert!(own("guardrail-billing-5-usd", "us-east-1"));
        assert!(!own("guardrail-billing-5-usd", "eu-west-1") && !own("guardrail-of-mine", "us-east-1"));
    }

    #[test]
    fn a_command_holds_whatever_the_name_is() {
        let command = deletable(Listed::new("it's 5 > 4")).commands[&Verb::Delete].to_string().clone();
        assert_eq!(command, r"aws cloudwatch delete-alarms --alarm-names 'it'\''s 5 > 4'");
        let scaling = MetricAlarm::builder().alarm_name("TargetTracking-table/study-AlarmHigh-1").build();
        assert_eq!(by_metric(&scaling).can, []);
    }
}
