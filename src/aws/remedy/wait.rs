//! Waits as AWS's waiters do: the same calls, pauses and accepted answers.

use std::time::Duration;

use serde_json::{Map, Value};

use super::call::call;
use super::dry::Dry;
use super::table::{Accepts, Matcher, State, Waiter, waiter};
use crate::aws::Cx;
use crate::aws::api::action;
use crate::error::{Error, Kind, Result};
use crate::model::{Reason, Text};

/// Repeats the call until the waiter accepts the answer.
///
/// # Errors
/// The thing cannot reach the state, or has not reached it after the waiter's last attempt; or AWS refuses the call.
pub(super) async fn until(cx: &Cx, operation: &'static str, input: &Map<String, Value>, name: &str) -> Result<()> {
    let service = operation.split_once(':').map_or(operation, |(service, _)| service);
    let failed = |reason, id| {
        let action = action(operation);
        let mut error = Error::new(Kind::Cloud(reason), Text::new(id).with("action", action));
        error.action = Some(action.to_owned());
        error.detail(name)
    };
    let Some(waiter) = waiter(&format!("{service}:{name}")) else { return Err(failed(Reason::Other, "error-request")) };
    for attempt in 0..waiter.attempts {
        if attempt > 0 {
            tokio::time::sleep(Duration::from_secs(waiter.delay)).await;
        }
        let answer = call(cx, operation, input, Dry::No).await;
        match (judged(waiter, &answer), answer) {
            (Some(State::Success), _) => return Ok(()),
            (Some(State::Failure), Ok(_)) => return Err(failed(Reason::Other, "error-wait-failed")),
            (Some(State::Failure) | None, Err(error)) => return Err(error),
            (Some(State::Retry) | None, _) => {}
        }
    }
    Err(failed(Reason::Timeout, "error-wait-timeout"))
}

/// The state of the first acceptor that fits.
fn judged(waiter: &Waiter, answer: &Result<Value>) -> Option<State> {
    waiter.accepts.iter().find(|accepts| fits(accepts, answer)).map(|accepts| accepts.state)
}

fn fits(accepts: &Accepts, answer: &Result<Value>) -> bool {
    let expected = &accepts.expected;
    match (accepts.matcher, answer) {
        (Matcher::Error, Err(error)) => error.code.is_some() && error.code.as_deref() == expected.as_str(),
        (Matcher::Path, Ok(answer)) => found(answer, &accepts.argument).first() == Some(&expected),
        (Matcher::PathAny, Ok(answer)) => found(answer, &accepts.argument).contains(&expected),
        (Matcher::PathAll, Ok(answer)) => {
            let all = found(answer, &accepts.argument);
            !all.is_empty() && all.iter().all(|it| *it == expected)
        }
        // The SDK itself retries a status that says "try again".
        (Matcher::Error, Ok(_))
        | (Matcher::Path | Matcher::PathAny | Matcher::PathAll, Err(_))
        | (Matcher::Status, _) => false,
    }
}

/// The values at a path such as `Reservations[].Instances[].State.Name`: AWS's waiters have nothing else for these.
fn found<'a>(answer: &'a Value, path: &str) -> Vec<&'a Value> {
    let step = |values: Vec<&'a Value>, part: &str| -> Vec<&'a Value> {
        let (name, list) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
        let members = values.into_iter().filter_map(move |value| value.get(name));
        if list { members.filter_map(Value::as_array).flatten().collect() } else { members.collect() }
    };
    path.split('.').fold(vec![answer], step)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn instances(states: &[&str]) -> Value {
        let instance = |state: &&str| json!({ "Instances": [{ "State": { "Name": state } }] });
        json!({ "Reservations": states.iter().map(instance).collect::<Vec<_>>() })
    }

    #[test]
    fn a_waiter_accepts_what_its_model_says() {
        let terminated = waiter("ec2:InstanceTerminated").unwrap();
        let judge = |states: &[&str]| judged(terminated, &Ok(instances(states)));
        assert_eq!(judge(&["terminated", "terminated"]).map(|it| it == State::Success), Some(true));
        assert!(judge(&["terminated", "shutting-down"]).is_none());
        assert_eq!(judge(&["pending"]).map(|it| it == State::Failure), Some(true));
        assert!(judge(&[]).is_none());
        let standby = waiter("mediaconnect:FlowStandby").unwrap();
        let flow = |state: &str| judged(standby, &Ok(json!({ "Flow": { "Status": state } })));
        assert!(flow("STANDBY") == Some(State::Success) && flow("STOPPING") == Some(State::Retry));
        let busy = Error { code: Some("ServiceUnavailableException".into()), ..Error::mistake() };
        assert!(judged(standby, &Err(busy)) == Some(State::Retry));
        assert!(judged(standby, &Err(Error::mistake())).is_none());
    }
}
