//! Amounts of money as a person reads them.

use crate::model::{Charge, Measure, Usd};

/// The upper bound of a month, for a charge that is known only as "at most".
pub fn at_most(charge: &Charge) -> Option<Usd> {
    let quantity = charge.quantity.filter(|_| charge.measure == Measure::AtMost)?;
    Some(charge.usd_per_unit? * quantity * charge.unit.a_month())
}

/// With separators between thousands: `1,204.50`.
pub fn amount(usd: Usd) -> String {
    let text = usd.to_string();
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
