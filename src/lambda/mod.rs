//! The door from AWS Lambda: an event of the nightly run → a step → its objects in the bucket.

mod event;
mod log;
mod post;
mod sum;

use std::process::ExitCode;

use crate::aws::connect::{ConnectOptions, connect};
use crate::aws::runtime_api::{RuntimeApi, VARIABLE};
use crate::error::{Error, Result};
use crate::model::Text;

/// Whether Lambda started the program.
#[must_use]
pub fn is_called() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

/// Answers events until Lambda ends the process.
#[must_use]
pub fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(events()),
        Err(error) => Err(Error::failed(Text::new("error-runtime")).detail(error)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::write(&error);
            ExitCode::FAILURE
        }
    }
}

async fn events() -> Result<()> {
    let api = RuntimeApi::at(&std::env::var(VARIABLE).unwrap_or_default());
    // One connection for all events: the process lives as long as its credentials.
    let mut sdk = None;
    loop {
        let event = api.next().await?;
        let connected = match sdk.take() {
            Some(sdk) => Ok(sdk),
            None => Box::pin(connect(&ConnectOptions::default())).await,
        };
        let answer = match connected {
            Ok(connected) => {
                let answer = Box::pin(event::answer(&connected, &event)).await;
                sdk = Some(connected);
                answer
            }
            Err(error) => Err(error),
        };
        let answer = answer.map_err(|error| {
            log::write(&error);
            event::failure(&error)
        });
        api.answer(&event.id, answer).await?;
    }
}
