//! The parts of an account that no emulator has, with state: cost anomaly detection, budget actions, billing preferences.

use std::collections::BTreeMap;
use std::sync::Mutex;

use guardrail::demo::{Answer, Call, Story};
use serde_json::{Value, json};

use crate::world::ACCOUNT;

/// A thing and its tags.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Thing {
    pub body: Value,
    pub tags: BTreeMap<String, String>,
}

/// All objects by ARN.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    pub monitors: BTreeMap<String, Thing>,
    pub subscriptions: BTreeMap<String, Thing>,
    pub actions: BTreeMap<String, Thing>,
    /// The caller, instead of the emulator's.
    pub caller: Option<String>,
    /// Cost Explorer is not enabled.
    pub explorer_off: bool,
    /// The number of reads in which monitors are not visible yet.
    pub blind: usize,
    /// The number of calls in which AWS Budgets cannot assume a new role yet.
    pub early: usize,
    /// The preference of billing alerts; `None` if it cannot be read.
    pub alerts: Option<bool>,
    number: String,
    made: usize,
}

/// Answers the calls that it knows, and no others.
pub struct Stateful(Mutex<Account>);

impl Default for Stateful {
    fn default() -> Self {
        Self(Mutex::new(Account { number: ACCOUNT.to_owned(), ..Account::default() }))
    }
}

/// Status, code, message.
type Refusal = (u16, &'static str, &'static str);
type Told = Result<Value, Refusal>;

const LIMIT: Refusal = (400, "ValidationException", "Limit exceeded on dimensional spend monitor creation");
const NO_MONITOR: Refusal = (400, "UnknownMonitorException", "no such monitor");
const NO_SUBSCRIPTION: Refusal = (400, "UnknownSubscriptionException", "no such subscription");
const NO_ACTION: Refusal = (400, "NotFoundException", "no such action");
const OFF: Refusal = (400, "AccessDeniedException", "User not enabled for cost explorer access");
const NOT_ASSUMED: Refusal = (400, "AccessDeniedException", "Budgets is not authorized to assume the execution role");

impl Story for Stateful {
    fn answer(&self, call: &Call) -> Option<Answer> {
        let body: Value = serde_json::from_str(&call.body).unwrap_or_default();
        let mut account = self.0.lock().unwrap();
        let told = match &*call.service {
            "ce" if account.explorer_off => Err(OFF),
            "ce" => account.explorer(&call.action, &body)?,
            "budgets" => account.budgets(&call.action, &body)?,
            "billing" => account.billing(&call.action)?,
            "sts" if call.action == "GetCallerIdentity" => {
                let arn = account.caller.clone()?;
                let who = format!(
                    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>{arn}</Arn><UserId>A</UserId>\
                     <Account>{ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
                );
                return Some(Answer::ok(call, &who));
            }
            _ => return None,
        };
        Some(match told {
            Ok(body) => Answer::ok(call, &body.to_string()),
            Err((status, code, message)) => Answer::error(call, status, code, message),
        })
    }
}

impl Stateful {
    /// The account with this number, without an organisation and with billing alerts disabled.
    #[must_use]
    pub fn fresh(number: &str) -> Self {
        Self(Mutex::new(Account { number: number.to_owned(), alerts: Some(false), ..Account::default() }))
    }

    #[must_use]
    pub fn look(&self) -> Account {
        self.0.lock().unwrap().clone()
    }

    /// A person changes the account.
    pub fn edit(&self, change: impl FnOnce(&mut Account)) {
        change(&mut self.0.lock().unwrap());
    }
}

impl Account {
    /// A person's monitor of all services; returns its ARN.
    pub fn add_monitor(&mut self, name: &str) -> String {
        let body = json!({ "MonitorName": name, "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE" });
        self.add_monitor_of(body, BTreeMap::new())
    }

    fn add_monitor_of(&mut self, mut body: Value, tags: BTreeMap<String, String>) -> String {
        let arn = self.address("arn:aws:ce::123456789012:anomalymonitor/");
        body["MonitorArn"] = json!(arn);
        self.monitors.insert(arn.clone(), Thing { body, tags });
        arn
    }

    /// A person's daily mail about a monitor; returns its ARN.
    pub fn add_subscription(&mut self, name: &str, monitor: &str) -> String {
        let threshold = json!({ "Dimensions": { "Key": "ANOMALY_TOTAL_IMPACT_PERCENTAGE", "Values": ["40"] } });
        let body = json!({
            "SubscriptionName": name, "MonitorArnList": [monitor], "Frequency": "DAILY", "ThresholdExpression": threshold,
            "Subscribers": [{ "Type": "EMAIL", "Address": "root@example.com", "Status": "CONFIRMED" }],
        });
        self.add_subscription_of(body, BTreeMap::new())
    }

