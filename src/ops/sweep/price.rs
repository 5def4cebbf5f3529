//! Charges × price book → money. An amount that cannot be computed is unknown, like one without a price.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::found::Found;
use crate::model::money::HOURS_A_MONTH;
use crate::model::{Charge, Listed, Measure, Spent, Sure, Usd, spent::Beginning};
use crate::prices::{Book, Want, Wanted};

const SECONDS_AN_HOUR: Decimal = Decimal::from_parts(3600, 0, 0, false, 0);

/// Every price that the findings need, once, and its quantity in a month.
pub(super) fn wanted(found: &[Found]) -> Wanted {
    let mut wanted = Wanted::new();
    let charges = found.iter().flat_map(|it| it.listed.charges.iter().map(|charge| (charge, &it.region)));
    for (charge, region) in charges {
        let want = wanted.entry((charge.sku.clone(), region.clone())).or_insert_with(|| Want::of(charge.unit));
        let month = charge.quantity.and_then(|quantity| quantity.checked_mul(charge.unit.a_month()));
        want.month = want.month.zip(month).and_then(|(all, one)| all.checked_add(one));
        want.exact &= charge.measure == Measure::Exact;
        want.free_taken |= charge.allowance.is_some();
    }
    wanted
}

impl Found {
    /// The same with prices. A charge without a price, or without an exact quantity, stays `null`.
    #[must_use]
    pub fn priced(mut self, book: &Book, now: Timestamp) -> Self {
        for charge in &mut self.listed.charges {
            let known = if charge.usd_per_unit.is_none() { book.price(&charge.sku, &self.region) } else { None };
            if let Some((usd, price)) = known {
                charge.usd_per_unit = Some(usd);
                charge.price = price;
                charge.price.age(now);
            }
            charge.usd_per_month = amount(charge);
        }
        self
    }
}

/// The charges of one thing, added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub usd_per_hour: Option<Usd>,
    pub usd_per_month: Option<Usd>,
    pub usd_since_created: Option<Usd>,
    pub spent: Option<Spent>,
}

pub(super) fn sums(listed: &Listed, now: Timestamp) -> Sums {
    let months: Vec<Usd> = listed.charges.iter().filter_map(exact_month).collect();
    let complete = months.len() == listed.charges.len();
    let Some(month) = Usd::checked_sum(months.iter().copied()).filter(|_| !months.is_empty()) else {
        return Sums::default();
    };
    let hour = Usd(month.0 / HOURS_A_MONTH);
    let created = listed.created_at.filter(|_| listed.bills_since_creation);
    let since = created.and_then(|since| {
        Some(Spent {
            usd: hour.checked_mul(hours(since, now)?)?.monthly(),
            kind: if complete { Sure::About } else { Sure::AtLeast },
            since,
            from: Beginning::Created,
        })
    });
    Sums {
        usd_per_hour: Some(hour.hourly()),
        usd_per_month: Some(month.monthly()),
        usd_since_created: since.as_ref().filter(|_| complete).map(|spent| spent.usd),
        spent: since,
    }
}

/// What a charge costs in a month, as it is shown; `None` if its price or its exact quantity is unknown.
pub(super) fn amount(charge: &Charge) -> Option<Usd> {
    exact_month(charge).map(Usd::monthly)
}

fn exact_month(charge: &Charge) -> Option<Usd> {
    let quantity = charge.quantity.filter(|_| charge.measure == Measure::Exact)?;
    charge.usd_per_unit?.checked_mul(quantity)?.checked_mul(charge.unit.a_month())
}

