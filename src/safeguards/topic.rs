//! The notification topic: one SNS topic, in the billing region if possible, through which alarms, budgets and anomaly alerts
//! reach people.
//!
//! Not encrypted: CloudWatch cannot use the default SNS key, and a customer managed key costs 1 USD a month (fact sheet, section 5).

use std::collections::{BTreeMap, BTreeSet};

use futures::future::join_all;
use futures::join;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::policy_document;
use super::safeguard::{Logs, Needs, Object, Observed, Safeguard, TAG};
use super::topic_name::{self, NAME, arn};
use super::topic_policy::{lets_publish, publishers, statements};
use super::topic_subscription::{Listed, link, settled, unseen};
use crate::aws::Cx;
use crate::aws::api::{Asks, Nothing, Operation};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::report::{Proof, Status};
use crate::model::{Note, Place, Region, Words, words};

const GONE: &[&str] = &["NotFound", "NotFoundException"];
/// AWS's default key, which other services cannot be allowed to use.
const DEFAULT_KEY: &str = "alias/aws/sns";

pub(super) static ASKS: &[&dyn Asks] =
    &[&ATTRIBUTES, &SUBSCRIPTIONS, &TAGS, &SUBSCRIPTION, &CREATE, &DELETE, &ATTRIBUTE_SET, &SUBSCRIBE, &TAG_ADD];

const ATTRIBUTES: Operation<Attributes> = Operation::new("sns:GetTopicAttributes");
const SUBSCRIPTIONS: Operation<Subscription> = Operation::new("sns:ListSubscriptionsByTopic").at("Subscriptions");
const TAGS: Operation<Tag> = Operation::new("sns:ListTagsForResource").at("Tags");
const SUBSCRIPTION: Operation<Attributes> = Operation::new("sns:GetSubscriptionAttributes");
const CREATE: Operation<Nothing> = Operation::new("sns:CreateTopic");
const DELETE: Operation<Nothing> = Operation::new("sns:DeleteTopic");
const ATTRIBUTE_SET: Operation<Nothing> = Operation::new("sns:SetTopicAttributes");
const SUBSCRIBE: Operation<Nothing> = Operation::new("sns:Subscribe");
const TAG_ADD: Operation<Nothing> = Operation::new("sns:TagResource");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Attributes {
    attributes: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Subscription {
    subscription_arn: Option<String>,
    protocol: Option<String>,
    endpoint: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Tag {
    key: String,
    value: String,
}

pub(super) struct Topic;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    topic: String,
    managed_by: Option<String>,
    /// Our statements of the topic's policy, by id. Others' statements are ignored.
    may_publish: BTreeMap<String, Value>,
    /// The wanted addresses that are subscribed, or whose readers unsubscribed: those are not sent another confirmation unasked.
    /// Additional subscribers are ignored.
    emails: BTreeSet<String>,
    encrypted_with: Option<String>,
}

impl Safeguard for Topic {
    const ID: &'static str = topic_name::ID;
    const NAMES: Words = words("Notification topic", "通知トピック");
    const READS: &'static [&'static str] =
        &["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource"];
    const PROVES: &'static [&'static str] = &["sns:GetSubscriptionAttributes"];
    const WRITES: &'static [&'static str] =
        &["sns:CreateTopic", "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource"];
    const REMOVES: &'static [&'static str] = &["sns:DeleteTopic"];
    /// Empty, because every profile wants the topic.
    const UNWANTED: &'static [&'static str] = &[];
    const NEEDS: Needs = Needs::Nothing;
    type State = State;

    fn region(inputs: &Inputs) -> Region {
        inputs.topic_place().region
    }

    fn desired(inputs: &Inputs) -> Option<State> {
        Some(State {
            topic: NAME.to_owned(),
            managed_by: Some(TAG.1.to_owned()),
            may_publish: statements(&inputs.topic_place()),
            emails: inputs.goal.profile.notify.emails.iter().cloned().collect(),
            encrypted_with: None,
        })
    }

    fn objects(state: &State) -> Vec<Object> {
        vec![Object::new(&state.topic, state.managed_by.as_ref())]
    }

    fn headline(_state: &State) -> Vec<String> {
        vec!["emails".to_owned()]
    }

    async fn observed(cx: &Cx, inputs: &Inputs) -> Result<Observed<State>> {
        let Some(topic) = Current::read(cx).await? else { return Ok(Observed::Missing) };
        let settled = |email: &&String| settled(email, topic.listed(email), inputs);
        Ok(Observed::Own(State {
            topic: NAME.to_owned(),
            managed_by: topic.managed_by.clone(),
            may_publish: policy_document::ours(topic.policy.as_ref(), &statements(&cx.place)),
            emails: inputs.goal.profile.notify.emails.iter().filter(settled).cloned().collect(),
            encrypted_with: topic.key,
        }))
    }

    async fn apply(cx: &Cx, inputs: &Inputs) -> Result<()> {
        let arn = &*arn(&cx.place);
        let tags = json!([{ "Key": TAG.0, "Value": TAG.1 }]);
        let (seen, fresh) = if let Some(seen) = Current::read(cx).await? {
            (seen, false)
        } else {
            // With policy and tag in the same call, so that an interrupted run leaves a topic that is known as ours.
            let policy = policy_document::updated(None, &statements(&cx.place));
            let create = cx.ask(&CREATE).with("Name", NAME).with("Tags", tags.clone());
            create.with("Attributes", json!({ "Policy": policy.to_string() })).one().await?;
            (Current { managed_by: Some(TAG.1.to_owned()), policy: Some(policy), ..Current::default() }, true)
        };
        if seen.managed_by.as_deref() != Some(TAG.1) {
            cx.ask(&TAG_ADD).with("ResourceArn", arn).with("Tags", tags).one().await?;
        }
        if let Some(policy) = seen.updated_policy(&cx.place) {
            set(cx, arn, "Policy", &policy.to_string()).await?;
        }
        if seen.key.is_some() {
            set(cx, arn, "KmsMasterKeyId", "").await?;
        }
        // A new topic cannot have unsubscribed addresses.
        let missing = |email: &&String| fresh || !settled(email, seen.listed(email), inputs);
        for email in inputs.goal.profile.notify.emails.iter().filter(missing) {
            let subscribe = cx.ask(&SUBSCRIBE).with("TopicArn", arn).with("Protocol", "email");
            subscribe.with("Endpoint", email.as_str()).with("ReturnSubscriptionArn", true).one().await?;
        }
        Ok(())
    }

    async fn remove(cx: &Cx, _inputs: &Inputs, _logs: Logs) -> Result<Vec<Note>> {
        let Some(seen) = Current::read(cx).await? else { return Ok(Vec::new()) };
        if seen.managed_by.as_deref() != Some(TAG.1) {
            return Ok(vec![Note::with("not-ours", NAME)]);
        }
        cx.ask(&DELETE).with("TopicArn", arn(&cx.place)).one().await?;
        Ok(Vec::new())
    }

    async fn proof(cx: &Cx, inputs: &Inputs) -> Result<Vec<Proof>> {
        let Some(seen) = Current::read(cx).await? else { return Ok(Vec::new()) };
        let publishes = |publisher| lets_publish(seen.policy.as_ref(), publisher, &cx.place);
        let publishing = publishers(&cx.place.region)
            .map(|publisher| Proof::new("topic-lets-publish", publishes(publisher)).of(publisher.name));
        let encryption = seen.key.as_ref().map(|key| {
            let trap = key.ends_with(DEFAULT_KEY);
            Proof::new("topic-encryption", if trap { Status::Broken } else { Status::Unknown }).of(key)
        });
        let emails = inputs.goal.profile.notify.emails.iter().map(async |email| match seen.subscriptions.get(email) {
            Some((Listed::Confirmed, arn)) => match confirmed(cx, arn).await {
                Ok(listed) => link(email, listed, inputs),
                Err(error) => unseen(email, error.action),
            },
            listed => link(email, listed.map(|(listed, _)| *listed), inputs),
        });
        let emails = join_all(emails).await;
        Ok(publishing.chain(encryption).chain(emails).collect())
    }
}

