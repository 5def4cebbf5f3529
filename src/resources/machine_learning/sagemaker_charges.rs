//! The charges of SageMaker AI: instances, by what they are used for, and their volumes.

use rust_decimal::Decimal;

use crate::model::{Charge, Sku, Unit};

pub const SERVICE: &str = "AmazonSageMaker";

/// Instances of a class; `used_for` is their use in the price list: `Host`, `Train`. Metered if `count` is unknown.
pub fn instances(used_for: &str, class: Option<&str>, count: Option<Decimal>) -> Charge {
    // `Notebk:ml.t3.medium`, but `Studio:JupyterLab-ml.t3.medium`.
    let between = if used_for.contains(':') { '-' } else { ':' };
    let sku = class.map_or_else(|| Sku::new(SERVICE), |class| usage(&format!("{used_for}{between}{class}")));
    let name = class.unwrap_or("instance");
    match count {
        Some(count) => Charge::hourly(name, sku, count),
        None => Charge::metered(name, sku, Unit::Hour),
    }
}

/// The volume of a notebook.
pub fn volume(gigabytes: Decimal) -> Charge {
    Charge::storage("volume", volume_sku("ml_storage_gp2"), gigabytes)
}

/// A volume of unknown size.
pub fn some_volume() -> Charge {
    Charge::metered("volume", volume_sku("ml_storage_gp2"), Unit::GbMonth)
}

/// The volumes of all instances whose number is known, `each` of this size; `None` if there are none.
pub fn volumes(item: &str, each: Option<Decimal>, counts: impl IntoIterator<Item = Option<Decimal>>) -> Option<Charge> {
    let each = each?;
    let count = counts.into_iter().flatten().try_fold(Decimal::ZERO, Decimal::checked_add);
    match count.and_then(|count| count.checked_mul(each)) {
        Some(all) => (all > Decimal::ZERO).then(|| Charge::storage("volume", volume_sku(item), all)),
        // Overflow: the amount is unknown.
        None => Some(Charge::metered("volume", volume_sku(item), Unit::GbMonth)),
    }
}

fn volume_sku(item: &str) -> Sku {
    Sku::new(SERVICE).with("item", item).with("unit", "gb-month")
}

/// The price list entry of a usage type.
pub fn usage(usage: &str) -> Sku {
    Sku::new(SERVICE).with("usagetype", usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_has_the_price_of_its_use() {
        let charge = instances("Host", Some("ml.m5.xlarge"), Some(2.into()));
        assert_eq!(charge.what, "2 × ml.m5.xlarge");
        assert_eq!(charge.sku.to_string(), "AmazonSageMaker usagetype=Host:ml.m5.xlarge");
        assert_eq!(instances("Host", Some("ml.m5.xlarge"), None).quantity, None);
        assert_eq!(instances("Host", None, Some(2.into())).sku.to_string(), "AmazonSageMaker");
    }

    #[test]
    fn volumes_that_no_number_can_hold_are_unknown() {
        let what = |each, counts: [Option<Decimal>; 2]| {
            volumes("ml_storage_gp2", each, counts).map(|it| (it.what, it.quantity))
        };
        let number = |number: i32| Some(Decimal::from(number));
        assert_eq!(what(number(5), [number(2), None]), Some(("10 GB volume".to_owned(), number(10))));
        assert_eq!([what(None, [number(2), None]), what(number(5), [None, number(0)])], [None, None]);
        let too_many = Some(("volume".to_owned(), None));
        assert_eq!(what(number(5), [Some(Decimal::MAX); 2]), too_many);
        assert_eq!(what(number(5), [Some(Decimal::MAX), None]), too_many);
    }
}
