//! What `stop` and `delete` plan and did in an organisation, on a terminal: each account with something, then the sum.

use super::actions::body;
use crate::lang::Speech;
use crate::model::{OrganizationActions, Verb};
use crate::render::facts::{Statement, organization_actions as facts};
use crate::render::layout::Layout;
use crate::render::report::Acting;

pub(super) fn actions(
    report: &OrganizationActions,
    verb: Verb,
    acting: Acting,
    speech: &Speech,
    layout: Layout,
) -> String {
    let mut out = String::new();
    Statement::write(&[facts::heading(report, verb, acting, speech)], layout, &mut out);
    out.push('\n');
    for (account, own) in facts::with_something(report) {
        Statement::write(&[facts::account(account)], layout, &mut out);
        body(own, acting, speech, layout, &mut out);
    }
    let foot = facts::foot(report, verb, speech);
    Statement::write(&foot, layout, &mut out);
    if !foot.is_empty() {
        out.push('\n');
    }
    Statement::write(&facts::summary(report, verb, acting, speech), layout, &mut out);
    out
}
