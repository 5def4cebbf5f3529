//! A charge: a price list entry, its quantity, and, once looked up, its price.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::money::{HOURS_A_MONTH, Usd};

/// One entry of the AWS price list: a service code and the attributes that identify one on-demand price in a region. The
/// attributes are those of the Price List API.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sku {
    pub service: Cow<'static, str>,
    pub attributes: BTreeMap<&'static str, String>,
}

impl Sku {
    #[must_use]
    pub fn new(service: &'static str) -> Self {
        Self { service: Cow::Borrowed(service), attributes: BTreeMap::new() }
    }

    #[must_use]
    pub fn with(mut self, attribute: &'static str, value: impl Into<String>) -> Self {
        self.attributes.insert(attribute, value.into());
        self
    }
}

/// `AmazonEC2 instanceType=t3.micro operatingSystem=Linux`: the key of the bundled price book.
impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.service)?;
        self.attributes.iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

/// The unit of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Hour,
    /// One thing for a month: a key, a secret, a user.
    Month,
    GbMonth,
    IopsMonth,
    MibpsMonth,
}

impl Unit {
    /// How much of this unit a thing uses in a month.
    #[must_use]
    pub fn a_month(self) -> Decimal {
        match self {
            Unit::Hour => HOURS_A_MONTH,
            Unit::Month | Unit::GbMonth | Unit::IopsMonth | Unit::MibpsMonth => Decimal::ONE,
        }
    }
}

/// How well the quantity is known. Only an exact one counts in totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    #[default]
    Exact,
    /// AWS charges this much or less (a snapshot shares unchanged blocks with the one before).
    AtMost,
    /// Known only to AWS's meter (the volume of an Aurora cluster grows and shrinks).
    Metered,
}

/// A free allowance of an account, for all its charges of a kind in all regions together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The kind: charges that share an allowance have the same.
    pub of: Cow<'static, str>,
    /// In the unit of the charge.
    pub quantity: Decimal,
}

/// One charge of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Charge {
    /// In AWS's terms, the same in every language: `3 × r5.large.search`.
    pub what: String,
    #[serde(skip)]
    pub sku: Sku,
    /// `null` if only AWS's meter knows it.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub quantity: Option<Decimal>,
    pub measure: Measure,
    pub unit: Unit,
    /// The free allowance that covers a part of it.
    #[serde(skip)]
    pub allowance: Option<Allowance>,
    /// Whether it goes on when the thing is stopped, although it is charged by the hour.
    #[serde(skip)]
    pub outlasts_stop: bool,
    pub usd_per_unit: Option<Usd>,
    /// `null` if the price or the exact quantity is unknown. Unknown is never zero.
    pub usd_per_month: Option<Usd>,
    pub price: Price,
}

impl Charge {
    #[must_use]
    pub fn new(what: impl Into<String>, sku: Sku, quantity: impl Into<Decimal>, unit: Unit) -> Self {
        Self {
            what: what.into(),
            sku,
            quantity: Some(quantity.into()),
            measure: Measure::Exact,
            unit,
            allowance: None,
            outlasts_stop: false,
            usd_per_unit: None,
            usd_per_month: None,
            price: Price::default(),
        }
    }

    /// A charge for each hour that the thing exists, `count` times.
    #[must_use]
    pub fn hourly(name: &str, sku: Sku, count: impl Into<Decimal>) -> Self {
        let count = count.into();
        let what = if count == Decimal::ONE { name.to_owned() } else { format!("{} × {name}", count.normalize()) };
        Self::new(what, sku, count, Unit::Hour)
    }

    /// A charge for each month, `count` times.
    #[must_use]
    pub fn each_month(name: &str, sku: Sku, count: impl Into<Decimal>) -> Self {
        Self { unit: Unit::Month, ..Self::hourly(name, sku, count) }
    }

    /// Of all such charges of an account together, this quantity is free.
    #[must_use]
    pub fn free_up_to(mut self, of: &'static str, quantity: impl Into<Decimal>) -> Self {
        self.allowance = Some(Allowance { of: Cow::Borrowed(of), quantity: quantity.into() });
        self
    }

