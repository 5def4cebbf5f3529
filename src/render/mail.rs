//! The mail of a run: short, to be read on a phone; as plain text, and as a page where the mail may have one.

use std::cmp::Reverse;
use std::fmt::Write as _;

use askama::Template;

use super::amount::amount;
use super::facts::organization as facts;
use super::terminal::{harmless, marked};
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::organization::AccountChanges;
use crate::model::{AccountReport, AccountState, Argument, OrganizationReport, Text, Usd, Verdict};

/// The most accounts of a list in a mail.
const MOST: usize = 5;
/// The limit of SNS for a subject.
const SUBJECT: usize = 99;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// English in every language: SNS promises nothing but ASCII there.
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A part of a mail, after an empty line.
#[derive(Default)]
struct Section {
    heading: Option<String>,
    lines: Vec<Line>,
}

struct Line {
    /// In USD a month.
    amount: Option<String>,
    text: String,
}

#[derive(Template)]
#[template(path = "html/mail.html")]
struct Page<'a> {
    lang: &'a str,
    colour: &'a str,
    head: &'a [Line],
    sections: &'a [Section],
}

/// The mail about a report, and where the report is.
///
/// # Errors
/// The report cannot be rendered: a mistake in this program.
pub fn mail(report: &OrganizationReport, place: &str, speech: &Speech) -> Result<Mail> {
    let report = &marked(report).map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    let sections = sections(report, place, speech);
    let colour = match report.verdict {
        Verdict::Safe => "#1a7f37",
        Verdict::NotSafe => "#cf222e",
        Verdict::NotSure => "#9a6700",
    };
    let (head, rest) = sections.split_first().map_or((&[][..], &[][..]), |(head, rest)| (head.lines.as_slice(), rest));
    let page = Page { lang: speech.lang.code(), colour, head, sections: rest };
    let html = page.render().map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    Ok(Mail { subject: subject(report), text: plain(&written(&sections)), html })
}

fn sections(report: &OrganizationReport, place: &str, speech: &Speech) -> Vec<Section> {
    let line = |text: String| Line { amount: None, text };
    let head = facts::head(report, speech);
    let head = Section { lines: head.iter().skip(1).map(|it| line(it.sentence())).collect(), ..Section::default() };
    let worst: Vec<&AccountReport> = report.judged(Verdict::NotSafe).collect();
    let worst = list("mail-worst", &worst, speech, |it| {
        let usd = it.totals.as_ref().map_or(Usd::ZERO, |it| it.usd_per_month);
        let amount = money(usd, it.totals.as_ref().is_some_and(|it| it.at_least));
        Line { amount: Some(amount), text: who(&it.id, it.name.as_deref()) }
    });
    let unseen: Vec<&AccountReport> = report
        .accounts
        .iter()
        .filter(|it| it.incomplete || !matches!(it.state, AccountState::Swept | AccountState::Excluded))
        .collect();
    let unseen = list("mail-unseen", &unseen, speech, |it| {
        let gap = report.not_swept().find(|gap| gap.account == it.id);
        let why = gap.map_or_else(|| speech.plain("mail-incomplete"), |gap| facts::why(gap, &report.role, speech));
        line(format!("{}: {why}", who(&it.id, it.name.as_deref())))
    });
    let of_bill = report.gaps.iter().filter(|gap| gap.resource.is_some());
    let of_bill = of_bill.map(|gap| line(facts::why(gap, &report.role, speech))).collect();
    let of_bill = Section { heading: None, lines: of_bill };
    let place = place.lines().map(|it| line(it.to_owned())).collect();
    let place = Section { heading: Some(speech.plain("mail-report")), lines: place };
    let all = [head, new(report, speech), worst, unseen, of_bill, place];
    all.into_iter().filter(|it| !it.lines.is_empty()).collect()
}

/// The text: sections between empty lines.
fn written(sections: &[Section]) -> String {
    let mut text = String::new();
    for (index, Section { heading, lines }) in sections.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if let Some(heading) = heading {
            let _ = writeln!(text, "{heading}");
        }
        for Line { amount, text: what } in lines {
            let amount = amount.as_ref().map(|it| format!("{it}  ")).unwrap_or_default();
            let _ = writeln!(text, "{amount}{what}");
        }
    }
    text
}

/// The verdict and the figures: what a phone shows before the mail is opened.
fn subject(report: &OrganizationReport) -> String {
    let verdict = match report.verdict {
        Verdict::Safe => "SAFE",
        Verdict::NotSafe => "NOT SAFE",
        Verdict::NotSure => "NOT SURE",
    };
    let all = report.accounts.iter().filter(|it| it.state != AccountState::Excluded).count();
    let swept = report.in_state(AccountState::Swept).count();
    let costly = report.judged(Verdict::NotSafe).count();
    let usd = money(report.totals.usd_per_month, report.totals.at_least);
    let mut subject = format!("guardrail: {verdict}");
    if costly > 0 {
        let _ = write!(subject, ", {usd} USD/month in {costly} of {all} accounts");
    }
    if swept < all {
        let _ = write!(subject, ", {} not checked", all - swept);
    }
    subject.chars().take(SUBJECT).collect()
}

/// The accounts with something new. The head says how much that is in all.
fn new(report: &OrganizationReport, speech: &Speech) -> Section {
    let compared = report.accounts.iter().filter_map(|it| Some((it, it.changes.as_ref()?)));
    let mut new: Vec<(&AccountReport, &AccountChanges)> = compared.filter(|(_, it)| it.new > 0).collect();
    new.sort_by_key(|(_, it)| Reverse(it.new_usd_per_month));
    list("mail-new", &new, speech, |(it, changes)| {
        let names: Vec<&str> = changes.most_expensive_new.iter().map(|it| it.get(speech.lang)).collect();
        let names = names.join(&speech.plain("organization-between-names"));
        let amount = Some(amount(changes.new_usd_per_month.monthly()));
        Line { amount, text: format!("{}: {names}", who(&it.id, it.name.as_deref())) }
    })
}

/// The first few, and how many more there are; without lines if there is none.
fn list<T>(heading: &str, all: &[T], speech: &Speech, line: impl Fn(&T) -> Line) -> Section {
    let more = (all.len() > MOST).then(|| Line {
        amount: None,
        text: speech.with("and-more", &[("count", Argument::from(all.len().saturating_sub(MOST)))]),
    });
    let lines = all.iter().take(MOST).map(line).chain(more).collect();
    Section { heading: Some(speech.with(heading, &[("count", all.len())])), lines }
}

fn who(id: &crate::model::AccountId, name: Option<&str>) -> String {
    name.map_or_else(|| id.to_string(), |name| format!("{name} ({id})"))
}

fn money(usd: Usd, at_least: bool) -> String {
    format!("{}{}", amount(usd.monthly()), if at_least { "+" } else { "" })
}

/// Without the terminal's colours, and without what a name could hide.
fn plain(text: &str) -> String {
    anstream::adapter::strip_str(&harmless(text)).to_string()
}
