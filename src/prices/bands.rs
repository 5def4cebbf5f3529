//! A price that changes with the quantity: its bands, and the average price of a unit.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::want::Want;
use crate::model::Usd;

/// AWS's prices have ten decimal places.
const PLACES: u32 = 10;

/// The price of a unit by the quantity of a month; the first band begins at zero, the last one has no end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bands(Vec<Band>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Band {
    #[serde(with = "rust_decimal::serde::str")]
    from: Decimal,
    usd: Usd,
}

/// A band of the price list: from, to (`None` without an end), the price of a unit.
pub(super) type Listed = (Decimal, Option<Decimal>, Usd);

impl Bands {
    /// `None` if the bands have gaps, overlap or end. Neighbours of the same price are merged.
    pub(super) fn of(mut listed: Vec<Listed>) -> Option<Self> {
        listed.sort_unstable();
        let begins = listed.first()?.0 == Decimal::ZERO;
        let ends = listed.last()?.1.is_none();
        let joined = listed.windows(2).all(|pair| pair[0].1 == Some(pair[1].0));
        let mut bands: Vec<Band> = listed.into_iter().map(|(from, _, usd)| Band { from, usd }).collect();
        bands.dedup_by_key(|band| band.usd);
        (begins && ends && joined).then_some(Self(bands))
    }

    /// The price, if there is a single band.
    pub(super) fn flat(&self) -> Option<Usd> {
        if let [band] = self.0.as_slice() { Some(band.usd) } else { None }
    }

    pub(super) fn are_free(&self) -> bool {
        self.0.iter().all(|band| band.usd == Usd::ZERO)
    }

    /// Whether the bands are invalid, as from a broken cache file.
    pub(super) fn are_sound(&self) -> bool {
        self.0.first().is_some_and(|band| band.from == Decimal::ZERO)
            && self.0.is_sorted_by(|before, after| before.from < after.from)
            && self.0.iter().all(|band| band.usd >= Usd::ZERO)
            && !self.are_free()
    }

    /// The only price above zero, if there is exactly one.
    #[must_use]
    pub fn paid(&self) -> Option<Usd> {
        let mut paid = self.0.iter().map(|band| band.usd).filter(|usd| *usd > Usd::ZERO);
        paid.next().filter(|_| paid.next().is_none())
    }

    /// The average price of a unit of the wanted quantity; `None` if its bands are unknown.
    pub(super) fn per_unit(&self, want: &Want) -> Option<Usd> {
        let month = want.month?;
        let free = self.0.first().filter(|band| want.free_taken && band.usd == Usd::ZERO);
        let shift = free.and(self.0.get(1)).map_or(Decimal::ZERO, |band| band.from);
        let bands = self.0.get(usize::from(free.is_some())..)?;
        let ends = bands.iter().skip(1).map(|band| band.from - shift);
        if ends.clone().next().is_none_or(|end| month <= end) {
            return bands.first().map(|band| band.usd);
        }
        if !want.exact {
            return None;
        }
        let part = |(band, end): (&Band, Decimal)| band.usd * (end.min(month) - (band.from - shift)).max(Decimal::ZERO);
        let sum: Usd = bands.iter().zip(ends.chain([Decimal::MAX])).map(part).sum();
        Some(Usd((sum.0 / month).round_dp(PLACES).normalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Unit;

    fn bands(listed: &[(i64, i64, &str)]) -> Option<Bands> {
        let band = |(from, to, usd): &(i64, i64, &str)| {
            (Decimal::from(*from), (*to > 0).then(|| Decimal::from(*to)), usd.parse().unwrap())
        };
        Bands::of(listed.iter().map(band).collect())
    }

    fn want(month: Option<i64>, exact: bool) -> Want {
        Want { month: month.map(Decimal::from), exact, ..Want::of(Unit::GbMonth) }
    }

    fn price(bands: &Bands, want: &Want) -> String {
        bands.per_unit(want).map_or_else(|| "unknown".to_owned(), |usd| usd.to_string())
    }

    /// S3's bands: 50 TB, 450 TB, and above.
    fn storage() -> Bands {
        bands(&[(51_200, 512_000, "0.022"), (0, 51_200, "0.023"), (512_000, 0, "0.021")]).unwrap()
    }

    #[test]
    fn an_exact_quantity_has_an_exact_sum() {
        let price = |month| price(&storage(), &want(Some(month), true));
        assert_eq!(price(100), "0.023");
        assert_eq!(price(51_200), "0.023");
        // 51,200 × 0.023 + 51,200 × 0.022 = 2304 USD.
        assert_eq!(price(102_400), "0.0225");
        // 1177.6 + 460,800 × 0.022 + 512,000 × 0.021 = 22,067.2 USD.
        assert_eq!(price(1_024_000), "0.02155");
        assert_eq!(price(0), "0.023");
    }

    #[test]
    fn a_quantity_that_is_not_exact_must_surely_be_in_the_first_band() {
        assert_eq!(price(&storage(), &want(Some(51_200), false)), "0.023");
        assert_eq!(price(&storage(), &want(Some(51_201), false)), "unknown");
        assert_eq!(price(&storage(), &want(None, false)), "unknown");
    }

    #[test]
    fn a_free_band_is_deducted_once() {
        let units = bands(&[(0, 18_600, "0"), (18_600, 0, "0.00013")]).unwrap();
        assert_eq!(price(&units, &want(Some(37_200), true)), "0.000065");
        assert_eq!(price(&units, &Want { free_taken: true, ..want(Some(37_200), true) }), "0.00013");
        assert_eq!(price(&units, &Want { free_taken: true, ..want(None, true) }), "unknown");
        assert_eq!(price(&units, &want(Some(730), false)), "0");
        let three = bands(&[(0, 10, "0"), (10, 20, "0.30"), (20, 0, "0.10")]).unwrap();
        assert_eq!(price(&three, &Want { free_taken: true, ..want(Some(20), true) }), "0.2");
        assert_eq!((units.paid(), three.paid()), (Some("0.00013".parse().unwrap()), None));
    }

    #[test]
    fn an_invalid_list_of_bands_is_refused() {
        assert_eq!(bands(&[]), None);
        assert_eq!(bands(&[(1, 0, "0.1")]), None);
        assert_eq!(bands(&[(0, 5, "0.1")]), None);
        assert_eq!(bands(&[(0, 5, "0.2"), (6, 0, "0.1")]), None);
        assert_eq!(bands(&[(0, 0, "0.2"), (0, 0, "0.1")]), None);
        assert_eq!(bands(&[(0, 5, "0.1"), (5, 0, "0.10")]).unwrap().flat(), Some("0.1".parse().unwrap()));
        assert_eq!(storage().flat(), None);
    }
}
