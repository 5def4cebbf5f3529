//! Cost anomaly detection: AWS looks for spending that is unlike the account's usual, and notifies the topic at once.
//!
//! An account has one monitor of all services at most, and AWS makes it itself when Cost Explorer is first switched on: it is
//! used as it is. Only the subscription is always ours (fact sheet, sections 0.4 and 6). Each request may cost a cent, so
//! answers are shared.

use std::sync::Arc;

use aws_sdk_costexplorer::Client;
use aws_sdk_costexplorer::types::{
    AnomalyMonitor as Monitor, AnomalySubscription, AnomalySubscriptionFrequency as Frequency, Dimension,
    DimensionValues, Expression, MatchOption, MonitorDimension, MonitorType, ResourceTag, Subscriber, SubscriberStatus,
    SubscriberType,
};
use futures::future::try_join_all;
use futures::try_join;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Serialize;

use super::inputs::Inputs;
use super::safeguard::{Logs, Needs, Object, Observed, Safeguard, TAG, limit_not_chosen};
use super::topic_name;
use crate::aws::Cx;
use crate::aws::fault::{found, is_code};
use crate::error::{Error, Result};
use crate::model::report::{Proof, Status};
use crate::model::{Note, Usd, Words, words};

const MONITOR: &str = "guardrail-services";
const NAME: &str = "guardrail-anomalies";
/// As many as AWS gives at once.
const A_PAGE: i32 = 100;
/// A second monitor of all services is refused, in different words in different years.
const THERE_ALREADY: &[&str] = &["ValidationException", "LimitExceededException", "ServiceQuotaExceededException"];

pub(super) struct AnomalyDetection;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    /// There is a monitor of all services, of any owner, and the subscription listens to it.
    watches_services: bool,
    /// How many subscriptions of our name there are.
    subscriptions: usize,
    #[serde(rename = "guardrail-anomalies")]
    subscription: Option<Settings>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Settings {
    threshold_usd: Option<String>,
    frequency: String,
    notifies_topic: bool,
    managed_by: Option<String>,
}

impl Settings {
    fn wanted(inputs: &Inputs) -> Self {
        Self {
            threshold_usd: threshold(inputs),
            frequency: Frequency::Immediate.as_str().to_owned(),
            notifies_topic: true,
            managed_by: Some(TAG.1.to_owned()),
        }
    }
}

impl Safeguard for AnomalyDetection {
    const ID: &'static str = "anomaly-detection";
    const NAMES: Words = words("Cost anomaly detection", "コスト異常検出");
    const READS: &'static [&'static str] =
        &["ce:GetAnomalyMonitors", "ce:GetAnomalySubscriptions", "ce:ListTagsForResource"];
    const WRITES: &'static [&'static str] = &[
        "ce:CreateAnomalyMonitor",
        "ce:CreateAnomalySubscription",
        "ce:DeleteAnomalySubscription",
        "ce:TagResource",
        "ce:UpdateAnomalySubscription",
    ];
    const REMOVES: &'static [&'static str] = &["ce:DeleteAnomalyMonitor", "ce:DeleteAnomalySubscription"];
    const NEEDS: Needs = Needs::Anywhere(topic_name::ID);
    type State = State;

    fn desired(inputs: &Inputs) -> Option<State> {
        let state = || State { watches_services: true, subscriptions: 1, subscription: Some(Settings::wanted(inputs)) };
        inputs.goal.profile.anomaly.enabled.then(state)
    }

    fn objects(state: &State) -> Vec<Object> {
        state.subscription.iter().map(|it| Object::new(NAME, it.managed_by.as_ref())).collect()
    }

    fn headline(_state: &State) -> Vec<String> {
        vec![format!("{NAME}.threshold_usd")]
    }

    fn cost(_inputs: &Inputs) -> (Usd, Vec<Note>) {
        (Usd::ZERO, vec![Note::new("anomaly-calls")])
    }

    async fn observed(cx: &Cx, inputs: &Inputs) -> Result<Observed<State>> {
        Ok(Current::shared(cx).await?.observed(inputs))
    }

    async fn apply(cx: &Cx, inputs: &Inputs) -> Result<()> {
        let there = Current::read(cx).await?;
        let mut done = there.update(cx, inputs).await;
        if there.named.is_empty() && done.is_ok() {
            // Two runs at once may each have created one, as AWS allows several of a name: the last to look sees both.
            done = async { Current::read(cx).await?.update(cx, inputs).await }.await;
        }
        cx.shared.forget::<Current>();
        done
    }

    async fn remove(cx: &Cx, _inputs: &Inputs, _logs: Logs) -> Result<Vec<Note>> {
        let there = Current::read(cx).await?;
        let done = there.remove(cx).await;
        cx.shared.forget::<Current>();
        done
    }

    async fn proof(cx: &Cx, inputs: &Inputs) -> Result<Vec<Proof>> {
        let link = |status| vec![Proof::new("anomaly-alerts", status).of(NAME)];
        let there = match Current::shared(cx).await {
            // AWS switches it on within a day of the first budget.
            Err(error) if error.what.id == "error-cost-explorer-off" => return Ok(link(Status::Waiting)),
            there => there?,
        };
        let Some(own) = there.named.first() else { return Ok(Vec::new()) };
        let topic = topic_name::arn(&inputs.topic_place());
        let listens = own.it.subscribers().iter().any(|subscriber| {
            subscriber.address() == Some(&topic) && subscriber.status() != Some(&SubscriberStatus::Declined)
        });
        Ok(link(if listens && there.is_watched_by(own) { Status::Ok } else { Status::Broken }))
    }
}

