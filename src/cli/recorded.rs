//! The action log of an account as the journal of a run.

use crate::error::Result;
use crate::model::AccountId;
use crate::model::actions::LogEntry;
use crate::ops::act::Journal;
use crate::state::{ActionLog, Lock};

pub struct Recorded(pub ActionLog);

impl Journal for Recorded {
    fn record(&self, entry: &LogEntry) -> Result<()> {
        self.0.append(entry)
    }
}

/// The same, and no other run acts in the account meanwhile.
pub struct Locked {
    log: Recorded,
    _lock: Lock,
}

impl Locked {
    /// # Errors
    /// Another run acts in the account, or the log cannot be written.
    pub fn open(account: &AccountId) -> Result<Self> {
        let log = ActionLog::open(account)?;
        let lock = log.lock()?;
        Ok(Self { log: Recorded(log), _lock: lock })
    }
}

impl Journal for Locked {
    fn record(&self, entry: &LogEntry) -> Result<()> {
        self.log.record(entry)
    }
}
