//! The billing alarms: CloudWatch notifies the topic when the month's estimated charges pass a threshold.
//!
//! The metric exists in us-east-1 only, for all regions; the evaluation settings are those that the console recommends
//! (fact sheet, sections 1.1 and 1.3).

mod proof;

use std::collections::BTreeMap;

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{ComparisonOperator, Dimension, MetricAlarm, Statistic, Tag};
use futures::future::try_join_all;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use rust_decimal::{Decimal, dec};
use serde::Serialize;

use self::proof::name;
use super::billing_figures::{METRIC, NAMESPACE};
use super::inputs::Inputs;
use super::safeguard::{Logs, Needs, Object, Observed, Safeguard, TAG, limit_not_chosen};
use super::topic_name;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::report::Proof;
use crate::model::{AccountId, Note, Place, Usd, Words, words};

const PREFIX: &str = "guardrail-billing-";
/// The alarm of one account, in the management account of its organisation.
const OF_ACCOUNT: &str = "guardrail-billing-account-";
/// The price of an alarm in a month, and how many are free.
const USD_EACH: Decimal = dec!(0.10);
const FREE: usize = 10;
const SIX_HOURS: i32 = 21_600;
/// AWS deletes at most this many alarms in one call.
const AT_ONCE: usize = 100;

pub(super) struct BillingAlarm;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    alarms: BTreeMap<String, Alarm>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Alarm {
    threshold_usd: Option<String>,
    comparison: Option<String>,
    metric: String,
    statistic: Option<String>,
    period_seconds: Option<i32>,
    evaluation: String,
    /// `missing` and `ignore` are both accepted: either keeps an alarm quiet between two figures.
    missing_data: &'static str,
    enabled: bool,
    notifies_topic: bool,
    managed_by: Option<String>,
}

impl Alarm {
    fn wanted(wanted: &Wanted) -> Self {
        let dimensions: Vec<String> = wanted.dimensions().iter().map(shown).collect();
        Self {
            threshold_usd: Some(wanted.usd.0.normalize().to_string()),
            comparison: Some(ComparisonOperator::GreaterThanThreshold.as_str().to_owned()),
            metric: format!("{NAMESPACE} {METRIC} {}", dimensions.join(" ")),
            statistic: Some(Statistic::Maximum.as_str().to_owned()),
            period_seconds: Some(SIX_HOURS),
            evaluation: "1 of 1".to_owned(),
            missing_data: "missing",
            enabled: true,
            notifies_topic: true,
            managed_by: Some(TAG.1.to_owned()),
        }
    }

    fn seen(alarm: &MetricAlarm, topic: &str, managed_by: Option<String>) -> Self {
        let mut dimensions: Vec<String> = alarm.dimensions().iter().map(shown).collect();
        dimensions.sort();
        let (namespace, metric) = (alarm.namespace().unwrap_or_default(), alarm.metric_name().unwrap_or_default());
        let periods = alarm.evaluation_periods().unwrap_or_default();
        Self {
            threshold_usd: alarm.threshold().and_then(Decimal::from_f64).map(|it| it.normalize().to_string()),
            comparison: alarm.comparison_operator().map(|it| it.as_str().to_owned()),
            metric: format!("{namespace} {metric} {}", dimensions.join(" ")),
            statistic: alarm.statistic().map(|it| it.as_str().to_owned()),
            period_seconds: alarm.period(),
            evaluation: format!("{} of {periods}", alarm.datapoints_to_alarm().unwrap_or(periods)),
            missing_data: match alarm.treat_missing_data() {
                None | Some("missing" | "ignore") => "missing",
                Some("breaching") => "breaching",
                Some(_) => "not breaching",
            },
            enabled: alarm.actions_enabled().unwrap_or(true),
            notifies_topic: alarm.alarm_actions().iter().any(|action| action == topic),
            managed_by,
        }
    }
}

