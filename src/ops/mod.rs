//! The use cases: plain options in, a report out. No printing, no prompting.

pub mod guard;
pub mod price;
pub mod ring;
pub mod sweep;
