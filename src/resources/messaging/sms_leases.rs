//! The leases of phone numbers and sender IDs: AWS returns the monthly price of each with the thing itself.

use rust_decimal::Decimal;

use crate::model::{Charge, Sku, Usd};

pub const BILLED_AS: &str = "AmazonPinpoint";

/// `None` means that the lease is free. A price that cannot be parsed is unknown.
pub fn lease(what: &str, usd_a_month: &str) -> Option<Charge> {
    let sku = Sku::new(BILLED_AS).with("item", "lease").with("unit", "month");
    let charge = Charge::each_month(what, sku, 1);
    match usd_a_month.parse::<Decimal>() {
        Ok(usd) if usd.is_zero() => None,
        Ok(usd) if usd.is_sign_positive() => Some(charge.with_price(Usd(usd))),
        _ => Some(charge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_price_of_nothing_is_free() {
        let told = |price| lease("number", price).map(|it| it.usd_per_unit.map(|usd| usd.0.to_string()));
        assert_eq!([told("0"), told("0.00")], [None, None]);
        assert_eq!(told("2.00"), Some(Some("2.00".to_owned())));
        assert_eq!([told(""), told("-1"), told("some")], [Some(None), Some(None), Some(None)]);
    }
}
