//! The mail of a run: plain and short, to be read on a phone.

use std::cmp::Reverse;
use std::fmt::Write as _;

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
}

/// The mail about a report, and where the report is.
///
/// # Errors
/// The report cannot be rendered: a mistake in this program.
pub fn mail(report: &OrganizationReport, place: &str, speech: &Speech) -> Result<Mail> {
    let report = &marked(report).map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    let mut text = String::new();
    for statement in facts::head(report, speech).iter().skip(1) {
        let _ = writeln!(text, "{}", statement.sentence());
    }
    new(report, speech, &mut text);
    let worst: Vec<&AccountReport> = report.judged(Verdict::NotSafe).collect();
    list("mail-worst", &worst, speech, &mut text, |it| {
        let usd = it.totals.as_ref().map_or(Usd::ZERO, |it| it.usd_per_month);
        format!("{}  {}", money(usd, it.totals.as_ref().is_some_and(|it| it.at_least)), who(&it.id, it.name.as_deref()))
    });
    let unseen: Vec<&AccountReport> = report
        .accounts
        .iter()
        .filter(|it| it.incomplete || !matches!(it.state, AccountState::Swept | AccountState::Excluded))
        .collect();
    list("mail-unseen", &unseen, speech, &mut text, |it| {
        let gap = report.gaps.iter().find(|gap| gap.account == it.id);
        let why = gap.map_or_else(|| speech.plain("mail-incomplete"), |gap| facts::why(gap, &report.role, speech));
        format!("{}: {why}", who(&it.id, it.name.as_deref()))
    });
    let _ = write!(text, "\n{}\n{place}\n", speech.plain("mail-report"));
    Ok(Mail { subject: subject(report), text: plain(&text) })
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
fn new(report: &OrganizationReport, speech: &Speech, text: &mut String) {
    let compared = report.accounts.iter().filter_map(|it| Some((it, it.changes.as_ref()?)));
    let mut new: Vec<(&AccountReport, &AccountChanges)> = compared.filter(|(_, it)| it.new > 0).collect();
    new.sort_by_key(|(_, it)| Reverse(it.new_usd_per_month));
    if new.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", speech.plain("mail-new"));
    for (it, changes) in new.iter().take(MOST) {
        let names: Vec<&str> = changes.most_expensive_new.iter().map(|it| it.get(speech.lang)).collect();
        let names = names.join(&speech.plain("organization-between-names"));
        let usd = amount(changes.new_usd_per_month.monthly());
        let _ = writeln!(text, "{usd}  {}: {names}", who(&it.id, it.name.as_deref()));
    }
    more(new.len(), speech, text);
}

fn list(
    heading: &str,
    all: &[&AccountReport],
    speech: &Speech,
    text: &mut String,
    line: impl Fn(&AccountReport) -> String,
) {
    if all.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", speech.with(heading, &[("count", all.len())]));
    for it in all.iter().take(MOST) {
        let _ = writeln!(text, "{}", line(it));
    }
    more(all.len(), speech, text);
}

fn more(count: usize, speech: &Speech, text: &mut String) {
    if count > MOST {
        let _ = writeln!(text, "{}", speech.with("and-more", &[("count", Argument::from(count - MOST))]));
    }
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
