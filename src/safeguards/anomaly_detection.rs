//! Cost anomaly detection: AWS looks for spending that is unlike the account's usual, and notifies the topic at once.
//!
//! An account has at most one monitor of all services, and AWS creates it when Cost Explorer is first enabled: that one is used.
//! Only the subscription is always guardrail's (fact sheet, sections 0.4 and 6). Each request may cost a cent, so answers are
//! cached.

pub(super) mod asking;

use asking::{
    Dimension, Frequency, MONITOR, MatchOption, Monitor, MonitorDimension, OF_ACCOUNTS, SubscriberStatus, Subscription,
    create_monitor, create_subscription, delete_monitor, delete_subscription, managed_by, monitor, subscriptions, tag,
    update_subscription,
};
use futures::future::try_join_all;
use futures::join;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::safeguard::{Logs, Needs, Object, Observed, Safeguard, TAG, limit_not_chosen};
use super::topic_name;
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::report::{Proof, Status};
use crate::model::{Note, Usd, Words, words};

const NAME: &str = "guardrail-anomalies";

pub(super) struct AnomalyDetection;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    /// Whether a monitor of all services exists, of any owner, and the subscription uses it.
    watches_services: bool,
    /// The same of a monitor by linked account; `None` outside the management account of an organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    watches_accounts: Option<bool>,
    /// The number of subscriptions with our name.
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
        let state = || State {
            watches_services: true,
            watches_accounts: by_account(inputs).then_some(true),
            subscriptions: 1,
            subscription: Some(Settings::wanted(inputs)),
        };
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
        Ok(Current::read(cx).await?.observed(inputs))
    }

    async fn apply(cx: &Cx, inputs: &Inputs) -> Result<()> {
        let there = Current::fresh(cx).await?;
        let mut done = there.update(cx, inputs).await;
        if there.named.is_empty() && done.is_ok() {
            // Concurrent runs may each have created one, because AWS allows duplicate names: the last to read sees both.
            done = async { Current::fresh(cx).await?.update(cx, inputs).await }.await;
        }
        asking::forget(cx);
        done
    }

    async fn remove(cx: &Cx, inputs: &Inputs, _logs: Logs) -> Result<Vec<Note>> {
        let done = Current::fresh(cx).await?.remove(cx, inputs).await;
        asking::forget(cx);
        done
    }

    async fn proof(cx: &Cx, inputs: &Inputs) -> Result<Vec<Proof>> {
        let link = |status| vec![Proof::new("anomaly-alerts", status).of(NAME)];
        let there = match Current::read(cx).await {
            // AWS enables Cost Explorer within a day of the first budget.
            Err(error) if error.what.id == "error-cost-explorer-off" => return Ok(link(Status::Waiting)),
            there => there?,
        };
        let Some(own) = there.named.first() else { return Ok(Vec::new()) };
        let topic = topic(inputs);
        let listens = own.it.subscribers.iter().any(|subscriber| {
            subscriber.address.as_ref() == Some(&topic) && subscriber.status != Some(SubscriberStatus::Declined)
        });
        Ok(link(if listens && there.is_watched_by(own) { Status::Ok } else { Status::Broken }))
    }
}

/// The current objects of the account.
struct Current {
    /// The only monitor of all services.
    monitor: Option<Monitor>,
    /// The only monitor by linked account.
    accounts: Option<Monitor>,
    /// The subscriptions with our name, sorted, so that of several the same one is always used.
    named: Vec<Named>,
    /// The monitors of other subscriptions.
    others_watch: Vec<String>,
}

struct Named {
    it: Subscription,
    managed_by: Option<String>,
}

impl Current {
    /// Its state when it was first read; cached.
    async fn read(cx: &Cx) -> Result<Self> {
        let by = |dimension| monitor(cx, dimension);
        let (monitor, accounts, subscriptions) =
            join!(by(MonitorDimension::Service), by(MonitorDimension::LinkedAccount), subscriptions(cx));
        // One by one: of several that fail, a report always names the same.
        let (monitor, accounts, subscriptions) = (monitor?, accounts?, subscriptions?);
        let (mut named, others): (Vec<_>, Vec<_>) =
            subscriptions.into_iter().partition(|it| it.subscription_name.as_deref() == Some(NAME));
        named.sort_by(|one, other| one.subscription_arn.cmp(&other.subscription_arn));
        let named = try_join_all(named.into_iter().map(async |it| {
            let managed_by = managed_by(cx, &it.subscription_arn).await?;
            Ok::<_, Error>(Named { it, managed_by })
        }));
        let others_watch = others.into_iter().flat_map(|other| other.monitor_arn_list).collect();
        Ok(Self { monitor, accounts, named: named.await?, others_watch })
    }

