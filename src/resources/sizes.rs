//! Sizes as services write them, converted to gigabytes and rounded up: never too little.

use rust_decimal::{Decimal, RoundingStrategy};

const MEGABYTES: i64 = 1 << 10;
const KILOBYTES: i64 = 1 << 20;
const BYTES: i64 = 1 << 30;

pub fn from_bytes(bytes: impl Into<Decimal>) -> Decimal {
    in_gigabytes(bytes.into(), BYTES)
}

pub fn from_megabytes(megabytes: Decimal) -> Decimal {
    in_gigabytes(megabytes, MEGABYTES)
}

/// `6 MB`, `1.5 GB`.
pub fn from_text(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|letter: char| letter.is_ascii_alphabetic())?);
    let number: Decimal = number.trim().parse().ok()?;
    let to_a_gigabyte = match unit.to_ascii_uppercase().as_str() {
        "B" | "BYTES" => BYTES,
        "KB" | "KIB" => KILOBYTES,
        "MB" | "MIB" => MEGABYTES,
        "GB" | "GIB" => 1,
        "TB" | "TIB" => return number.checked_mul(Decimal::from(MEGABYTES)).map(|size| size.normalize()),
        _ => return None,
    };
    Some(in_gigabytes(number, to_a_gigabyte))
}

fn in_gigabytes(size: Decimal, to_a_gigabyte: i64) -> Decimal {
    rounded_up(size, to_a_gigabyte, 2).normalize()
}

/// Bytes to hundredths of a gigabyte; `None` for zero.
pub fn gigabytes(bytes: impl Into<Decimal>) -> Option<Decimal> {
    let bytes = bytes.into();
    (bytes > Decimal::ZERO).then(|| rounded_up(bytes, BYTES, 2))
}

/// Bytes to thousandths of a gigabyte, for many small things.
pub fn to_the_megabyte(bytes: impl Into<Decimal>) -> Decimal {
    rounded_up(bytes.into(), BYTES, 3)
}

fn rounded_up(size: Decimal, to_a_gigabyte: i64, places: u32) -> Decimal {
    (size / Decimal::from(to_a_gigabyte)).round_dp_with_strategy(places, RoundingStrategy::AwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_never_too_little() {
        let text = |text| from_text(text).map(|size| size.to_string());
        assert_eq!(text("6 MB").as_deref(), Some("0.01"));
        assert_eq!(text("1.5GB").as_deref(), Some("1.5"));
        assert_eq!(text("2 TB").as_deref(), Some("2048"));
        assert_eq!((text("6"), text("six MB"), text("6 XB")), (None, None, None));
        assert_eq!(from_bytes(1_610_612_737).to_string(), "1.51");
        assert_eq!(from_megabytes(5_120.into()).to_string(), "5");
        assert_eq!(from_text(&format!("{} TB", Decimal::MAX)), None);
    }

    #[test]
    fn bytes_are_never_too_little() {
        assert_eq!(gigabytes(6144), Some(Decimal::new(1, 2)));
        assert_eq!(gigabytes(1_i64 << 40), Some(Decimal::from(1024)));
        assert_eq!([gigabytes(0), gigabytes(-1)], [None, None]);
    }

    #[test]
    fn a_part_of_a_gigabyte_counts() {
        let said = |bytes: i64| to_the_megabyte(bytes).normalize().to_string();
        assert_eq!([0, 1, 1_610_612_736, 1_610_612_737].map(said), ["0", "0.001", "1.5", "1.501"]);
    }
}
