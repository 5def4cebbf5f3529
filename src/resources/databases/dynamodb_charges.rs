//! The charges of a `DynamoDB` table: provisioned capacity, used or not, and storage, each beyond a free allowance.

use std::iter::once;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::api::values;
use crate::model::{Charge, Sku, Unit};
use crate::resources::sizes::from_bytes;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Table {
    pub table_status: Option<Status>,
    pub creation_date_time: Option<Timestamp>,
    pub provisioned_throughput: Option<Throughput>,
    pub table_size_bytes: Option<Decimal>,
    pub item_count: Decimal,
    pub table_arn: Option<String>,
    pub billing_mode_summary: ModeSummary,
    pub local_secondary_indexes: Vec<LocalIndex>,
    pub global_secondary_indexes: Vec<GlobalIndex>,
    pub replicas: Vec<IgnoredAny>,
    pub table_class_summary: ClassSummary,
    pub deletion_protection_enabled: bool,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Throughput {
    pub read_capacity_units: Decimal,
    pub write_capacity_units: Decimal,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct ModeSummary {
    pub billing_mode: Option<Mode>,
}

/// An index that shares the table's capacity.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct LocalIndex {
    pub index_size_bytes: Decimal,
    pub item_count: Decimal,
}

/// An index with its own capacity.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct GlobalIndex {
    pub provisioned_throughput: Throughput,
    pub index_size_bytes: Decimal,
    pub item_count: Decimal,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct ClassSummary {
    pub table_class: Option<Class>,
}

/// The continuous backups of a table.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Backups {
    pub point_in_time_recovery_description: Recovery,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Recovery {
    pub point_in_time_recovery_status: Option<RecoveryStatus>,
}

values! { pub enum Status { Deleting = "DELETING" } }
values! { pub enum Mode { PayPerRequest = "PAY_PER_REQUEST" } }
values! { pub enum Class { InfrequentAccess = "STANDARD_INFREQUENT_ACCESS" } }
values! { pub enum RecoveryStatus { Disabled = "DISABLED" } }

/// AWS adds this much to the charged size of each item of a table or an index.
const BYTES_AN_ITEM: Decimal = Decimal::ONE_HUNDRED;

/// Free in each region, in the Standard class only.
const FREE_UNITS: u32 = 25;
const FREE_GIGABYTES: u32 = 25;

/// Tables without a summary have always been provisioned.
pub fn is_on_demand(table: &Table) -> bool {
    table.billing_mode_summary.billing_mode == Some(Mode::PayPerRequest)
}

fn is_infrequent(table: &Table) -> bool {
    table.table_class_summary.table_class == Some(Class::InfrequentAccess)
}

/// A usage type of the table's class.
fn sku(table: &Table, usage: &str) -> Sku {
    let class = if is_infrequent(table) { "IA-" } else { "" };
    Sku::new("AmazonDynamoDB").with("usagetype", format!("{class}{usage}"))
}

/// The read and write capacity of the table and its indexes.
pub fn capacity(table: &Table) -> Vec<Charge> {
    if is_on_demand(table) {
        return Vec::new();
    }
    let Some(own) = &table.provisioned_throughput else {
        return vec![Charge::metered("provisioned capacity", sku(table, "WriteCapacityUnit-Hrs"), Unit::Hour)];
    };
    let all = || once(own).chain(table.global_secondary_indexes.iter().map(|index| &index.provisioned_throughput));
    let reads = sum(all().map(|it| Some(it.read_capacity_units)));
    let writes = sum(all().map(|it| Some(it.write_capacity_units)));
    // A global table writes in each of its regions.
    let replicated = !table.replicas.is_empty();
    let write = if replicated { "ReplWriteCapacityUnit-Hrs" } else { "WriteCapacityUnit-Hrs" };
    let free = |charge: Charge, of| if is_infrequent(table) { charge } else { charge.free_up_to(of, FREE_UNITS) };
    let hourly = |name, usage, units: Option<Decimal>| match units {
        Some(units) => Charge::hourly(name, sku(table, usage), units),
        None => Charge::metered(name, sku(table, usage), Unit::Hour),
    };
    let written = hourly("WCU", write, writes);
    let written = if replicated { written } else { free(written, "DynamoDB write capacity") };
    let read = hourly("RCU", "ReadCapacityUnit-Hrs", reads);
    let charges = [(reads, free(read, "DynamoDB read capacity")), (writes, written)];
    charges.into_iter().filter(|(units, _)| *units != Some(Decimal::ZERO)).map(|(_, charge)| charge).collect()
}

/// The data with its indexes, by AWS's last count (about every six hours).
pub fn storage(table: &Table) -> Option<Charge> {
    let sku = sku(table, "TimedStorage-ByteHrs");
    let global = table.global_secondary_indexes.iter().map(|it| with_items(it.index_size_bytes, it.item_count));
    let Some(bytes) = sum(once(bytes(table)).chain(global)) else {
        return Some(Charge::metered("storage", sku, Unit::GbMonth));
    };
    let gigabytes = from_bytes(bytes);
    let charge = Charge::storage("storage", sku, gigabytes);
    let charge = if is_infrequent(table) { charge } else { charge.free_up_to("DynamoDB storage", FREE_GIGABYTES) };
    (gigabytes > Decimal::ZERO).then_some(charge)
}

/// Point-in-time recovery: the size of the table with its local indexes, at most.
pub fn recovery(table: &Table, backups: &Backups) -> Option<Charge> {
    let status = backups.point_in_time_recovery_description.point_in_time_recovery_status.as_ref()?;
    if *status == RecoveryStatus::Disabled {
        return None;
    }
    let (name, sku) = ("point-in-time recovery", sku(table, "TimedPITRStorage-ByteHrs"));
    Some(match bytes(table) {
        Some(bytes) => Charge::storage(name, sku, from_bytes(bytes)).at_most(),
        None => Charge::metered(name, sku, Unit::GbMonth),
    })
}

/// The size of the table with its local indexes; `None` if AWS does not return it.
fn bytes(table: &Table) -> Option<Decimal> {
    let local = table.local_secondary_indexes.iter().map(|it| with_items(it.index_size_bytes, it.item_count));
    sum(once(with_items(table.table_size_bytes?, table.item_count)).chain(local))
}

fn with_items(bytes: Decimal, items: Decimal) -> Option<Decimal> {
    items.checked_mul(BYTES_AN_ITEM)?.checked_add(bytes)
}

/// `None` if an amount is unknown, or if the sum overflows.
fn sum(amounts: impl IntoIterator<Item = Option<Decimal>>) -> Option<Decimal> {
    amounts.into_iter().try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(reads: u32, writes: u32) -> Throughput {
        Throughput { read_capacity_units: reads.into(), write_capacity_units: writes.into() }
    }

    fn provisioned(reads: u32, writes: u32) -> Table {
        Table { provisioned_throughput: Some(units(reads, writes)), ..Table::default() }
    }

    fn sized(bytes: u64) -> Table {
        Table { table_size_bytes: Some(bytes.into()), ..Table::default() }
    }

    fn seen(table: &Table) -> Vec<String> {
        capacity(table).into_iter().map(|it| format!("{} {}", it.what, it.sku)).collect()
    }

    #[test]
    fn indexes_have_a_capacity_of_their_own() {
        let index = GlobalIndex { provisioned_throughput: units(5, 10), ..GlobalIndex::default() };
        let table = Table { global_secondary_indexes: vec![index], ..provisioned(5, 5) };
        let [read, write] = &capacity(&table)[..] else { panic!("two charges") };
        assert_eq!((read.what.as_str(), write.what.as_str()), ("10 × RCU", "15 × WCU"));
        assert_eq!(read.allowance.as_ref().map(|it| it.quantity), Some(Decimal::from(25)));
    }

    #[test]
    fn the_class_and_the_copies_choose_the_price() {
        let table_class_summary = ClassSummary { table_class: Some(Class::InfrequentAccess) };
        let table = Table { table_class_summary, ..provisioned(0, 2) };
        assert_eq!(seen(&table), ["2 × WCU AmazonDynamoDB usagetype=IA-WriteCapacityUnit-Hrs"]);
        let table = Table { replicas: vec![IgnoredAny], ..provisioned(0, 2) };
        assert_eq!(seen(&table), ["2 × WCU AmazonDynamoDB usagetype=ReplWriteCapacityUnit-Hrs"]);
    }

    #[test]
    fn a_missing_attribute_is_charged() {
        assert_eq!(capacity(&Table::default())[0].quantity, None);
        assert_eq!(storage(&Table::default()).unwrap().quantity, None);
        let billing_mode_summary = ModeSummary { billing_mode: Some(Mode::PayPerRequest) };
        let table = Table { billing_mode_summary, ..sized(0) };
        assert_eq!((capacity(&table), storage(&table)), (vec![], None));
        let table = Table { item_count: 10_000_000.into(), ..sized(1 << 30) };
        assert_eq!(storage(&table).unwrap().what, "1.94 GB storage");
    }

    #[test]
    fn recovery_is_charged_for_the_table_and_its_local_indexes() {
        let kept = |status: &str| {
            let it = Recovery { point_in_time_recovery_status: Some(status.into()) };
            Backups { point_in_time_recovery_description: it }
        };
        let index = GlobalIndex { index_size_bytes: (1 << 30).into(), ..GlobalIndex::default() };
        let table = Table { global_secondary_indexes: vec![index], ..sized(2 << 30) };
        let what = |status| recovery(&table, &kept(status)).map(|it| it.what);
        assert_eq!(what("ENABLED").as_deref(), Some("≤ 2 GB point-in-time recovery"));
        assert_eq!((what("FUTURE").is_some(), what("DISABLED")), (true, None));
        assert_eq!(storage(&table).unwrap().what, "3 GB storage");
        assert_eq!(recovery(&Table::default(), &kept("ENABLED")).unwrap().quantity, None);
    }

    #[test]
    fn an_overflowing_size_is_unknown() {
        let huge = || Throughput { read_capacity_units: Decimal::MAX, write_capacity_units: Decimal::MAX };
        let index = GlobalIndex { provisioned_throughput: huge(), ..GlobalIndex::default() };
        let global_secondary_indexes = vec![index];
        let table = Table { provisioned_throughput: Some(huge()), global_secondary_indexes, ..Table::default() };
        assert_eq!(capacity(&table).iter().map(|it| it.quantity).collect::<Vec<_>>(), [None, None]);
        let table = Table { item_count: Decimal::MAX, ..sized(0) };
        assert_eq!(storage(&table).unwrap().quantity, None);
    }
}