    /// Its current state.
    async fn fresh(cx: &Cx) -> Result<Self> {
        asking::forget(cx);
        Self::read(cx).await
    }

    fn observed(&self, inputs: &Inputs) -> Observed<State> {
        let state = self.named.first().map(|first| State {
            watches_services: self.is_watched_by(first),
            watches_accounts: by_account(inputs).then(|| watches(first, self.accounts.as_ref())),
            subscriptions: self.named.len(),
            subscription: Some(first.settings(inputs)),
        });
        let used = self.own_monitor().is_some_and(|arn| self.is_used_by_others(&arn));
        match state {
            Some(state) if self.named.iter().any(Named::is_own) => Observed::Own(state),
            None if self.own_monitor().is_none() && self.own_monitor_of_accounts(inputs).is_none() => Observed::Missing,
            // Partly created or partly removed.
            None if !used => {
                let watches_accounts = by_account(inputs).then_some(false);
                Observed::Own(State { watches_services: true, watches_accounts, subscriptions: 0, subscription: None })
            }
            state => {
                let kept = used.then(|| Note::with("kept-in-use", MONITOR));
                Observed::Kept(state, self.strangers().chain(kept).collect())
            }
        }
    }

    /// Notes about subscriptions that have our name and not our tag.
    fn strangers(&self) -> impl Iterator<Item = Note> {
        self.named.iter().filter(|it| !it.is_own()).map(|_| Note::with("not-ours", NAME))
    }

    fn is_used_by_others(&self, monitor: &String) -> bool {
        let listens = |it: &Named| !it.is_own() && it.it.monitor_arn_list.contains(monitor);
        self.others_watch.contains(monitor) || self.named.iter().any(listens)
    }

    fn monitor_arn(&self) -> Option<String> {
        self.monitor.as_ref()?.monitor_arn.clone()
    }

    /// The monitor's ARN, if it has our name.
    fn own_monitor(&self) -> Option<String> {
        named(self.monitor.as_ref(), MONITOR)
    }

    /// The same of the monitor by linked account; without the organisation it is left alone.
    fn own_monitor_of_accounts(&self, inputs: &Inputs) -> Option<String> {
        named(self.accounts.as_ref().filter(|_| inputs.payer.is_some()), OF_ACCOUNTS)
    }

    fn is_watched_by(&self, own: &Named) -> bool {
        watches(own, self.monitor.as_ref())
    }

    /// The monitors of the subscription, which are created if they are missing.
    async fn monitors(&self, cx: &Cx, inputs: &Inputs) -> Result<Vec<String>> {
        let mut monitors = vec![match self.monitor_arn() {
            Some(arn) => arn,
            None => create_monitor(cx, MONITOR, MonitorDimension::Service).await?,
        }];
        if by_account(inputs) {
            monitors.push(match self.accounts.as_ref().and_then(|it| it.monitor_arn.clone()) {
                Some(arn) => arn,
                None => create_monitor(cx, OF_ACCOUNTS, MonitorDimension::LinkedAccount).await?,
            });
        }
        Ok(monitors)
    }

    async fn update(&self, cx: &Cx, inputs: &Inputs) -> Result<()> {
        let monitors = self.monitors(cx, inputs).await?;
        let Some((first, surplus)) = self.named.split_first() else {
            return create_subscription(cx, NAME, &monitors, &topic(inputs), from(inputs)?).await;
        };
        first.update(cx, &monitors, inputs).await?;
        for surplus in surplus.iter().filter(|it| it.is_own()) {
            delete_subscription(cx, &surplus.it.subscription_arn).await?;
        }
        Ok(())
    }

