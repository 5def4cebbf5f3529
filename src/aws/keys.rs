//! How the account is signed in to: the root user's second factor and keys, and the active access keys of IAM users. Never the keys.

use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

use super::Cx;
use super::api::{Asks, Operation, values};
use crate::error::Result;

/// The IAM actions of [`keys`].
pub const READS: &[&str] = &["iam:GetAccountSummary", "iam:ListAccessKeys", "iam:ListUsers"];

pub static ASKS: &[&dyn Asks] = &[&SUMMARY, &USERS, &KEYS];

const SUMMARY: Operation<BTreeMap<String, i64>> = Operation::new("iam:GetAccountSummary").at("SummaryMap");
const USERS: Operation<User> = Operation::new("iam:ListUsers").at("Users");
const KEYS: Operation<Key> = Operation::new("iam:ListAccessKeys").at("AccessKeyMetadata");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct User {
    user_name: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Key {
    status: Option<Status>,
    create_date: Option<Timestamp>,
}

values! { enum Status { Inactive = "Inactive" } }

/// How the account is signed in to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The root user has a second factor.
    pub root_mfa: bool,
    /// The root user has access keys.
    pub root_keys: bool,
    /// When each active access key of an IAM user was created; `None` if AWS does not say.
    pub active: Vec<Option<Timestamp>>,
}

impl Keys {
    /// Whether every active key is newer than this.
    #[must_use]
    pub fn newer_than(&self, at: Timestamp) -> bool {
        self.active.iter().all(|created| created.is_some_and(|created| created > at))
    }
}

/// # Errors
/// One of the three cannot be read.
pub async fn keys(cx: &Cx) -> Result<Keys> {
    let summary = cx.ask(&SUMMARY).one().await?;
    let has = |key: &str| summary.get(key).is_some_and(|count| *count > 0);
    let mut active = Vec::new();
    for user in cx.ask(&USERS).all().await? {
        let keys = cx.ask(&KEYS).with("UserName", user.user_name).all().await?;
        let in_use = keys.into_iter().filter(|key| key.status != Some(Status::Inactive));
        active.extend(in_use.map(|key| key.create_date));
    }
    Ok(Keys { root_mfa: has("AccountMFAEnabled"), root_keys: has("AccountAccessKeysPresent"), active })
}
