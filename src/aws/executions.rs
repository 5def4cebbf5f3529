//! The runs of a state machine: started, read and waited for.

use aws_config::SdkConfig;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::api::{Asks, Client, Operation};
use crate::error::Result;

pub const READS: &[&str] = &["states:DescribeExecution", "states:ListExecutions"];
pub const WRITES: &[&str] = &["states:StartExecution"];

pub static ASKS: &[&dyn Asks] = &[&START, &EXECUTION, &EXECUTIONS];

const START: Operation<Started> = Operation::new("stepfunctions:StartExecution");
const EXECUTION: Operation<Execution> = Operation::new("stepfunctions:DescribeExecution");
const EXECUTIONS: Operation<Page> = Operation::new("stepfunctions:ListExecutions");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Started {
    execution_arn: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Page {
    executions: Vec<Started>,
}

/// One run.
#[derive(Debug, Clone, Deserialize, Default, PartialEq)]
#[serde(rename_all = "camelCase", default)]
pub struct Execution {
    execution_arn: String,
    pub name: String,
    pub status: String,
    start_date: Option<Timestamp>,
    output: Option<String>,
    error: Option<String>,
    cause: Option<String>,
}

impl Execution {
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.status.as_str(), "RUNNING" | "PENDING_REDRIVE")
    }

    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.status == "SUCCEEDED"
    }

    #[must_use]
    pub fn started_at(&self) -> Option<Timestamp> {
        self.start_date
    }

    /// What the merge of a finished run returned.
    #[must_use]
    pub fn sum(&self) -> Option<Value> {
        let output: Value = serde_json::from_str(self.output.as_deref()?).ok()?;
        output.get("sum").cloned()
    }

    /// Why a run failed, as the state machine says it.
    #[must_use]
    pub fn why(&self) -> Option<String> {
        let error = self.error.as_deref()?;
        let cause: Option<Value> = serde_json::from_str(self.cause.as_deref().unwrap_or_default()).ok();
        let said = cause.as_ref().and_then(|it| it["errorMessage"].as_str()).or(self.cause.as_deref());
        Some(format!("{error}: {}", said.unwrap_or_default()))
    }
}

/// The runs of one state machine.
#[derive(Clone)]
pub struct Executions {
    client: Client,
    machine: String,
}

impl Executions {
    #[must_use]
    pub fn of(sdk: &SdkConfig, machine: &str) -> Self {
        Self { client: Client::new(sdk), machine: machine.to_owned() }
    }

    /// Starts a run with this name and input, and returns its ARN.
    ///
    /// # Errors
    /// It cannot be started.
    pub async fn start(&self, name: &str, input: &Value) -> Result<String> {
        let start = self.client.ask(&START).with("stateMachineArn", self.machine.as_str());
        let started = start.with("name", name).with("input", input.to_string()).one().await?;
        Ok(started.execution_arn)
    }

    /// A run.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn read(&self, arn: &str) -> Result<Execution> {
        self.client.ask(&EXECUTION).with("executionArn", arn).one().await
    }

    /// The newest run, with its output; `None` before the first.
    ///
    /// # Errors
    /// The runs cannot be listed.
    pub async fn last(&self) -> Result<Option<Execution>> {
        // The first page is enough: AWS lists the newest first.
        let list = self.client.ask(&EXECUTIONS).with("stateMachineArn", self.machine.as_str()).with("maxResults", 1);
        match list.one().await?.executions.first() {
            Some(newest) => self.read(&newest.execution_arn).await.map(Some),
            None => Ok(None),
        }
    }
}
