//! What a unit costs: `Book` answers for one price list entry in one region, from AWS's list of today or from the snapshot.

mod bands;
mod bundled;
mod cache;
mod document;
mod live;
mod query;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::model::{Price, PriceSource, Reason, Region, Sku, Unit, Usd};
pub use bands::Bands;
pub use bundled::{Entry, entries, sku};
use cache::Kept;
pub use cache::{Cache, FOLDER_ENV};
pub use document::Answer;
pub use live::{READS, read, survey};

/// What is to be looked up.
pub type Wanted = BTreeMap<(Sku, Region), Want>;

/// How much of one entry of the price list everything in one region together comes to: AWS counts the bands of a price by
/// account and region, not for each thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    pub unit: Unit,
    /// In a month, at most; `None` where only AWS's meter knows.
    pub month: Option<Decimal>,
    /// It is that much, and not less.
    pub exact: bool,
    /// What an account has for free has been taken off already.
    pub free_taken: bool,
}

impl Want {
    /// None of it yet.
    #[must_use]
    pub fn of(unit: Unit) -> Self {
        Self { unit, month: Some(Decimal::ZERO), exact: true, free_taken: false }
    }
}

/// Where prices are looked up.
#[derive(Debug, Clone)]
pub enum Lookup {
    /// Only in the snapshot inside the program.
    Snapshot,
    /// In AWS's price list, through the cache; what it does not say, in the snapshot.
    Live(Arc<Cache>),
}

/// A price list to look things up in. Never another region's price, never zero for unknown.
#[derive(Debug, Clone, Default)]
pub struct Book {
    live: HashMap<(Sku, Region), Kept>,
    /// Why AWS's price list could not be read, or not all of it.
    pub failure: Option<Reason>,
}

impl Book {
    /// The on-demand list price of one unit, before tax; `None` if no price of this region is known, or if AWS's list has
    /// several: a guess among them would be a wrong price. An answer that is older than the snapshot's price is not used.
    #[must_use]
    pub fn price(&self, sku: &Sku, region: &Region) -> Option<(Usd, Price)> {
        let bundled = bundled::find(&sku.to_string(), region.as_str());
        let newer =
            |kept: &&Kept| bundled.as_ref().is_none_or(|(_, as_of)| kept.day() >= as_of.clone().unwrap_or_default());
        match self.live.get(&(sku.clone(), region.clone())).filter(newer) {
            Some(kept @ Kept { answer: Answer::Usd(usd), .. }) => {
                Some((*usd, Price { source: PriceSource::Live, as_of: Some(kept.day()) }))
            }
            Some(Kept { answer: Answer::Ambiguous | Answer::Bands(_), .. }) => None,
            Some(Kept { answer: Answer::Nothing, .. }) | None => {
                let (usd, as_of) = bundled?;
                Some((usd, Price { source: PriceSource::Bundled, as_of }))
            }
        }
    }
}
