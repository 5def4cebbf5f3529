//! What a run sets out with: the goal, the account, its history, the place of each safeguard and the time.

use jiff::Timestamp;

use crate::model::{AccountId, History, Place, Region};
use crate::profile::Profile;

/// What a person wants.
#[derive(Debug, Clone)]
pub struct Goal {
    pub profile: Profile,
    /// Addresses named on the command line: they are subscribed again even if their readers had left.
    pub resubscribe: Vec<String>,
}

/// The goal and everything it depends on. It never changes: another place or history is another value.
#[derive(Debug, Clone)]
pub struct Inputs {
    pub account: AccountId,
    pub goal: Goal,
    pub history: History,
    pub placement: Placement,
    pub now: Timestamp,
}

/// The regions of the safeguards that need not be in the billing region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    pub topic: Region,
    /// Otherwise the topic can neither be observed nor made, and other safeguards do without it.
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
        Self { account, goal, history, placement: Placement::home(), now }
    }

    /// The same in another place.
    #[must_use]
    pub fn at(&self, placement: Placement) -> Self {
        Self { placement, ..self.clone() }
    }

    /// The same where other safeguards do without the topic.
    #[must_use]
    pub fn without_topic(&self) -> Self {
        self.at(Placement { topic_available: false, ..self.placement.clone() })
    }

    /// Where the topic is, or would be.
    pub(super) fn topic_place(&self) -> Place {
        Place { account: self.account.clone(), region: self.placement.topic.clone() }
    }

    /// The topic, unless other safeguards do without it.
    pub(super) fn topic(&self) -> Option<Place> {
        self.placement.topic_available.then(|| self.topic_place())
    }
}
