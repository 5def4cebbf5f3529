//! The safeguards of an organisation on a terminal: alike accounts once, then those that were not entered, then the sum.

use super::safeguards::body;
use crate::lang::Speech;
use crate::model::OrganizationSafeguards;
use crate::render::facts::{Statement, organization_safeguards as facts};
use crate::render::layout::Layout;
use crate::render::report::Phase;

pub(super) fn safeguards(report: &OrganizationSafeguards, phase: Phase, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    Statement::write(&[facts::heading(report, speech)], layout, &mut out);
    out.push('\n');
    let groups = report.alike();
    let mut bodies = String::new();
    for alike in &groups {
        Statement::write(&[facts::group(alike, phase, speech)], layout, &mut bodies);
        let mut own = String::new();
        body(&alike.report, phase, speech, layout, &mut own);
        bodies.push_str(own.trim_end_matches('\n'));
        bodies.push_str(if own.trim().is_empty() { "\n" } else { "\n\n" });
    }
    let legend = facts::any_account(&groups, &bodies, speech);
    Statement::write(legend.as_slice(), layout, &mut out);
    if legend.is_some() {
        out.push('\n');
    }
    out.push_str(&bodies);
    let foot = facts::foot(report, phase, speech);
    let (verdict, others) =
        foot.split_last().map_or((&[][..], &[][..]), |(last, rest)| (std::slice::from_ref(last), rest));
    Statement::write(others, layout, &mut out);
    if !others.is_empty() {
        out.push('\n');
    }
    Statement::write(verdict, layout, &mut out);
    out
}
