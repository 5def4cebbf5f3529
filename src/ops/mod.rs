//! The use cases: from plain options to a report, without printing or prompting.

mod account_notes;
pub mod act;
pub mod advice;
pub mod appeal;
mod approved;
pub mod bill;
pub mod compare;
pub mod creators;
pub mod guard;
pub mod news;
pub mod organization;
pub mod permissions;
pub mod schedule;
mod stack_permissions;
pub mod sweep;

pub use approved::Approved;
