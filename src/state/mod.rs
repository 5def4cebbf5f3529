//! The state between runs: the user's folders, one way to write a file, the memory of each account, and the store of its history: the
//! reports of its sweeps, what notifications have sent, and what was stopped and deleted.

mod action_log;
mod answer;
mod files;
pub mod folder;
mod memory;
mod objects;
mod place;
mod reports;
mod stamp;
mod store;
mod thinning;
mod told;
pub mod write;

pub use action_log::{ActionLog, Recorder};
pub use files::Files;
pub use memory::{Memory, Remembered};
pub use objects::Objects;
pub use place::{Place, Prefix, STATE_ENV};
pub use reports::{Entry, Reports, scope_key};
pub use store::{Lock, Store};
pub use told::Turn;
