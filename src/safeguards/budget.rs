//! Reads, compares, creates, updates and deletes the budgets of all budget safeguards.
//!
//! A person's additions to a budget (further alerts, further recipients) stay (fact sheet, sections 2.1 and 2.3).

mod shape;

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_budgets::Client;
use aws_sdk_budgets::types::{Budget, NotificationWithSubscribers, ResourceTag, Subscriber, SubscriptionType};
use futures::future::try_join_all;

pub(super) use shape::{Alert, Measures, State, Wanted};
use shape::{Current, Shape};

use super::inputs::Inputs;
use super::safeguard::{Logs, Needs, Object, Observed, Safeguard, TAG};
use super::{budget_email, topic_name};
use crate::aws::Cx;
use crate::aws::fault::{found, is_code};
use crate::error::{Error, Result};
use crate::model::report::{Proof, Status};
use crate::model::{Note, Usd, Words};

/// AWS allows ten addresses for an alert; the topic reaches all.
const EMAILS: usize = 10;
const GONE: &[&str] = &["NotFoundException"];
const THERE_ALREADY: &[&str] = &["DuplicateRecordException"];

/// A safeguard that consists of budgets.
pub(super) trait Budgets: 'static {
    const ID: &'static str;
    const NAMES: Words;

    /// Whether a budget with this name belongs to the safeguard, wanted or not.
    fn named(name: &str, inputs: &Inputs) -> bool;

    /// The budgets of the profile.
    fn wanted(inputs: &Inputs) -> Vec<Wanted>;

    /// Whether another safeguard already verifies the addresses: they are the same for every budget.
    fn emails_are_proven_by_another(inputs: &Inputs) -> bool;
}

impl<B: Budgets> Safeguard for B {
    const ID: &'static str = <B as Budgets>::ID;
    const NAMES: Words = <B as Budgets>::NAMES;
    const READS: &'static [&'static str] = &["budgets:ListTagsForResource", "budgets:ViewBudget"];
    const PROVES: &'static [&'static str] = &[budget_email::READ];
    const WRITES: &'static [&'static str] = &["budgets:ModifyBudget", "budgets:TagResource"];
    const REMOVES: &'static [&'static str] = &["budgets:ModifyBudget"];
    /// Its mail reaches people without the topic.
    const NEEDS: Needs = Needs::Nothing;
    type State = State;

    fn desired(inputs: &Inputs) -> Option<State> {
        let recipients = recipients(inputs);
        let shape = |wanted: Wanted| (wanted.name.clone(), wanted.shape(&recipients));
        let budgets: BTreeMap<_, _> = B::wanted(inputs).into_iter().map(shape).collect();
        (!budgets.is_empty()).then_some(State { budgets })
    }

    fn objects(state: &State) -> Vec<Object> {
        state.budgets.iter().map(|(name, budget)| Object::new(name, budget.managed_by.as_ref())).collect()
    }

    fn headline(state: &State) -> Vec<String> {
        let fields = |name: &String| ["limit", "notifications"].map(|field| format!("budgets.{name}.{field}"));
        state.budgets.keys().flat_map(fields).collect()
    }

    fn cost(inputs: &Inputs) -> (Usd, Vec<Note>) {
        let alone = topic(inputs).is_none().then(|| Note::new("by-email-only"));
        (Usd::ZERO, [Note::new("budgets-free")].into_iter().chain(alone).collect())
    }

    async fn observed(cx: &Cx, inputs: &Inputs) -> Result<Observed<State>> {
        let (wanted, recipients) = (B::wanted(inputs), recipients(inputs));
        let there = BudgetsApi::new(cx).read(|name| B::named(name, inputs), &wanted).await?;
        let budgets: BTreeMap<String, Shape> = there
            .iter()
            .filter(|seen| seen.is_own() || seen.is_one_of(&wanted))
            .map(|seen| (seen.name().to_owned(), seen.compared(&wanted, &recipients)))
            .collect();
        Ok(if budgets.is_empty() { Observed::Missing } else { Observed::Own(State { budgets }) })
    }

    async fn apply(cx: &Cx, inputs: &Inputs) -> Result<()> {
        let api = BudgetsApi::new(cx);
        let (wanted, recipients) = (B::wanted(inputs), recipients(inputs));
        let there = api.read(|name| B::named(name, inputs), &wanted).await?;
        // Sequentially: AWS allows few writes to budgets per second.
        for surplus in there.iter().filter(|seen| seen.is_own() && !seen.is_one_of(&wanted)) {
            api.delete(surplus.name()).await?;
        }
        for wanted in &wanted {
            match there.iter().find(|seen| seen.name() == wanted.name) {
                None => api.create(wanted, &recipients).await?,
                Some(seen) => api.update(wanted, seen, &recipients).await?,
            }
        }
        Ok(())
    }

    async fn remove(cx: &Cx, inputs: &Inputs, _logs: Logs) -> Result<Vec<Note>> {
        let api = BudgetsApi::new(cx);
        let there = api.read(|name| B::named(name, inputs), &[]).await?;
        let (own, others): (Vec<_>, Vec<_>) = there.iter().partition(|seen| seen.is_own());
        for seen in own {
            api.delete(seen.name()).await?;
        }
        Ok(others.into_iter().map(|seen| Note::with("not-ours", seen.name())).collect())
    }

    async fn proof(cx: &Cx, inputs: &Inputs) -> Result<Vec<Proof>> {
        let (wanted, recipients) = (B::wanted(inputs), recipients(inputs));
        let there = BudgetsApi::new(cx).read(|name| B::named(name, inputs), &wanted).await?;
        let link = |wanted: &Wanted| {
            let seen = there.iter().find(|seen| seen.name() == wanted.name)?;
            let warns = !wanted.alerts.is_empty()
                && wanted.shape(&recipients).notifications == seen.shape(&recipients).notifications;
            Some(Proof::new("budget-alerts", if warns { Status::Ok } else { Status::Broken }).of(&wanted.name))
        };
        let mut links: Vec<Proof> = wanted.iter().filter_map(link).collect();
        if !links.is_empty() && !B::emails_are_proven_by_another(inputs) {
            links.extend(budget_email::links(cx, emails(inputs)).await);
        }
        Ok(links)
    }
}

