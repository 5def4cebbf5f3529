//! The page of an organisation: a line for each account that opens its report.

use askama::Template;

use super::page::class;
use super::tiles::Tile;
use crate::lang::Speech;
use crate::model::organization::cost;
use crate::model::{AccountReport, AccountState, OrganizationReport, Verdict};
use crate::render::amount::{amount, month};
use crate::render::facts::{About, Statement, organization as facts};
use crate::render::report::Report;
use crate::render::table::{self, Table};

#[derive(Template)]
#[template(path = "html/organization.html")]
pub(super) struct Organization<'a> {
    speech: &'a Speech,
    version: &'a str,
    title: String,
    head: Vec<Statement>,
    foot: Vec<Statement>,
    /// The colour of the verdict.
    verdict: &'static str,
    tiles: Vec<Tile>,
    accounts: Vec<Account<'a>>,
    gaps: Vec<String>,
}

struct Account<'a> {
    id: &'a str,
    name: &'a str,
    ou: &'a str,
    month: String,
    short: String,
    class: &'static str,
    url: Option<&'a str>,
    /// The account's own report, if it is not a file.
    table: Option<Table>,
}

impl<'a> Organization<'a> {
    pub fn of(report: &'a OrganizationReport, speech: &'a Speech) -> Self {
        let gaps = report.gaps.iter().map(|gap| format!("{}: {}", gap.account, facts::why(gap, &report.role, speech)));
        Self {
            speech,
            version: &report.version,
            title: speech.plain("title-organization"),
            head: facts::head(report, speech),
            foot: facts::foot(report, speech),
            verdict: class(report.verdict),
            tiles: tiles(report, speech),
            accounts: report.accounts.iter().map(|it| Account::of(it, speech)).collect(),
            gaps: gaps.collect(),
        }
    }

    fn say(&self, id: &str) -> String {
        self.speech.plain(id)
    }

    fn verdicts(&self) -> impl Iterator<Item = &Statement> {
        self.head.iter().filter(|it| matches!(it.about, About::Total | About::Changes))
    }
}

impl<'a> Account<'a> {
    fn of(account: &'a AccountReport, speech: &Speech) -> Self {
        let costs = account.totals.as_ref().is_some_and(|totals| totals.findings > 0);
        Self {
            id: account.id.as_str(),
            name: account.name.as_deref().unwrap_or_default(),
            ou: account.ou.as_deref().unwrap_or_default(),
            month: if costs { month(cost(account)) } else { "-".to_owned() },
            short: facts::in_short(account, speech),
            class: match account.state {
                AccountState::Excluded => "left-out",
                _ => account.verdict.map_or("not-sure", class),
            },
            url: account.report_url.as_deref().filter(|url| is_file_beside(url)),
            table: account.report.as_deref().map(|report| table::of(Report::Sweep(report), speech)),
        }
    }

    /// The sentences of the account's report, without its heading.
    fn sentences(table: &Table) -> impl Iterator<Item = String> {
        table.head.iter().skip(1).chain(&table.foot).map(Statement::sentence)
    }
}

/// A report that is read back may come from anywhere: a link leads to a file beside it, and nowhere else.
fn is_file_beside(url: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !url.is_empty() && !url.starts_with('.') && url.bytes().all(letter)
}

fn tiles(report: &OrganizationReport, speech: &Speech) -> Vec<Tile> {
    let totals = &report.totals;
    let more = if totals.at_least && totals.findings > 0 { "+" } else { "" };
    let costing = report.judged(Verdict::NotSafe).count();
    let tile = |label: &str, figure: String, alarming: bool| Tile {
        label: speech.plain(label),
        figure,
        more: String::new(),
        alarming,
    };
    vec![
        tile("page-tile-found", format!("{}{more}", amount(totals.usd_per_month)), totals.findings > 0),
        tile("page-tile-accounts-costing", costing.to_string(), costing > 0),
        tile("page-tile-accounts-swept", report.in_state(AccountState::Swept).count().to_string(), false),
        tile(
            "page-tile-accounts-not-swept",
            report.not_swept().count().to_string(),
            report.not_swept().next().is_some(),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_a_file_beside_the_page() {
        assert!(is_file_beside("123456789012.html"));
        for bad in ["", "javascript:alert(1)", "https://example.com", "../x.html", "//x", "a/b.html"] {
            assert!(!is_file_beside(bad), "{bad}");
        }
    }
}
