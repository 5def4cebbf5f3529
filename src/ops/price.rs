//! Charges × price book → money for each finding.

use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::model::money::HOURS_A_MONTH;
use crate::model::{Charge, Finding, Measure, Usd};
use crate::prices::{Book, Want, Wanted};

const SECONDS_AN_HOUR: Decimal = Decimal::from_parts(3600, 0, 0, false, 0);

/// Every price that the findings need, once, and how much of it they need.
#[must_use]
pub fn wanted(findings: &[Finding]) -> Wanted {
    let mut wanted = Wanted::new();
    let charges = findings.iter().flat_map(|it| it.charges.iter().map(|charge| (charge, &it.region)));
    for (charge, region) in charges {
        let want = wanted.entry((charge.sku.clone(), region.clone())).or_insert_with(|| Want::of(charge.unit));
        let month = charge.quantity.map(|quantity| quantity * charge.unit.a_month());
        want.month = want.month.zip(month).map(|(all, one)| all + one);
        want.exact &= charge.measure == Measure::Exact;
        want.free_taken |= charge.allowance.is_some();
    }
    wanted
}

/// Fills in what is known. A charge without a price, or without an exact quantity, stays `null`.
pub fn price(finding: &mut Finding, book: &Book, now: Timestamp) {
    let Finding { charges, region, .. } = finding;
    for charge in charges.iter_mut() {
        let listed = if charge.usd_per_unit.is_none() { book.price(&charge.sku, region) } else { None };
        if let Some((usd, price)) = listed {
            charge.usd_per_unit = Some(usd);
            charge.price = price;
        }
        charge.usd_per_month = exact_month(charge).map(Usd::monthly);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Region, Sku};

    const NOW: &str = "2026-11-23T00:00:00Z";

    /// A NAT gateway and what else it is charged for, since the day.
    fn spent(created: &str, more: Option<Charge>, since_creation: bool) -> Option<String> {
        let nat = Sku::new("AmazonEC2").with("group", "NGW:NatGateway").with("usagetype", "NatGateway-Hours");
        let mut finding = Finding {
            region: Region::new("ap-northeast-1"),
            created_at: created.parse().ok(),
            bills_since_creation: since_creation,
            ..Finding::new("nat")
        };
        finding.charges.extend([Charge::hourly("NAT gateway", nat, 1)].into_iter().chain(more));
        price(&mut finding, &Book::default(), NOW.parse().unwrap());
        assert_eq!(finding.usd_per_month.map(|usd| usd.to_string()).as_deref(), Some("45.26"));
        finding.usd_since_created.map(|usd| usd.to_string())
    }

    #[test]
    fn what_never_stopped_has_cost_its_hours() {
        // 100 hours at 0.062.
        assert_eq!(spent("2026-11-18T20:00:00Z", None, true).as_deref(), Some("6.20"));
        assert_eq!(spent(NOW, None, true).as_deref(), Some("0.00"));
    }

    #[test]
    fn what_may_have_stopped_or_is_not_known_in_full_has_no_sum() {
        let old = "2019-12-01T00:00:00Z";
        assert_eq!(spent(old, None, false), None);
        assert_eq!(spent("", None, true), None);
        assert_eq!(spent("2026-11-24T00:00:00Z", None, true), None);
        let unpriced = Charge::hourly("x", Sku::new("AmazonEC2").with("group", "x"), 1);
        assert_eq!(spent(old, Some(unpriced), true), None);
    }

    #[test]
    fn a_price_is_wanted_once_for_each_region() {
        let node = || Charge::hourly("x", Sku::new("AmazonES").with("instanceType", "x"), 1);
        let domain = |region: &str| Finding { region: Region::new(region), ..Finding::new("d") }.charge(node());
        let findings = [domain("eu-west-1").charge(node()), domain("eu-west-1"), domain("us-east-1")];
        let wanted = wanted(&findings);
        let months: Vec<_> = wanted.values().map(|want| want.month).collect();
        // Three nodes in Ireland, one in Virginia; a month is 730 hours.
        assert_eq!(months, [Some(Decimal::from(2190)), Some(Decimal::from(730))]);
        assert!(wanted.values().all(|want| want.exact && !want.free_taken));
    }

    #[test]
    fn one_quantity_that_is_not_exact_makes_the_whole_inexact() {
        let stored = || Charge::storage("x", Sku::new("AmazonS3"), 100);
        let metered = Charge::metered("x", Sku::new("AmazonS3"), stored().unit);
        let want = |charge: Charge| wanted(&[Finding::new("a").charge(stored()), Finding::new("b").charge(charge)]);
        let of = |charge: Charge| want(charge).values().map(|want| (want.month, want.exact)).collect::<Vec<_>>();
        assert_eq!(of(stored().at_most()), [(Some(Decimal::from(200)), false)]);
        assert_eq!(of(metered), [(None, false)]);
        assert!(want(stored().free_up_to("x", 5)).values().all(|want| want.free_taken));
    }
}
