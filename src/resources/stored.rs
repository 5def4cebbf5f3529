//! Bytes as the gigabytes that AWS bills.

use rust_decimal::{Decimal, RoundingStrategy};

/// Never too little: a thousandth of a gigabyte costs next to nothing.
pub fn gigabytes(bytes: impl Into<Decimal>) -> Decimal {
    let exact = bytes.into() / Decimal::from(1_u64 << 30);
    exact.round_dp_with_strategy(3, RoundingStrategy::AwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_gigabyte_counts() {
        let said = |bytes: i64| gigabytes(bytes).normalize().to_string();
        assert_eq!([0, 1, 1_610_612_736, 1_610_612_737].map(said), ["0", "0.001", "1.5", "1.501"]);
    }
}
