//! What the account is being charged, at no cost.

mod figures;
mod gaps;
mod pending;
pub(super) mod reconcile;
mod report;
mod spend_rate;

pub use pending::Pending;
pub use report::{Options, bill};
