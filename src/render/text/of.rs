//! Chooses the text form of a report.

use super::{
    actions, advice, appeal, bill, catalogue, history, organization, organization_actions, organization_safeguards,
    safeguards, schedule, sweep,
};
use crate::lang::Speech;
use crate::render::layout::Layout;
use crate::render::report::Report;

pub(in crate::render) fn of(report: Report<'_>, speech: &Speech, layout: Layout) -> String {
    match report {
        Report::Sweep(report) => sweep::sweep(report, speech, layout),
        Report::Organization(report) => organization::organization(report, speech, layout),
        Report::Safeguards(report, phase) => safeguards::safeguards(report, phase, speech, layout),
        Report::OrganizationSafeguards(report, phase) => {
            organization_safeguards::safeguards(report, phase, speech, layout)
        }
        Report::Bill(report, zone) => bill::bill(report, zone, speech, layout),
        Report::History(report) => history::history(report, speech, layout),
        Report::Advice(report) => advice::advice(report, speech, layout),
        Report::Appeal(report) => appeal::appeal(report, speech, layout),
        Report::Resources(report) => catalogue::catalogue(report, speech, layout),
        Report::Actions(report, verb, acting) => actions::actions(report, verb, acting, speech, layout),
        Report::OrganizationActions(report, verb, acting) => {
            organization_actions::actions(report, verb, acting, speech, layout)
        }
        Report::Schedule(report, phase) => schedule::schedule(report, phase, speech, layout),
    }
}
