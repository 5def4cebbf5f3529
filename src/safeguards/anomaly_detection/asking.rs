//! Reads, creates, updates and deletes the monitors and subscriptions of cost anomaly detection.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::aws::Cx;
use crate::aws::api::values::values;
use crate::aws::api::{Asks, Nothing, Operation};
use crate::aws::fault::found;
use crate::error::Result;
use crate::safeguards::safeguard::TAG;

pub(super) const MONITOR: &str = "guardrail-services";
/// The monitor by linked account, in the management account of an organisation.
pub(super) const OF_ACCOUNTS: &str = "guardrail-accounts";
/// AWS's maximum.
const A_PAGE: u8 = 100;
/// The codes of a second monitor of all services, which changed over the years.
const THERE_ALREADY: &[&str] = &["ValidationException", "LimitExceededException", "ServiceQuotaExceededException"];

pub(in crate::safeguards) static ASKS: &[&dyn Asks] = &[
    &MONITORS,
    &SUBSCRIPTIONS,
    &TAGS,
    &TAG_ADD,
    &MONITOR_CREATE,
    &MONITOR_DELETE,
    &SUBSCRIPTION_CREATE,
    &SUBSCRIPTION_UPDATE,
    &SUBSCRIPTION_DELETE,
];

const MONITORS: Operation<Monitor> = Operation::new("ce:GetAnomalyMonitors").at("AnomalyMonitors").shared();
const SUBSCRIPTIONS: Operation<Subscription> =
    Operation::new("ce:GetAnomalySubscriptions").at("AnomalySubscriptions").shared();
