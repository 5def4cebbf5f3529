//! A place that could not be read, and the reason. A report with a gap is never "clean".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::{AccountId, Region};

/// One place (or one type in it) that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    pub account: AccountId,
    /// `null` if it concerns the whole account.
    pub region: Option<Region>,
    /// The resource type or safeguard; `null` if it concerns all of them.
    pub resource: Option<String>,
    pub reason: Reason,
    /// The IAM action that was denied or failed, if it is known.
    pub action: Option<String>,
    /// AWS's message, shortened to one line.
    pub message: String,
    /// The cause, if more is known than the reason; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

impl Gap {
    /// The message of a request that the user did not wait for.
    pub const INTERRUPTED: &str = "interrupted before it answered";
    /// The message of a request that the time limit cut off.
    pub const LATE: &str = "no answer before the time limit";
    /// The message of a failure of this program itself.
    pub const MISTAKE: &str = "a mistake in guardrail, please report it";
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Denied,
    DeniedByOrganization,
    DisabledRegion,
    Throttled,
    Timeout,
    Unreachable,
    Other,
}

/// The cause of a failure, beyond its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The user interrupted before the answer.
    Interrupted,
    /// This program failed, not AWS and not the account.
    Mistake,
    /// The management account has to use budgets first.
    PayerFirst,
    /// AWS names a policy or a permissions boundary.
    Policy,
    /// The session has expired, or could not be renewed.
    Expired,
    /// No region accepts the credentials any more.
    Refused,
    /// Something else answered in AWS's place: a proxy, or a network's sign-in page.
    NotAws,
    /// The clock of this machine is wrong.
    Clock,
    /// The role does not exist in the account, or does not trust the credentials.
    Role,
    /// The credentials of the role belong to another account.
    OtherAccount,
    /// AWS suspended the account.
    Suspended,
    /// The account is being closed.
    Closing,
    /// The account is closed.
    Closed,
    /// The function that swept the account crashed or was refused.
    Function,
    /// A run ended without a report of the account, and nothing says why.
    NoReport,
}

impl Cause {
    /// Whether it stands behind every request alike, whatever it asks for.
    #[must_use]
    pub const fn concerns_everything(self) -> bool {
        matches!(self, Self::Expired | Self::Refused | Self::NotAws | Self::Clock)
    }
}
