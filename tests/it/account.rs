//! Accounts on one ministack, distinguished by the access key, in which guardrail's commands run below the command line.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use guardrail::aws::accounts::{identity, named};
use guardrail::demo::{Answer, Call, Story};
use guardrail::error::Result;
use guardrail::model::{AccountId, Choice, History, SafeguardReport};
use guardrail::ops::guard::{Approved, Reconciler};
use guardrail::profile;
use guardrail::safeguards::{Goal, Inputs, Logs};
use jiff::Timestamp;
use serde_json::Value;

use crate::emulators::Emulator;
use crate::recording::iam_action;
use crate::stateful::Stateful;

pub const EMAIL: &str = "a@example.com";

/// Sends requests to the emulator, and to the account's own answers for services it lacks. Keeps connections, so it must not
/// outlive the runtime in which it was used.
#[must_use]
pub fn http() -> SharedHttpClient {
    through(aws_smithy_http_client::Builder::new().build_http(), Step::Answers)
}

/// An account and its profile.
#[derive(Clone)]
pub struct Account {
    url: String,
    /// The access key and its secret.
    keys: (String, String),
    pub inputs: Inputs,
    rest: Rest,
}

/// Answers for services that the emulator lacks, and the permissions of the caller.
#[derive(Clone)]
struct Rest {
    aws: Arc<Stateful>,
    /// `None` means that everything is allowed.
    allowed: Option<Arc<BTreeSet<String>>>,
}

