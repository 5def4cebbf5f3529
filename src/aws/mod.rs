//! The AWS boundary: connecting, sending requests, and reading facts about the account.

pub mod account_kind;
pub mod accounts;
pub mod advice;
pub mod api;
mod asks;
pub mod bill;
pub mod billing_metric;
pub mod bucket;
pub mod causes;
pub mod commitments;
pub mod connect;
pub mod cost_explorer;
mod cx;
pub mod endpoints;
pub mod event_history;
pub mod executions;
pub mod fault;
pub mod keys;
pub mod lease;
pub mod limits;
pub mod organization;
pub mod patience;
pub mod post;
mod public_buckets;
pub mod regions;
pub mod remedy;
pub mod role;
pub mod runtime_api;
pub mod ses;
pub mod stack;
pub mod stack_set;
pub mod support;
pub mod topic;
pub mod trouble;

use aws_smithy_types::DateTime;
use jiff::Timestamp;

pub use asks::asks;
pub use cx::Cx;

/// An SDK time, in seconds; `None` if it is missing or out of range.
#[must_use]
pub fn time(at: &DateTime) -> Option<Timestamp> {
    Timestamp::from_second(at.secs()).ok()
}
