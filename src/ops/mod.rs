//! The use cases: plain options in, a report out. No printing, no prompting.

pub mod circumstances;
pub mod guard;
pub mod keep;
pub mod price;
pub mod ring;
pub mod sweep;
