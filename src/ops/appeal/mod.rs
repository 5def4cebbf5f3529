//! The request to AWS Support for a billing adjustment: from facts to a letter.

pub mod case;
mod creator;
mod known;
mod letter;
mod moment;
mod months;
mod options;
mod own;
mod report;
mod things;

pub use moment::Moment;
pub use options::{Act, Options, Past, SaidEnd};
pub use own::without_secrets;
pub use report::{Now, appeal};
