//! The use cases: plain options in, a report out. No printing, no prompting.

mod account_notes;
pub mod bill;
pub mod guard;
pub mod permissions;
pub mod sweep;
