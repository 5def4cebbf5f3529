//! What is remembered between runs: the folders of this user, one way of writing a file, and what each account's file holds.

pub mod folder;
mod memory;
pub mod write;

pub use memory::{Memory, Remembered};
