//! The instances of a GameLift fleet: their number, their charge, and the command that ends them.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::model::{Billing, Charge, Command, Listed, Note, Sku, Unit, Verb};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Capacity {
    pub fleet_id: Option<String>,
    instance_counts: Counts,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "UPPERCASE", default)]
struct Counts {
    active: Option<Decimal>,
    pending: Decimal,
    terminating: Decimal,
}

/// All instances: active, starting or terminating; `None` if AWS does not return the number.
pub fn count(it: &Capacity) -> Option<Decimal> {
    let counts = &it.instance_counts;
    counts.active?.checked_add(counts.pending)?.checked_add(counts.terminating)
}

/// The operating system's name in the price list, which has no versions.
pub fn family(system: &str) -> &str {
    match system {
        _ if system.starts_with("AMAZON_LINUX") => "Linux",
        _ if system.starts_with("WINDOWS") => "Windows",
        other => other,
    }
}

/// AWS counts the instances of the fleet's home region only: a fleet without any may have instances elsewhere.
pub fn filled(
    found: Listed,
    class: Option<&str>,
    sku: Sku,
    instances: Option<Decimal>,
    ending: bool,
    delete: &str,
) -> Listed {
    let name = class.unwrap_or("instance");
    let (empty, id) = (instances == Some(Decimal::ZERO), found.id.clone());
    let charge = match instances {
        Some(instances) if instances > Decimal::ZERO => Charge::hourly(name, sku, instances),
        _ => Charge::metered(name, sku, Unit::Hour),
    };
    let billing = match (ending, empty) {
        (true, _) => Billing::Ending,
        (false, true) => Billing::Stopped,
        (false, false) => Billing::Running,
    };
    let found = Listed { billing, ..found }.charge(charge).note(Note::new("other-locations"));
    let found = found.can(Verb::Delete, Command::aws(&format!("gamelift {delete} --fleet-id")).arg(&id));
    let zero = Command::aws("gamelift update-fleet-capacity --fleet-id")
        .arg(id)
        .words("--min-size 0 --max-size 0 --desired-instances 0");
    if billing == Billing::Running { found.can(Verb::Stop, zero) } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_instances_count() {
        let instance_counts = Counts { active: Some(2.into()), pending: 1.into(), terminating: 1.into() };
        assert_eq!(count(&Capacity { instance_counts, ..Capacity::default() }), Some(4.into()));
        assert_eq!(count(&Capacity::default()), None);
    }

    #[test]
    fn versions_of_a_system_cost_the_same() {
        assert_eq!(["AMAZON_LINUX_2023", "WINDOWS_2022", "FUTURE"].map(family), ["Linux", "Windows", "FUTURE"]);
    }
}
