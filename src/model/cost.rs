//! The monthly cost of findings as far as it is known: exact, at most, or open.

use std::iter::Sum;
use std::ops::Add;

use rust_decimal::dec;

use super::charge::{Charge, Measure, Unit};
use super::finding::Finding;
use super::money::Usd;

/// The monthly cost of an unknown price, for the order of a report only: it may be any amount, so it comes before small known
/// ones.
pub const UNKNOWN: Usd = Usd(dec!(50));

/// The monthly cost of one finding or of several together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost {
    /// The part that is known exactly, as the totals count it; `None` if there is none.
    pub exact: Option<Usd>,
    /// The part that is known only as a maximum.
    pub at_most: Usd,
    /// Whether a part has no figure: its price is unknown, or only AWS's meter knows the quantity.
    pub open: bool,
    /// Whether the price of a running thing is unknown, or nothing is known although it is not charged by use.
    pub unpriced: bool,
}

impl Cost {
    #[must_use]
    pub fn of(finding: &Finding) -> Self {
        let at_most: Usd = finding.charges.iter().filter_map(Charge::most_per_month).sum();
        let exact = finding.usd_per_month;
        let nothing = exact.is_none() && at_most == Usd::ZERO;
        let figure = |it: &Charge| it.usd_per_month.is_some() || it.most_per_month().is_some();
        let unpriced = |it: &Charge| {
            it.usd_per_unit.is_none() && it.measure != Measure::Metered && (it.unit == Unit::Hour || nothing)
        };
        Self {
            exact,
            at_most,
            open: !finding.charges.iter().all(figure),
            unpriced: finding.charges.iter().any(unpriced),
        }
    }

    /// The amount that decides the order of a report.
    #[must_use]
    pub fn worth(&self) -> Usd {
        let known = self.exact.unwrap_or_default() + self.at_most;
        if self.unpriced { known.max(UNKNOWN) } else { known }
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let exact = [self.exact, other.exact].into_iter().flatten().reduce(Usd::add);
        Self {
            exact,
            at_most: self.at_most + other.at_most,
            open: self.open || other.open,
            unpriced: self.unpriced || other.unpriced,
        }
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::default(), Self::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Sku;

    fn cost(charges: Vec<Charge>) -> Cost {
        let month = |it: &mut Charge| {
            let exact = it.quantity.filter(|_| it.measure == Measure::Exact);
            it.usd_per_month = exact.zip(it.usd_per_unit).map(|(count, usd)| usd * count * it.unit.a_month());
            it.usd_per_month
        };
        let mut finding = Finding { charges, ..Finding::new("x") };
        let months: Vec<Usd> = finding.charges.iter_mut().filter_map(month).collect();
        finding.usd_per_month = months.into_iter().reduce(Usd::add);
        Cost::of(&finding)
    }

    fn node() -> Charge {
        Charge::hourly("node", Sku::default(), 1)
    }

    fn stored() -> Charge {
        Charge::storage("gp2", Sku::default(), 10)
    }

    fn usd(text: &str) -> Usd {
        text.parse().unwrap()
    }

    #[test]
    fn a_maximum_counts_in_full_and_an_unknown_price_comes_before_small_ones() {
        let worth = |charges: Vec<Charge>| cost(charges).worth().monthly();
        assert_eq!(worth(vec![node().with_price(usd("1"))]), usd("730.00"));
        assert_eq!(worth(vec![node().at_most().with_price(usd("0.05"))]), usd("36.50"));
        assert_eq!(worth(vec![node()]), UNKNOWN);
        assert_eq!(worth(vec![node(), stored().with_price(usd("0.1"))]), UNKNOWN);
        assert_eq!(worth(vec![stored()]), UNKNOWN);
        // The unknown price of storage does not make a thing expensive.
        assert_eq!(worth(vec![node().with_price(usd("0.01")), stored()]), usd("7.30"));
        // Charged by use: usually next to nothing.
        assert_eq!(worth(vec![Charge::metered("Standard", Sku::default(), Unit::GbMonth)]), usd("0.00"));
    }

    #[test]
    fn the_cost_of_several_is_the_sum() {
        let both = cost(vec![node().with_price(usd("1"))]) + cost(vec![node()]);
        assert_eq!((both.exact, both.open, both.unpriced), (Some(usd("730")), true, true));
        assert_eq!((both.worth(), [both].into_iter().sum::<Cost>()), (usd("730"), both));
    }
}
