//! The step of one account: what was found in it, in the bucket, or the reason why nothing is there.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use serde_json::Value;

use super::keys::Keys;
use super::list::Listed;
use super::run::{PACKED, Run, packed, write};
use crate::error::{Error, Kind, Result, one_line};
use crate::model::{AccountId, Cause, Gap, Reason};
use crate::ops::organization::{alone, gap};
use crate::ops::sweep::Known;
use crate::prices::Lookup;

/// How the step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swept {
    Now,
    /// The run has it already: the step runs again, or the schedule fired twice.
    Before,
    /// The account could not be swept; the reason is in the bucket.
    Not,
}

/// Sweeps one account of a run, unless the run has its sweep already.
///
/// # Errors
/// AWS throttled the entrance, so that a later attempt may succeed; or the bucket cannot be read or written. Everything else is a
/// note in the bucket.
pub async fn sweep(run: &Run, name: &str, account: &AccountId, time_left: Duration, prices: Lookup) -> Result<Swept> {
    let keys = Keys::of(name);
    if run.bucket.has(&keys.sweep(account)).await? {
        return Ok(Swept::Before);
    }
    let listed = Listed::of(run, &keys).await?;
    let member = &listed.account(account)?.member;
    let role = run.settings.role_in(account, &run.own);
    let options = run.settings.options(listed.made_at, time_left, prices);
    let swept = alone(&run.sdk, member, &role, &options);
    let swept = AssertUnwindSafe(swept).catch_unwind().await.unwrap_or_else(|_| Err(Error::mistake()));
    match swept.and_then(|known| of_this(known, account)) {
        Err(error) if error.kind == Kind::Cloud(Reason::Throttled) => Err(error),
        Err(error) => {
            write(&run.bucket, &keys.failure(account), &gap(account, &error)).await?;
            Ok(Swept::Not)
        }
        Ok(known) => {
            run.bucket.put(&keys.sweep(account), PACKED, packed(&known)?).await?;
            Ok(Swept::Now)
        }
    }
}

/// Nothing of one account may stand under another.
fn of_this(known: Known, account: &AccountId) -> Result<Known> {
    if known.account() == account { Ok(known) } else { Err(Error::mistake()) }
}

/// Notes why a step failed, as the state machine caught it: a crash, a time limit, too many requests.
///
/// # Errors
/// The bucket cannot be written.
pub async fn failed(run: &Run, name: &str, account: &AccountId, failure: &Value) -> Result<()> {
    write(&run.bucket, &Keys::of(name).failure(account), &caught(account, failure)).await
}

fn caught(account: &AccountId, failure: &Value) -> Gap {
    let error = failure["Error"].as_str().unwrap_or_default();
    let cause = failure["Cause"].as_str().unwrap_or_default();
    // A function's own failure is JSON with a message.
    let said: Option<Value> = serde_json::from_str(cause).ok();
    let said = said.as_ref().and_then(|it| it["errorMessage"].as_str()).unwrap_or(cause);
    let late = error == "States.Timeout" || error == "Sandbox.Timedout" || said.contains("Task timed out");
    let throttled = error.contains("TooManyRequests") || error == "Guardrail.Throttled";
    let (reason, cause) = match () {
        () if late => (Reason::Timeout, None),
        () if throttled => (Reason::Throttled, None),
        () => (Reason::Other, Some(Cause::Function)),
    };
    let message = if late { Gap::LATE.to_owned() } else { one_line(&format!("{error}: {said}")) };
    Gap { account: account.clone(), region: None, resource: None, reason, action: None, message, cause }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_caught_failure_has_its_reason() {
        let account: AccountId = "000000000001".parse().unwrap();
        let of = |error: &str, cause: &str| {
            let gap = caught(&account, &json!({ "Error": error, "Cause": cause }));
            (gap.reason, gap.message)
        };
        let late = (Reason::Timeout, Gap::LATE.to_owned());
        assert_eq!(of("States.Timeout", ""), late);
        assert_eq!(of("Sandbox.Timedout", r#"{"errorMessage":"RequestId: 1 Error: Task timed out"}"#), late);
        assert_eq!(of("Lambda.TooManyRequestsException", "Rate Exceeded.").0, Reason::Throttled);
        let crash = of("Runtime.ExitError", r#"{"errorMessage":"exit status 7"}"#);
        assert_eq!(crash, (Reason::Other, "Runtime.ExitError: exit status 7".to_owned()));
        assert_eq!(caught(&account, &json!({})).message, ":");
    }
}
