//! The sentences about a whole report, which every form for people has: where it looked, what it comes to, how sure that is.

pub mod bill;
pub mod safeguards;
mod statement;
pub mod sweep;

pub use statement::Statement;