impl Safeguard for BillingAlarm {
    const ID: &'static str = "billing-alarm";
    const NAMES: Words = words("Billing alarm", "請求アラーム");
    const READS: &'static [&'static str] = &[
        "billing:GetBillingPreferences",
        "cloudwatch:DescribeAlarms",
        "cloudwatch:ListMetrics",
        "cloudwatch:ListTagsForResource",
    ];
    const PROVES: &'static [&'static str] = &["cloudwatch:GetMetricStatistics"];
    const WRITES: &'static [&'static str] =
        &["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"];
    const REMOVES: &'static [&'static str] = &["cloudwatch:DeleteAlarms"];
    const NEEDS: Needs = Needs::Beside(topic_name::ID);
    type State = State;

    fn desired(inputs: &Inputs) -> Option<State> {
        let alarms = || wanted(inputs).unwrap_or_default().into_iter().map(|it| (it.name.clone(), Alarm::wanted(&it)));
        let any = !inputs.goal.profile.alarms.is_empty() || accounts(inputs).next().is_some();
        any.then(|| State { alarms: alarms().collect() })
    }

    fn objects(state: &State) -> Vec<Object> {
        state.alarms.iter().map(|(name, alarm)| Object::new(name, alarm.managed_by.as_ref())).collect()
    }

    fn headline(state: &State) -> Vec<String> {
        state.alarms.keys().map(|name| format!("alarms.{name}.threshold_usd")).collect()
    }

    fn cost(inputs: &Inputs) -> (Usd, Vec<Note>) {
        let charged = wanted(inputs).unwrap_or_default().len().saturating_sub(FREE);
        (Usd(USD_EACH * Decimal::from(charged)), vec![Note::new("alarm-allowance")])
    }

    async fn observed(cx: &Cx, inputs: &Inputs) -> Result<Observed<State>> {
        let topic = topic_name::arn(&Place::home(&inputs.account));
        let wanted = wanted(inputs);
        let is_wanted = |alarm: &MetricAlarm| wanted.iter().flatten().any(|it| it.name == name(alarm));
        let alarms: BTreeMap<String, Alarm> = read(cx, inputs)
            .await?
            .into_iter()
            // Ignore alarms that are not tagged as ours and do not have a name that we need.
            .filter(|(alarm, tag)| tag.as_deref() == Some(TAG.1) || is_wanted(alarm))
            .map(|(alarm, tag)| (name(&alarm).to_owned(), Alarm::seen(&alarm, &topic, tag)))
            .collect();
        Ok(match wanted {
            _ if alarms.is_empty() => Observed::Missing,
            Some(_) => Observed::Own(State { alarms }),
            // Without a limit there are no thresholds to compare.
            None => Observed::Own(State { alarms: BTreeMap::new() }),
        })
    }

    async fn apply(cx: &Cx, inputs: &Inputs) -> Result<()> {
        let topic = topic_name::arn(&Place::home(&inputs.account));
        let wanted = wanted(inputs).ok_or_else(limit_not_chosen)?;
        let there = read(cx, inputs).await?;
        let is_wanted = |alarm: &MetricAlarm| wanted.iter().any(|it| it.name == name(alarm));
        let surplus = there.iter().filter(|(alarm, tag)| tag.as_deref() == Some(TAG.1) && !is_wanted(alarm));
        delete(cx, surplus.map(|(alarm, _)| name(alarm))).await?;
        for wanted in wanted {
            let found = there.iter().find(|(alarm, _)| name(alarm) == wanted.name);
            let seen = found.map(|(alarm, tag)| Alarm::seen(alarm, &topic, tag.clone()));
            if seen.as_ref() == Some(&Alarm::wanted(&wanted)) {
                continue;
            }
            let actions = found.map(|(alarm, _)| alarm.alarm_actions().to_vec()).unwrap_or_default();
            put(cx, &wanted, &topic, actions).await?;
            // CloudWatch ignores tags when it updates an alarm, so they are set separately.
            if let Some(arn) = found.filter(|(_, tag)| tag.as_deref() != Some(TAG.1)).and_then(|(it, _)| it.alarm_arn())
            {
                Client::new(&cx.sdk).tag_resource().resource_arn(arn).tags(tag()).send().await?;
            }
        }
        Ok(())
    }

    async fn remove(cx: &Cx, inputs: &Inputs, _logs: Logs) -> Result<Vec<Note>> {
        let there = read(cx, inputs).await?;
        let (own, others): (Vec<_>, Vec<_>) = there.iter().partition(|(_, tag)| tag.as_deref() == Some(TAG.1));
        delete(cx, own.into_iter().map(|(alarm, _)| name(alarm))).await?;
        Ok(others.into_iter().map(|(alarm, _)| Note::with("not-ours", name(alarm))).collect())
    }

    async fn proof(cx: &Cx, inputs: &Inputs) -> Result<Vec<Proof>> {
        let alarms: Vec<MetricAlarm> = read(cx, inputs).await?.into_iter().map(|(alarm, _)| alarm).collect();
        proof::links(cx, inputs.now, &alarms, &topic_name::arn(&Place::home(&inputs.account))).await
    }
}

