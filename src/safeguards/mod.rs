//! The safeguards, one file for each.
//!
//! A safeguard has a desired and an observed state, both values. Plan, drift, report and "No changes." are one comparison of
//! the two. Own objects carry the `guardrail-` name and the tag [`TAG`].

mod all;
mod anomaly_detection;
mod billing_alarm;
mod billing_alerts;
mod billing_figures;
mod budget;
mod budget_action;
mod budget_action_policy;
mod budget_action_role;
mod budget_action_target;
mod budget_email;
mod free_tier_budgets;
mod inputs;
mod monthly_budget;
mod policy_document;
mod safeguard;
mod send_test;
mod topic;
mod topic_name;
mod topic_policy;
mod topic_subscription;
mod trail;
mod trail_bucket;
mod trail_name;
mod trail_policy;
mod zero_spend_budget;

pub use all::{ALL, asks};
pub use inputs::{Goal, Inputs, Payer, Placement};
pub use safeguard::{Entry, Facts, Logs, Needs, Object, Observed, Safeguard, TAG};
pub use send_test::{NOTIFY, SEND_TEST, publish, publish_alert, trigger_alarms};
pub use topic_name::ID as TOPIC;
pub use topic_subscription::{CONFIRMED, remembered, subscribed};
pub use trail_name::ID as TRAIL;
