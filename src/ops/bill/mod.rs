//! The bill of the account, by AWS's figures that are free to read.

mod figures;
mod gaps;
mod pending;
pub(super) mod reconcile;
mod report;
mod spend_rate;

pub use pending::Pending;
pub use report::{Options, bill};
