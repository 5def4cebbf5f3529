//! The inputs of a run: goal, account, history, placement of the safeguards, and time.

use jiff::Timestamp;

use crate::model::{AccountId, History, Place, Region, Usd};
use crate::profile::{Management, Profile};

/// The person's choices.
#[derive(Debug, Clone)]
pub struct Goal {
    pub profile: Profile,
    /// Addresses of the command line: they are subscribed again even if their readers unsubscribed.
    pub resubscribe: Vec<String>,
}

/// The goal and everything it depends on. Immutable: another placement or history makes another value.
#[derive(Debug, Clone)]
pub struct Inputs {
    pub account: AccountId,
    pub goal: Goal,
    pub history: History,
    pub placement: Placement,
    /// In the management account of an organisation; `None` if the organisation was not read: what it has there stays as it is.
    pub payer: Option<Payer>,
    pub now: Timestamp,
}

/// The organisation of a management account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payer {
    /// The organisation's id.
    pub organization: Option<String>,
    /// The accounts with alarms and budgets of their own, by number.
    pub accounts: Vec<AccountId>,
    /// The monthly limit of each account.
    pub limit_usd: Option<Usd>,
}

/// The regions of the safeguards that need not be in the billing region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    pub topic: Region,
    /// If false, the topic can neither be read nor created, and other safeguards work without it.
    pub topic_available: bool,
    pub trail: Region,
}

impl Placement {
    fn home() -> Self {
        Self { topic: Region::home(), topic_available: true, trail: Region::home() }
    }
}

impl Inputs {
    /// With everything at home.
    #[must_use]
    pub fn new(account: AccountId, goal: Goal, history: History, now: Timestamp) -> Self {
        Self { account, goal, history, placement: Placement::home(), payer: None, now }
    }

    /// The same with another placement.
    #[must_use]
    pub fn at(&self, placement: Placement) -> Self {
        Self { placement, ..self.clone() }
    }

    /// The same without the topic.
    #[must_use]
    pub fn without_topic(&self) -> Self {
        self.at(Placement { topic_available: false, ..self.placement.clone() })
    }

    /// The organisation, if the profile wants this in its management account.
    pub(super) fn for_accounts(&self, wants: impl Fn(&Management) -> bool) -> Option<&Payer> {
        self.payer.as_ref().filter(|_| wants(&self.goal.profile.organization.management))
    }

    /// The place of the topic, also before it exists.
    pub(super) fn topic_place(&self) -> Place {
        Place { account: self.account.clone(), region: self.placement.topic.clone() }
    }

    /// The topic; `None` if it is not available.
    pub(super) fn topic(&self) -> Option<Place> {
        self.placement.topic_available.then(|| self.topic_place())
    }
}
