//! Any of the reports, as the renderer takes it.

use jiff::tz::TimeZone;

use crate::model::{
    BillReport, Catalogue, HistoryReport, OrganizationReport, OrganizationSafeguards, SafeguardReport, SweepReport,
};

#[derive(Debug, Clone, Copy)]
pub enum Report<'a> {
    Sweep(&'a SweepReport),
    Organization(&'a OrganizationReport),
    Safeguards(&'a SafeguardReport, Phase),
    OrganizationSafeguards(&'a OrganizationSafeguards, Phase),
    /// With the reader's time zone.
    Bill(&'a BillReport, &'a TimeZone),
    History(&'a HistoryReport),
    Resources(&'a Catalogue),
}

/// The step that a safeguard report describes: future tense before a change, past tense after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Planned,
    PlannedRemoval,
    Applied,
    Removed,
    Checked,
}
