//! The safeguards of an organisation as rows: one for each safeguard of each account.

use std::sync::LazyLock;

use super::organization::gaps_of_all;
use super::safeguards;
use super::shape::{Column, Table, code, distinct, heads, text};
use crate::lang::Speech;
use crate::model::OrganizationSafeguards;
use crate::render::facts::organization_safeguards as facts;
use crate::render::facts::safeguards::command;
use crate::render::report::Phase;

/// The columns of the account, then those of its safeguards.
static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let account = [code("account"), text("account_name"), text("ou")];
    account.into_iter().chain(safeguards::COLUMNS.iter().copied()).collect()
});

pub(super) fn table(report: &OrganizationSafeguards, phase: Phase, speech: &Speech) -> Table {
    let entered = || report.accounts.iter().filter_map(|it| Some((it, it.report.as_deref()?)));
    let rows = entered().flat_map(|(account, own)| {
        own.safeguards.iter().filter(|row| row.wanted).map(|row| {
            let of_account = [account.id.to_string().into(), account.name.clone().into(), account.ou.clone().into()];
            of_account.into_iter().chain(safeguards::safeguard_row(row, speech)).collect()
        })
    });
    let of_accounts = entered().map(|(account, own)| (&account.id, &*own.gaps));
    let gaps = gaps_of_all(of_accounts, &report.gaps, &report.role, command(phase), speech);
    Table {
        title: speech.plain("title-safeguards"),
        head: vec![facts::heading(report, speech)],
        kind: "safeguard",
        columns: &COLUMNS,
        heads: heads(&COLUMNS, speech),
        rows: rows.collect(),
        alike: distinct(gaps.iter().cloned()),
        gaps,
        unexplained: Vec::new(),
        foot: facts::foot(report, phase, speech),
    }
}
