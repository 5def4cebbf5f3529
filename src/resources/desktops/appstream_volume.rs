//! The volumes of AppStream instances: what they have beyond what the hourly rate includes bills in any state.

use aws_sdk_appstream::types::VolumeConfig;

use crate::model::{Charge, Sku, Unit};

/// Gigabytes that come with an instance.
const INCLUDED: i32 = 200;

pub fn volume(config: Option<&VolumeConfig>) -> Option<Charge> {
    let size = config?.volume_size_in_gb().filter(|size| *size > INCLUDED)?;
    let sku = Sku::new("AmazonAppStream").with("productFamily", "Storage");
    Some(Charge::metered(&format!("{} GB per instance", size - INCLUDED), sku, Unit::GbMonth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_above_the_included_size_bills() {
        let of = |size| volume(Some(&VolumeConfig::builder().volume_size_in_gb(size).build())).map(|it| it.what);
        assert_eq!((of(200), of(500)), (None, Some("300 GB per instance".to_owned())));
        assert_eq!(volume(None), None);
    }
}
