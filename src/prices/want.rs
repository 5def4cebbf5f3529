//! Which prices are looked up, and for how much.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::{Region, Sku, Unit};

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
