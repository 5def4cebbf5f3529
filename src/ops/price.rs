//! Charges × price book → money for each finding.

use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::model::money::HOURS_A_MONTH;
use crate::model::{Charge, Finding, Measure, Usd};
use crate::prices::{Book, Wanted};

const SECONDS_AN_HOUR: Decimal = Decimal::from_parts(3600, 0, 0, false, 0);

/// Every price that the findings need, once.
#[must_use]
pub fn wanted(findings: &[Finding]) -> Wanted {
    let of = |finding: &Finding| finding.region.clone();
    let charges = findings.iter().flat_map(|finding| finding.charges.iter().map(move |charge| (charge, of(finding))));
    charges.map(|(charge, region)| ((charge.sku.clone(), region), charge.unit)).collect()
}

/// Fills in what is known. A charge without a price, or without an exact quantity, stays `null`.
pub fn price(finding: &mut Finding, book: &Book, now: Timestamp) {
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
    let complete = months.len() == finding.charges.len();
    let month: Usd = months.into_iter().sum();
    finding.usd_per_month = Some(month.monthly());
    finding.usd_per_hour = Some(Usd(month.0 / HOURS_A_MONTH).hourly());
    if complete && finding.bills_since_creation {
        let hours = finding.created_at.and_then(|created| hours(created, now));
        finding.usd_since_created = hours.map(|hours| Usd(month.0 / HOURS_A_MONTH * hours).monthly());
    }
}

fn exact_month(charge: &Charge) -> Option<Usd> {
    let quantity = charge.quantity.filter(|_| charge.measure == Measure::Exact)?;
    Some(charge.usd_per_unit? * quantity * charge.unit.a_month())
}

/// `None` for what is yet to be created: one of the clocks is wrong.
fn hours(created: Timestamp, now: Timestamp) -> Option<Decimal> {
    let seconds = now.duration_since(created).as_secs();
    (seconds >= 0).then(|| Decimal::from(seconds) / SECONDS_AN_HOUR)
}