/// The objects of the account.
struct Current {
    /// The one monitor of all services.
    monitor: Option<Monitor>,
    /// The subscriptions of our name; always in the same order, so that of several always the same one counts.
    named: Vec<Named>,
    /// The monitors of other subscriptions.
    others_watch: Vec<String>,
}

struct Named {
    it: AnomalySubscription,
    managed_by: Option<String>,
}

impl Current {
    async fn shared(cx: &Cx) -> Result<Arc<Self>> {
        cx.shared.once(async || Self::read(cx).await).await
    }

    async fn read(cx: &Cx) -> Result<Self> {
        let explorer = Client::new(&cx.sdk);
        let (monitor, subscriptions) = try_join!(monitor(&explorer), subscriptions(&explorer))?;
        let (mut named, others): (Vec<_>, Vec<_>) =
            subscriptions.into_iter().partition(|subscription| subscription.subscription_name() == NAME);
        named.sort_by(|one, other| one.subscription_arn().cmp(&other.subscription_arn()));
        let named = try_join_all(named.into_iter().map(async |it| {
            let managed_by = managed_by(&explorer, it.subscription_arn().unwrap_or_default()).await?;
            Ok::<_, Error>(Named { it, managed_by })
        }));
        let others_watch = others.into_iter().flat_map(|other| other.monitor_arn_list).collect();
        Ok(Self { monitor, named: named.await?, others_watch })
    }

    fn observed(&self, inputs: &Inputs) -> Observed<State> {
        let state = self.named.first().map(|first| State {
            watches_services: self.is_watched_by(first),
            subscriptions: self.named.len(),
            subscription: Some(first.settings(inputs)),
        });
        let used = self.own_monitor().is_some_and(|arn| self.is_used_by_others(&arn));
        match state {
            Some(state) if self.named.iter().any(Named::is_own) => Observed::Own(state),
            None if self.own_monitor().is_none() => Observed::Missing,
            // Half made, or half taken away.
            None if !used => Observed::Own(State { watches_services: true, subscriptions: 0, subscription: None }),
            state => {
                let kept = used.then(|| Note::with("kept-in-use", MONITOR));
                Observed::Kept(state, self.strangers().chain(kept).collect())
            }
        }
    }

    /// The subscriptions that have our name and are not ours.
    fn strangers(&self) -> impl Iterator<Item = Note> {
        self.named.iter().filter(|it| !it.is_own()).map(|_| Note::with("not-ours", NAME))
    }

    fn is_used_by_others(&self, monitor: &String) -> bool {
        let listens = |it: &Named| !it.is_own() && it.it.monitor_arn_list().contains(monitor);
        self.others_watch.contains(monitor) || self.named.iter().any(listens)
    }

    fn monitor_arn(&self) -> Option<String> {
        self.monitor.as_ref()?.monitor_arn().map(str::to_owned)
    }

    /// The monitor's address, if it has our name.
    fn own_monitor(&self) -> Option<String> {
        self.monitor_arn().filter(|_| self.monitor.as_ref().is_some_and(|monitor| monitor.monitor_name() == MONITOR))
    }

