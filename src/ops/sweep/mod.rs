//! The sweep of one account: every enabled region × every resource type at once, as one report.

mod attached;
mod circuit_breaker;
mod collect;
mod exempt;
mod found;
mod free_tier;
mod options;
mod ownership;
mod price;
mod progress;
mod refusal;
mod remedies;
mod report;
mod run;
mod scope;
mod task;
mod trifles;

pub use found::Found;
pub use options::Options;
pub use progress::Progress;
pub use report::finding;
pub use run::sweep;
