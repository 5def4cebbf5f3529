//! Any of the reports, as the renderer takes it.

use jiff::tz::TimeZone;

use crate::model::{
    ActionReport, AdviceReport, AppealReport, BillReport, Catalogue, HistoryReport, OrganizationActions,
    OrganizationReport, OrganizationSafeguards, SafeguardReport, ScheduleReport, SweepReport, Verb,
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
    Appeal(&'a AppealReport),
    Advice(&'a AdviceReport),
    Resources(&'a Catalogue),
    Schedule(&'a ScheduleReport, Phase),
    /// With the verb of the command.
    Actions(&'a ActionReport, Verb, Acting),
    OrganizationActions(&'a OrganizationActions, Verb, Acting),
}

/// The step that a report of actions describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acting {
    Planned,
    Done,
    /// What the action log says about earlier runs.
    Logged,
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
