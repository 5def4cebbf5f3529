//! What `DynamoDB` charges for a table: capacity that is provisioned, used or not, and storage, each beyond a free allowance.

use aws_sdk_dynamodb::types::{
    BillingMode, ContinuousBackupsDescription, PointInTimeRecoveryStatus, ProvisionedThroughputDescription, TableClass,
    TableDescription,
};
use rust_decimal::Decimal;

use crate::model::{Charge, Sku, Unit};
use crate::resources::sizes::from_bytes;

/// What each item of a table or an index adds to its billed size.
const BYTES_AN_ITEM: i64 = 100;

/// AWS gives the allowance in each region, to the standard class alone.
const FREE_UNITS: u32 = 25;
const FREE_GIGABYTES: u32 = 25;

/// Paid for by use. Without a summary a table has never been anything but provisioned.
pub fn is_on_demand(table: &TableDescription) -> bool {
    table.billing_mode_summary().and_then(|it| it.billing_mode()) == Some(&BillingMode::PayPerRequest)
}

fn is_infrequent(table: &TableDescription) -> bool {
    let class = table.table_class_summary().and_then(|summary| summary.table_class());
    class == Some(&TableClass::StandardInfrequentAccess)
}

/// A usage type of the class of the table.
fn sku(table: &TableDescription, usage: &str) -> Sku {
    let class = if is_infrequent(table) { "IA-" } else { "" };
    Sku::new("AmazonDynamoDB").with("usagetype", format!("{class}{usage}"))
}

/// The read and write capacity of the table and of its indexes.
pub fn capacity(table: &TableDescription) -> Vec<Charge> {
    if is_on_demand(table) {
        return Vec::new();
    }
    let Some(own) = table.provisioned_throughput() else {
        return vec![Charge::metered("provisioned capacity", sku(table, "WriteCapacityUnit-Hrs"), Unit::Hour)];
    };
    let indexes = table.global_secondary_indexes().iter().filter_map(|index| index.provisioned_throughput());
    let all: Vec<&ProvisionedThroughputDescription> = std::iter::once(own).chain(indexes).collect();
    let sum = |units: fn(&ProvisionedThroughputDescription) -> Option<i64>| all.iter().filter_map(|it| units(it)).sum();
    let reads: i64 = sum(ProvisionedThroughputDescription::read_capacity_units);
    let writes: i64 = sum(ProvisionedThroughputDescription::write_capacity_units);
    // A global table writes in every of its regions.
    let replicated = !table.replicas().is_empty();
    let write = if replicated { "ReplWriteCapacityUnit-Hrs" } else { "WriteCapacityUnit-Hrs" };
    let free = |charge: Charge, of| if is_infrequent(table) { charge } else { charge.free_up_to(of, FREE_UNITS) };
    let written = Charge::hourly("WCU", sku(table, write), writes);
    let written = if replicated { written } else { free(written, "DynamoDB write capacity") };
    let read = Charge::hourly("RCU", sku(table, "ReadCapacityUnit-Hrs"), reads);
    let charges = [(reads, free(read, "DynamoDB read capacity")), (writes, written)];
    charges.into_iter().filter(|(units, _)| *units > 0).map(|(_, charge)| charge).collect()
}

/// The stored data with its indexes, as of AWS's last count (every six hours or so).
pub fn storage(table: &TableDescription) -> Option<Charge> {
    let sku = sku(table, "TimedStorage-ByteHrs");
    let Some(own) = table.table_size_bytes() else {
        return Some(Charge::metered("storage", sku, Unit::GbMonth));
    };
    let global = table.global_secondary_indexes().iter().map(|it| (it.index_size_bytes(), it.item_count()));
    let gigabytes = from_bytes(bytes(table, own) + global.map(with_items).sum::<i64>());
    let charge = Charge::storage("storage", sku, gigabytes);
    let charge = if is_infrequent(table) { charge } else { charge.free_up_to("DynamoDB storage", FREE_GIGABYTES) };
    (gigabytes > Decimal::ZERO).then_some(charge)
}

/// What it can be restored from to any moment: the table with its local indexes once more, or a little less.
pub fn recovery(table: &TableDescription, backups: &ContinuousBackupsDescription) -> Option<Charge> {
    let status = backups.point_in_time_recovery_description()?.point_in_time_recovery_status()?;
    if *status == PointInTimeRecoveryStatus::Disabled {
        return None;
    }
    let (name, sku) = ("point-in-time recovery", sku(table, "TimedPITRStorage-ByteHrs"));
    Some(match table.table_size_bytes() {
        Some(own) => Charge::storage(name, sku, from_bytes(bytes(table, own))).at_most(),
        None => Charge::metered(name, sku, Unit::GbMonth),
    })
}

