//! The volumes of AppStream instances: gigabytes beyond those that the hourly rate includes are charged in any state.

use rust_decimal::Decimal;
use rust_decimal::dec;
use serde::Deserialize;

use crate::model::{Charge, Sku, Unit};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Volume {
    pub volume_size_in_gb: Decimal,
}

/// Gigabytes included with an instance.
const INCLUDED: Decimal = dec!(200);

pub fn charge(volume: &Volume) -> Option<Charge> {
    let size = Some(volume.volume_size_in_gb).filter(|size| *size > INCLUDED)?;
    let sku = Sku::new("AmazonAppStream").with("productFamily", "Storage");
    Some(Charge::metered(&format!("{} GB per instance", size - INCLUDED), sku, Unit::GbMonth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_gigabytes_above_the_included_size_are_charged() {
        let of = |size: u32| charge(&Volume { volume_size_in_gb: size.into() }).map(|it| it.what);
        assert_eq!((of(200), of(500)), (None, Some("300 GB per instance".to_owned())));
        assert_eq!(charge(&Volume::default()), None);
    }
}
