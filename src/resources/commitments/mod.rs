//! Commitments for a term, and support plans.

mod savings_plan;
mod support_plan;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[&savings_plan::RESOURCE, &support_plan::RESOURCE];
