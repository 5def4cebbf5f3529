//! The organisation as rows: one for each account, or one for each finding with its account.

use std::sync::LazyLock;

use super::shape::{Cell, Column, Table, code, gap_line, heads, joined, number, text};
use super::sweep;
use crate::lang::Speech;
use crate::model::organization::cost;
use crate::model::{AccountId, AccountReport, AccountState, Bill, Gap, OrganizationReport};
use crate::render::amount::month;
use crate::render::facts::organization as facts;
use crate::render::sentence::unexplained;

const ACCOUNTS: &[Column] = &[
    number("usd_per_month"),
    code("account"),
    text("account_name"),
    text("ou"),
    text("state"),
    text("account_findings"),
    text("report_url"),
];

/// The columns of a sweep, then those of the account.
static FINDINGS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let own = [text("account_name").added(), text("ou").added()];
    sweep::COLUMNS.iter().copied().chain(own).collect()
});

/// One row for each account, the worst first.
pub(super) fn accounts(report: &OrganizationReport, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-organization"),
        head: facts::head(report, speech),
        kind: "account",
        columns: ACCOUNTS,
        heads: heads(ACCOUNTS, speech),
        rows: report.accounts.iter().map(|it| account_row(it, speech)).collect(),
        gaps: report
            .gaps
            .iter()
            .map(|gap| format!("{}: {}", gap.account, facts::why(gap, &report.role, speech)))
            .collect(),
        foot: facts::foot(report, speech),
        ..Table::default()
    }
}

fn account_row(account: &AccountReport, speech: &Speech) -> Vec<Cell> {
    let month = if costs(account) { month(cost(account)) } else { String::new() };
    vec![
        month.into(),
        account.id.to_string().into(),
        account.name.clone().into(),
        account.ou.clone().into(),
        state(account).to_owned().into(),
        facts::in_short(account, speech).into(),
        account.report_url.clone().into(),
    ]
}

/// Whether there is anything in the account whose cost can be said.
fn costs(account: &AccountReport) -> bool {
    account.totals.as_ref().is_some_and(|totals| totals.findings > 0)
}

/// The word of the JSON report.
fn state(account: &AccountReport) -> &'static str {
    match account.state {
        AccountState::Swept => "swept",
        AccountState::Unreachable => "unreachable",
        AccountState::Suspended => "suspended",
        AccountState::Closing => "closing",
        AccountState::Closed => "closed",
        AccountState::Excluded => "excluded",
    }
}

/// One row for each finding of every account.
pub fn findings(report: &OrganizationReport, speech: &Speech) -> Table {
    let mut table = accounts(report, speech);
    let all = of_accounts(&report.accounts, speech);
    table.gaps.extend(all.gaps);
    Table { gaps: table.gaps, head: table.head, foot: table.foot, title: table.title, ..all }
}

/// One row for each finding of one account.
pub fn account_findings(account: &AccountReport, speech: &Speech) -> Table {
    of_accounts(std::slice::from_ref(account), speech)
}

fn of_accounts(accounts: &[AccountReport], speech: &Speech) -> Table {
    let reports = || accounts.iter().filter_map(|it| Some((it, it.report.as_deref()?)));
    let rows = reports().flat_map(|(account, report)| {
        report.findings.iter().map(|finding| {
            let of_account = [account.name.clone().into(), account.ou.clone().into()];
            sweep::finding_row(finding, speech).into_iter().chain(of_account).collect()
        })
    });
    let gaps = reports().flat_map(|(account, report)| {
        report.gaps.iter().map(|gap| format!("{}: {}", account.id, gap_line(gap, speech)))
    });
    // Findings that are in a file of their own are never left out silently.
    let elsewhere = accounts.iter().filter(|it| it.report.is_none() && it.report_url.is_some()).map(|it| {
        let url = it.report_url.clone().unwrap_or_default();
        format!("{}: {}", it.id, speech.with("organization-elsewhere", &[("file", url)]))
    });
    let of_bill = reports().flat_map(|(account, report)| {
        let services = report.bill.iter().flat_map(Bill::unexplained);
        services.map(|it| format!("{}: {}", account.id, unexplained(it, speech)))
    });
    Table {
        title: joined(accounts.iter().map(|it| it.id.to_string())),
        kind: "finding",
        columns: &FINDINGS,
        heads: heads(&FINDINGS, speech),
        rows: rows.collect(),
        gaps: gaps.chain(elsewhere).collect(),
        unexplained: of_bill.collect(),
        ..Table::default()
    }
}

/// The accounts that were not entered, and what could not be read in the others. `command` is that of the role's permissions.
pub(super) fn gaps_of_all<'a>(
    of_accounts: impl Iterator<Item = (&'a AccountId, &'a [Gap])>,
    not_entered: &[Gap],
    role: &str,
    command: &str,
    speech: &Speech,
) -> Vec<String> {
    let said = |account: &AccountId, why: String| format!("{account}: {why}");
    let not_entered =
        not_entered.iter().map(|gap| said(&gap.account, facts::why_not_entered(gap, role, command, speech)));
    let of_accounts = of_accounts.flat_map(|(id, gaps)| gaps.iter().map(move |gap| said(id, gap_line(gap, speech))));
    not_entered.chain(of_accounts).collect()
}
