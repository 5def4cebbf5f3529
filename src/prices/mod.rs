//! Unit prices: `Book` has the price of an entry in a region, from AWS's current list or from the snapshot.

mod bands;
mod book;
mod bundled;
mod cache;
mod document;
mod live;
mod offer;
mod query;
mod want;

use std::sync::Arc;

use crate::model::{Region, Sku, Unit};
pub use bands::Bands;
pub use book::Book;
pub use bundled::{Entry, entries, sku};
pub use cache::Cache;
pub use document::Answer;
pub use live::{ASKS, READS, read, survey};
pub use offer::offers;
pub use want::{Want, Wanted};

/// Whether AWS's list is asked for an entry: others are names that only the snapshot uses.
#[must_use]
pub fn is_asked(sku: &Sku) -> bool {
    query::Query::of(sku, Unit::Hour, &Region::home()).is_some()
}

/// The source of prices.
#[derive(Debug, Clone)]
pub enum Lookup {
    /// Only the snapshot inside the program.
    Snapshot,
    /// AWS's price list, through the cache; missing prices come from the snapshot.
    Live(Arc<Cache>),
}
