//! The use cases: plain options in, a report out. No printing, no prompting.

mod account_notes;
pub mod bill;
pub mod guard;
mod homes;
pub mod permissions;
pub mod send_test;
pub mod sweep;
