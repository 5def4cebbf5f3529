//! Shard groups of Aurora Limitless Database are charged for at least their minimum capacity every hour.

use std::collections::BTreeMap;

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-shard-group",
    names: words("Aurora Limitless shard group", "Aurora Limitless シャードグループ"),
    bills: words(
        "per unit of capacity (ACU) and hour, never less than its minimum",
        "容量単位(ACU)・時間ごと。最小容量が下限",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonRDS"],
    asks: &[&GROUPS],
    writes: &["rds:DeleteDBShardGroup"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const GROUPS: Operation<Group> = Operation::new("rds:DescribeDBShardGroups").at("DBShardGroups");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Group {
    #[serde(rename = "DBShardGroupIdentifier")]
    id: String,
    #[serde(rename = "DBShardGroupArn")]
    arn: Option<String>,
    status: Option<String>,
    #[serde(rename = "MinACU")]
    min_acu: Option<Decimal>,
    compute_redundancy: Decimal,
    #[serde(deserialize_with = "tag_list")]
    tag_list: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let groups = cx.ask(&GROUPS).all().await?;
    Ok(groups.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown status is reported, not hidden.
fn finding(group: &Group) -> Option<Listed> {
    let billing = billing(group.status.as_deref())?;
    let (id, arn, tags) = (&group.id, group.arn.clone(), group.tag_list.clone());
    let found = Listed { arn, billing, tags, ..Listed::new(id) };
    let found = found.charge(capacity(group)).note(Note::new("usage-extra"));
    Some(
        found
            .loses(Loss::Data)
            .can(Verb::Delete, Command::aws("rds delete-db-shard-group --db-shard-group-identifier").arg(id)),
    )
}

/// The charged minimum; each standby adds as much again.
fn capacity(group: &Group) -> Charge {
    let sku = Sku::new("AmazonRDS").with("usagetype", "Aurora:LimitlessUsage");
    let copies = group.compute_redundancy.max(Decimal::ZERO).checked_add(Decimal::ONE);
    let least = group.min_acu.zip(copies).and_then(|(least, copies)| least.checked_mul(copies));
    match least.filter(|least| !least.is_zero()) {
        Some(least) => Charge::hourly("ACU", sku, least.normalize()),
        None => Charge::metered("ACU", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::model::Billing;

    #[test]
    fn is_charged_for_its_minimum_until_it_is_deleted() {
        let group = |status: &str| Group { status: Some(status.into()), ..Group::default() };
        let what = |min_acu, compute_redundancy| {
            let group = Group { min_acu, compute_redundancy, ..group("available") };
            finding(&group).unwrap().charges[0].what.clone()
        };
        assert_eq!(what(Some(dec!(16)), dec!(0)), "16 × ACU");
        assert_eq!(what(Some(dec!(16)), dec!(2)), "48 × ACU");
        assert_eq!(what(Some(Decimal::MAX), dec!(2)), "ACU");
        assert_eq!(finding(&Group::default()).unwrap().charges[0].what, "ACU");
        let billing = |status| finding(&group(status)).map(|it| it.billing);
        assert_eq!((billing("deleting"), billing("deleted")), (Some(Billing::Ending), None));
        assert_eq!(billing("future"), Some(Billing::Running));
    }
}
