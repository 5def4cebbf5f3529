//! The state between runs: the user's folders, one way to write a file, the memory of each account, the history of its sweeps, and
//! what was stopped and deleted in it.

mod action_log;
pub mod folder;
mod memory;
mod reports;
mod thinning;
mod told;
pub mod write;

pub use action_log::{ActionLog, Lock};
pub use memory::{Memory, Remembered};
pub use reports::{Entry, Reports, scope_key};
pub use told::ToldFile;