    fn is_watched_by(&self, own: &Named) -> bool {
        self.monitor_arn().is_some_and(|arn| own.it.monitor_arn_list().contains(&arn))
    }

    async fn update(&self, cx: &Cx, inputs: &Inputs) -> Result<()> {
        let explorer = Client::new(&cx.sdk);
        let monitor = match self.monitor_arn() {
            Some(arn) => arn,
            None => create_monitor(&explorer).await?,
        };
        let Some((first, surplus)) = self.named.split_first() else {
            return create_subscription(&explorer, &monitor, inputs).await;
        };
        first.update(&explorer, &monitor, inputs).await?;
        for surplus in surplus.iter().filter(|it| it.is_own()) {
            delete_subscription(&explorer, surplus).await?;
        }
        Ok(())
    }

    async fn remove(&self, cx: &Cx) -> Result<Vec<Note>> {
        let explorer = Client::new(&cx.sdk);
        for subscription in self.named.iter().filter(|it| it.is_own()) {
            delete_subscription(&explorer, subscription).await?;
        }
        let mut notes: Vec<Note> = self.strangers().collect();
        let Some(monitor) = self.own_monitor() else { return Ok(notes) };
        if self.is_used_by_others(&monitor) {
            notes.push(Note::with("kept-in-use", MONITOR));
        } else if managed_by(&explorer, &monitor).await?.as_deref() == Some(TAG.1) {
            found(explorer.delete_anomaly_monitor().monitor_arn(monitor).send().await, &["UnknownMonitorException"])?;
        } else {
            notes.push(Note::with("not-ours", MONITOR));
        }
        Ok(notes)
    }
}

impl Named {
    fn is_own(&self) -> bool {
        self.managed_by.as_deref() == Some(TAG.1)
    }

    fn settings(&self, inputs: &Inputs) -> Settings {
        let topic = inputs.topic().map(|topic| topic_name::arn(&topic));
        let listens = |topic: &String| self.it.subscribers().iter().any(|it| it.address() == Some(topic));
        Settings {
            // Without a limit there is nothing to compare it with.
            threshold_usd: threshold(inputs).and_then(|_| impact(&self.it)),
            frequency: self.it.frequency().as_str().to_owned(),
            // If the topic cannot be read, assume that the subscription is right.
            notifies_topic: topic.as_ref().is_none_or(listens),
            managed_by: self.managed_by.clone(),
        }
    }

    /// Sends only what differs: a person's additions stay.
    async fn update(&self, explorer: &Client, monitor: &str, inputs: &Inputs) -> Result<()> {
        let (seen, want) = (self.settings(inputs), Settings::wanted(inputs));
        let arn = self.it.subscription_arn().unwrap_or_default();
        let loud = (&seen.frequency, seen.notifies_topic) == (&want.frequency, want.notifies_topic);
        let mut monitors = self.it.monitor_arn_list().to_vec();
        let watches = monitors.iter().any(|it| it == monitor);
        monitors.push(monitor.to_owned());
        if !watches || !loud || seen.threshold_usd != want.threshold_usd {
            let threshold = (seen.threshold_usd != want.threshold_usd).then(|| from(inputs)).transpose()?;
            let update = explorer.update_anomaly_subscription().subscription_arn(arn);
            // An IMMEDIATE subscription accepts only a single SNS subscriber.
            update
                .set_monitor_arn_list((!watches).then_some(monitors))
                .set_frequency((!loud).then_some(Frequency::Immediate))
                .set_subscribers((!loud).then(|| vec![subscriber(inputs)]))
                .set_threshold_expression(threshold)
                .send()
                .await?;
        }
        if !self.is_own() {
            explorer.tag_resource().resource_arn(arn).resource_tags(tag()?).send().await?;
        }
        Ok(())
    }
}

/// `None`: it depends on a limit that is not chosen.
fn threshold(inputs: &Inputs) -> Option<String> {
    let limit = inputs.goal.profile.limit_usd?;
    Some(inputs.goal.profile.anomaly.threshold(limit).0.normalize().to_string())
}

