//! What Keyspaces charges for a table: capacity that is provisioned, used or not, and what is stored, which no call tells.

use aws_sdk_keyspaces::operation::get_table::GetTableOutput;
use aws_sdk_keyspaces::types::{PointInTimeRecoveryStatus, ThroughputMode};

use crate::model::{Charge, Sku, Unit};

/// Nothing for a table that is paid for by use.
pub fn capacity(table: &GetTableOutput) -> Vec<Charge> {
    let Some(capacity) = table.capacity_specification() else { return vec![unknown()] };
    if *capacity.throughput_mode() == ThroughputMode::PayPerRequest {
        return Vec::new();
    }
    // A table in several regions writes in each of them.
    let write = if table.replica_specifications().is_empty() { "write_capacity" } else { "replicated_write_capacity" };
    let charge = |name: &str, item: &str, units: Option<i64>| match units {
        Some(units) => Charge::hourly(name, sku(item, "hour"), units),
        None => Charge::metered(name, sku(item, "hour"), Unit::Hour),
    };
    vec![
        charge("RCU", "read_capacity", capacity.read_capacity_units()),
        charge("WCU", write, capacity.write_capacity_units()),
    ]
}

/// Of a table about which nothing else is known.
pub fn unknown() -> Charge {
    Charge::metered("provisioned capacity", sku("write_capacity", "hour"), Unit::Hour)
}

pub fn storage() -> Charge {
    Charge::metered("storage", sku("storage", "gb-month"), Unit::GbMonth)
}

pub fn recovery(table: &GetTableOutput) -> Option<Charge> {
    let status = table.point_in_time_recovery()?.status();
    let sku = sku("point_in_time_recovery", "gb-month");
    (*status != PointInTimeRecoveryStatus::Disabled)
        .then(|| Charge::metered("point-in-time recovery", sku, Unit::GbMonth))
}

fn sku(item: &str, unit: &str) -> Sku {
    Sku::new("AmazonMCS").with("item", item).with("unit", unit)
}

#[cfg(test)]
mod tests {
    use aws_sdk_keyspaces::operation::get_table::builders::GetTableOutputBuilder;
    use aws_sdk_keyspaces::types::{
        CapacitySpecificationSummary, PointInTimeRecoverySummary, ReplicaSpecificationSummary,
    };

    use super::*;

    fn table(mode: &str) -> GetTableOutputBuilder {
        let capacity = CapacitySpecificationSummary::builder().throughput_mode(mode.into());
        let capacity = capacity.read_capacity_units(10).write_capacity_units(5).build().unwrap();
        let table = GetTableOutput::builder().keyspace_name("study").table_name("orders").resource_arn("arn:x");
        table.capacity_specification(capacity)
    }

    fn told(table: GetTableOutputBuilder) -> Vec<String> {
        capacity(&table.build().unwrap()).into_iter().map(|it| format!("{} {}", it.what, it.sku)).collect()
    }

    #[test]
    fn only_what_is_paid_for_by_use_has_no_capacity() {
        assert_eq!(told(table("PAY_PER_REQUEST")).len(), 0);
        let both =
            ["10 × RCU AmazonMCS item=read_capacity unit=hour", "5 × WCU AmazonMCS item=write_capacity unit=hour"];
        assert_eq!(
            (told(table("PROVISIONED")), told(table("NEW"))),
            (both.map(str::to_owned).to_vec(), both.map(str::to_owned).to_vec())
        );
        assert_eq!(told(table("NEW").set_capacity_specification(None)).len(), 1);
    }

    #[test]
    fn copies_in_other_regions_cost_more_to_write() {
        let replica = ReplicaSpecificationSummary::builder().region("us-east-1").build();
        let told = told(table("PROVISIONED").replica_specifications(replica));
        assert_eq!(told[1], "5 × WCU AmazonMCS item=replicated_write_capacity unit=hour");
    }

    #[test]
    fn recovery_bills_where_it_is_on() {
        let bills = |status: &str| {
            let it = PointInTimeRecoverySummary::builder().status(status.into()).build().unwrap();
            recovery(&table("NEW").point_in_time_recovery(it).build().unwrap()).is_some()
        };
        assert_eq!(["ENABLED", "DISABLED", "NEW"].map(bills), [true, false, true]);
    }
}
