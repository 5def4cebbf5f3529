//! Shard groups of Aurora Limitless Database bill at least their minimum of capacity for every hour they exist.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::DbShardGroup;
use futures::FutureExt;
use rust_decimal::Decimal;

use super::rds_reading::rds_tags;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::paging::pages;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-shard-group",
    names: words("Aurora Limitless shard group", "Aurora Limitless シャードグループ"),
    bills: words(
        "per unit of capacity (ACU) and hour, never less than its minimum",
        "容量単位 (ACU)・時間ごと。設定した最小容量を下回らない",
    ),
    scope: Scope::Region,
    endpoint: "rds",
    small: false,
    billed_as: &["AmazonRDS"],
    reads: &["rds:DescribeDBShardGroups"],
    writes: &["rds:DeleteDBShardGroup"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let page = |token| {
        let answer = client.describe_db_shard_groups().max_records(100).set_marker(token).send();
        async move { Ok(answer.await.map(|answer| (answer.db_shard_groups.unwrap_or_default(), answer.marker))?) }
    };
    Ok(pages(page).await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills. An unknown status is reported, not hidden.
fn finding(group: &DbShardGroup) -> Option<Listed> {
    let billing = billing(group.status())?;
    let id = group.db_shard_group_identifier().unwrap_or_default();
    let arn = group.db_shard_group_arn().map(str::to_owned);
    let found = Listed { arn, billing, tags: rds_tags(group.tag_list()), ..Listed::new(id) };
    let found = found.charge(capacity(group)).note(Note::new("usage-extra"));
    Some(found.can(Verb::Delete, Command::aws("rds delete-db-shard-group --db-shard-group-identifier").arg(id)))
}

/// The least it is charged for; each standby has as much again.
fn capacity(group: &DbShardGroup) -> Charge {
    let sku = Sku::new("AmazonRDS").with("usagetype", "Aurora:LimitlessUsage");
    let copies = Decimal::from(1 + group.compute_redundancy().unwrap_or_default().max(0));
    match group.min_acu().and_then(|least| Decimal::try_from(least).ok()).filter(|least| !least.is_zero()) {
        Some(least) => Charge::hourly("ACU", sku, (least * copies).normalize()),
        None => Charge::metered("ACU", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn bills_its_least_until_it_is_deleted() {
        let group = |status: &str| DbShardGroup::builder().db_shard_group_identifier("study").status(status);
        let what = |group: DbShardGroup| finding(&group).unwrap().charges[0].what.clone();
        assert_eq!(what(group("available").min_acu(16.0).build()), "16 × ACU");
        assert_eq!(what(group("available").min_acu(16.0).compute_redundancy(2).build()), "48 × ACU");
        assert_eq!(what(DbShardGroup::builder().build()), "ACU");
        let billing = |status| finding(&group(status).build()).map(|it| it.billing);
        assert_eq!((billing("deleting"), billing("deleted")), (Some(Billing::Ending), None));
        assert_eq!(billing("dreaming"), Some(Billing::Running));
    }
}
