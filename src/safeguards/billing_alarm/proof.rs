//! Verifies the billing alarms: the metric has data; each alarm is enabled, notifies the topic and is not stuck.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{Dimension, MetricAlarm, StateValue, Statistic};
use jiff::{SignedDuration, Timestamp};

use crate::aws::account_kind::AccountKind;
use crate::aws::{Cx, time};
use crate::error::Result;
use crate::model::AccountId;
use crate::model::report::{Proof, Status};
use crate::safeguards::billing_alerts;
use crate::safeguards::billing_figures::{METRIC, NAMESPACE};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How far back to search for a datapoint.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(14 * 24);
/// AWS fills the metric within a day; after this time a missing datapoint needs an explanation.
const PATIENCE: SignedDuration = SignedDuration::from_hours(2 * 24);
/// A new alarm has no state until its first evaluation.
const FIRST_STATE: SignedDuration = SignedDuration::from_hours(1);
/// The evaluation window: an alarm with a datapoint in it must have a state.
const WINDOW: SignedDuration = SignedDuration::from_hours(6);
const HOUR_SECONDS: i32 = 3600;

/// The links of the alarms that notify `topic`; empty without alarms.
pub(super) async fn links(cx: &Cx, now: Timestamp, alarms: &[MetricAlarm], topic: &str) -> Result<Vec<Proof>> {
    let Some(oldest) = alarms.iter().map(|it| changed_at(it).unwrap_or(now)).min() else { return Ok(Vec::new()) };
    let last = last_figure(cx, now).await?;
    let metric = match last {
        Some(last) => fresh_or_stale(last, now),
        None => without_figures(&NoData::ask(cx).await, now.duration_since(oldest)),
    };
    let alarms = alarms.iter().flat_map(|alarm| alarm_links(alarm, topic, last, now));
    Ok([metric].into_iter().chain(alarms).collect())
}

/// The time of the newest datapoint, to the hour.
async fn last_figure(cx: &Cx, now: Timestamp) -> Result<Option<Timestamp>> {
    let answer = Client::new(&cx.sdk)
        .get_metric_statistics()
        .namespace(NAMESPACE)
        .metric_name(METRIC)
        .dimensions(Dimension::builder().name("Currency").value("USD").build())
        .start_time(moment(now - LOOKED_BACK))
        .end_time(moment(now))
        .period(HOUR_SECONDS)
        .statistics(Statistic::Maximum)
        .send()
        .await?;
    Ok(answer.datapoints().iter().filter_map(|point| time(point.timestamp()?)).max())
}

fn moment(at: Timestamp) -> aws_smithy_types::DateTime {
    aws_smithy_types::DateTime::from_secs(at.as_second())
}

fn fresh_or_stale(last: Timestamp, now: Timestamp) -> Proof {
    let status = if now.duration_since(last) <= DAY { Status::Ok } else { Status::Broken };
    Proof::new("metric-has-data", status).of(last.to_string())
}

/// The possible reasons for missing figures.
struct NoData {
    /// `None` if unknown.
    alerts: Option<bool>,
    payer: Option<AccountId>,
}

impl NoData {
    async fn ask(cx: &Cx) -> Self {
        let (alerts, kind) = futures::join!(billing_alerts::switched_on(cx), AccountKind::of(cx));
        Self { alerts: alerts.ok(), payer: kind.payer().cloned() }
    }
}

fn without_figures(no_data: &NoData, watched_for: SignedDuration) -> Proof {
    let metric = |status| Proof::new("metric-has-data", status);
    match no_data {
        NoData { alerts: Some(true), .. } if watched_for <= PATIENCE => metric(Status::Waiting),
        NoData { alerts: Some(true), .. } => metric(Status::Unknown),
        NoData { payer: Some(payer), .. } => Proof::new("metric-needs-payer", Status::Broken).of(payer.as_str()),
        NoData { alerts: Some(false), .. } => Proof::new("metric-needs-alerts", Status::Broken),
        NoData { alerts: None, .. } => metric(Status::Unknown),
    }
}

fn alarm_links(alarm: &MetricAlarm, topic: &str, last: Option<Timestamp>, now: Timestamp) -> Vec<Proof> {
    let heard = alarm.actions_enabled().unwrap_or(true) && alarm.alarm_actions().iter().any(|action| action == topic);
    let link = |step: &str, status| Proof::new(step, status).of(name(alarm));
    let rings = link("alarm-rings", if heard { Status::Ok } else { Status::Broken });
    let more = match alarm.state_value() {
        Some(StateValue::Alarm) => Some(link("alarm-is-ringing", Status::Ok)),
        Some(StateValue::InsufficientData) if is_stuck(changed_at(alarm), last, now) => {
            Some(link("alarm-stuck", Status::Broken))
        }
        _ => None,
    };
    [rings].into_iter().chain(more).collect()
}

