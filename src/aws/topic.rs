//! A topic of the nightly run: one mail, and the addresses that have confirmed it.

use aws_config::SdkConfig;
use serde::Deserialize;

use super::api::{Asks, Client, Nothing, Operation};
use crate::error::Result;

pub const READS: &[&str] = &["sns:ListSubscriptionsByTopic"];

pub static ASKS: &[&dyn Asks] = &[&PUBLISH, &SUBSCRIPTIONS];

const PUBLISH: Operation<Nothing> = Operation::new("sns:Publish");
const SUBSCRIPTIONS: Operation<Subscription> = Operation::new("sns:ListSubscriptionsByTopic").at("Subscriptions");

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Subscription {
    endpoint: String,
    subscription_arn: String,
}

/// Sends a mail to every confirmed address.
///
/// # Errors
/// SNS refuses it.
pub async fn publish(sdk: &SdkConfig, topic: &str, subject: &str, text: &str) -> Result<()> {
    let client = Client::new(sdk);
    let publish = client.ask(&PUBLISH).with("TopicArn", topic).with("Subject", subject).with("Message", text);
    publish.one().await.map(|Nothing {}| ())
}

/// The addresses of a topic, each with whether its reader has confirmed it.
///
/// # Errors
/// They cannot be listed.
pub async fn addresses(sdk: &SdkConfig, topic: &str) -> Result<Vec<(String, bool)>> {
    let all = Client::new(sdk).ask(&SUBSCRIPTIONS).with("TopicArn", topic).all().await?;
    let confirmed = |it: &Subscription| it.subscription_arn.starts_with("arn:");
    Ok(all.into_iter().map(|it| (it.endpoint.clone(), confirmed(&it))).collect())
}
