//! Plan, apply, check and remove the safeguards. Nothing changes without an [`Approved`] plan.

mod apply;
mod check;
mod compare;
mod observe;
mod placement;
mod plan;
mod reconciler;
mod remove;
mod report;
mod send_test;

pub use super::approved::Approved;
pub use check::Checked;
pub use plan::Plan;
pub use reconciler::Reconciler;
pub use send_test::{SUBJECT, Sent};
