//! The sweep of one account: every enabled region × every resource type at once, as one report.

mod again;
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
mod stored;
mod task;
mod trifles;

pub use again::{Again, again};
pub use found::Found;
pub(super) use free_tier::FreeTierUsage;
pub use options::Options;
pub use progress::Progress;
pub use report::finding;
pub(super) use report::{Known, report};
pub use run::sweep;
pub(super) use run::{sweep_alone, sweep_linked};