impl Story for Rest {
    fn answer(&self, call: &Call) -> Option<Answer> {
        let refused = |code| Some(Answer::error(call, 400, code, "not in this account"));
        let answer = match &*call.service {
            "organizations" => refused("AWSOrganizationsNotInUseException"),
            "freetier" => refused("ResourceNotFoundException"),
            "notifications-contacts" => Some(Answer::ok(call, r#"{"emailContacts":[]}"#)),
            _ => self.aws.answer(call),
        };
        let answer = answer?;
        let action = iam_action(call);
        let denied = self.allowed.as_ref().is_some_and(|allowed| !allowed.contains(&action));
        let message = format!("User: somebody is not authorized to perform: {action}");
        Some(if denied { Answer::error(call, 403, "AccessDeniedException", &message) } else { answer })
    }
}

/// A step of a request: the first adds its account, the last one answers from that account.
#[derive(Clone)]
enum Step {
    AskedBy(Rest),
    Answers,
}

fn through(next: SharedHttpClient, step: Step) -> SharedHttpClient {
    http_client_fn(move |settings, components| {
        SharedHttpConnector::new(Way { step: step.clone(), next: next.http_connector(settings, components) })
    })
}

struct Way {
    step: Step,
    next: SharedHttpConnector,
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Way")
    }
}

impl HttpConnector for Way {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        if let Step::AskedBy(rest) = &self.step {
            request.add_extension(rest.clone());
            return self.next.call(request);
        }
        let request = request.try_into_http1x().unwrap();
        let rest = request.extensions().get::<Rest>().cloned();
        let request = HttpRequest::try_from(request).unwrap();
        let header = |name: &str| request.headers().get(name).unwrap_or_default();
        let body = request.body().bytes().unwrap_or_default();
        let call = Call::read(request.method(), request.uri(), header, body);
        let Some(answer) = rest.and_then(|rest| rest.answer(&call)) else { return self.next.call(request) };
        let headers = answer.headers();
        let mut response = HttpResponse::new(answer.status.try_into().unwrap(), SdkBody::from(answer.body));
        for (name, value) in headers {
            response.headers_mut().insert(name, value);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl Account {
    /// The account with this number and all safeguards in its profile.
    #[must_use]
    pub fn new(stack: &Emulator, number: usize) -> Self {
        let mut account = Self::of("personal", stack, number);
        let action = &mut account.inputs.goal.profile.budgets.action;
        (action.enabled, action.users) = (true, vec!["hana".to_owned()]);
        account
    }

    #[must_use]
    pub fn of(profile: &str, stack: &Emulator, number: usize) -> Self {
        let account = format!("{number:012}").parse::<AccountId>().unwrap();
        let choice = Choice { profile: None, emails: vec![EMAIL.to_owned()], limit_usd: "10".parse().ok() };
        let profile = profile::load(profile, &|text| text.id.to_owned()).unwrap().chosen(&choice);
        let goal = Goal { profile, resubscribe: Vec::new() };
        let root = (account.to_string(), "secret".to_owned());
        let rest = Rest { aws: Arc::new(Stateful::fresh(account.as_str())), allowed: None };
        let inputs = Inputs::new(account, goal, History::new(), Timestamp::now());
        Self { url: stack.url.clone(), keys: root, inputs, rest }
    }

    /// The same account with the key of another user, who has only these permissions.
    #[must_use]
    pub fn with_key(self, key: &str, secret: &str, allowed: BTreeSet<String>) -> Self {
        let rest = Rest { allowed: Some(Arc::new(allowed)), ..self.rest };
        Self { keys: (key.to_owned(), secret.to_owned()), rest, ..self }
    }

    /// The part of the account that the emulator lacks.
    #[must_use]
    pub fn aws(&self) -> &Arc<Stateful> {
        &self.rest.aws
    }

    #[must_use]
    pub fn number(&self) -> &str {
        self.inputs.account.as_str()
    }

    /// A configuration without retries, with this client.
    #[must_use]
    pub fn sdk(&self, http: SharedHttpClient) -> SdkConfig {
        let (key, secret) = &self.keys;
        let credentials = Credentials::new(key, secret, None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(&self.url)
            .http_client(through(http, Step::AskedBy(self.rest.clone())))
            .region(Region::new("us-east-1"))
            .retry_config(RetryConfig::disabled())
            .build()
    }

    /// Like the command line: identity, plan, apply, read back.
    pub async fn init(&self, http: SharedHttpClient) -> Result<SafeguardReport> {
        let reconciler = self.reconciler(http).await?;
        let plan = reconciler.plan().await;
        Ok(reconciler.apply(Approved::by_the_person(plan), |_| {}).await)
    }

    pub async fn plan(&self, http: SharedHttpClient) -> Result<SafeguardReport> {
        Ok(self.reconciler(http).await?.plan().await.report)
    }

    pub async fn check(&self, http: SharedHttpClient) -> Result<SafeguardReport> {
        Ok(self.reconciler(http).await?.check().await.report)
    }

    pub async fn plan_removal(&self, http: SharedHttpClient) -> Result<SafeguardReport> {
        Ok(self.reconciler(http).await?.plan_removal().await.report)
    }

    pub async fn remove(&self, http: SharedHttpClient, logs: Logs) -> Result<SafeguardReport> {
        let reconciler = self.reconciler(http).await?;
        let plan = reconciler.plan_removal().await;
        Ok(reconciler.remove(Approved::by_the_person(plan), logs, |_| {}).await)
    }

    async fn reconciler(&self, http: SharedHttpClient) -> Result<Reconciler> {
        let sdk = self.sdk(http);
        let account = identity(&sdk).await?;
        assert_eq!(account, self.inputs.account);
        Ok(Reconciler::new(&sdk, named(&sdk, account).await, self.inputs.clone()))
    }
}

/// # Panics
/// The runtime cannot be created.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(future)
}

/// The state of these accounts, in their order, from boto3 and from the parts that the emulator lacks.
#[must_use]
pub fn look(stack: &Emulator, accounts: &[Account]) -> Vec<Value> {
    let numbers: Vec<&str> = accounts.iter().map(Account::number).collect();
    let mut seen = stack.python("accounts.py", &numbers);
    let whole = |account: &Account| {
        let mut seen = seen[account.number()].take();
        seen["beyond"] = account.aws().look().by_names();
        seen
    };
    accounts.iter().map(whole).collect()
}

/// The differences of two accounts: each path with both values.
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

/// Each safeguard's state in the report, and the gaps.
#[must_use]
pub fn states(report: &SafeguardReport) -> Vec<String> {
    let rows = report.safeguards.iter().map(|row| format!("{} is {:?}", row.id, row.state));
    let gaps = report.gaps.iter().map(|gap| format!("no answer: {:?} {:?}", gap.resource, gap.action));
    rows.chain(gaps).collect()
}
