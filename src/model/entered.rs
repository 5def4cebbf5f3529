//! An account of an organisation that a command enters, with the report of what it does there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::organization::AccountState;
use super::place::AccountId;

/// One account of the organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnteredAccount<R> {
    pub id: AccountId,
    pub name: Option<String>,
    /// The names of its organisational units below the root; `/` for the root, `null` if unknown.
    pub ou: Option<String>,
    pub state: Entry,
    /// `null` if the account was not entered.
    pub report: Option<Box<R>>,
}

/// Whether an account was entered, or why it was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    Entered,
    /// It could not be entered; `gaps` has the reason.
    Unreachable,
    /// AWS suspended it.
    Suspended,
    /// It is being closed.
    Closing,
    /// It is closed.
    Closed,
    /// The user left it out.
    Excluded,
}

impl From<AccountState> for Entry {
    fn from(state: AccountState) -> Self {
        match state {
            AccountState::Swept => Self::Entered,
            AccountState::Unreachable => Self::Unreachable,
            AccountState::Suspended => Self::Suspended,
            AccountState::Closing => Self::Closing,
            AccountState::Closed => Self::Closed,
            AccountState::Excluded => Self::Excluded,
        }
    }
}
