//! What may bill or may not: a thing that failed to come up, or that somebody has paid for in advance.

use crate::model::Charge;

/// At most this charge. What only the meter knows stays so.
pub fn perhaps(charge: Charge) -> Charge {
    if charge.quantity.is_some() { charge.at_most() } else { charge }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Sku, Unit};

    #[test]
    fn only_a_known_quantity_has_an_upper_bound() {
        assert_eq!(perhaps(Charge::hourly("unit", Sku::new("A"), 2)).what, "≤ 2 × unit");
        assert_eq!(perhaps(Charge::metered("unit", Sku::new("A"), Unit::Hour)).what, "unit");
    }
}
