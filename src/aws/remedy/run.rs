//! Makes the call of one step.

use serde_json::Value;
use uuid::Uuid;

use super::call::call;
use super::dry::Dry;
use super::{ec2, s3, table, wait};
use crate::aws::Cx;
use crate::aws::fault::refused;
use crate::aws::trouble::{Trouble, trouble};
use crate::error::{Error, Result};
use crate::model::{Step, Text};

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// AWS has accepted it, or has what the step waits for.
    Done,
    /// There was nothing left to do: AWS knows no such thing.
    GoneAlready,
    /// AWS would accept it.
    WouldWork,
    /// AWS offers no dry run of it, and nothing was called.
    NotTried,
}

/// Makes the call of a step, or waits for its state, in the region of the client.
///
/// # Errors
/// AWS refuses it: [`trouble`] says whether to try again. Or the step is not one of a printed command.
pub async fn run(cx: &Cx, step: &Step, dry: Dry) -> Result<Done> {
    let name = format!("{}:{}", step.service, step.operation);
    let Some(operation) = table::operation(&name) else {
        return Err(Error::failed(Text::new("error-request")).detail(format!("{name}: not in commands.json")));
    };
    if dry == Dry::Yes && (step.until.is_some() || !ec2::can_try(operation)) {
        return Ok(Done::NotTried);
    }
    let answer = match &step.until {
        Some(waiter) => wait::until(cx, operation, &step.input, waiter).await,
        None if step.service == "s3" => s3::run(cx, step).await,
        None => {
            let mut input = step.input.clone();
            for token in table::tokens(operation) {
                input.entry(token.clone()).or_insert_with(|| token_of_request().into());
            }
            call(cx, operation, &input, dry).await.and_then(|answer| whole(operation, &answer))
        }
    };
    match answer {
        Ok(()) => Ok(if dry == Dry::Yes { Done::WouldWork } else { Done::Done }),
        Err(error) if error.code.as_deref() == Some("DryRunOperation") => Ok(Done::WouldWork),
        Err(error) if trouble(&error) == Trouble::GoneAlready => Ok(Done::GoneAlready),
        Err(error) => Err(error),
    }
}

/// Some operations succeed as a whole, and list what they refused.
fn whole(operation: &'static str, answer: &Value) -> Result<()> {
    let refusals = table::refusals(operation).and_then(|member| answer.get(member)).and_then(Value::as_array);
    let Some(first) = refusals.and_then(|all| all.first()) else { return Ok(()) };
    let said = |names: [&str; 2]| names.iter().find_map(|name| first.get(name)).and_then(Value::as_str);
    let code = said(["ErrorCode", "errorCode"]).unwrap_or_default();
    let message = said(["ErrorMessage", "errorMessage"]).unwrap_or_default();
    Err(refused(crate::aws::api::action(operation), code, message))
}

/// A token by which AWS knows a repeated request: the SDK's own retries have the same.
fn token_of_request() -> String {
    Uuid::new_v4().to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_part_that_is_refused_is_an_error() {
        let answer =
            json!({ "FailedRequests": [{ "ErrorCode": "ResourceNotFoundException", "ErrorMessage": "gone" }] });
        let error = whole("workspaces:TerminateWorkspaces", &answer).unwrap_err();
        assert_eq!(error.action.as_deref(), Some("workspaces:TerminateWorkspaces"));
        assert_eq!(trouble(&error), Trouble::GoneAlready);
        assert!(whole("workspaces:TerminateWorkspaces", &json!({ "FailedRequests": [] })).is_ok());
        assert!(whole("kendra:DeleteIndex", &answer).is_ok());
    }

    #[test]
    fn tokens_differ_and_have_the_form_of_a_uuid() {
        let (one, two) = (token_of_request(), token_of_request());
        assert_ne!(one, two);
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    }
}
