//! An event of the state machine, and the step that it stands for.

use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::log::said;
use super::post::Post;
use super::sum;
use crate::aws::accounts::identity;
use crate::aws::runtime_api::{Event, Failure};
use crate::error::{Error, Kind, Result};
use crate::model::{AccountId, Reason, Text};
use crate::ops::schedule::{Keys, Run, Swept, bills, failed, list, sweep};
use crate::prices::{Cache, Lookup};

/// What is left of the function's time for writing the report.
const RESERVE: SignedDuration = SignedDuration::from_secs(45);
const THROTTLED: &str = "Guardrail.Throttled";
const FAILED: &str = "Guardrail.Failed";
/// The mail could not be sent: the step may be tried again.
pub const UNSENT: &str = "Guardrail.Unsent";

#[derive(Debug, Deserialize)]
#[serde(tag = "step", rename_all = "lowercase")]
enum Step {
    List {
        execution: String,
        #[serde(default)]
        started: Option<String>,
        #[serde(default)]
        input: Value,
    },
    Bills {
        run: String,
    },
    Sweep {
        run: String,
        account: String,
    },
    Failed {
        run: String,
        account: String,
        #[serde(default)]
        failure: Value,
    },
    Merge {
        run: String,
    },
}

/// Runs the step of an event.
///
/// # Errors
/// The event is of another version of the program, or the step failed.
pub async fn answer(sdk: &SdkConfig, event: &Event) -> Result<Value> {
    let step = Step::deserialize(&event.body).map_err(|error| mistaken("event").detail(error))?;
    let own = identity(sdk).await?;
    let run = Run::open(sdk, own, &variable("GUARDRAIL_BUCKET")?, &variable("GUARDRAIL_SETTINGS")?).await?;
    let account = |text: &str| text.parse::<AccountId>().map_err(|()| mistaken("account"));
    match step {
        Step::List { execution, started, input } => {
            let scheduled = input["scheduled"].as_str();
            let name = list(&run, now(), scheduled, started.as_deref(), &execution).await?;
            let accounts = Keys::of(&name).accounts();
            Ok(json!({ "run": name, "accounts": accounts }))
        }
        Step::Bills { run: name } => {
            bills(&run, &name, time_left(event)).await?;
            Ok(json!({ "run": name }))
        }
        Step::Sweep { run: name, account: id } => {
            let id = account(&id)?;
            let prices =
                if run.settings.live_prices { Lookup::Live(Arc::new(Cache::open())) } else { Lookup::Snapshot };
            let swept = sweep(&run, &name, &id, time_left(event), prices).await?;
            let how = match swept {
                Swept::Now => "now",
                Swept::Before => "before",
                Swept::Not => "not",
            };
            Ok(json!({ "account": id, "swept": how }))
        }
        Step::Failed { run: name, account: id, failure } => {
            let id = account(&id)?;
            failed(&run, &name, &id, &failure).await?;
            Ok(json!({ "account": id, "swept": "not" }))
        }
        Step::Merge { run: name } => sum::sum(&run, &name, &Post::of_environment()).await,
    }
}

/// The name of a failure, by which the state machine decides whether it tries again.
pub fn failure(error: &Error) -> Failure {
    let name = match error.kind {
        _ if error.what.id == "error-schedule-unsent" => UNSENT,
        Kind::Cloud(Reason::Throttled) => THROTTLED,
        _ => FAILED,
    };
    Failure { name, message: said(error) }
}

fn time_left(event: &Event) -> Duration {
    let left = event.deadline.duration_since(now()) - RESERVE;
    Duration::try_from(left).unwrap_or(Duration::from_secs(1)).max(Duration::from_secs(1))
}

/// To the second, as on the command line.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

fn variable(name: &'static str) -> Result<String> {
    std::env::var(name).map_err(|_| mistaken(name))
}

/// What the templates of this version never send.
fn mistaken(what: &str) -> Error {
    Error::failed(Text::new("error-schedule-event").with("what", what))
}