/// The recipients of every alert: people's addresses, and the topic if it is available.
pub(super) fn recipients(inputs: &Inputs) -> BTreeSet<String> {
    emails(inputs).map(str::to_owned).chain(topic(inputs)).collect()
}

/// The topic, if budgets are known to reach it (fact sheet, section 2.3).
fn topic(inputs: &Inputs) -> Option<String> {
    inputs.topic().filter(|topic| topic.region.is_home()).map(|topic| topic_name::arn(&topic))
}

fn emails(inputs: &Inputs) -> impl Iterator<Item = &str> {
    inputs.goal.profile.notify.emails.iter().take(EMAILS).map(String::as_str)
}

/// The budgets of one account.
struct BudgetsApi {
    budgets: Client,
    account: String,
}

impl BudgetsApi {
    fn new(cx: &Cx) -> Self {
        Self { budgets: Client::new(&cx.sdk), account: cx.place.account.to_string() }
    }

    /// The safeguard's budgets, with their wanted alerts. Never cached: a write has to be visible.
    async fn read(&self, named: impl Fn(&str) -> bool, wanted: &[Wanted]) -> Result<Vec<Current>> {
        let pages = self.budgets.describe_budgets().account_id(&self.account).into_paginator().items().send();
        let budgets: Vec<Budget> = found(pages.try_collect().await, GONE)?.unwrap_or_default();
        let named = budgets.into_iter().filter(|budget| named(budget.budget_name()));
        let seen = try_join_all(named.map(|budget| self.look(budget, wanted))).await?;
        Ok(seen.into_iter().flatten().collect())
    }

    /// `None` if the budget was deleted in the meantime.
    async fn look(&self, budget: Budget, wanted: &[Wanted]) -> Result<Option<Current>> {
        let name = budget.budget_name().to_owned();
        let alerts = wanted.iter().find(|wanted| wanted.name == name).map(|wanted| &wanted.alerts);
        let tags = self.budgets.list_tags_for_resource().resource_arn(self.arn(&name)).send();
        let (tags, alerts) = futures::join!(tags, self.alerts(&name, alerts));
        let Some(tags) = found(tags, GONE)? else { return Ok(None) };
        let tag = tags.resource_tags().iter().find(|tag| tag.key() == TAG.0);
        Ok(Some(Current { budget, managed_by: tag.map(|tag| tag.value().to_owned()), alerts: alerts? }))
    }

