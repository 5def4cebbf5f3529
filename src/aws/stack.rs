//! A CloudFormation stack: read, created, updated, deleted, and waited for.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_config::SdkConfig;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{Asks, Client, Nothing, Operation};
use crate::error::{Error, Result};
use crate::model::Text;

pub const READS: &[&str] = &["cloudformation:DescribeStacks", "cloudformation:GetTemplate"];
pub const WRITES: &[&str] =
    &["cloudformation:CreateStack", "cloudformation:DescribeStackEvents", "cloudformation:UpdateStack"];
pub const REMOVES: &[&str] = &["cloudformation:DeleteStack", "cloudformation:DescribeStackEvents"];

pub static ASKS: &[&dyn Asks] = &[&STACKS, &TEMPLATE, &EVENTS, &CREATE, &UPDATE, &DELETE];

const STACKS: Operation<Described> = Operation::new("cloudformation:DescribeStacks").at("Stacks");
const TEMPLATE: Operation<String> = Operation::new("cloudformation:GetTemplate").at("TemplateBody");
const EVENTS: Operation<Event> = Operation::new("cloudformation:DescribeStackEvents").at("StackEvents");
const CREATE: Operation<Nothing> = Operation::new("cloudformation:CreateStack");
const UPDATE: Operation<Nothing> = Operation::new("cloudformation:UpdateStack");
const DELETE: Operation<Nothing> = Operation::new("cloudformation:DeleteStack");