/// `None` if the creation time is in the future: one of the clocks is wrong.
fn hours(created: Timestamp, now: Timestamp) -> Option<Decimal> {
    let seconds = now.duration_since(created).as_secs();
    (seconds >= 0).then(|| Decimal::from(seconds) / SECONDS_AN_HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Region, Sku};
    use crate::resources;

    const NOW: &str = "2026-11-23T00:00:00Z";

    fn found(region: &str, listed: Listed) -> Found {
        Found::new(&Region::new(region), resources::find("ec2-nat-gateway").unwrap(), listed)
    }

    fn shown(usd: Option<Usd>) -> Option<String> {
        usd.map(|usd| usd.to_string())
    }

    /// A NAT gateway and further charges since a day.
    fn spent(created: &str, more: Option<Charge>, since_creation: bool) -> Option<String> {
        let nat = Sku::new("AmazonEC2").with("group", "NGW:NatGateway").with("usagetype", "NatGateway-Hours");
        let mut listed =
            Listed { created_at: created.parse().ok(), bills_since_creation: since_creation, ..Listed::new("nat") };
        listed.charges.extend([Charge::hourly("NAT gateway", nat, 1)].into_iter().chain(more));
        let found = found("ap-northeast-1", listed).priced(&Book::default(), NOW.parse().unwrap());
        let sums = sums(&found.listed, NOW.parse().unwrap());
        assert_eq!(shown(sums.usd_per_month).as_deref(), Some("45.26"));
        shown(sums.usd_since_created)
    }

    #[test]
    fn a_thing_that_never_stopped_has_cost_all_its_hours() {
        // 100 hours at 0.062.
        assert_eq!(spent("2026-11-18T20:00:00Z", None, true).as_deref(), Some("6.20"));
        assert_eq!(spent(NOW, None, true).as_deref(), Some("0.00"));
    }

    #[test]
    fn a_thing_that_may_have_stopped_or_has_an_unknown_price_has_no_sum() {
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
        let domain = |region: &str| found(region, Listed::new("d").charge(node()));
        let mut two = domain("eu-west-1");
        two.listed.charges.push(node());
        let wanted = wanted(&[two, domain("eu-west-1"), domain("us-east-1")]);
        let months: Vec<_> = wanted.values().map(|want| want.month).collect();
        // Three nodes in Ireland, one in Virginia; a month is 730 hours.
        assert_eq!(months, [Some(Decimal::from(2190)), Some(Decimal::from(730))]);
        assert!(wanted.values().all(|want| want.exact && !want.free_taken));
    }

    #[test]
    fn one_quantity_that_is_not_exact_makes_the_whole_inexact() {
        let stored = || Charge::storage("x", Sku::new("AmazonS3"), 100);
        let metered = Charge::metered("x", Sku::new("AmazonS3"), stored().unit);
        let one = |id: &str, charge: Charge| found("us-east-1", Listed::new(id).charge(charge));
        let want = |charge: Charge| wanted(&[one("a", stored()), one("b", charge)]);
        let of = |charge: Charge| want(charge).values().map(|want| (want.month, want.exact)).collect::<Vec<_>>();
        assert_eq!(of(stored().at_most()), [(Some(Decimal::from(200)), false)]);
        assert_eq!(of(metered), [(None, false)]);
        assert!(want(stored().free_up_to("x", 5)).values().all(|want| want.free_taken));
    }

    #[test]
    fn an_amount_that_overflows_is_unknown() {
        let much = Charge::hourly("x", Sku::default(), Decimal::MAX).with_price(Usd::MAX);
        let found = found("us-east-1", Listed::new("d").charge(much.clone()).charge(much));
        assert_eq!(wanted(std::slice::from_ref(&found)).values().map(|want| want.month).collect::<Vec<_>>(), [None]);
        let found = found.priced(&Book::default(), NOW.parse().unwrap());
        assert_eq!(found.listed.charges[0].usd_per_month, None);
        assert_eq!(sums(&found.listed, NOW.parse().unwrap()), Sums::default());
        let dear = || Charge::each_month("x", Sku::default(), 1).with_price(Usd::MAX);
        let listed = Listed::new("d").charge(dear()).charge(dear());
        assert_eq!(sums(&listed, NOW.parse().unwrap()), Sums::default());
    }
}
