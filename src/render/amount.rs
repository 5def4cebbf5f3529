//! Amounts of money for people.

use crate::model::{Cost, Usd};

/// A month's cost: `490.56`; `490.56+` if a part has no figure; `≤8.25` if it is a maximum; `?` if nothing is known.
pub fn month(cost: Cost) -> String {
    match cost.exact {
        Some(usd) if cost.open => format!("{}+", amount(usd.monthly())),
        None if cost.open || cost.at_most == Usd::ZERO => "?".to_owned(),
        known if cost.at_most > Usd::ZERO => {
            format!("≤{}", amount((known.unwrap_or_default() + cost.at_most).monthly()))
        }
        known => amount(known.unwrap_or_default().monthly()),
    }
}

/// With separators between thousands: `1,204.50`.
pub fn amount(usd: Usd) -> String {
    usd.grouped()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped() {
        let shown: Vec<_> = ["0.00", "999.10", "1000.00", "1234567.89", "-1000"]
            .iter()
            .map(|text| amount(text.parse().unwrap()))
            .collect();
        assert_eq!(shown, ["0.00", "999.10", "1,000.00", "1,234,567.89", "-1,000"]);
    }
}
