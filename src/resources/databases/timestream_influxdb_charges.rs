//! The charges of one Timestream for `InfluxDB` instance: hours by type, and its volume.

use rust_decimal::Decimal;

use crate::aws::api::values;
use crate::model::{Billing, Charge, Unit};
use crate::resources::reading::sku;

/// One instance.
pub struct Node<'a> {
    pub kind: Option<&'a str>,
    /// As in the price list.
    pub deployment: &'static str,
    pub storage: Option<&'a str>,
    pub gigabytes: Option<Decimal>,
}

values! {
    /// The status of an instance or a cluster.
    pub enum Status { Deleting = "DELETING", Deleted = "DELETED" }
}

/// `None` means it is deleted. An unknown status counts as charged.
pub fn billing(status: Option<&Status>) -> Option<Billing> {
    match status {
        Some(Status::Deleted) => None,
        Some(Status::Deleting) => Some(Billing::Ending),
        _ => Some(Billing::Running),
    }
}

impl Node<'_> {
    pub fn charges(&self, count: i32) -> Vec<Charge> {
        let deployment = Some(self.deployment);
        let hour = sku("AmazonTimestream", [("instanceType", self.kind), ("deploymentOption", deployment)]);
        let what = format!("{} {}", self.kind.unwrap_or("instance"), self.deployment);
        let hour = Charge::hourly(what.trim_end_matches(" Single-AZ"), hour, count);
        let space = [("productFamily", Some("Database Storage")), ("volumeType", self.storage)];
        let space = sku("AmazonTimestream", space.into_iter().chain([("deploymentOption", deployment)]));
        let name = self.storage.unwrap_or("storage");
        let space = match self.gigabytes.and_then(|size| size.checked_mul(count.into())) {
            Some(gigabytes) => Charge::storage(name, space, gigabytes),
            None => Charge::metered(name, space, Unit::GbMonth),
        };
        vec![hour, space]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instance_has_hours_and_a_volume() {
        let (kind, storage) = (Some("db.influx.medium"), Some("InfluxIOIncludedT1"));
        let node = Node { kind, deployment: "Single-AZ", storage, gigabytes: Some(20.into()) };
        let whats: Vec<String> = node.charges(2).into_iter().map(|it| it.what).collect();
        assert_eq!(whats, ["2 × db.influx.medium", "40 GB InfluxIOIncludedT1"]);
        let nothing_said = Node { kind: None, deployment: "Multi-AZ", storage: None, gigabytes: None };
        assert_eq!(nothing_said.charges(1)[1].quantity, None);
        assert_eq!(billing(Some(&Status::Deleted)), None);
        assert_eq!(billing(Some(&"FUTURE".into())), Some(Billing::Running));
    }
}
