//! What a nightly run sweeps, as the program in the functions reads it from the bucket.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::aws::role::Role;
use crate::model::{AccountId, Lang, Region, Usd};
use crate::ops::organization::{Choice, session_policy};
use crate::ops::permissions::UseCase;
use crate::ops::sweep;
use crate::prices::Lookup;
use crate::profile::Keep;

/// The role that the stack makes in the account of the schedule, and the `StackSet` in every other one.
pub const OWN_ROLE: &str = "guardrail-sweep";
/// Requests at once of a function, which sweeps one account.
const AT_ONCE: usize = 256;
/// The time limit of an account, well below that of the function.
pub const TIMEOUT: Duration = Duration::from_mins(10);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Every account of the organisation; else only the account of the schedule.
    pub organization: bool,
    pub accounts: Vec<AccountId>,
    pub ou: Vec<String>,
    pub exclude: Vec<String>,
    /// The role in every account but that of the schedule.
    pub role: String,
    pub external_id: Option<String>,
    pub regions: Vec<Region>,
    pub resources: Vec<String>,
    pub keep: Vec<Keep>,
    pub limit_usd: Option<Usd>,
    pub bill: bool,
    /// Prices of today from the price list, besides those in the program.
    pub live_prices: bool,
    /// The language of the reports and the mail.
    pub lang: String,
}

impl Settings {
    #[must_use]
    pub fn choice(&self) -> Choice {
        Choice { accounts: self.accounts.clone(), units: self.ou.clone(), exclude: self.exclude.clone() }
    }

    #[must_use]
    pub fn lang(&self) -> Lang {
        Lang::named(&self.lang).unwrap_or_default()
    }

    /// The role in an account. That of the schedule has the stack's own, whatever the others have.
    #[must_use]
    pub fn role_in(&self, account: &AccountId, own: &AccountId) -> Role {
        let beyond_read_only = session_policy(UseCase::Sweep);
        if account == own {
            return Role { name: OWN_ROLE.to_owned(), external_id: None, beyond_read_only };
        }
        Role { name: self.role.clone(), external_id: self.external_id.clone(), beyond_read_only }
    }

    /// The options of an account's sweep, which ends early enough to write its report.
    #[must_use]
    pub fn options(&self, made_at: Timestamp, time_left: Duration, prices: Lookup) -> sweep::Options {
        sweep::Options {
            regions: self.regions.clone(),
            resources: self.resources.clone(),
            keep: self.keep.clone(),
            at_once: AT_ONCE,
            timeout: time_left.min(TIMEOUT),
            // In an organisation the figures of all accounts are read once, by a step of their own.
            bill: self.bill && !self.organization,
            limit_usd: self.limit_usd,
            made_at,
            prices,
        }
    }
}
