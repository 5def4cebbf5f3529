//! The use cases: plain options in, a report out. No printing, no prompting.

pub mod allowance;
pub mod bill;
pub mod burn;
pub mod circumstances;
pub mod guard;
pub mod keep;
pub mod ownership;
pub mod permissions;
pub mod price;
pub mod reconcile;
mod silence;
pub mod sweep;
mod tally;
