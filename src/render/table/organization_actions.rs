//! The actions in an organisation as rows: one for each thing of each account.

use std::sync::LazyLock;

use super::actions;
use super::organization::gaps_of_all;
use super::shape::{Column, Table, code, distinct, heads, text};
use crate::lang::Speech;
use crate::model::{OrganizationActions, Verb};
use crate::render::facts::actions::word;
use crate::render::facts::organization_actions as facts;
use crate::render::report::Acting;

/// The columns of the account, then those of its actions.
static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let account = [code("account"), text("account_name"), text("ou")];
    account.into_iter().chain(actions::COLUMNS.iter().copied()).collect()
});

pub(super) fn table(report: &OrganizationActions, verb: Verb, acting: Acting, speech: &Speech) -> Table {
    let entered = || report.accounts.iter().filter_map(|it| Some((it, it.report.as_deref()?)));
    let rows = entered().flat_map(|(account, own)| {
        actions::rows(own, speech).into_iter().map(|row| {
            let of_account = [account.id.to_string().into(), account.name.clone().into(), account.ou.clone().into()];
            of_account.into_iter().chain(row).collect()
        })
    });
    let of_accounts = entered().map(|(account, own)| (&account.id, &*own.gaps));
    let gaps = gaps_of_all(of_accounts, &report.gaps, &report.role, word(verb), speech);
    Table {
        title: speech.plain("title-actions"),
        head: vec![facts::heading(report, verb, acting, speech)],
        kind: "action",
        columns: &COLUMNS,
        heads: heads(&COLUMNS, speech),
        rows: rows.collect(),
        alike: distinct(gaps.iter().cloned()),
        gaps,
        unexplained: Vec::new(),
        foot: [facts::foot(report, verb, speech), facts::summary(report, verb, acting, speech)].concat(),
    }
}
