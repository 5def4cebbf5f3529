//! Where a run records what it does, before and after each call.

use crate::error::Result;
use crate::model::actions::LogEntry;

pub trait Journal: Sync {
    /// # Errors
    /// It cannot be recorded. A call that cannot be recorded is not made.
    fn record(&self, entry: &LogEntry) -> Result<()>;
}

/// For the practice account: nothing of it lasts.
#[derive(Debug)]
pub struct Unrecorded;

impl Journal for Unrecorded {
    fn record(&self, _: &LogEntry) -> Result<()> {
        Ok(())
    }
}
