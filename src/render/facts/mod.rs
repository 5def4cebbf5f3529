//! The sentences about a whole report, the same in every form for people: its scope, its totals, and how sure they are.

pub mod actions;
pub mod advice;
pub mod appeal;
pub mod bill;
pub mod changes;
pub mod gaps;
pub mod history;
pub mod organization;
pub mod organization_actions;
pub mod organization_safeguards;
pub mod safeguards;
pub mod schedule;
mod statement;
pub mod sweep;

pub use statement::{About, Statement};