    fn add_subscription_of(&mut self, mut body: Value, tags: BTreeMap<String, String>) -> String {
        let arn = self.address("arn:aws:ce::123456789012:anomalysubscription/");
        body["SubscriptionArn"] = json!(arn);
        self.subscriptions.insert(arn.clone(), Thing { body, tags });
        arn
    }

    fn address(&mut self, start: &str) -> String {
        self.made += 1;
        format!("{start}{:08x}-0000-4000-8000-000000000000", self.made)
    }

    /// Its state, by names instead of ARNs, so that equal accounts have equal states.
    #[must_use]
    pub fn by_names(&self) -> Value {
        let things = |things: &BTreeMap<String, Thing>| -> Vec<Value> {
            let of = |thing: &Thing| json!({ "body": thing.body, "tags": thing.tags });
            let mut all: Vec<Value> = things.values().map(of).collect();
            for thing in &mut all {
                let body = thing["body"].as_object_mut().unwrap();
                for address in ["MonitorArn", "SubscriptionArn", "ActionId"] {
                    body.remove(address);
                }
            }
            all
        };
        let all = json!([things(&self.monitors), things(&self.subscriptions), things(&self.actions)]);
        let mut text = all.to_string().replace(&self.number, "ACCOUNT");
        for (arn, monitor) in &self.monitors {
            let arn = arn.replace(&self.number, "ACCOUNT");
            text = text.replace(&arn, monitor.body["MonitorName"].as_str().unwrap_or_default());
        }
        let all: Value = serde_json::from_str(&text).unwrap();
        json!({ "monitors": all[0], "subscriptions": all[1], "actions": all[2], "alerts": self.alerts })
    }

    fn billing(&mut self, action: &str) -> Option<Told> {
        let on = self.alerts.as_mut()?;
        Some(match action {
            "GetBillingPreferences" => {
                let value = if *on { "ENABLED" } else { "DISABLED" };
                let preference = json!({ "feature": "BILLING_ALERTS", "key": "key", "value": value });
                Ok(json!({ "billingPreferences": [preference] }))
            }
            "UpdateBillingPreferences" => {
                *on = true;
                Ok(json!({}))
            }
            _ => return None,
        })
    }

    fn explorer(&mut self, action: &str, body: &Value) -> Option<Told> {
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        Some(match action {
            "GetAnomalyMonitors" if self.blind > 0 => {
                self.blind -= 1;
                Ok(json!({ "AnomalyMonitors": [] }))
            }
            "GetAnomalyMonitors" => Ok(page("AnomalyMonitors", &self.monitors, body)),
            "GetAnomalySubscriptions" => Ok(page("AnomalySubscriptions", &self.subscriptions, body)),
            "CreateAnomalyMonitor" => {
                let by = &body["AnomalyMonitor"]["MonitorDimension"];
                if self.monitors.values().any(|thing| thing.body["MonitorDimension"] == *by) {
                    return Some(Err(LIMIT));
                }
                let arn = self.add_monitor_of(body["AnomalyMonitor"].clone(), tags(&body["ResourceTags"]));
                Ok(json!({ "MonitorArn": arn }))
            }
            "CreateAnomalySubscription" => checked(&body["AnomalySubscription"]).map(|()| {
                let arn = self.add_subscription_of(body["AnomalySubscription"].clone(), tags(&body["ResourceTags"]));
                json!({ "SubscriptionArn": arn })
            }),
            "UpdateAnomalySubscription" => {
                let Some(thing) = self.subscriptions.get_mut(&text("SubscriptionArn")) else {
                    return Some(Err(NO_SUBSCRIPTION));
                };
                let changed = overlaid(&thing.body, body);
                checked(&changed).map(|()| {
                    thing.body = changed;
                    json!({ "SubscriptionArn": text("SubscriptionArn") })
                })
            }
            "DeleteAnomalyMonitor" => self.monitors.remove(&text("MonitorArn")).map(|_| json!({})).ok_or(NO_MONITOR),
            "DeleteAnomalySubscription" => {
                self.subscriptions.remove(&text("SubscriptionArn")).map(|_| json!({})).ok_or(NO_SUBSCRIPTION)
            }
            "ListTagsForResource" | "TagResource" => {
                let arn = text("ResourceArn");
                let thing = self.monitors.get_mut(&arn).or_else(|| self.subscriptions.get_mut(&arn));
                tagging(thing, body).ok_or((400, "ResourceNotFoundException", "no such resource"))
            }
            _ => return None,
        })
    }