/// An alarm of the profile.
struct Wanted {
    name: String,
    usd: Usd,
    /// The linked account that it watches; `None` for all charges.
    account: Option<AccountId>,
}

impl Wanted {
    /// By name.
    fn dimensions(&self) -> Vec<Dimension> {
        let dimension = |name: &str, value: &str| Dimension::builder().name(name).value(value).build();
        let account = self.account.iter().map(|account| dimension("LinkedAccount", account.as_str()));
        [dimension("Currency", "USD")].into_iter().chain(account).collect()
    }
}

fn shown(dimension: &Dimension) -> String {
    format!("{}={}", dimension.name().unwrap_or_default(), dimension.value().unwrap_or_default())
}

/// The accounts that have an alarm of their own.
fn accounts(inputs: &Inputs) -> impl Iterator<Item = (&AccountId, Option<Usd>)> {
    let payer = inputs.for_accounts(|management| management.alarms);
    payer.into_iter().flat_map(|payer| payer.accounts.iter().map(|account| (account, payer.limit_usd)))
}

/// The alarms of the profile. `None` if they depend on a limit that is not chosen.
fn wanted(inputs: &Inputs) -> Option<Vec<Wanted>> {
    let thresholds = inputs.goal.profile.alarms.thresholds(inputs.goal.profile.limit_usd)?;
    let alarm = |usd: Usd| {
        let name = format!("{PREFIX}{}-usd", usd.0.normalize()).replace('.', "-");
        Some(Wanted { name, usd, account: None })
    };
    let of_account = |(account, limit): (&AccountId, Option<Usd>)| {
        Some(Wanted { name: format!("{OF_ACCOUNT}{account}"), usd: limit?, account: Some(account.clone()) })
    };
    thresholds.into_iter().map(alarm).chain(accounts(inputs).map(of_account)).collect()
}

fn tag() -> Tag {
    Tag::builder().key(TAG.0).value(TAG.1).build()
}

/// The alarms with our name prefix, each with its tag. Those of accounts only with the organisation.
pub(super) async fn read(cx: &Cx, inputs: &Inputs) -> Result<Vec<(MetricAlarm, Option<String>)>> {
    let cloudwatch = Client::new(&cx.sdk);
    let pages = cloudwatch.describe_alarms().alarm_name_prefix(PREFIX).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await?;
    let all = pages.into_iter().flat_map(|page| page.metric_alarms.unwrap_or_default());
    let alarms = all.filter(|alarm| inputs.payer.is_some() || !name(alarm).starts_with(OF_ACCOUNT));
    try_join_all(alarms.map(async |alarm| {
        let arn = alarm.alarm_arn().unwrap_or_default();
        let tags = cloudwatch.list_tags_for_resource().resource_arn(arn).send().await?;
        let tag = tags.tags().iter().find(|tag| tag.key() == Some(TAG.0)).and_then(|tag| tag.value());
        let tag = tag.map(str::to_owned);
        Ok((alarm, tag))
    }))
    .await
}

async fn put(cx: &Cx, wanted: &Wanted, topic: &str, mut actions: Vec<String>) -> Result<()> {
    if !actions.iter().any(|action| action == topic) {
        actions.push(topic.to_owned());
    }
    // CloudWatch takes a threshold as a float; two decimal places survive that.
    let threshold = wanted.usd.0.to_f64();
    Client::new(&cx.sdk)
        .put_metric_alarm()
        .alarm_name(&wanted.name)
        .alarm_description("Estimated charges of this month, made by guardrail")
        .namespace(NAMESPACE)
        .metric_name(METRIC)
        .set_dimensions(Some(wanted.dimensions()))
        .statistic(Statistic::Maximum)
        .period(SIX_HOURS)
        .evaluation_periods(1)
        .datapoints_to_alarm(1)
        .set_threshold(threshold)
        .comparison_operator(ComparisonOperator::GreaterThanThreshold)
        .treat_missing_data("missing")
        .actions_enabled(true)
        .set_alarm_actions(Some(actions))
        .tags(tag())
        .send()
        .await?;
    Ok(())
}

async fn delete(cx: &Cx, names: impl Iterator<Item = &str>) -> Result<()> {
    let names: Vec<String> = names.map(str::to_owned).collect();
    for batch in names.chunks(AT_ONCE) {
        Client::new(&cx.sdk).delete_alarms().set_alarm_names(Some(batch.to_vec())).send().await?;
    }
    Ok(())
}
