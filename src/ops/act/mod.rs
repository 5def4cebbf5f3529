//! Stops and deletes what a person chose: choose, plan, do, verify. Nothing is done without an [`Approved`](super::Approved) plan.

mod choice;
mod journal;
mod log;
mod options;
mod order;
mod plan;
mod refuse;
mod rehearse;
mod run;
mod verify;
mod wanted;

pub use choice::{Choice, Name, nowhere};
pub use journal::{Journal, Unrecorded};
pub use log::{logged, unfinished};
pub use options::{Options, Progress};
pub use plan::{Plan, plan, plan_among};
pub use refuse::explanation;
pub use rehearse::rehearse;
pub use run::run;
pub use wanted::Wanted;
