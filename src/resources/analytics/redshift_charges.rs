//! The charges for storage of Redshift clusters and of Redshift Serverless.

use rust_decimal::Decimal;

use crate::model::{Charge, Sku, Unit};
use crate::resources::sizes::from_megabytes;

/// The storage of a cluster or a namespace, which grows and shrinks automatically.
pub fn managed_storage() -> Charge {
    let sku = Sku::new("AmazonRedshift").with("productFamily", "Redshift Managed Storage");
    Charge::metered("managed storage", sku, Unit::GbMonth)
}

/// The full size; a part of it may be shared with other snapshots.
pub fn snapshot(megabytes: Option<Decimal>) -> Charge {
    match megabytes.map(from_megabytes) {
        Some(gigabytes) => Charge::storage("snapshot", backup(), gigabytes).at_most(),
        None => Charge::metered("snapshot", backup(), Unit::GbMonth),
    }
}

/// AWS keeps the disks of a paused cluster of an older node type as a snapshot.
pub fn kept_disks() -> Charge {
    Charge::metered("snapshot", backup(), Unit::GbMonth)
}

fn backup() -> Sku {
    Sku::new("AmazonRedshift").with("item", "backup_first_50tb").with("unit", "gb-month")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_charged_at_most_for_its_restored_size() {
        assert_eq!(snapshot(Some(10_240.into())).what, "≤ 10 GB snapshot");
        assert_eq!(snapshot(None).quantity, None);
    }
}
