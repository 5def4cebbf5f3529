//! The metric of the month's estimated charges: what the billing alarm watches, and what the billing alerts preference turns on.

pub(super) const NAMESPACE: &str = "AWS/Billing";
pub(super) const METRIC: &str = "EstimatedCharges";
