//! The nightly run in AWS: its steps in the functions, and how it is set up, checked and removed.

mod bills;
mod keys;
mod last;
mod list;
mod merge;
mod program;
mod run;
mod settings;
mod setup;
mod sweep;

pub use bills::bills;
pub use keys::{Keys, in_bucket};
pub use last::finished;
pub use list::{Listed, list};
pub use merge::{Merged, merge};
pub use program::Program;
pub use run::Run;
pub use settings::{OWN_ROLE, Settings};
pub use setup::{At, EMAILS, Goal, Members, Plan, Removal, Reports, Scheduler};
pub use sweep::{Swept, failed, sweep};
