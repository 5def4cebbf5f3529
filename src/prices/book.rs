//! `Book` has the price of an entry in a region, from AWS's current list or from the snapshot.

use std::collections::HashMap;

use super::bundled;
use super::cache::Kept;
use super::document::Answer;
use crate::model::{Price, PriceSource, Reason, Region, Sku, Usd};

/// A price list. It never substitutes the price of another region, or zero for an unknown price.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub(super) live: HashMap<(Sku, Region), Kept>,
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