    async fn remove(&self, cx: &Cx, inputs: &Inputs) -> Result<Vec<Note>> {
        for subscription in self.named.iter().filter(|it| it.is_own()) {
            delete_subscription(cx, &subscription.it.subscription_arn).await?;
        }
        let mut notes: Vec<Note> = self.strangers().collect();
        let own = [(self.own_monitor(), MONITOR), (self.own_monitor_of_accounts(inputs), OF_ACCOUNTS)];
        for (monitor, name) in own.into_iter().filter_map(|(monitor, name)| Some((monitor?, name))) {
            if self.is_used_by_others(&monitor) {
                notes.push(Note::with("kept-in-use", name));
            } else if managed_by(cx, &monitor).await?.as_deref() == Some(TAG.1) {
                delete_monitor(cx, &monitor).await?;
            } else {
                notes.push(Note::with("not-ours", name));
            }
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
        let listens = |topic: &String| self.it.subscribers.iter().any(|it| it.address.as_ref() == Some(topic));
        Settings {
            // Without a limit there is no threshold to compare.
            threshold_usd: threshold(inputs).and_then(|_| impact(&self.it)),
            frequency: self.it.frequency.as_ref().map_or("", Frequency::as_str).to_owned(),
            // If the topic cannot be read, assume that the subscription is right.
            notifies_topic: topic.as_ref().is_none_or(listens),
            managed_by: self.managed_by.clone(),
        }
    }

    /// Sends only the differences: a person's additions stay.
    async fn update(&self, cx: &Cx, wanted: &[String], inputs: &Inputs) -> Result<()> {
        let (seen, want) = (self.settings(inputs), Settings::wanted(inputs));
        let arn = &*self.it.subscription_arn;
        let loud = (&seen.frequency, seen.notifies_topic) == (&want.frequency, want.notifies_topic);
        let mut monitors = self.it.monitor_arn_list.clone();
        let missing: Vec<String> = wanted.iter().filter(|it| !monitors.contains(it)).cloned().collect();
        let watches = missing.is_empty();
        monitors.extend(missing);
        if !watches || !loud || seen.threshold_usd != want.threshold_usd {
            let threshold = (seen.threshold_usd != want.threshold_usd).then(|| from(inputs)).transpose()?;
            let (monitors, topic) = ((!watches).then_some(monitors), (!loud).then(|| topic(inputs)));
            update_subscription(cx, arn, monitors, topic.as_deref(), threshold).await?;
        }
        if !self.is_own() {
            tag(cx, arn).await?;
        }
        Ok(())
    }
}

/// Whether the profile wants a monitor by linked account here.
fn by_account(inputs: &Inputs) -> bool {
    inputs.goal.profile.anomaly.enabled && inputs.for_accounts(|management| management.anomaly).is_some()
}

/// The monitor's ARN, if it has this name.
fn named(monitor: Option<&Monitor>, name: &str) -> Option<String> {
    monitor.filter(|monitor| monitor.monitor_name.as_deref() == Some(name))?.monitor_arn.clone()
}

fn watches(own: &Named, monitor: Option<&Monitor>) -> bool {
    monitor.and_then(|it| it.monitor_arn.as_ref()).is_some_and(|arn| own.it.monitor_arn_list.contains(arn))
}

/// `None` if it depends on a limit that is not chosen.
fn threshold(inputs: &Inputs) -> Option<String> {
    let limit = inputs.goal.profile.limit_usd?;
    Some(inputs.goal.profile.anomaly.threshold(limit).0.normalize().to_string())
}

/// The amount from which the subscription alerts; a word if it is not a plain amount.
fn impact(subscription: &Subscription) -> Option<String> {
    let Some(expression) = &subscription.threshold_expression else {
        return subscription.threshold.map(|usd| usd.normalize().to_string());
    };
    let plain = expression
        .dimensions
        .as_ref()
        .filter(|it| it.key == Some(Dimension::TotalImpact) && it.match_options == [MatchOption::GreaterThanOrEqual]);
    let amount = plain.and_then(|it| it.values.first()?.parse::<Decimal>().ok());
    Some(amount.map_or_else(|| "combined".to_owned(), |usd| usd.normalize().to_string()))
}

fn from(inputs: &Inputs) -> Result<Value> {
    let threshold = threshold(inputs).ok_or_else(limit_not_chosen)?;
    Ok(json!({ "Dimensions": {
        "Key": Dimension::TotalImpact.as_str(),
        "MatchOptions": [MatchOption::GreaterThanOrEqual.as_str()],
        "Values": [threshold],
    } }))
}

fn topic(inputs: &Inputs) -> String {
    topic_name::arn(&inputs.topic_place())
}
