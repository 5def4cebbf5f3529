//! The news of a run: what a notification says.

use super::cost::Cost;
use super::finding::Finding;
use super::money::Usd;
use super::place::{AccountId, Region};
use super::words::Words;

/// One thing of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub key: String,
    pub account: AccountId,
    pub region: Region,
    pub names: Words,
    pub id: String,
    pub cost: Cost,
    /// Who created it, if that is known.
    pub who: Option<String>,
}

/// What is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// New things, the most expensive first. What is kept on purpose is none.
    pub new: Vec<Item>,
    /// The daily spend before and now.
    pub jump: Option<(Usd, Usd)>,
}

impl Item {
    #[must_use]
    pub fn of(finding: &Finding) -> Self {
        Self {
            key: finding.key.clone(),
            account: finding.account.clone(),
            region: finding.region.clone(),
            names: finding.names.clone(),
            id: finding.id.clone(),
            cost: Cost::of(finding),
            who: finding.created_by.as_ref().and_then(|by| by.who.clone()),
        }
    }
}
