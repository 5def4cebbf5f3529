//! Bytes that a service counted, as the gigabytes it bills.

use rust_decimal::{Decimal, RoundingStrategy};

const GIGABYTE: u64 = 1 << 30;

/// Gigabytes to two places, never too little; `None` for what is not there.
pub fn gigabytes(bytes: i64) -> Option<Decimal> {
    if bytes <= 0 {
        return None;
    }
    let gigabytes = Decimal::from(bytes) / Decimal::from(GIGABYTE);
    Some(gigabytes.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_too_little() {
        assert_eq!(gigabytes(6144), Some(Decimal::new(1, 2)));
        assert_eq!(gigabytes(1 << 40), Some(Decimal::from(1024)));
        assert_eq!([gigabytes(0), gigabytes(-1)], [None, None]);
    }
}
