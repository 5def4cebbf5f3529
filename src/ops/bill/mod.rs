//! The bill of the account, by AWS's figures that are free to read.

mod causes;
mod figures;
mod gaps;
mod payer;
mod pending;
pub(super) mod reconcile;
mod report;
mod spend_rate;
mod support_plan;

pub(super) use gaps::Gaps;
pub use payer::{OfAccount, Payer};
pub use pending::Pending;
pub use report::{Options, bill};
pub(super) use spend_rate::{Month, of_month};
