//! What a unit costs: `Book` answers for one price list entry in one region.

mod bundled;

use crate::model::{Price, PriceSource, Region, Sku, Usd};

/// A price list to look things up in. Never another region's price, never zero for unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Book;

impl Book {
    /// The on-demand list price of one unit, before tax; `None` if no price of this region is known.
    #[must_use]
    pub fn price(self, sku: &Sku, region: &Region) -> Option<(Usd, Price)> {
        let (usd, as_of) = bundled::find(&sku.to_string(), region.as_str())?;
        Some((usd, Price { source: PriceSource::Bundled, as_of }))
    }
}
