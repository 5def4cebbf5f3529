//! The bill of the account, by AWS's figures that are free to read.

mod figures;
mod gaps;
mod payer;
mod pending;
pub(super) mod reconcile;
mod report;
mod spend_rate;

pub use payer::Payer;
pub use pending::Pending;
pub use report::{Options, bill};
