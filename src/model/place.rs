//! Places: an account, a region, both; and whether a resource type is regional.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A 12-digit AWS account number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AccountId(String);

impl FromStr for AccountId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let plain: String = text.chars().filter(|c| *c != '-').collect();
        let valid = plain.len() == 12 && plain.bytes().all(|b| b.is_ascii_digit());
        if valid { Ok(Self(plain)) } else { Err(()) }
    }
}

impl AccountId {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An account and its alias.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    pub id: AccountId,
    pub alias: Option<String>,
}

/// An AWS region name such as `ap-northeast-1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Region(String);

impl Region {
    /// The region of billing, budgets, and everything else that AWS keeps in one place.
    pub const HOME: &'static str = "us-east-1";

    #[must_use]
    pub fn home() -> Self {
        Self(Self::HOME.to_owned())
    }

    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    #[must_use]
    pub fn is_home(&self) -> bool {
        self.0 == Self::HOME
    }

    /// Whether the name has the form of a region's; the account need not have it.
    #[must_use]
    pub fn is_well_formed(name: &str) -> bool {
        let parts: Vec<&str> = name.split('-').collect();
        let words = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
        let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        match parts.as_slice() {
            [names @ .., last] => names.len() >= 2 && names.iter().all(words) && number(last),
            [] => false,
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One account in one region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub account: AccountId,
    pub region: Region,
}

impl Place {
    /// The account in AWS's billing region.
    #[must_use]
    pub fn home(account: &AccountId) -> Self {
        Self { account: account.clone(), region: Region::home() }
    }
}

/// Whether a resource type is listed in every region or once for the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    Region,
    Global,
    /// Once for the account, in the only region that serves it.
    Only(&'static str),
}