const TAGS: Operation<Tag> = Operation::new("ce:ListTagsForResource").at("ResourceTags").shared();
const TAG_ADD: Operation<Nothing> = Operation::new("ce:TagResource");
const MONITOR_CREATE: Operation<Made> = Operation::new("ce:CreateAnomalyMonitor");
const MONITOR_DELETE: Operation<Nothing> = Operation::new("ce:DeleteAnomalyMonitor");
const SUBSCRIPTION_CREATE: Operation<Nothing> = Operation::new("ce:CreateAnomalySubscription");
const SUBSCRIPTION_UPDATE: Operation<Nothing> = Operation::new("ce:UpdateAnomalySubscription");
const SUBSCRIPTION_DELETE: Operation<Nothing> = Operation::new("ce:DeleteAnomalySubscription");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Monitor {
    pub monitor_arn: Option<String>,
    pub monitor_name: Option<String>,
    pub monitor_type: Option<MonitorType>,
    pub monitor_dimension: Option<MonitorDimension>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Made {
    pub monitor_arn: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Subscription {
    pub subscription_arn: String,
    pub subscription_name: Option<String>,
    pub monitor_arn_list: Vec<String>,
    pub subscribers: Vec<Subscriber>,
    pub frequency: Option<Frequency>,
    /// Only of older subscriptions, which have no expression.
    pub threshold: Option<Decimal>,
    pub threshold_expression: Option<Expression>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Subscriber {
    pub address: Option<String>,
    pub status: Option<SubscriberStatus>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Expression {
    pub dimensions: Option<Dimensions>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Dimensions {
    pub key: Option<Dimension>,
    pub values: Vec<String>,
    pub match_options: Vec<MatchOption>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Tag {
    pub key: String,
    pub value: String,
}

values! { pub(super) enum MonitorType { Dimensional = "DIMENSIONAL" } }
values! { pub(super) enum MonitorDimension { Service = "SERVICE", LinkedAccount = "LINKED_ACCOUNT" } }
values! { pub(super) enum SubscriberStatus { Declined = "DECLINED" } }
values! { pub(super) enum Frequency { Immediate = "IMMEDIATE" } }
values! { pub(super) enum Dimension { TotalImpact = "ANOMALY_TOTAL_IMPACT_ABSOLUTE" } }
values! { pub(super) enum MatchOption { GreaterThanOrEqual = "GREATER_THAN_OR_EQUAL" } }

fn tags() -> Value {
    json!([{ "Key": TAG.0, "Value": TAG.1 }])
}

/// Drops the cached answers after a write.
pub(super) fn forget(cx: &Cx) {
    cx.forget(&MONITORS);
    cx.forget(&SUBSCRIPTIONS);
    cx.forget(&TAGS);
}

pub(super) async fn managed_by(cx: &Cx, arn: &str) -> Result<Option<String>> {
    let tags = cx.ask(&TAGS).with("ResourceArn", arn).all().await;
    let tags = found(tags, &["ResourceNotFoundException"])?.unwrap_or_default();
    Ok(tags.into_iter().find(|tag| tag.key == TAG.0).map(|tag| tag.value))
}

/// The monitor by this dimension: AWS allows one.
pub(super) async fn monitor(cx: &Cx, by: MonitorDimension) -> Result<Option<Monitor>> {
    let monitors = cx.ask(&MONITORS).with("MaxResults", A_PAGE).all().await?;
    Ok(monitors.into_iter().find(|monitor| {
        monitor.monitor_type == Some(MonitorType::Dimensional) && monitor.monitor_dimension.as_ref() == Some(&by)
    }))
}

/// The ARN of the new monitor, or of one that was created in the meantime, perhaps by AWS.
pub(super) async fn create_monitor(cx: &Cx, name: &str, by: MonitorDimension) -> Result<String> {
    let new = json!({
        "MonitorName": name,
        "MonitorType": MonitorType::Dimensional.as_str(),
        "MonitorDimension": by.as_str(),
    });
    match cx.ask(&MONITOR_CREATE).with("AnomalyMonitor", new).with("ResourceTags", tags()).one().await {
        Err(error) if THERE_ALREADY.iter().any(|code| error.says(code, "")) => {
            cx.forget(&MONITORS);
            monitor(cx, by).await?.and_then(|monitor| monitor.monitor_arn).ok_or(error)
        }
        made => made.map(|made| made.monitor_arn),
    }
}

pub(super) async fn delete_subscription(cx: &Cx, arn: &str) -> Result<()> {
    let delete = cx.ask(&SUBSCRIPTION_DELETE).with("SubscriptionArn", arn);
    found(delete.one().await, &["UnknownSubscriptionException"]).map(drop)
}

pub(super) async fn subscriptions(cx: &Cx) -> Result<Vec<Subscription>> {
    cx.ask(&SUBSCRIPTIONS).with("MaxResults", A_PAGE).all().await
}

pub(super) async fn delete_monitor(cx: &Cx, arn: &str) -> Result<()> {
    let delete = cx.ask(&MONITOR_DELETE).with("MonitorArn", arn);
    found(delete.one().await, &["UnknownMonitorException"]).map(drop)
}

pub(super) async fn create_subscription(
    cx: &Cx,
    name: &str,
    monitors: &[String],
    topic: &str,
    threshold: Value,
) -> Result<()> {
    let new = json!({
        "SubscriptionName": name,
        "MonitorArnList": monitors,
        "Frequency": Frequency::Immediate.as_str(),
        "Subscribers": subscribers(topic),
        "ThresholdExpression": threshold,
    });
    let create = cx.ask(&SUBSCRIPTION_CREATE).with("AnomalySubscription", new).with("ResourceTags", tags());
    create.one().await.map(|Nothing {}| ())
}

/// Updates the given values; a topic becomes the only subscriber, notified immediately.
pub(super) async fn update_subscription(
    cx: &Cx,
    arn: &str,
    monitors: Option<Vec<String>>,
    topic: Option<&str>,
    threshold: Option<Value>,
) -> Result<()> {
    let update = cx.ask(&SUBSCRIPTION_UPDATE).with("SubscriptionArn", arn).with("MonitorArnList", monitors);
    let update = update.with("Frequency", topic.map(|_| Frequency::Immediate.as_str()));
    // An IMMEDIATE subscription accepts only a single SNS subscriber.
    let update = update.with("Subscribers", topic.map(subscribers)).with("ThresholdExpression", threshold);
    update.one().await.map(|Nothing {}| ())
}

pub(super) async fn tag(cx: &Cx, arn: &str) -> Result<()> {
    cx.ask(&TAG_ADD).with("ResourceArn", arn).with("ResourceTags", tags()).one().await.map(|Nothing {}| ())
}

fn subscribers(topic: &str) -> Value {
    json!([{ "Type": "SNS", "Address": topic }])
}