    /// The charge goes on when the thing is stopped.
    #[must_use]
    pub fn outlasting_a_stop(mut self) -> Self {
        self.outlasts_stop = true;
        self
    }

    /// A charge for stored gigabytes.
    #[must_use]
    pub fn storage(name: &str, sku: Sku, gigabytes: impl Into<Decimal>) -> Self {
        let gigabytes = gigabytes.into();
        Self::new(format!("{} GB {name}", gigabytes.normalize()), sku, gigabytes, Unit::GbMonth)
    }

    /// Marks the quantity as a maximum. A metered charge has none and stays as it is.
    #[must_use]
    pub fn at_most(mut self) -> Self {
        if self.measure != Measure::Exact {
            return self;
        }
        self.what = format!("≤ {}", self.what);
        self.measure = Measure::AtMost;
        self
    }

    /// The maximum cost of a month, for a charge whose quantity is a maximum.
    #[must_use]
    pub fn most_per_month(&self) -> Option<Usd> {
        let quantity = self.quantity.filter(|_| self.measure == Measure::AtMost)?;
        Some(self.usd_per_unit? * quantity * self.unit.a_month())
    }

    /// Sets the price that AWS returned with the thing itself: it was agreed, and is in no price list.
    #[must_use]
    pub fn with_price(mut self, usd: Usd) -> Self {
        self.usd_per_unit = Some(usd);
        self.price = Price { source: PriceSource::Live, ..Price::default() };
        self
    }

    /// A charge whose quantity only AWS's meter knows.
    #[must_use]
    pub fn metered(what: &str, sku: Sku, unit: Unit) -> Self {
        Self { quantity: None, measure: Measure::Metered, ..Self::new(what, sku, Decimal::ZERO, unit) }
    }
}

/// The source of a price, and its day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Price {
    pub source: PriceSource,
    /// The day the price was read from AWS's list; `null` if that is not known.
    pub as_of: Option<String>,
    /// The public copy of AWS's list that a bundled price was read from (docs/prices.md).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The source of a bundled price is weak, or it was inferred what the figure is of.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub weak: bool,
    /// The price is older than a year.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub old: bool,
}

impl Price {
    /// Says whether it is older than a year. Of many prices only the month is known, or the year.
    pub fn age(&mut self, now: Timestamp) {
        let number = |text: Option<&str>| text.and_then(|it| it.parse::<i32>().ok());
        let Some(mut parts) = self.as_of.as_deref().map(|day| day.split('-')) else { return };
        let Some(year) = number(parts.next()) else { return };
        let month = number(parts.next()).unwrap_or(1);
        let today = now.to_zoned(TimeZone::UTC);
        let age = (i32::from(today.year()).saturating_sub(year)).saturating_mul(12);
        self.old = age.saturating_add(i32::from(today.month())).saturating_sub(month) > 12;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PriceSource {
    /// AWS's price list of the last days, or the price that AWS returned with the thing itself.
    Live,
    /// The snapshot inside the program.
    Bundled,
    /// No price of this region is known.
    #[default]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_old_after_a_year() {
        let old = |as_of: &str| {
            let mut price = Price { as_of: Some(as_of.to_owned()), ..Price::default() };
            price.age("2026-11-23T00:00:00Z".parse().unwrap());
            price.old
        };
        assert_eq!(["2026-10-15", "2025-11-04", "2025-12", "2026"].map(old), [false; 4]);
        assert_eq!(["2025-10-28", "2025-10", "2025", "2021-08-03"].map(old), [true; 4]);
        assert_eq!(["", "tomorrow", "2027-01-01", "99999999999-1"].map(old), [false; 4]);
    }

    #[test]
    fn only_a_known_quantity_has_an_upper_bound() {
        assert_eq!(Charge::hourly("unit", Sku::new("A"), 2).at_most().what, "≤ 2 × unit");
        assert_eq!(Charge::hourly("unit", Sku::new("A"), 2).at_most().at_most().what, "≤ 2 × unit");
        assert_eq!(Charge::metered("unit", Sku::new("A"), Unit::Hour).at_most().what, "unit");
    }
}
