//! The charges of a Keyspaces table: provisioned capacity, used or not, and its data, whose size AWS does not return.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::api::values;
use crate::model::{Charge, Sku, Unit};

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Table {
    pub creation_timestamp: Option<Timestamp>,
    pub status: Option<Status>,
    pub capacity_specification: Option<Capacity>,
    pub point_in_time_recovery: Option<Recovery>,
    pub replica_specifications: Vec<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Capacity {
    pub throughput_mode: Option<Mode>,
    pub read_capacity_units: Option<Decimal>,
    pub write_capacity_units: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Recovery {
    pub status: Option<RecoveryStatus>,
}

values! { pub enum Status { Deleting = "DELETING", Deleted = "DELETED" } }
values! { pub enum Mode { PayPerRequest = "PAY_PER_REQUEST" } }
values! { pub enum RecoveryStatus { Disabled = "DISABLED" } }

/// Empty for an on-demand table.
pub fn capacity(table: &Table) -> Vec<Charge> {
    let Some(capacity) = &table.capacity_specification else { return vec![unknown()] };
    if capacity.throughput_mode == Some(Mode::PayPerRequest) {
        return Vec::new();
    }
    // A multi-region table writes in each of its regions.
    let write = if table.replica_specifications.is_empty() { "write_capacity" } else { "replicated_write_capacity" };
    let charge = |name: &str, item: &str, units: Option<Decimal>| match units {
        Some(units) => Charge::hourly(name, sku(item, "hour"), units),
        None => Charge::metered(name, sku(item, "hour"), Unit::Hour),
    };
    vec![
        charge("RCU", "read_capacity", capacity.read_capacity_units),
        charge("WCU", write, capacity.write_capacity_units),
    ]
}

/// The charge of a table whose description failed.
pub fn unknown() -> Charge {
    Charge::metered("provisioned capacity", sku("write_capacity", "hour"), Unit::Hour)
}

pub fn storage() -> Charge {
    Charge::metered("storage", sku("storage", "gb-month"), Unit::GbMonth)
}

pub fn recovery(table: &Table) -> Option<Charge> {
    let status = &table.point_in_time_recovery.as_ref()?.status;
    let sku = sku("point_in_time_recovery", "gb-month");
    (*status != Some(RecoveryStatus::Disabled)).then(|| Charge::metered("point-in-time recovery", sku, Unit::GbMonth))
}

fn sku(item: &str, unit: &str) -> Sku {
    Sku::new("AmazonMCS").with("item", item).with("unit", unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(mode: &str) -> Table {
        let capacity = Capacity {
            throughput_mode: Some(mode.into()),
            read_capacity_units: Some(10.into()),
            write_capacity_units: Some(5.into()),
        };
        Table { capacity_specification: Some(capacity), ..Table::default() }
    }

    fn seen(table: &Table) -> Vec<String> {
        capacity(table).into_iter().map(|it| format!("{} {}", it.what, it.sku)).collect()
    }

    #[test]
    fn only_an_on_demand_table_has_no_capacity() {
        assert_eq!(seen(&table("PAY_PER_REQUEST")).len(), 0);
        let both =
            ["10 × RCU AmazonMCS item=read_capacity unit=hour", "5 × WCU AmazonMCS item=write_capacity unit=hour"];
        assert_eq!(
            (seen(&table("PROVISIONED")), seen(&table("NEW"))),
            (both.map(str::to_owned).to_vec(), both.map(str::to_owned).to_vec())
        );
        assert_eq!(seen(&Table::default()).len(), 1);
    }

    #[test]
    fn copies_in_other_regions_cost_more_to_write() {
        let seen = seen(&Table { replica_specifications: vec![IgnoredAny], ..table("PROVISIONED") });
        assert_eq!(seen[1], "5 × WCU AmazonMCS item=replicated_write_capacity unit=hour");
    }

    #[test]
    fn recovery_is_charged_if_it_is_enabled() {
        let bills = |status: &str| {
            let it = Recovery { status: Some(status.into()) };
            recovery(&Table { point_in_time_recovery: Some(it), ..Table::default() }).is_some()
        };
        assert_eq!(["ENABLED", "DISABLED", "NEW"].map(bills), [true, false, true]);
    }
}
