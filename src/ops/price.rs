//! Charges × price book → money for each finding.

use crate::model::money::HOURS_A_MONTH;
use crate::model::{Charge, Finding, Measure, Usd};
use crate::prices::Book;

/// Fills in what is known. A charge without a price, or without an exact quantity, stays `null`.
pub fn price(finding: &mut Finding, book: Book) {
    let Finding { charges, region, .. } = finding;
    for charge in charges.iter_mut() {
        if let Some((usd, price)) = book.price(&charge.sku, region) {
            charge.usd_per_unit = Some(usd);
            charge.price = price;
            charge.usd_per_month = exact_month(charge).map(Usd::monthly);
        }
    }
    let months: Vec<Usd> = finding.charges.iter().filter_map(exact_month).collect();
    if months.is_empty() {
        return;
    }
    let month: Usd = months.into_iter().sum();
    finding.usd_per_month = Some(month.monthly());
    finding.usd_per_hour = Some(Usd(month.0 / HOURS_A_MONTH).hourly());
}

fn exact_month(charge: &Charge) -> Option<Usd> {
    let quantity = charge.quantity.filter(|_| charge.measure == Measure::Exact)?;
    Some(charge.usd_per_unit? * quantity * charge.unit.a_month())
}