/// The tag of guardrail's own stacks.
pub const TAG: (&str, &str) = ("managed-by", "guardrail");
pub(super) const NAMED_ROLES: &str = "CAPABILITY_NAMED_IAM";
/// A stack of this size takes one to three minutes.
const PATIENCE: Duration = Duration::from_mins(15);

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Described {
    stack_name: String,
    stack_status: String,
    stack_status_reason: Option<String>,
    parameters: Vec<Parameter>,
    outputs: Vec<Output>,
    tags: Vec<Tag>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Parameter {
    parameter_key: String,
    parameter_value: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Output {
    output_key: String,
    output_value: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Tag {
    key: String,
    value: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Event {
    logical_resource_id: String,
    resource_status: String,
    resource_status_reason: Option<String>,
}

/// What a stack is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub name: &'static str,
    pub template: &'static str,
    pub parameters: BTreeMap<&'static str, String>,
}

/// What a stack is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stack {
    pub status: String,
    pub reason: Option<String>,
    pub template: String,
    pub parameters: BTreeMap<String, String>,
    pub outputs: BTreeMap<String, String>,
    /// It has guardrail's tag.
    pub is_own: bool,
}

impl Stack {
    /// Its last change succeeded.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        matches!(self.status.as_str(), "CREATE_COMPLETE" | "UPDATE_COMPLETE")
    }

    #[must_use]
    pub fn output(&self, name: &str) -> Option<&str> {
        self.outputs.get(name).map(String::as_str)
    }
}

/// The stacks of one account in one region.
#[derive(Clone)]
pub struct Stacks {
    client: Client,
}

impl Stacks {
    #[must_use]
    pub fn new(sdk: &SdkConfig) -> Self {
        Self { client: Client::new(sdk) }
    }

    /// The stack with this name.
    ///
    /// # Errors
    /// CloudFormation does not say.
    pub async fn read(&self, name: &str) -> Result<Option<Stack>> {
        let Some(described) = self.described(name).await? else { return Ok(None) };
        let template = self.client.ask(&TEMPLATE).with("StackName", name).one().await?;
        Ok(Some(Stack {
            status: described.stack_status,
            reason: described.stack_status_reason,
            template,
            parameters: pairs(described.parameters),
            outputs: described.outputs.into_iter().map(|it| (it.output_key, it.output_value)).collect(),
            is_own: is_own(&described.tags),
        }))
    }

    async fn described(&self, name: &str) -> Result<Option<Described>> {
        match self.client.ask(&STACKS).with("StackName", name).all().await {
            Ok(stacks) => {
                Ok(stacks.into_iter().find(|it| it.stack_name == name && it.stack_status != "DELETE_COMPLETE"))
            }
            Err(error) if error.says("ValidationError", "does not exist") => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Creates or updates a stack and waits until it is done. One whose creation failed is deleted first.
    ///
    /// # Errors
    /// CloudFormation refuses it, or the change failed and was rolled back.
    pub async fn apply(&self, wanted: &Wanted) -> Result<Stack> {
        let current = self.described(wanted.name).await?;
        let exists = match current {
            Some(it) if is_stillborn(&it.stack_status) => {
                self.delete(wanted.name).await?;
                false
            }
            Some(_) => true,
            None => false,
        };
        let ask = self.client.ask(if exists { &UPDATE } else { &CREATE });
        let ask = ask
            .with("StackName", wanted.name)
            .with("TemplateBody", wanted.template)
            .with("Parameters", parameters(&wanted.parameters))
            .with("Capabilities", json!([NAMED_ROLES]))
            .with("Tags", tags());
        match ask.one().await {
            Ok(Nothing {}) => {}
            Err(error) if error.says("ValidationError", "No updates are to be performed") => {}
            Err(error) => return Err(error),
        }
        self.settled(wanted.name).await?;
        let stack = self.read(wanted.name).await?.ok_or_else(|| failed(wanted.name))?;
        if stack.is_sound() {
            return Ok(stack);
        }
        Err(self.explained(wanted.name, &stack.status).await)
    }

    /// Deletes a stack and waits until it is gone. One that does not exist is done.
    ///
    /// # Errors
    /// CloudFormation refuses it, or something in it cannot be deleted.
    pub async fn delete(&self, name: &str) -> Result<()> {
        let Nothing {} = self.client.ask(&DELETE).with("StackName", name).one().await?;
        self.settled(name).await?;
        match self.described(name).await? {
            None => Ok(()),
            Some(left) => Err(self.explained(name, &left.stack_status).await),
        }
    }

    /// Waits until no change of the stack is in progress.
    async fn settled(&self, name: &str) -> Result<()> {
        until_over(name, PATIENCE, async || {
            let status = self.described(name).await?.map(|it| it.stack_status);
            Ok(status.is_none_or(|it| !it.ends_with("_IN_PROGRESS")))
        })
        .await
    }

    /// Why a change failed: the first refusal of a resource, after which everything else is cancelled.
    async fn explained(&self, name: &str, status: &str) -> Error {
        let events = self.client.ask(&EVENTS).with("StackName", name).all().await.unwrap_or_default();
        let refused = |it: &&Event| it.resource_status.ends_with("_FAILED") && it.resource_status_reason.is_some();
        let first = events.iter().rfind(refused);
        let error = failed(name);
        match first {
            Some(Event { logical_resource_id: what, resource_status_reason: Some(why), .. }) => {
                error.detail(format!("{what}: {why}"))
            }
            _ => error.detail(status),
        }
    }
}

/// Its creation or deletion failed: CloudFormation only lets it be deleted.
fn is_stillborn(status: &str) -> bool {
    matches!(status, "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "CREATE_FAILED" | "DELETE_FAILED")
}

/// Parameters as CloudFormation takes them.
pub(super) fn parameters(all: &BTreeMap<&'static str, String>) -> Value {
    all.iter().map(|(key, value)| json!({ "ParameterKey": key, "ParameterValue": value })).collect()
}

/// Parameters as CloudFormation returns them.
pub(super) fn pairs(all: Vec<Parameter>) -> BTreeMap<String, String> {
    all.into_iter().map(|it| (it.parameter_key, it.parameter_value)).collect()
}

pub(super) fn tags() -> Value {
    json!([{ "Key": TAG.0, "Value": TAG.1 }])
}

pub(super) fn is_own(tags: &[Tag]) -> bool {
    tags.iter().any(|it| (it.key.as_str(), it.value.as_str()) == TAG)
}

/// Asks again, with growing pauses, until a change is over.
///
/// # Errors
/// As for `is_over`, or the change is still in progress after the patience.
pub(super) async fn until_over(name: &str, patience: Duration, is_over: impl AsyncFn() -> Result<bool>) -> Result<()> {
    let started = std::time::Instant::now();
    let mut pause = Duration::from_millis(250);
    while started.elapsed() < patience {
        if is_over().await? {
            return Ok(());
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(5));
    }
    Err(failed(name).detail("still in progress"))
}

pub(super) fn failed(name: &str) -> Error {
    Error::failed(Text::new("error-stack").with("stack", name))
}
