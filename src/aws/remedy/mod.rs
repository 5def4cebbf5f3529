//! Remedies: the call that each printed command of the AWS CLI makes, and how it is made.
//!
//! A remedy is written once, as a command of the AWS CLI. What it calls follows from AWS's own naming rules, by a table that
//! `tests/emulators/models.py` generates, so that the printed command and the call cannot differ.

mod call;
mod dry;
mod ec2;
mod permissions;
mod read;
mod run;
mod s3;
mod shorthand;
mod table;
mod wait;

pub use dry::Dry;
pub use permissions::{actions, of_type};
pub use read::steps;
pub use run::{Done, run};
