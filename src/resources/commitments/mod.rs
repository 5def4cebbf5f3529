//! What was promised for a term, and support plans.

// LATER mod savings_plan;
// LATER mod support_plan;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    // LATER &savings_plan::RESOURCE,
    // LATER &support_plan::RESOURCE,
];
