//! Accounts on one ministack, told apart by the access key, and guardrail's commands run in them below the command line.

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use guardrail::aws::accounts::{identity, named};
use guardrail::error::Result;
use guardrail::model::{AccountId, SafeguardReport};
use guardrail::ops::guard::{Approved, Guard};
use guardrail::profile;
use guardrail::safeguards::{Logs, Wish};
use jiff::Timestamp;
use serde_json::Value;

use crate::emulators::Emulator;

pub const EMAIL: &str = "a@example.com";

/// Keeps connections, so it must not outlive the runtime it was used in.
#[must_use]
pub fn http() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

/// An account and the profile its owner wants.
#[derive(Clone)]
pub struct Account {
    url: String,
    /// The access key and its secret.
    keys: (String, String),
    pub wish: Wish,
}

impl Account {
    /// The account of this number, with the profile `personal`.
    #[must_use]
    pub fn new(stack: &Emulator, number: usize) -> Self {
        Self::of("personal", stack, number)
    }

    #[must_use]
    pub fn of(profile: &str, stack: &Emulator, number: usize) -> Self {
        let account = format!("{number:012}").parse::<AccountId>().unwrap();
        let draft = profile::load(profile, &|text| text.id.to_owned()).unwrap();
        let profile = draft.complete(vec![EMAIL.to_owned()], "10".parse().unwrap());
        let root = (account.to_string(), "secret".to_owned());
        Self { url: stack.url.clone(), keys: root, wish: Wish::new(account, profile, Timestamp::now()) }
    }

    /// The same account by another user's key.
    #[must_use]
    pub fn with_key(self, key: &str, secret: &str) -> Self {
        Self { keys: (key.to_owned(), secret.to_owned()), ..self }
    }

    #[must_use]
    pub fn number(&self) -> &str {
        self.wish.account.as_str()
    }

    /// Asks once, through this client.
    #[must_use]
    pub fn sdk(&self, http: SharedHttpClient) -> SdkConfig {
        let (key, secret) = &self.keys;
        let credentials = Credentials::new(key, secret, None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(&self.url)
            .http_client(http)
            .region(Region::new("us-east-1"))
            .retry_config(RetryConfig::disabled())
            .build()
    }

    /// As the command line: who am I, how is it, do it, how is it now.
    pub async fn init(&self, http: SharedHttpClient) -> Result<SafeguardReport> {
        let guard = self.guard(http).await?;
        let plan = guard.plan().await;
        Ok(guard.apply(Approved::by_the_person(plan), |_| {}).await)
    }

    pub async fn plan(&self, http: SharedHttpClient) -> Result<SafeguardReport> {
        Ok(self.guard(http).await?.plan().await)
    }

    pub async fn check(&self, http: SharedHttpClient) -> Result<SafeguardReport> {
        Ok(self.guard(http).await?.check().await)
    }

    pub async fn plan_removal(&self, http: SharedHttpClient) -> Result<SafeguardReport> {
        Ok(self.guard(http).await?.plan_removal().await)
    }

    pub async fn remove(&self, http: SharedHttpClient, logs: Logs) -> Result<SafeguardReport> {
        let guard = self.guard(http).await?;
        let plan = guard.plan_removal().await;
        Ok(guard.remove(Approved::by_the_person(plan), logs, |_| {}).await)
    }

    async fn guard(&self, http: SharedHttpClient) -> Result<Guard<'_>> {
        let sdk = self.sdk(http);
        let account = identity(&sdk).await?;
        assert_eq!(account, self.wish.account);
        Ok(Guard::new(&sdk, named(&sdk, account).await, &self.wish))
    }
}

/// # Panics
/// The runtime cannot be made.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(future)
}

/// What boto3 sees in these accounts, in their order.
#[must_use]
pub fn look(stack: &Emulator, accounts: &[Account]) -> Vec<Value> {
    let numbers: Vec<&str> = accounts.iter().map(Account::number).collect();
    let mut seen = stack.python("accounts.py", &numbers);
    numbers.iter().map(|number| seen[number].take()).collect()
}

/// Where two accounts differ, each place with what is in either.
#[must_use]
pub fn differences(expected: &Value, seen: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(String::new(), expected, seen, &mut found);
    found
}

fn compare(path: String, expected: &Value, seen: &Value, found: &mut Vec<String>) {
    match (expected, seen) {
        (Value::Object(one), Value::Object(other)) => {
            let names = one.keys().chain(other.keys().filter(|name| !one.contains_key(*name)));
            for name in names {
                compare(format!("{path}.{name}"), &expected[name], &seen[name], found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                compare(format!("{path}.{index}"), one, other, found);
            }
        }
        _ if expected == seen => {}
        _ => found.push(format!("{path}: {expected} → {seen}")),
    }
}

/// How the report says each safeguard is, and what could not be looked at.
#[must_use]
pub fn states(report: &SafeguardReport) -> Vec<String> {
    let rows = report.safeguards.iter().map(|row| format!("{} is {:?}", row.id, row.state));
    let gaps = report.gaps.iter().map(|gap| format!("no answer: {:?} {:?}", gap.resource, gap.action));
    rows.chain(gaps).collect()
}
