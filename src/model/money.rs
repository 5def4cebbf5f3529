//! US dollars, exact. Never a float.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Sub};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Hours in a month, in the whole program and in AWS's own estimates.
pub const HOURS_A_MONTH: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

/// An amount of US dollars. Keeps the decimal places it was created with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Usd(#[serde(with = "rust_decimal::serde::str")] pub Decimal);

impl Usd {
    pub const ZERO: Usd = Usd(Decimal::ZERO);
    /// The largest amount; sums and products saturate instead of failing.
    pub const MAX: Usd = Usd(Decimal::MAX);

    /// `None` if the product overflows.
    #[must_use]
    pub fn checked_mul(self, times: Decimal) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// `None` if the sum overflows.
    #[must_use]
    pub fn checked_sum(amounts: impl IntoIterator<Item = Usd>) -> Option<Self> {
        amounts.into_iter().try_fold(Usd::ZERO, |sum, usd| sum.0.checked_add(usd.0).map(Self))
    }

    /// Rounded for an hourly amount: four places, always shown.
    #[must_use]
    pub fn hourly(self) -> Self {
        self.places(4)
    }

    /// Rounded for a monthly amount: two places, always shown.
    #[must_use]
    pub fn monthly(self) -> Self {
        self.places(2)
    }

    /// With separators between thousands: `1,204.50`.
    #[must_use]
    pub fn grouped(self) -> String {
        let text = self.to_string();
        let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{sign}{grouped}{rest}")
    }

    fn places(self, places: u32) -> Self {
        let mut value = self.0.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        value.rescale(places);
        Self(value)
    }
}

impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Usd {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Decimal::from_str_exact(text).map(Usd)
    }
}

impl Add for Usd {
    type Output = Usd;

    fn add(self, other: Usd) -> Usd {
        Usd(self.0.saturating_add(other.0))
    }
}

impl Sub for Usd {
    type Output = Usd;

    fn sub(self, other: Usd) -> Usd {
        Usd(self.0.saturating_sub(other.0))
    }
}

impl Mul<Decimal> for Usd {
    type Output = Usd;

    fn mul(self, times: Decimal) -> Usd {
        Usd(self.0.saturating_mul(times))
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Usd>>(amounts: I) -> Usd {
        amounts.fold(Usd::ZERO, Add::add)
    }
}

impl JsonSchema for Usd {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Usd".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": r"^-?\d+(\.\d+)?$", "description": "US dollars, a decimal as a string" })
    }
}