    async fn alerts(&self, name: &str, wanted: Option<&BTreeSet<Alert>>) -> Result<BTreeMap<Alert, BTreeSet<String>>> {
        let Some(wanted) = wanted else { return Ok(BTreeMap::new()) };
        let pages = self.budgets.describe_notifications_for_budget().account_id(&self.account).budget_name(name);
        // AWS also answers "not found" for a budget without alerts.
        let there = found(pages.into_paginator().items().send().try_collect().await, GONE)?.unwrap_or_default();
        let there = there.iter().filter_map(Alert::seen).filter(|alert| wanted.contains(alert));
        let there = try_join_all(there.map(async |alert| {
            let recipients = self.recipients(name, &alert).await?;
            Ok::<_, Error>((alert, recipients))
        }));
        Ok(there.await?.into_iter().collect())
    }

    async fn recipients(&self, name: &str, alert: &Alert) -> Result<BTreeSet<String>> {
        let pages = self.budgets.describe_subscribers_for_notification().account_id(&self.account).budget_name(name);
        let pages = pages.notification(alert.notification()?).into_paginator().items().send();
        let all: Vec<Subscriber> = found(pages.try_collect().await, GONE)?.unwrap_or_default();
        Ok(all.into_iter().map(|subscriber| subscriber.address).collect())
    }

    async fn create(&self, wanted: &Wanted, recipients: &BTreeSet<String>) -> Result<()> {
        let request = self.budgets.create_budget().account_id(&self.account).budget(wanted.budget()?);
        let alerts = wanted.alerts.iter().map(|alert| alert_for(alert, recipients)).collect::<Result<Vec<_>>>()?;
        let alerts = Some(alerts).filter(|alerts| !alerts.is_empty());
        match request.set_notifications_with_subscribers(alerts).resource_tags(tag()?).send().await {
            // Another run created it at the same time; one call creates all of it.
            Err(error) if is_code(&error, THERE_ALREADY) => Ok(()),
            answer => Ok(answer.map(drop)?),
        }
    }

    async fn update(&self, wanted: &Wanted, seen: &Current, recipients: &BTreeSet<String>) -> Result<()> {
        let account = &self.account;
        if wanted.shape(recipients).itself() != seen.shape(recipients).itself() {
            let budget = wanted.over(seen.budget.clone())?;
            self.budgets.update_budget().account_id(account).new_budget(budget).send().await?;
        }
        for alert in &wanted.alerts {
            let Some(there) = seen.alerts.get(alert) else {
                let request = self.budgets.create_notification().account_id(account).budget_name(&wanted.name);
                request
                    .notification(alert.notification()?)
                    .set_subscribers(Some(subscribers(recipients)?))
                    .send()
                    .await?;
                continue;
            };
            for address in recipients - there {
                let request = self.budgets.create_subscriber().account_id(account).budget_name(&wanted.name);
                request.notification(alert.notification()?).subscriber(subscriber(&address)?).send().await?;
            }
        }
        if !seen.is_own() {
            self.budgets.tag_resource().resource_arn(self.arn(&wanted.name)).resource_tags(tag()?).send().await?;
        }
        Ok(())
    }

    async fn delete(&self, name: &str) -> Result<()> {
        found(self.budgets.delete_budget().account_id(&self.account).budget_name(name).send().await, GONE).map(drop)
    }

    fn arn(&self, name: &str) -> String {
        format!("arn:aws:budgets::{}:budget/{name}", self.account)
    }
}

pub(super) fn tag() -> Result<ResourceTag> {
    Ok(ResourceTag::builder().key(TAG.0).value(TAG.1).build()?)
}

fn alert_for(alert: &Alert, recipients: &BTreeSet<String>) -> Result<NotificationWithSubscribers> {
    let request = NotificationWithSubscribers::builder().notification(alert.notification()?);
    Ok(request.set_subscribers(Some(subscribers(recipients)?)).build()?)
}

pub(super) fn subscribers(addresses: &BTreeSet<String>) -> Result<Vec<Subscriber>> {
    addresses.iter().map(|address| subscriber(address)).collect()
}

/// Only the address of a topic is an ARN.
fn subscriber(address: &str) -> Result<Subscriber> {
    let r#type = if address.starts_with("arn:") { SubscriptionType::Sns } else { SubscriptionType::Email };
    Ok(Subscriber::builder().subscription_type(r#type).address(address).build()?)
}
