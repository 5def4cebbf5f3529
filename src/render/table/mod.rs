//! The columns of each report, chosen once; CSV, Markdown and HTML differ only in their syntax.

mod actions;
mod advice;
mod appeal;
mod bill;
mod catalogue;
mod history;
mod of;
mod organization;
mod organization_actions;
mod organization_safeguards;
mod safeguards;
mod schedule;
mod shape;
mod sweep;

pub use of::of;
pub use organization::{account_findings, findings as organization_findings};
#[cfg(test)]
pub use shape::Column;
pub use shape::{Cell, Kind, Table};
pub use sweep::billing;
