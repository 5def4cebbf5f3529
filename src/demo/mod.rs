//! The demo account: its HTTP client, which answers from a story inside the program, and its person's choices. No network.

/// The answers in a folder, each with its name.
macro_rules! story {
    ($folder:literal: $($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!($folder, $name)))),*] };
}

mod afterwards;
pub mod call;
mod earlier;
mod history;
mod responder;
mod story;

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use rust_decimal::Decimal;

use crate::model::{Choice, Usd};
pub use afterwards::{Person, person};
pub use call::{Answer, Call};
pub use earlier::earlier;
pub use history::history;
pub use responder::{Story, client, respond};

/// The choices of the demo account's person, used without flags.
#[must_use]
pub fn choice() -> Choice {
    Choice { profile: None, emails: vec!["hana@example.com".to_owned()], limit_usd: Some(Usd(Decimal::TEN)) }
}

/// The demo account two days later.
#[must_use]
pub fn afterwards() -> Arc<dyn Story> {
    Arc::new(afterwards::Afterwards::default())
}

/// An HTTP client that answers as the demo account two days later.
#[must_use]
pub fn practice_account_afterwards() -> SharedHttpClient {
    client(afterwards())
}

/// An HTTP client that answers as the demo account.
#[must_use]
pub fn practice_account() -> SharedHttpClient {
    client(Arc::new(story::Practice::default()))
}
