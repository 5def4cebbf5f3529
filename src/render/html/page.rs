//! The parts of a page: those that a report has, and their order.

use askama::Template;

use super::bars::{Bars, explained, services};
use super::coverage::Matrix;
use super::days::Days;
use super::findings::Findings;
use super::history::of_history;
use super::tiles::{Tile, of_bill, of_sweep};
use crate::lang::Speech;
use crate::model::appeal::Letter;
use crate::model::{BillReport, SweepReport, Verdict};
use crate::render::facts::{About, Statement};
use crate::render::report::Report;
use crate::render::table::Table;

#[derive(Template)]
#[template(path = "html/page.html")]
pub(super) struct Page<'a> {
    speech: &'a Speech,
    table: &'a Table,
    version: String,
    /// `safe`, `not-safe`, `not-sure`: the colour of the verdict; empty for a report without one.
    verdict: &'static str,
    tiles: Vec<Tile>,
    days: Vec<Days>,
    services: Option<Bars>,
    explained: Option<Bars>,
    findings: Option<Findings>,
    coverage: Option<Matrix>,
    /// The letters of an appeal.
    letters: &'a [Letter],
    /// The console page that shows the bill line by line.
    bill_page: Option<&'a str>,
}

impl<'a> Page<'a> {
    pub fn of(report: Report<'a>, table: &'a Table, speech: &'a Speech) -> Self {
        let empty = Self {
            speech,
            table,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            verdict: "",
            tiles: Vec::new(),
            days: Vec::new(),
            services: None,
            explained: None,
            findings: None,
            coverage: None,
            letters: &[],
            bill_page: None,
        };
        match report {
            Report::Sweep(report) => empty.sweep(report),
            Report::Bill(report, _) => empty.bill(report),
            // It has a page of its own.
            Report::Organization(report) => Self { version: report.version.clone(), ..empty },
            Report::Safeguards(report, _) => Self { version: report.version.clone(), ..empty },
            Report::History(report) => Self {
                version: report.version.clone(),
                days: report.accounts.iter().filter_map(|it| of_history(it, speech)).collect(),
                ..empty
            },
            Report::OrganizationSafeguards(report, _) => Self { version: report.version.clone(), ..empty },
            Report::Appeal(report) => Self { version: report.version.clone(), letters: &report.letters, ..empty },
            Report::Advice(report) => Self { version: report.version.clone(), ..empty },
            Report::Resources(report) => Self { version: report.version.clone(), ..empty },
            Report::OrganizationActions(report, ..) => Self { version: report.version.clone(), ..empty },
            Report::Actions(report, ..) => Self { version: report.version.clone(), ..empty },
            Report::Schedule(report, _) => Self { version: report.version.clone(), ..empty },
        }
    }

    fn sweep(self, report: &'a SweepReport) -> Self {
        let speech = self.speech;
        let bill = report.bill.as_ref();
        Self {
            version: report.version.clone(),
            verdict: class(report.verdict),
            tiles: of_sweep(report, speech),
            days: bill.and_then(|bill| Days::of(bill, speech)).into_iter().collect(),
            services: bill.and_then(|bill| services(bill, speech)),
            explained: bill.and_then(|bill| explained(bill, speech)),
            findings: Some(Findings::of(report, speech)),
            coverage: Matrix::of(report, speech),
            bill_page: bill.map(|bill| bill.page.as_str()),
            ..self
        }
    }

    fn bill(self, report: &'a BillReport) -> Self {
        let bill = &report.bill;
        Self {
            version: report.version.clone(),
            tiles: of_bill(bill, self.speech),
            days: Days::of(bill, self.speech).into_iter().collect(),
            services: services(bill, self.speech),
            bill_page: Some(&bill.page),
            ..self
        }
    }

    fn say(&self, id: &str) -> String {
        self.speech.plain(id)
    }

    /// The sentences of the verdict, at the top: those of the head or, for some reports, of the end.
    fn verdicts(&self) -> impl Iterator<Item = &Statement> {
        let first = |it: &&Statement| matches!(it.about, About::Total | About::Changes);
        let of = move |all: &'a [Statement]| all.iter().filter(first);
        let end = if self.table.head.iter().any(|it| it.about == About::Total) { &[][..] } else { &self.table.foot };
        of(&self.table.head).chain(of(end))
    }

    /// The sentences about the bill and the account, under the figures. The first of all is in the heading.
    fn about(&self) -> impl Iterator<Item = &Statement> {
        self.table.head.iter().skip(1).filter(|it| !matches!(it.about, About::Scope | About::Total | About::Changes))
    }

    /// All other sentences: the gaps in short, the scope by name, the prices.
    fn end(&self) -> impl Iterator<Item = &Statement> {
        let scope = self.table.head.iter().skip(1).filter(|it| it.about == About::Scope);
        let at_the_top = !self.table.head.iter().any(|it| it.about == About::Total);
        self.table.foot.iter().filter(move |it| !(at_the_top && it.about == About::Total)).chain(scope)
    }
}

/// The colour of a verdict.
pub(super) fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Safe => "safe",
        Verdict::NotSafe => "not-safe",
        Verdict::NotSure => "not-sure",
    }
}
