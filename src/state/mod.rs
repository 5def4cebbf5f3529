//! The state between runs: the user's folders, one way to write a file, and the memory of each account.

pub mod folder;
mod memory;
pub mod write;

pub use memory::{Memory, Remembered};