/// A subscription with an ARN can still be pending; `None` if it was deleted in the meantime.
async fn confirmed(cx: &Cx, arn: &str) -> Result<Option<Listed>> {
    let answer = cx.ask(&SUBSCRIPTION).with("SubscriptionArn", arn).one().await;
    Ok(found(answer, GONE)?.map(|answer| {
        let waits = answer.attributes.get("PendingConfirmation").is_some_and(|it| it == "true");
        if waits { Listed::Waiting } else { Listed::Confirmed }
    }))
}

/// The current topic.
#[derive(Default)]
struct Current {
    managed_by: Option<String>,
    policy: Option<Value>,
    key: Option<String>,
    /// E-mail address → its listed state, and the text in the place of its ARN.
    subscriptions: BTreeMap<String, (Listed, String)>,
}

impl Current {
    async fn read(cx: &Cx) -> Result<Option<Self>> {
        let arn = &*arn(&cx.place);
        let answer = cx.ask(&ATTRIBUTES).with("TopicArn", arn).one().await;
        let Some(Attributes { attributes }) = found(answer, GONE)? else { return Ok(None) };
        let subscriptions = cx.ask(&SUBSCRIPTIONS).with("TopicArn", arn).all();
        let (subscriptions, tags) = join!(subscriptions, cx.ask(&TAGS).with("ResourceArn", arn).all());
        let attribute = |name: &str| attributes.get(name).filter(|it| !it.is_empty());
        let emails = subscriptions?
            .into_iter()
            .filter(|subscription| subscription.protocol.as_deref() == Some("email"))
            .filter_map(|subscription| Some((subscription.endpoint?, subscription.subscription_arn?)));
        let mut subscriptions: BTreeMap<String, (Listed, String)> = BTreeMap::new();
        for (email, arn) in emails {
            let listed = (Listed::of(&arn), arn);
            let best = subscriptions.entry(email).or_insert_with(|| listed.clone());
            if listed.0 > best.0 {
                *best = listed;
            }
        }
        Ok(Some(Self {
            managed_by: tags?.into_iter().find(|tag| tag.key == TAG.0).map(|tag| tag.value),
            policy: attribute("Policy").and_then(|text| serde_json::from_str(text).ok()),
            key: attribute("KmsMasterKeyId").cloned(),
            subscriptions,
        }))
    }

    fn listed(&self, email: &str) -> Option<Listed> {
        self.subscriptions.get(email).map(|(listed, _)| *listed)
    }

    /// The policy with our statements updated and others' unchanged; `None` if it is as desired.
    fn updated_policy(&self, topic: &Place) -> Option<Value> {
        let (policy, own) = (self.policy.as_ref(), statements(topic));
        (policy_document::ours(policy, &own) != own).then(|| policy_document::updated(policy, &own))
    }
}

async fn set(cx: &Cx, arn: &str, name: &str, value: &str) -> Result<()> {
    let set = cx.ask(&ATTRIBUTE_SET).with("TopicArn", arn).with("AttributeName", name).with("AttributeValue", value);
    set.one().await.map(|Nothing {}| ())
}
