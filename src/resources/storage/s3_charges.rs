//! The charges of a bucket, by the storage types in CloudWatch's daily figures.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, dec};

use crate::model::{Charge, Sku, Unit};
use crate::resources::sizes::gigabytes;

/// Standard storage costs less beyond the first 50 TB, and less again beyond the next 450 TB.
const TIERS: [(&str, Decimal); 3] = [
    ("standard_first_50tb", dec!(51_200)),
    ("standard_next_450tb", dec!(460_800)),
    ("standard_over_500tb", Decimal::MAX),
];

/// A price list entry: an item of the snapshot, or a usage type that only the live list may have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class<'a> {
    Standard,
    Item(&'static str, &'static str),
    Usage(&'static str, &'static str),
    Unknown(&'a str),
}

/// For each archived object S3 stores its key at the Standard rate and its index at the rate of the archive.
fn class(storage_type: &str) -> Class<'_> {
    match storage_type {
        "StandardStorage"
        | "GlacierStagingStorage"
        | "GlacierS3ObjectOverhead"
        | "DeepArchiveStagingStorage"
        | "DeepArchiveS3ObjectOverhead" => Class::Standard,
        "StandardIAStorage" | "StandardIASizeOverhead" | "StandardIAObjectOverhead" => {
            Class::Item("Standard-IA", "standard_ia")
        }
        "OneZoneIAStorage" | "OneZoneIASizeOverhead" => Class::Item("One Zone-IA", "one_zone_ia"),
        "IntelligentTieringFAStorage" => Class::Item("Intelligent-Tiering", "intelligent_frequent_first_50tb"),
        "IntelligentTieringIAStorage" => Class::Item("Intelligent-Tiering IA", "intelligent_infrequent"),
        "IntelligentTieringAIAStorage" => Class::Usage("Intelligent-Tiering AIA", "TimedStorage-INT-AIA-ByteHrs"),
        "IntelligentTieringAAStorage" => Class::Usage("Intelligent-Tiering AA", "TimedStorage-INT-AA-ByteHrs"),
        "IntelligentTieringDAAStorage" => Class::Item("Intelligent-Tiering DAA", "intelligent_deep_archive"),
        "GlacierInstantRetrievalStorage" | "GlacierInstantRetrievalSizeOverhead" => {
            Class::Item("Glacier Instant Retrieval", "glacier_instant")
        }
        "GlacierStorage" | "GlacierObjectOverhead" => Class::Item("Glacier Flexible Retrieval", "glacier_flexible"),
        "DeepArchiveStorage" | "DeepArchiveObjectOverhead" => {
            Class::Item("Glacier Deep Archive", "glacier_deep_archive")
        }
        "ReducedRedundancyStorage" => Class::Usage("Reduced Redundancy", "TimedStorage-RRS-ByteHrs"),
        other => Class::Unknown(other),
    }
}

fn item(item: &str) -> Sku {
    Sku::new("AmazonS3").with("item", item).with("unit", "gb-month")
}

/// The charges of the bytes of each storage type. Without figures the bucket may still be charged.
pub fn charges(bytes: &BTreeMap<String, Decimal>) -> Vec<Charge> {
    let mut classes: BTreeMap<Class, Decimal> = BTreeMap::new();
    for (storage_type, bytes) in bytes {
        let sum = classes.entry(class(storage_type)).or_default();
        *sum = sum.saturating_add(*bytes);
    }
    let charges = classes.into_iter().filter_map(|(class, bytes)| Some((class, gigabytes(bytes)?)));
    let charges: Vec<Charge> = charges.flat_map(|(class, gigabytes)| of(class, gigabytes)).collect();
    if charges.is_empty() { vec![Charge::metered("Standard", item(TIERS[0].0), Unit::GbMonth)] } else { charges }
}

fn of(class: Class, gigabytes: Decimal) -> Vec<Charge> {
    match class {
        Class::Standard => standard(gigabytes),
        Class::Item(name, entry) => vec![Charge::storage(name, item(entry), gigabytes)],
        Class::Usage(name, usage) => {
            vec![Charge::storage(name, Sku::new("AmazonS3").with("usagetype", usage), gigabytes)]
        }
        Class::Unknown(name) => vec![Charge::storage(name, Sku::new("AmazonS3").with("storageType", name), gigabytes)],
    }
}

fn standard(mut gigabytes: Decimal) -> Vec<Charge> {
    let mut charges = Vec::new();
    for (tier, size) in TIERS {
        let part = gigabytes.min(size);
        if part > Decimal::ZERO {
            charges.push(Charge::storage("Standard", item(tier), part));
        }
        gigabytes -= part;
    }
    charges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(bytes: &[(&str, i64)]) -> Vec<String> {
        let bytes = bytes.iter().map(|(name, bytes)| ((*name).to_owned(), Decimal::from(*bytes))).collect();
        charges(&bytes).iter().map(|charge| format!("{} | {}", charge.what, charge.sku)).collect()
    }

    #[test]
    fn storage_types_with_one_price_are_one_charge() {
        let archived =
            [("GlacierStorage", 2 << 30), ("GlacierObjectOverhead", 1 << 30), ("GlacierS3ObjectOverhead", 1 << 30)];
        assert_eq!(
            seen(&archived),
            [
                "1 GB Standard | AmazonS3 item=standard_first_50tb unit=gb-month",
                "3 GB Glacier Flexible Retrieval | AmazonS3 item=glacier_flexible unit=gb-month"
            ]
        );
    }

    #[test]
    fn beyond_fifty_terabytes_it_costs_less() {
        assert_eq!(
            seen(&[("StandardStorage", 51 << 40)]),
            [
                "51200 GB Standard | AmazonS3 item=standard_first_50tb unit=gb-month",
                "1024 GB Standard | AmazonS3 item=standard_next_450tb unit=gb-month"
            ]
        );
    }

    #[test]
    fn nothing_known_is_not_nothing() {
        assert_eq!(seen(&[]), ["Standard | AmazonS3 item=standard_first_50tb unit=gb-month"]);
        assert_eq!(seen(&[("StandardStorage", 0)]).len(), 1);
        assert_eq!(seen(&[("FutureStorage", 1 << 30)]), ["1 GB FutureStorage | AmazonS3 storageType=FutureStorage"]);
    }
}
