//! Speaking to AWS: connecting, asking, and what an account says of itself.

pub mod account_kind;
pub mod accounts;
pub mod api;
mod asks;
pub mod bill;
pub mod connect;
pub mod cost_explorer;
mod cx;
pub mod endpoints;
pub mod fault;
pub mod limits;
pub mod patience;
pub mod regions;

use aws_smithy_types::DateTime;
use jiff::Timestamp;

pub use asks::asks;
pub use cx::Cx;

/// A moment as AWS tells it, to the second; `None` if it is not one.
#[must_use]
pub fn time(at: &DateTime) -> Option<Timestamp> {
    Timestamp::from_second(at.secs()).ok()
}
