//! Who created a thing, when and from where, or why that is not known.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The creator of a finding. Without `who`, `unknown` says why.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CreatedBy {
    /// The ARN or the name, as AWS or the tag has it.
    pub who: Option<String>,
    #[schemars(with = "Option<String>")]
    pub at: Option<Timestamp>,
    /// The IP address of the request, or the AWS service that made it.
    pub from: Option<String>,
    /// The program: the beginning of its user agent.
    pub with: Option<String>,
    /// The call: `RunInstances`.
    pub event: Option<String>,
    /// The tag that names the creator; `null` if AWS's event history does.
    pub tag: Option<String>,
    pub unknown: Option<UnknownCreator>,
}

/// Why a creator is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownCreator {
    /// The permission `cloudtrail:LookupEvents` is missing.
    Denied,
    /// It is older than the 90 days of AWS's event history.
    TooOld,
    /// The event history has no call that created it.
    NotRecorded,
    /// AWS did not answer.
    Failed,
}

impl CreatedBy {
    #[must_use]
    pub fn unknown(why: UnknownCreator) -> Self {
        Self { unknown: Some(why), ..Self::default() }
    }
}
