//! The text form of each report.

mod actions;
mod advice;
mod appeal;
mod bill;
mod catalogue;
mod changes;
mod chart;
mod coverage;
mod entry;
mod findings;
mod gaps;
mod history;
mod of;
mod organization;
mod organization_actions;
mod organization_safeguards;
mod safeguards;
mod schedule;
mod sweep;
mod terms;

pub use actions::one_line;
pub(super) use appeal::marked_letters;
pub(super) use changes::plan_lines;
pub(super) use of::of;
pub(super) use schedule::difference;
pub use terms::terms;