/// The table, of which AWS says so many, with its local indexes.
fn bytes(table: &TableDescription, own: i64) -> i64 {
    let local = table.local_secondary_indexes().iter().map(|it| (it.index_size_bytes(), it.item_count()));
    std::iter::once((Some(own), table.item_count())).chain(local).map(with_items).sum()
}

fn with_items((bytes, items): (Option<i64>, Option<i64>)) -> i64 {
    bytes.unwrap_or_default() + items.unwrap_or_default() * BYTES_AN_ITEM
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::types::builders::TableDescriptionBuilder;
    use aws_sdk_dynamodb::types::{
        BillingModeSummary, GlobalSecondaryIndexDescription, PointInTimeRecoveryDescription, ReplicaDescription,
        TableClassSummary,
    };

    use super::*;

    fn units(reads: i64, writes: i64) -> ProvisionedThroughputDescription {
        ProvisionedThroughputDescription::builder().read_capacity_units(reads).write_capacity_units(writes).build()
    }

    fn told(table: TableDescriptionBuilder) -> Vec<String> {
        capacity(&table.build()).into_iter().map(|it| format!("{} {}", it.what, it.sku)).collect()
    }

    #[test]
    fn indexes_have_a_capacity_of_their_own() {
        let index = GlobalSecondaryIndexDescription::builder().provisioned_throughput(units(5, 10)).build();
        let table = TableDescription::builder().provisioned_throughput(units(5, 5)).global_secondary_indexes(index);
        let [read, write] = &capacity(&table.build())[..] else { panic!("two charges") };
        assert_eq!((read.what.as_str(), write.what.as_str()), ("10 × RCU", "15 × WCU"));
        assert_eq!(read.allowance.map(|it| it.quantity), Some(Decimal::from(25)));
    }

    #[test]
    fn the_class_and_the_copies_choose_the_price() {
        let class = TableClassSummary::builder().table_class(TableClass::StandardInfrequentAccess).build();
        let table = TableDescription::builder().provisioned_throughput(units(0, 2)).table_class_summary(class);
        assert_eq!(told(table), ["2 × WCU AmazonDynamoDB usagetype=IA-WriteCapacityUnit-Hrs"]);
        let replica = ReplicaDescription::builder().build();
        let table = TableDescription::builder().provisioned_throughput(units(0, 2)).replicas(replica);
        assert_eq!(told(table), ["2 × WCU AmazonDynamoDB usagetype=ReplWriteCapacityUnit-Hrs"]);
    }

    #[test]
    fn what_is_not_said_is_charged_for() {
        assert_eq!(capacity(&TableDescription::builder().build())[0].quantity, None);
        assert_eq!(storage(&TableDescription::builder().build()).unwrap().quantity, None);
        let on_demand = BillingModeSummary::builder().billing_mode(BillingMode::PayPerRequest).build();
        let table = TableDescription::builder().billing_mode_summary(on_demand).table_size_bytes(0).item_count(0);
        let table = table.build();
        assert_eq!((capacity(&table), storage(&table)), (vec![], None));
        let table = TableDescription::builder().table_size_bytes(1 << 30).item_count(10_000_000).build();
        assert_eq!(storage(&table).unwrap().what, "1.94 GB storage");
    }

    #[test]
    fn recovery_bills_the_table_and_its_local_indexes_again() {
        let kept = |status: &str| {
            let it = PointInTimeRecoveryDescription::builder().point_in_time_recovery_status(status.into()).build();
            let it = ContinuousBackupsDescription::builder().point_in_time_recovery_description(it);
            it.continuous_backups_status("ENABLED".into()).build().unwrap()
        };
        let index = GlobalSecondaryIndexDescription::builder().index_size_bytes(1 << 30).build();
        let table = TableDescription::builder().table_size_bytes(2 << 30).global_secondary_indexes(index).build();
        let what = |status| recovery(&table, &kept(status)).map(|it| it.what);
        assert_eq!(what("ENABLED").as_deref(), Some("≤ 2 GB point-in-time recovery"));
        assert_eq!((what("DREAMING").is_some(), what("DISABLED")), (true, None));
        assert_eq!(storage(&table).unwrap().what, "3 GB storage");
        assert_eq!(recovery(&TableDescription::builder().build(), &kept("ENABLED")).unwrap().quantity, None);
    }
}
