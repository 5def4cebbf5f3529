//! The metric of the month's estimated charges, which the billing alarms watch and the billing alerts preference enables.

pub(super) const NAMESPACE: &str = "AWS/Billing";
pub(super) const METRIC: &str = "EstimatedCharges";
