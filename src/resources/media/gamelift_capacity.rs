//! The instances of a GameLift fleet: how many there are, what they cost, and how to end them.

use aws_sdk_gamelift::types::FleetCapacity;

use crate::model::{Billing, Charge, Command, Listed, Note, Sku, Unit, Verb};

/// All instances that there are, at work or on their way.
pub fn count(it: &FleetCapacity) -> Option<i32> {
    let counts = it.instance_counts()?;
    Some([counts.active()?, counts.pending().unwrap_or(0), counts.terminating().unwrap_or(0)].iter().sum())
}

/// The price list knows no versions.
pub fn family(system: &str) -> &str {
    match system {
        _ if system.starts_with("AMAZON_LINUX") => "Linux",
        _ if system.starts_with("WINDOWS") => "Windows",
        other => other,
    }
}

/// The service tells the instances of the fleet's home region alone: an empty fleet may have others elsewhere.
pub fn filled(
    found: Listed,
    class: Option<&str>,
    sku: Sku,
    instances: Option<i32>,
    ending: bool,
    delete: &str,
) -> Listed {
    let name = class.unwrap_or("instance");
    let (empty, id) = (instances == Some(0), found.id.clone());
    let charge = match instances {
        Some(instances) if instances > 0 => Charge::hourly(name, sku, instances),
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
    use aws_sdk_gamelift::types::Ec2InstanceCounts;

    use super::*;

    #[test]
    fn all_instances_count() {
        let counts = Ec2InstanceCounts::builder().active(2).idle(2).pending(1).terminating(1).build();
        assert_eq!(count(&FleetCapacity::builder().instance_counts(counts).build()), Some(4));
        assert_eq!(count(&FleetCapacity::builder().build()), None);
    }

    #[test]
    fn versions_of_a_system_cost_the_same() {
        assert_eq!(["AMAZON_LINUX_2023", "WINDOWS_2022", "DREAM"].map(family), ["Linux", "Windows", "DREAM"]);
    }
}
