//! An organisation: the sweep, or the safeguards, of each account by itself, several at a time, and their sum.

mod actions;
mod choose;
mod each;
mod entering;
mod run;
mod safeguards;
mod session_policy;

pub use actions::{ActionPlans, Enders};
pub use choose::{Choice, Chosen, chosen};
pub use each::each;
pub use run::{Home, Options, Progress, sweep};
pub(in crate::ops) use run::{alone, blank, closed, gap};
pub use safeguards::{Change, Fleet, Plans, payer};
pub use session_policy::{BEYOND_READ_ONLY, only_reads, session_policy};
