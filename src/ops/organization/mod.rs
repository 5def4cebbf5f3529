//! The sweep of an organisation: the sweep of each account by itself, several at a time, and their sum.

mod choose;
mod each;
mod run;
mod session_policy;

pub use choose::{Choice, Chosen, chosen};
pub use each::each;
pub use run::{Home, Options, Progress, sweep};
pub use session_policy::{BEYOND_READ_ONLY, session_policy};
