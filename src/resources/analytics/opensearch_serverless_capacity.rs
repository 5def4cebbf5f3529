//! How much capacity OpenSearch Serverless keeps ready (and bills) when nobody asks anything of a collection, and which
//! collections share it.

use aws_sdk_opensearchserverless::types::{
    CollectionDetail, CollectionGroupCapacityLimits, CollectionGroupSummary, CollectionSummary, CollectionType,
    ServerlessGeneration, StandbyReplicas,
};
use rust_decimal::Decimal;

use crate::model::{Charge, Sku, Unit};

/// What collections must have in common to share capacity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pool {
    Group(String),
    /// Those outside of groups: their key, whether they hold vectors, and whether they have standby replicas.
    Loose(String, bool, bool),
    /// Nothing is known that it could share.
    Alone(String),
}

pub fn pool(collection: &CollectionSummary, detail: Option<&CollectionDetail>) -> Pool {
    if let Some(group) = collection.collection_group_name() {
        return Pool::Group(group.to_owned());
    }
    let Some(detail) = detail else {
        return Pool::Alone(collection.id().unwrap_or_default().to_owned());
    };
    let key = collection.kms_key_arn().unwrap_or("auto").to_owned();
    let vectors = detail.r#type() == Some(&CollectionType::Vectorsearch);
    Pool::Loose(key, vectors, detail.standby_replicas() == Some(&StandbyReplicas::Disabled))
}

/// The OCUs that bill around the clock; `None` if that is none, or not known.
pub fn floor(
    collection: &CollectionSummary,
    detail: Option<&CollectionDetail>,
    group: Option<&CollectionGroupSummary>,
) -> Option<Decimal> {
    // Half an OCU each for indexing and for search, and as much again for standby replicas.
    let classic = match detail.and_then(CollectionDetail::standby_replicas) {
        Some(StandbyReplicas::Enabled) => Some(Decimal::TWO),
        Some(StandbyReplicas::Disabled) => Some(Decimal::ONE),
        _ => None,
    };
    if collection.collection_group_name().is_none() {
        return classic;
    }
    let group = group?;
    let limits = group.capacity_limits();
    let least = [
        limits.and_then(CollectionGroupCapacityLimits::min_indexing_capacity_in_ocu),
        limits.and_then(CollectionGroupCapacityLimits::min_search_capacity_in_ocu),
    ];
    let least: Decimal = least.into_iter().flatten().filter_map(|it| Decimal::try_from(it).ok()).sum();
    match group.generation() {
        _ if least > Decimal::ZERO => Some(least),
        Some(ServerlessGeneration::Classic) => classic,
        _ => None,
    }
}

/// The charge for the floor; without one, the meter alone knows.
pub fn charge(floor: Option<Decimal>) -> Charge {
    let sku = Sku::new("AmazonES").with("item", "serverless_ocu").with("unit", "hour");
    match floor {
        Some(units) => Charge::hourly("OCU", sku, units),
        None => Charge::metered("OCU", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_opensearchserverless::types::CollectionGroupCapacityLimits;

    use super::*;

    fn detail(standby: &str) -> CollectionDetail {
        CollectionDetail::builder().standby_replicas(standby.into()).build()
    }
    fn group(generation: &str, least: Option<f32>) -> CollectionGroupSummary {
        let limits = CollectionGroupCapacityLimits::builder()
            .set_min_indexing_capacity_in_ocu(least)
            .set_min_search_capacity_in_ocu(least);
        CollectionGroupSummary::builder().generation(generation.into()).capacity_limits(limits.build()).build()
    }

    #[test]
    fn a_classic_collection_has_a_floor() {
        let loose = CollectionSummary::builder().build();
        let of = |standby: &str| floor(&loose, Some(&detail(standby)), None);
        assert_eq!([of("ENABLED"), of("DISABLED"), of("SOME")], [Some(Decimal::TWO), Some(Decimal::ONE), None]);
        assert_eq!(floor(&loose, None, None), None);
    }

    #[test]
    fn a_group_has_the_floor_it_was_given() {
        let member = CollectionSummary::builder().collection_group_name("g").build();
        let of = |generation, least| floor(&member, Some(&detail("ENABLED")), Some(&group(generation, least)));
        assert_eq!([of("NEXTGEN", None), of("NEXTGEN", Some(0.0)), of("DREAMING", None)], [None; 3]);
        assert_eq!([of("NEXTGEN", Some(0.5)), of("CLASSIC", None)], [Some(Decimal::ONE), Some(Decimal::TWO)]);
        assert_eq!(floor(&member, Some(&detail("ENABLED")), None), None);
    }
}
