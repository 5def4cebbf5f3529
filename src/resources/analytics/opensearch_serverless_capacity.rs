//! The minimum capacity of an OpenSearch Serverless collection, charged even when it is idle, and the pools in which collections
//! share it.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::api::values;
use crate::model::{Charge, Sku, Unit};

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Collection {
    pub id: Option<String>,
    pub name: Option<String>,
    pub arn: Option<String>,
    pub status: Option<Status>,
    pub kms_key_arn: Option<String>,
    pub collection_group_name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Detail {
    pub id: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<Kind>,
    pub standby_replicas: Option<Switch>,
    pub deletion_protection: Option<Switch>,
    /// Milliseconds since 1970.
    pub created_date: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Group {
    pub name: Option<String>,
    capacity_limits: Limits,
    generation: Option<Generation>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Limits {
    #[serde(rename = "minIndexingCapacityInOCU")]
    indexing: Option<Decimal>,
    #[serde(rename = "minSearchCapacityInOCU")]
    search: Option<Decimal>,
}

values! { pub enum Status { Deleting = "DELETING" } }
values! { pub enum Kind { Vectors = "VECTORSEARCH" } }
values! { pub enum Switch { Enabled = "ENABLED", Disabled = "DISABLED" } }
values! { enum Generation { Classic = "CLASSIC" } }

/// Collections of the same pool share capacity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pool {
    Group(String),
    /// Collections outside of groups: their key, whether they hold vectors, and whether they have standby replicas.
    Loose(String, bool, bool),
    /// A collection of which not enough is known to find its pool.
    Alone(String),
}

pub fn pool(collection: &Collection, detail: Option<&Detail>) -> Pool {
    if let Some(group) = &collection.collection_group_name {
        return Pool::Group(group.clone());
    }
    let Some(detail) = detail else {
        return Pool::Alone(collection.id.clone().unwrap_or_default());
    };
    let key = collection.kms_key_arn.as_deref().unwrap_or("auto").to_owned();
    let vectors = detail.kind == Some(Kind::Vectors);
    Pool::Loose(key, vectors, detail.standby_replicas == Some(Switch::Disabled))
}

/// The OCUs that are charged around the clock; `None` if there are none, or if it is not known.
pub fn floor(collection: &Collection, detail: Option<&Detail>, group: Option<&Group>) -> Option<Decimal> {
    // Half an OCU each for indexing and search, doubled by standby replicas.
    let classic = match detail.and_then(|it| it.standby_replicas.as_ref()) {
        Some(Switch::Enabled) => Some(Decimal::TWO),
        Some(Switch::Disabled) => Some(Decimal::ONE),
        _ => None,
    };
    if collection.collection_group_name.is_none() {
        return classic;
    }
    let group = group?;
    let limits = [group.capacity_limits.indexing, group.capacity_limits.search];
    let least = limits.into_iter().flatten().try_fold(Decimal::ZERO, Decimal::checked_add)?;
    match group.generation {
        _ if least > Decimal::ZERO => Some(least),
        Some(Generation::Classic) => classic,
        _ => None,
    }
}

/// The charge for the minimum capacity; metered if that is not known.
pub fn charge(floor: Option<Decimal>) -> Charge {
    let sku = Sku::new("AmazonES").with("usagetype", "SearchOCU");
    match floor {
        Some(units) => Charge::hourly("OCU", sku, units),
        None => Charge::metered("OCU", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(standby: &str) -> Detail {
        Detail { standby_replicas: Some(standby.into()), ..Detail::default() }
    }

    fn group(generation: &str, least: Option<Decimal>) -> Group {
        let capacity_limits = Limits { indexing: least, search: least };
        Group { generation: Some(generation.into()), capacity_limits, ..Group::default() }
    }

    #[test]
    fn a_classic_collection_has_a_floor() {
        let loose = Collection::default();
        let of = |standby: &str| floor(&loose, Some(&detail(standby)), None);
        assert_eq!([of("ENABLED"), of("DISABLED"), of("SOME")], [Some(Decimal::TWO), Some(Decimal::ONE), None]);
        assert_eq!(floor(&loose, None, None), None);
    }

    #[test]
    fn a_group_has_the_floor_it_was_given() {
        let member = Collection { collection_group_name: Some("g".into()), ..Collection::default() };
        let of = |generation, least| floor(&member, Some(&detail("ENABLED")), Some(&group(generation, least)));
        assert_eq!([of("NEXTGEN", None), of("NEXTGEN", Some(Decimal::ZERO)), of("FUTURE", None)], [None; 3]);
        assert_eq!(
            [of("NEXTGEN", Some(Decimal::new(5, 1))), of("CLASSIC", None)],
            [Some(Decimal::ONE), Some(Decimal::TWO)]
        );
        assert_eq!(floor(&member, Some(&detail("ENABLED")), None), None);
    }
}