    fn budgets(&mut self, action: &str, body: &Value) -> Option<Told> {
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        let number = self.number.clone();
        let arn = |id: &str| format!("arn:aws:budgets::{number}:budget/{}/action/{id}", text("BudgetName"));
        let of_budget = format!(":budget/{}/action/", text("BudgetName"));
        Some(match action {
            // The emulator deletes the budget; its actions are deleted here.
            "DeleteBudget" => {
                self.actions.retain(|arn, _| !arn.contains(&of_budget));
                return None;
            }
            "DescribeBudgetActionsForBudget" => {
                let of_this = self.actions.iter().filter(|(arn, _)| arn.contains(&of_budget));
                let all: Vec<&Value> = of_this.map(|(_, thing)| &thing.body).collect();
                Ok(json!({ "AccountId": number, "BudgetName": text("BudgetName"), "Actions": all }))
            }
            "CreateBudgetAction" | "UpdateBudgetAction" if self.early > 0 => {
                self.early -= 1;
                Err(NOT_ASSUMED)
            }
            "CreateBudgetAction" => {
                let id = self.address("");
                let mut action = overlaid(&json!({ "ActionId": id, "Status": "STANDBY" }), body);
                let tags = tags(&action["ResourceTags"].take());
                action.as_object_mut().unwrap().remove("ResourceTags");
                self.actions.insert(arn(&id), Thing { body: action, tags });
                Ok(json!({ "AccountId": number, "BudgetName": text("BudgetName"), "ActionId": id }))
            }
            "UpdateBudgetAction" => {
                let Some(thing) = self.actions.get_mut(&arn(&text("ActionId"))) else { return Some(Err(NO_ACTION)) };
                let old = std::mem::take(&mut thing.body);
                thing.body = overlaid(&old, body);
                Ok(
                    json!({ "AccountId": number, "BudgetName": text("BudgetName"), "OldAction": old, "NewAction": thing.body }),
                )
            }
            "DeleteBudgetAction" => {
                let gone = self.actions.remove(&arn(&text("ActionId"))).ok_or(NO_ACTION);
                gone.map(|it| json!({ "AccountId": number, "BudgetName": text("BudgetName"), "Action": it.body }))
            }
            "ListTagsForResource" | "TagResource" if text("ResourceARN").contains("/action/") => {
                tagging(self.actions.get_mut(&text("ResourceARN")), body).ok_or(NO_ACTION)
            }
            _ => return None,
        })
    }
}

/// One thing a page: a client without paging does not see the second.
fn page(name: &str, things: &BTreeMap<String, Thing>, body: &Value) -> Value {
    let from: usize = body["NextPageToken"].as_str().and_then(|token| token.parse().ok()).unwrap_or_default();
    let items: Vec<&Value> = things.values().skip(from).take(1).map(|thing| &thing.body).collect();
    let more = (from + 1 < things.len()).then(|| (from + 1).to_string());
    let mut page = json!({ name: items });
    if let Some(token) = more {
        page["NextPageToken"] = json!(token);
    }
    page
}

/// AWS's checks of a subscription beyond its model.
fn checked(subscription: &Value) -> Result<(), Refusal> {
    let sns = subscription["Subscribers"].as_array().unwrap().iter().all(|it| it["Type"] == "SNS");
    if subscription["ThresholdExpression"].is_null() {
        return Err((400, "ValidationException", "Threshold and ThresholdExpression cannot both be null"));
    }
    if (subscription["Frequency"] == "IMMEDIATE") != sns {
        return Err((400, "ValidationException", "Immediate frequency only supports SNS subscribers"));
    }
    Ok(())
}

/// The fields of `new` replace those of `old`.
fn overlaid(old: &Value, new: &Value) -> Value {
    let mut fields = old.as_object().cloned().unwrap_or_default();
    fields.extend(new.as_object().cloned().unwrap_or_default());
    Value::from(fields)
}

fn tags(list: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list.as_array().into_iter().flatten().map(|tag| (text(&tag["Key"]), text(&tag["Value"]))).collect()
}

fn tagging(thing: Option<&mut Thing>, body: &Value) -> Option<Value> {
    let thing = thing?;
    thing.tags.extend(tags(&body["ResourceTags"]));
    let all: Vec<Value> = thing.tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
    Some(if body["ResourceTags"].is_null() { json!({ "ResourceTags": all }) } else { json!({}) })
}
