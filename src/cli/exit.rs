//! What the exit code of every command means: a contract, documented in the README.

use std::process::ExitCode;

use crate::error::{Error, Kind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done and complete; nothing bills; no drift.
    Done = 0,
    /// No result.
    Failed = 1,
    /// Wrong use: a bad option, a bad profile, approval missing.
    Usage = 2,
    /// Done, nothing wrong found, but something could not be looked at.
    Incomplete = 3,
    /// The sweep found something; the check found drift or a broken chain.
    Found = 10,
    Interrupted = 130,
}

impl Exit {
    pub const ALL: [Exit; 6] =
        [Exit::Done, Exit::Failed, Exit::Usage, Exit::Incomplete, Exit::Found, Exit::Interrupted];

    #[must_use]
    pub fn of_error(error: &Error) -> Self {
        match error.kind {
            Kind::Usage => Self::Usage,
            Kind::Failed | Kind::Cloud(_) => Self::Failed,
            Kind::Interrupted => Self::Interrupted,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
