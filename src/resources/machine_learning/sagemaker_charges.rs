//! What SageMaker AI charges for: instances, by what they are used for, and their volumes.

use rust_decimal::Decimal;

use crate::model::{Charge, Sku, Unit};

pub const SERVICE: &str = "AmazonSageMaker";

/// Instances of a class; `used_for` is how the price list calls their use: `Host`, `Train`. Where AWS does not say how many
/// there are, only its meter knows.
pub fn instances(used_for: &str, class: Option<&str>, count: Option<i32>) -> Charge {
    let sku = class.map_or_else(|| Sku::new(SERVICE), |class| usage(&format!("{used_for}:{class}")));
    let name = class.unwrap_or("instance");
    match count {
        Some(count) => Charge::hourly(name, sku, count),
        None => Charge::metered(name, sku, Unit::Hour),
    }
}

/// The volumes of notebooks, of training jobs and of endpoints.
pub fn volume(gigabytes: impl Into<Decimal>) -> Charge {
    Charge::storage("volume", volume_sku(), gigabytes)
}

/// A volume of a size that is not known.
pub fn some_volume() -> Charge {
    Charge::metered("volume", volume_sku(), Unit::GbMonth)
}

fn volume_sku() -> Sku {
    Sku::new(SERVICE).with("item", "ml_storage_gp2").with("unit", "gb-month")
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
        let charge = instances("Host", Some("ml.m5.xlarge"), Some(2));
        assert_eq!(charge.what, "2 × ml.m5.xlarge");
        assert_eq!(charge.sku.to_string(), "AmazonSageMaker usagetype=Host:ml.m5.xlarge");
        assert_eq!(instances("Host", Some("ml.m5.xlarge"), None).quantity, None);
        assert_eq!(instances("Host", None, Some(2)).sku.to_string(), "AmazonSageMaker");
    }
}
