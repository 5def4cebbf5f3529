//! Unit prices: `Book` has the price of an entry in a region, from AWS's current list or from the snapshot.

mod bands;
mod bundled;
mod cache;
mod document;
mod live;
mod offer;
mod query;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::model::{Price, PriceSource, Reason, Region, Sku, Unit, Usd};
pub use bands::Bands;
pub use bundled::{Entry, entries, sku};
pub use cache::Cache;
use cache::Kept;
pub use document::Answer;
pub use live::{ASKS, READS, read, survey};
pub use offer::offers;

/// Whether AWS's list is asked for an entry: others are names that only the snapshot uses.
#[must_use]
pub fn is_asked(sku: &Sku) -> bool {
    query::Query::of(sku, Unit::Hour, &Region::home()).is_some()
}

/// The prices to look up.
pub type Wanted = BTreeMap<(Sku, Region), Want>;

/// The total quantity of one price list entry in a region: AWS counts the bands of a price by account and region, not
/// for each thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    pub unit: Unit,
    /// The maximum in a month; `None` if only AWS's meter knows it.
    pub month: Option<Decimal>,
    /// `month` is the quantity, not only an upper bound.
    pub exact: bool,
    /// The free allowance has been deducted already.
    pub free_taken: bool,
}

impl Want {
    /// A quantity of zero.
    #[must_use]
    pub fn of(unit: Unit) -> Self {
        Self { unit, month: Some(Decimal::ZERO), exact: true, free_taken: false }
    }
}

/// The source of prices.
#[derive(Debug, Clone)]
pub enum Lookup {
    /// Only the snapshot inside the program.
    Snapshot,
    /// AWS's price list, through the cache; missing prices come from the snapshot.
    Live(Arc<Cache>),
}

/// A price list. It never substitutes the price of another region, or zero for an unknown price.
#[derive(Debug, Clone, Default)]
pub struct Book {
    live: HashMap<(Sku, Region), Kept>,
    /// Why AWS's price list could not be read, or not completely.
    pub failure: Option<Reason>,
}

impl Book {
    /// The on-demand list price of one unit, before tax; `None` if no price of this region is known, or if AWS's list has
    /// several: choosing one would be a guess. An answer older than the snapshot's price is not used.
    #[must_use]
    pub fn price(&self, sku: &Sku, region: &Region) -> Option<(Usd, Price)> {
        let bundled = bundled::find(sku, region.as_str());
        let newer = |kept: &&Kept| {
            let as_of = bundled.as_ref().and_then(|(_, price)| price.as_of.clone());
            kept.day() >= as_of.unwrap_or_default()
        };
        match self.live.get(&(sku.clone(), region.clone())).filter(newer) {
            Some(kept @ Kept { answer: Answer::Usd(usd), .. }) => {
                Some((*usd, Price { source: PriceSource::Live, as_of: Some(kept.day()), ..Price::default() }))
            }
            Some(Kept { answer: Answer::Ambiguous | Answer::Bands(_), .. }) => None,
            Some(Kept { answer: Answer::Nothing, .. }) | None => bundled,
        }
    }
}