/// The amount from which the subscription alerts; a word for what is no plain amount.
#[expect(deprecated, reason = "subscriptions from before there were expressions")]
fn impact(subscription: &AnomalySubscription) -> Option<String> {
    let Some(expression) = subscription.threshold_expression() else {
        return subscription.threshold().and_then(Decimal::from_f64).map(|usd| usd.normalize().to_string());
    };
    let plain = expression.dimensions().filter(|it| {
        it.key() == Some(&Dimension::AnomalyTotalImpactAbsolute)
            && it.match_options() == [MatchOption::GreaterThanOrEqual]
    });
    let amount = plain.and_then(|it| it.values().first()?.parse::<Decimal>().ok());
    Some(amount.map_or_else(|| "combined".to_owned(), |usd| usd.normalize().to_string()))
}

fn from(inputs: &Inputs) -> Result<Expression> {
    let impact = DimensionValues::builder()
        .key(Dimension::AnomalyTotalImpactAbsolute)
        .match_options(MatchOption::GreaterThanOrEqual)
        .values(threshold(inputs).ok_or_else(limit_not_chosen)?)
        .build();
    Ok(Expression::builder().dimensions(impact).build())
}

fn subscriber(inputs: &Inputs) -> Subscriber {
    Subscriber::builder().r#type(SubscriberType::Sns).address(topic_name::arn(&inputs.topic_place())).build()
}

fn tag() -> Result<ResourceTag> {
    Ok(ResourceTag::builder().key(TAG.0).value(TAG.1).build()?)
}

async fn managed_by(explorer: &Client, arn: &str) -> Result<Option<String>> {
    let tags = explorer.list_tags_for_resource().resource_arn(arn).send().await;
    let tags = found(tags, &["ResourceNotFoundException"])?.and_then(|tags| tags.resource_tags).unwrap_or_default();
    Ok(tags.into_iter().find(|tag| tag.key == TAG.0).map(|tag| tag.value))
}

/// The monitor of all services. The SDK has no paginator for these lists.
async fn monitor(explorer: &Client) -> Result<Option<Monitor>> {
    let mut token = None;
    loop {
        let page = explorer.get_anomaly_monitors().max_results(A_PAGE).set_next_page_token(token).send().await?;
        let of_services = |monitor: &Monitor| {
            *monitor.monitor_type() == MonitorType::Dimensional
                && monitor.monitor_dimension() == Some(&MonitorDimension::Service)
        };
        let it = page.anomaly_monitors.into_iter().find(of_services);
        token = page.next_page_token.filter(|token| !token.is_empty());
        if it.is_some() || token.is_none() {
            return Ok(it);
        }
    }
}

async fn subscriptions(explorer: &Client) -> Result<Vec<AnomalySubscription>> {
    let (mut all, mut token) = (Vec::new(), None);
    loop {
        let page = explorer.get_anomaly_subscriptions().max_results(A_PAGE).set_next_page_token(token).send().await?;
        all.extend(page.anomaly_subscriptions);
        token = page.next_page_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(all);
        }
    }
}

/// The address of the new monitor, or of one that was created in the meantime, perhaps by AWS.
async fn create_monitor(explorer: &Client) -> Result<String> {
    let new = Monitor::builder()
        .monitor_name(MONITOR)
        .monitor_type(MonitorType::Dimensional)
        .monitor_dimension(MonitorDimension::Service)
        .build()?;
    match explorer.create_anomaly_monitor().anomaly_monitor(new).resource_tags(tag()?).send().await {
        Err(error) if is_code(&error, THERE_ALREADY) => {
            let there = monitor(explorer).await?;
            there.and_then(|monitor| monitor.monitor_arn).ok_or_else(|| error.into())
        }
        answer => Ok(answer?.monitor_arn),
    }
}

async fn create_subscription(explorer: &Client, monitor: &str, inputs: &Inputs) -> Result<()> {
    let new = AnomalySubscription::builder()
        .subscription_name(NAME)
        .monitor_arn_list(monitor)
        .frequency(Frequency::Immediate)
        .subscribers(subscriber(inputs))
        .threshold_expression(from(inputs)?)
        .build()?;
    explorer.create_anomaly_subscription().anomaly_subscription(new).resource_tags(tag()?).send().await?;
    Ok(())
}

async fn delete_subscription(explorer: &Client, own: &Named) -> Result<()> {
    let arn = own.it.subscription_arn().unwrap_or_default();
    let gone = explorer.delete_anomaly_subscription().subscription_arn(arn).send().await;
    found(gone, &["UnknownSubscriptionException"]).map(drop)
}
