//! What a unit costs: `Book` answers for one price list entry in one region, from AWS's list of today or from the snapshot.

mod bundled;
mod cache;
mod document;
mod live;
mod query;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{Price, PriceSource, Reason, Region, Sku, Unit, Usd};
pub use cache::{Cache, FOLDER_ENV};
pub use document::Answer;
pub use live::{READS, read};

/// What is to be looked up, and the unit it is charged in.
pub type Wanted = BTreeMap<(Sku, Region), Unit>;

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
    live: HashMap<(Sku, Region), (Answer, Timestamp)>,
    /// Why AWS's price list could not be read, or not all of it.
    pub failure: Option<Reason>,
}

impl Book {
    /// The on-demand list price of one unit, before tax; `None` if no price of this region is known, or if AWS's list has
    /// several: a guess among them would be a wrong price.
    #[must_use]
    pub fn price(&self, sku: &Sku, region: &Region) -> Option<(Usd, Price)> {
        match self.live.get(&(sku.clone(), region.clone())) {
            Some((Answer::Usd(usd), read_at)) => {
                let as_of = Some(read_at.strftime("%Y-%m-%d").to_string());
                Some((*usd, Price { source: PriceSource::Live, as_of }))
            }
            Some((Answer::Ambiguous, _)) => None,
            Some((Answer::Nothing, _)) | None => {
                let (usd, as_of) = bundled::find(&sku.to_string(), region.as_str())?;
                Some((usd, Price { source: PriceSource::Bundled, as_of }))
            }
        }
    }
}
