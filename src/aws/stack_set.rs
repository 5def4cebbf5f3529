//! A `StackSet` of the organisation: one stack in each of its accounts, also in those that join later.
//!
//! It never reaches the management account (fact sheet, section 10).

use std::collections::BTreeMap;
use std::time::Duration;

use aws_config::SdkConfig;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{Asks, Client, Nothing, Operation};
use super::stack::{NAMED_ROLES, Parameter, Tag, failed, is_own, pairs, parameters, tags, until_over};
use crate::error::{Error, Result};
use crate::model::{AccountId, Text};

pub const READS: &[&str] = &["cloudformation:DescribeStackSet", "cloudformation:ListStackInstances"];
pub const WRITES: &[&str] = &[
    "cloudformation:CreateStackInstances",
    "cloudformation:CreateStackSet",
    "cloudformation:DescribeStackSetOperation",
    "cloudformation:UpdateStackSet",
];
pub const REMOVES: &[&str] = &[
    "cloudformation:DeleteStackInstances",
    "cloudformation:DeleteStackSet",
    "cloudformation:DescribeStackSetOperation",
];

pub static ASKS: &[&dyn Asks] =
    &[&STACK_SET, &INSTANCES, &OPERATION, &CREATE, &UPDATE, &CREATE_INSTANCES, &DELETE_INSTANCES, &DELETE];

const STACK_SET: Operation<Described> = Operation::new("cloudformation:DescribeStackSet").at("StackSet");
const INSTANCES: Operation<Instance> = Operation::new("cloudformation:ListStackInstances").at("Summaries");
const OPERATION: Operation<Progress> =
    Operation::new("cloudformation:DescribeStackSetOperation").at("StackSetOperation");
const CREATE: Operation<Nothing> = Operation::new("cloudformation:CreateStackSet");
const UPDATE: Operation<Started> = Operation::new("cloudformation:UpdateStackSet");
const CREATE_INSTANCES: Operation<Started> = Operation::new("cloudformation:CreateStackInstances");
const DELETE_INSTANCES: Operation<Started> = Operation::new("cloudformation:DeleteStackInstances");
const DELETE: Operation<Nothing> = Operation::new("cloudformation:DeleteStackSet");

