//! The test of the alert chain: a message through the topic, and each billing alarm to ALARM and back.

use aws_config::SdkConfig;
use aws_sdk_cloudwatch::types::{MetricAlarm, StateValue};
use futures::future::join_all;

use super::inputs::Inputs;
use super::safeguard::TAG;
use super::{billing_alarm, topic_name};
use crate::aws::Cx;
use crate::aws::api::{Asks, Nothing, Operation};
use crate::error::Result;
use crate::model::{AccountId, Place, Text};

/// The IAM actions of a test beyond those that read alarms.
pub const SEND_TEST: &[&str] = &["cloudwatch:SetAlarmState", "sns:Publish"];
/// The IAM action of a notification.
pub const NOTIFY: &[&str] = &["sns:Publish"];

pub(super) static ASKS: &[&dyn Asks] = &[&PUBLISH];

const PUBLISH: Operation<Nothing> = Operation::new("sns:Publish");

/// The reason in the history of an alarm, in English as all its other entries.
const REASON: &str = "A test by guardrail check --send-test: nothing has happened";

/// Sends a message to every confirmed subscriber. A subject is at most 100 ASCII characters.
pub async fn publish(cx: &Cx, inputs: &Inputs, subject: &str, text: &str) -> Result<()> {
    let topic = inputs.topic_place();
    let place = cx.at(&topic.region);
    let publish = place.ask(&PUBLISH).with("TopicArn", topic_name::arn(&topic));
    publish.with("Subject", subject).with("Message", text).one().await.map(|Nothing {}| ())
}

/// Sends a message to the subscribers of guardrail's own topic in the billing region.
pub async fn publish_alert(sdk: &SdkConfig, account: &AccountId, subject: &str, text: &str) -> Result<()> {
    let (cx, topic) = (Cx::home(account, sdk), topic_name::arn(&Place::home(account)));
    let publish = cx.ask(&PUBLISH).with("TopicArn", topic);
    let sent = publish.with("Subject", subject).with("Message", text).one().await;
    sent.map(|Nothing {}| ()).map_err(|error| error.hint(Text::new("hint-notify-topic")))
}

/// Sets each of guardrail's billing alarms that notify the topic to ALARM and back, and returns their names. Alarms in ALARM are
/// skipped: they have sent their message.
pub async fn trigger_alarms(cx: &Cx, inputs: &Inputs) -> Result<Vec<String>> {
    let topic = topic_name::arn(&Place::home(&inputs.account));
    let alarms = billing_alarm::read(cx, inputs).await?;
    let own = alarms.iter().filter(|(_, tag)| tag.as_deref() == Some(TAG.1)).map(|(alarm, _)| alarm);
    let is_quiet = |alarm: &&MetricAlarm| {
        alarm.actions_enabled().unwrap_or(true)
            && alarm.alarm_actions().contains(&topic)
            && alarm.state_value() != Some(&StateValue::Alarm)
    };
    // A failure of one must not leave another in ALARM.
    join_all(own.filter(is_quiet).map(|alarm| trigger(cx, alarm))).await.into_iter().collect()
}

async fn trigger(cx: &Cx, alarm: &MetricAlarm) -> Result<String> {
    let cloudwatch = aws_sdk_cloudwatch::Client::new(&cx.sdk);
    let name = alarm.alarm_name().unwrap_or_default();
    let before = alarm.state_value().cloned().unwrap_or(StateValue::Ok);
    for state in [StateValue::Alarm, before] {
        cloudwatch.set_alarm_state().alarm_name(name).state_value(state).state_reason(REASON).send().await?;
    }
    Ok(name.to_owned())
}
