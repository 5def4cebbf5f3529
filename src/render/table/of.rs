//! Chooses the table of a report.

use super::shape::Table;
use super::{
    actions, advice, appeal, bill, catalogue, history, organization, organization_actions, organization_safeguards,
    safeguards, schedule, sweep,
};
use crate::lang::Speech;
use crate::render::report::Report;

pub fn of(report: Report<'_>, speech: &Speech) -> Table {
    match report {
        Report::Sweep(report) => sweep::table(report, speech),
        Report::Organization(report) => organization::accounts(report, speech),
        Report::Safeguards(report, phase) => safeguards::table(report, phase, speech),
        Report::OrganizationSafeguards(report, phase) => organization_safeguards::table(report, phase, speech),
        Report::Bill(report, zone) => bill::table(report, zone, speech),
        Report::History(report) => history::table(report, speech),
        Report::Advice(report) => advice::table(report, speech),
        Report::Appeal(report) => appeal::table(report, speech),
        Report::Resources(report) => catalogue::table(report, speech),
        Report::Actions(report, verb, acting) => actions::table(report, verb, acting, speech),
        Report::OrganizationActions(report, verb, acting) => organization_actions::table(report, verb, acting, speech),
        Report::Schedule(report, phase) => schedule::table(report, phase, speech),
    }
}