/// CloudFormation makes a stack in some seconds, in many accounts at once.
const PATIENCE: Duration = Duration::from_mins(30);

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Described {
    template_body: String,
    parameters: Vec<Parameter>,
    tags: Vec<Tag>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Instance {
    account: String,
    status: String,
    organizational_unit_id: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Started {
    operation_id: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Progress {
    status: String,
}

/// What a `StackSet` is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub name: &'static str,
    pub template: &'static str,
    pub parameters: BTreeMap<&'static str, String>,
    /// The units whose accounts get a stack; those below are part of them.
    pub units: Vec<String>,
}

/// What a `StackSet` is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackSet {
    pub template: String,
    pub parameters: BTreeMap<String, String>,
    pub is_own: bool,
    /// The units that it was deployed to.
    pub units: Vec<String>,
    /// The accounts with a stack that is up to date, and those with another.
    pub current: usize,
    pub outdated: Vec<AccountId>,
}

/// The `StackSet`s of the organisation that the account manages.
#[derive(Clone)]
pub struct StackSets {
    client: Client,
    region: String,
}

impl StackSets {
    #[must_use]
    pub fn new(sdk: &SdkConfig) -> Self {
        let region = sdk.region().map_or_else(|| "us-east-1".to_owned(), ToString::to_string);
        Self { client: Client::new(sdk), region }
    }

    /// The `StackSet` with this name.
    ///
    /// # Errors
    /// CloudFormation does not say.
    pub async fn read(&self, name: &str) -> Result<Option<StackSet>> {
        let described = match self.client.ask(&STACK_SET).with("StackSetName", name).one().await {
            Ok(described) => described,
            Err(error) if error.code.as_deref() == Some("StackSetNotFoundException") => return Ok(None),
            Err(error) => return Err(error),
        };
        let instances = self.client.ask(&INSTANCES).with("StackSetName", name).all().await?;
        let mut units: Vec<String> = instances.iter().map(|it| it.organizational_unit_id.clone()).collect();
        units.sort();
        units.dedup();
        let (current, outdated): (Vec<Instance>, Vec<Instance>) =
            instances.into_iter().partition(|it| it.status == "CURRENT");
        Ok(Some(StackSet {
            template: described.template_body,
            parameters: pairs(described.parameters),
            is_own: is_own(&described.tags),
            units,
            current: current.len(),
            outdated: outdated.into_iter().filter_map(|it| it.account.parse().ok()).collect(),
        }))
    }

    /// Creates or updates it, and a stack in every account of the units; waits until CloudFormation is done. An account in which it
    /// fails holds up no other.
    ///
    /// # Errors
    /// CloudFormation refuses it.
    pub async fn apply(&self, wanted: &Wanted) -> Result<StackSet> {
        let exists = self.read(wanted.name).await?.is_some();
        if exists {
            let update =
                self.client.ask(&UPDATE).with("StackSetName", wanted.name).with("TemplateBody", wanted.template);
            let update = update.with("Parameters", parameters(&wanted.parameters));
            let update = update.with("Capabilities", json!([NAMED_ROLES])).with("OperationPreferences", preferences());
            let started = update.with("Tags", tags()).one().await?;
            self.done(wanted.name, &started.operation_id).await?;
        } else {
            let create =
                self.client.ask(&CREATE).with("StackSetName", wanted.name).with("TemplateBody", wanted.template);
            let create = create.with("Parameters", parameters(&wanted.parameters));
            let create = create.with("Capabilities", json!([NAMED_ROLES])).with("PermissionModel", "SERVICE_MANAGED");
            let create =
                create.with("AutoDeployment", json!({ "Enabled": true, "RetainStacksOnAccountRemoval": false }));
            let Nothing {} = create.with("Tags", tags()).one().await.map_err(explained)?;
        }
        let instances = self.client.ask(&CREATE_INSTANCES).with("StackSetName", wanted.name);
        let instances = instances.with("DeploymentTargets", json!({ "OrganizationalUnitIds": wanted.units }));
        let instances = instances.with("Regions", json!([self.region])).with("OperationPreferences", preferences());
        let started = instances.one().await.map_err(explained)?;
        self.done(wanted.name, &started.operation_id).await?;
        self.read(wanted.name).await?.ok_or_else(|| failed(wanted.name))
    }

    /// Deletes the stack of every account, then the `StackSet`.
    ///
    /// # Errors
    /// CloudFormation refuses it, or a stack cannot be deleted.
    pub async fn delete(&self, name: &str) -> Result<()> {
        let Some(current) = self.read(name).await? else { return Ok(()) };
        if !current.units.is_empty() {
            let delete =
                self.client.ask(&DELETE_INSTANCES).with("StackSetName", name).with("Regions", json!([self.region]));
            let delete = delete.with("DeploymentTargets", json!({ "OrganizationalUnitIds": current.units }));
            let delete = delete.with("RetainStacks", false).with("OperationPreferences", preferences());
            let started = delete.one().await?;
            self.done(name, &started.operation_id).await?;
        }
        self.client.ask(&DELETE).with("StackSetName", name).one().await.map(|Nothing {}| ())
    }

    /// Waits for an operation. Its failures in single accounts are in the instances.
    async fn done(&self, name: &str, operation: &str) -> Result<()> {
        until_over(name, PATIENCE, async || {
            let asked = self.client.ask(&OPERATION).with("StackSetName", name).with("OperationId", operation);
            let progress = asked.one().await?;
            Ok(!matches!(progress.status.as_str(), "RUNNING" | "QUEUED" | "STOPPING"))
        })
        .await
    }
}

/// All accounts at once, whatever fails in some of them.
fn preferences() -> Value {
    json!({ "FailureTolerancePercentage": 100, "MaxConcurrentPercentage": 100 })
}

/// CloudFormation may reach into the organisation's accounts only once the organisation trusts it.
fn explained(error: Error) -> Error {
    let said = error.detail.as_deref().unwrap_or_default();
    if said.contains("enable organizations access") || said.contains("trusted access") {
        return error.hint(Text::new("hint-stack-set-access"));
    }
    error
}
