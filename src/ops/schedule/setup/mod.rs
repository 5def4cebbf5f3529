//! How the nightly run is set up: its parts are CloudFormation stacks, compared with what they are to be.

mod apply;
mod check;
mod cost;
mod goal;
mod observe;
mod plan;
mod remove;
mod rows;
mod scheduler;
mod sender;

pub use goal::{At, EMAILS, Goal, Members};
pub use plan::Plan;
pub use remove::{Removal, Reports};
pub use scheduler::Scheduler;