/// Whether an alarm without a state should have one: it is not new, and its window has a datapoint.
fn is_stuck(changed_at: Option<Timestamp>, last: Option<Timestamp>, now: Timestamp) -> bool {
    let older_than = |at: Timestamp, age| now.duration_since(at) > age;
    changed_at.is_none_or(|at| older_than(at, FIRST_STATE)) && last.is_some_and(|last| !older_than(last, WINDOW))
}

pub(super) fn name(alarm: &MetricAlarm) -> &str {
    alarm.alarm_name().unwrap_or_default()
}

fn changed_at(alarm: &MetricAlarm) -> Option<Timestamp> {
    alarm.alarm_configuration_updated_timestamp().and_then(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:guardrail-alerts";

    fn now() -> Timestamp {
        "2026-11-23T00:00:00Z".parse().unwrap()
    }

    fn ago(hours: i64) -> Timestamp {
        now() - SignedDuration::from_hours(hours)
    }

    #[test]
    fn figures_are_good_for_a_day() {
        let judged = |hours| fresh_or_stale(ago(hours), now()).status;
        assert_eq!([judged(0), judged(24), judged(25)], [Status::Ok, Status::Ok, Status::Broken]);
        assert_eq!(fresh_or_stale(ago(72), now()).subject.as_deref(), Some("2026-11-20T00:00:00Z"));
    }

    #[test]
    fn the_reasons_for_missing_figures_are_distinguished() {
        let payer = || "210987654321".parse().ok();
        let judged = |alerts, payer, hours| {
            let link = without_figures(&NoData { alerts, payer }, SignedDuration::from_hours(hours));
            (link.step, link.status)
        };
        let metric = |status| ("metric-has-data".to_owned(), status);
        let needs_payer = ("metric-needs-payer".to_owned(), Status::Broken);
        assert_eq!(judged(Some(true), None, 1), metric(Status::Waiting));
        assert_eq!(judged(Some(true), payer(), 1), metric(Status::Waiting));
        assert_eq!(judged(Some(true), None, 49), metric(Status::Unknown));
        assert_eq!(judged(Some(false), None, 1), ("metric-needs-alerts".to_owned(), Status::Broken));
        assert_eq!(judged(Some(false), payer(), 1), needs_payer);
        assert_eq!(judged(None, payer(), 1), needs_payer);
        assert_eq!(judged(None, None, 1), metric(Status::Unknown));
    }

    fn steps(state: StateValue, enabled: bool, action: &str, hours: i64) -> Vec<(String, Status)> {
        let alarm = MetricAlarm::builder()
            .alarm_name("guardrail-billing-5-usd")
            .state_value(state)
            .actions_enabled(enabled)
            .alarm_actions(action)
            .alarm_configuration_updated_timestamp(moment(ago(hours)))
            .build();
        alarm_links(&alarm, TOPIC, Some(ago(3)), now()).into_iter().map(|it| (it.step, it.status)).collect()
    }

    #[test]
    fn an_alarm_is_ok_only_if_it_is_enabled_and_notifies_the_topic() {
        let rings = |status| vec![("alarm-rings".to_owned(), status)];
        assert_eq!(steps(StateValue::Ok, true, TOPIC, 9), rings(Status::Ok));
        assert_eq!(steps(StateValue::Ok, false, TOPIC, 9), rings(Status::Broken));
        assert_eq!(steps(StateValue::Ok, true, "arn:aws:sns:us-east-1:123456789012:other", 9), rings(Status::Broken));
    }

    #[test]
    fn the_alarm_state_is_shown() {
        let more = |state, hours| steps(state, true, TOPIC, hours).into_iter().nth(1);
        assert_eq!(more(StateValue::Alarm, 9), Some(("alarm-is-ringing".to_owned(), Status::Ok)));
        assert_eq!(more(StateValue::InsufficientData, 9), Some(("alarm-stuck".to_owned(), Status::Broken)));
        assert_eq!(more(StateValue::InsufficientData, 1), None);
    }

    /// AWS sends figures irregularly; between two of them an alarm may lose its state.
    #[test]
    fn an_alarm_is_stuck_only_while_there_is_something_to_see() {
        let stuck = |last| is_stuck(Some(ago(9)), last, now());
        assert_eq!([stuck(Some(ago(6))), stuck(Some(ago(7))), stuck(None)], [true, false, false]);
    }
}
