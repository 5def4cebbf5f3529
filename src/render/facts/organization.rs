//! The sentences about an organisation: its verdict, the accounts that could not be swept and what mends that, and the scope.

use std::cmp::Reverse;

use anstyle::Style;
use rust_decimal::Decimal;

use super::bill as facts;
use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::bill::BILL;
use crate::model::money::HOURS_A_MONTH;
use crate::model::{
    AccountChanges, AccountReport, AccountState, Argument, Cause, Gap, OrganizationReport, Usd, Verdict,
};
use crate::render::amount::amount;
use crate::render::sentence::{reason, time};
use crate::render::terminal::{BOLD, GREEN, RED, YELLOW};

const HOURS_A_DAY: Decimal = Decimal::from_parts(24, 0, 0, false, 0);
/// The most account numbers in a sentence.
const NUMBERS: usize = 4;

/// The organisation and the time, the verdict, and what is new.
pub fn head(report: &OrganizationReport, speech: &Speech) -> Vec<Statement> {
    let interrupted = report.interrupted.then(|| {
        Statement::new(About::Total, RED, speech.plain("sweep-interrupted")).labelled(speech.plain("label-note"))
    });
    let first = [heading(report, speech), verdict(report, speech)].into_iter().chain(interrupted);
    first.chain(changes(report, speech)).collect()
}

/// What is new in the accounts, and what is no longer charged; nothing if no account was compared with an earlier sweep.
fn changes(report: &OrganizationReport, speech: &Speech) -> Option<Statement> {
    let compared: Vec<(&AccountReport, &AccountChanges)> =
        report.accounts.iter().filter_map(|it| Some((it, it.changes.as_ref()?))).collect();
    let sum = |count: fn(&AccountChanges) -> usize| compared.iter().map(|(_, it)| count(it)).sum::<usize>();
    let of: Vec<&str> = compared.iter().filter(|(_, it)| it.new > 0).map(|(account, _)| account.id.as_str()).collect();
    let usd: Usd = compared.iter().map(|(_, it)| it.new_usd_per_month).sum();
    let since = compared.iter().map(|(_, it)| it.since).min()?;
    let args = [
        ("count", Argument::from(sum(|it| it.new))),
        ("usd", amount(usd.monthly()).into()),
        ("accounts", some(&of, speech).into()),
        ("at", time(since).into()),
    ];
    let id = if of.is_empty() { "changes-none-new" } else { "organization-new" };
    let gone = sum(|it| it.gone);
    let gone = (gone > 0).then(|| speech.with("organization-gone", &[("count", gone)]));
    let text = [speech.with(id, &args)].into_iter().chain(gone).collect::<Vec<_>>();
    let style = if of.is_empty() { Style::new() } else { YELLOW };
    let text = text.join(&speech.plain("between-sentences"));
    Some(Statement::new(About::Changes, style, text).labelled(speech.plain("label-new")))
}

/// The accounts that could not be swept, those with gaps, the scope, and the prices.
pub fn foot(report: &OrganizationReport, speech: &Speech) -> Vec<Statement> {
    let labelled = |about: About, style: Style, label: &str, text: String| {
        Statement::new(about, style, text).labelled(speech.plain(label))
    };
    let mut foot: Vec<Statement> = not_swept(report, speech)
        .into_iter()
        .map(|(why, numbers)| {
            let args = [("count", Argument::from(numbers.len())), ("accounts", some(&numbers, speech).into())];
            let text = format!("{}: {why}", speech.with("organization-accounts", &args));
            labelled(About::Total, YELLOW, "label-not-checked", text)
        })
        .collect();
    let incomplete: Vec<&str> = report.accounts.iter().filter(|it| it.incomplete).map(|it| it.id.as_str()).collect();
    if !incomplete.is_empty() {
        let args = [("count", Argument::from(incomplete.len())), ("accounts", some(&incomplete, speech).into())];
        foot.push(labelled(About::Total, YELLOW, "label-not-checked", speech.with("organization-incomplete", &args)));
    }
    foot.extend(bill(report, speech).map(|(style, text)| labelled(About::Bill, style, "label-bill", text)));
    foot.push(labelled(About::Scope, Style::new(), "label-coverage", coverage(report, speech)));
    if report.totals.findings > 0 {
        foot.push(labelled(About::Prices, Style::new(), "label-prices", speech.plain("organization-prices")));
    }
    foot
}

/// Why an account was not swept, and what mends it.
pub fn why(gap: &Gap, role: &str, speech: &Speech) -> String {
    why_not_entered(gap, role, "sweep", speech)
}

/// The same for any command.
pub fn why_not_entered(gap: &Gap, role: &str, command: &str, speech: &Speech) -> String {
    if gap.resource.as_deref() == Some(BILL) {
        return speech.with("organization-bill-unread", &[("why", reason(gap, speech))]);
    }
    let with_role = |id: &str| speech.with(id, &[("role", role.to_owned()), ("command", command.to_owned())]);
    match gap.cause {
        Some(Cause::Role) => with_role("organization-gap-role"),
        Some(Cause::Policy) if gap.action.as_deref() == Some("sts:AssumeRole") => with_role("organization-gap-caller"),
        Some(Cause::OtherAccount) => speech.plain("organization-gap-other-account"),
        Some(Cause::Suspended) => speech.plain("organization-gap-suspended"),
        Some(Cause::Closing) => speech.plain("organization-gap-closing"),
        Some(Cause::Closed) => speech.plain("organization-gap-closed"),
        Some(Cause::Function) => speech.with("organization-gap-function", &[("message", gap.message.clone())]),
        Some(Cause::NoReport) => speech.plain("organization-gap-no-report"),
        _ => reason(gap, speech),
    }
}

/// The accounts that were not entered, alike reasons together, with what mends it. `command` is that of the role's permissions.
pub fn not_entered(gaps: &[Gap], role: &str, command: &str, speech: &Speech) -> Vec<Statement> {
    not_seen(gaps.iter().map(|gap| (why_not_entered(gap, role, command, speech), gap.account.as_str())), speech)
}

/// Reasons and their accounts: each reason once.
pub fn not_seen<'a>(reasons: impl Iterator<Item = (String, &'a str)>, speech: &Speech) -> Vec<Statement> {
    let mut alike: Vec<(String, Vec<&str>)> = Vec::new();
    for (why, account) in reasons {
        match alike.iter_mut().find(|(known, _)| *known == why) {
            Some((_, accounts)) => accounts.push(account),
            None => alike.push((why, vec![account])),
        }
    }
    alike.sort_by_key(|(_, accounts)| Reverse(accounts.len()));
    let said = alike.into_iter().map(|(why, numbers)| {
        let args = [("count", Argument::from(numbers.len())), ("accounts", some(&numbers, speech).into())];
        let text = format!("{}: {why}", speech.with("organization-accounts", &args));
        Statement::new(About::Account, YELLOW, text).labelled(speech.plain("label-not-checked"))
    });
    said.collect()
}

/// The accounts that the user left out, if there are any.
pub fn left_out(count: usize, speech: &Speech) -> Option<Statement> {
    let text = (count > 0).then(|| speech.with("organization-left-out", &[("count", count)]))?;
    Some(Statement::new(About::Account, Style::new(), text).labelled(speech.plain("label-note")))
}

/// What an account is, in a few words: what costs money in it, or why that is not known.
pub fn in_short(account: &AccountReport, speech: &Speech) -> String {
    let state = match account.state {
        AccountState::Unreachable => "organization-not-swept",
        AccountState::Suspended => "organization-suspended",
        AccountState::Closing => "organization-closing",
        AccountState::Closed => "organization-closed",
        AccountState::Excluded => "organization-excluded",
        AccountState::Swept => match account.verdict {
            Some(Verdict::NotSafe) => return costs(account, speech),
            Some(Verdict::Safe) => "organization-nothing",
            Some(Verdict::NotSure) | None => "organization-nothing-found",
        },
    };
    speech.plain(state)
}

fn costs(account: &AccountReport, speech: &Speech) -> String {
    let count = account.totals.as_ref().map_or(0, |totals| totals.findings);
    let names: Vec<&str> = account.most_expensive.iter().map(|it| it.get(speech.lang)).collect();
    let names = names.join(&speech.plain("organization-between-names"));
    let costs = speech.with("organization-costs", &[("count", Argument::from(count)), ("names", names.into())]);
    match account.changes.as_ref().map_or(0, |changes| changes.new) {
        0 => costs,
        new => format!("{} · {costs}", speech.with("findings-new", &[("count", new)])),
    }
}

fn heading(report: &OrganizationReport, speech: &Speech) -> Statement {
    let args = [
        ("id", Argument::from(report.organization.id.clone().unwrap_or_else(|| "?".to_owned()))),
        ("count", report.accounts.len().into()),
        ("at", time(report.made_at).into()),
    ];
    // One account that is swept every night is in no organisation.
    if let (None, [account]) = (&report.organization.id, &*report.accounts) {
        let args = [("account", account.id.to_string()), ("at", time(report.made_at))];
        return Statement::new(About::Scope, BOLD, speech.with("organization-heading-one", &args));
    }
    Statement::new(About::Scope, BOLD, speech.with("organization-heading", &args))
}

/// The answer in a word, and its reason. With an account that was not swept it never says that the organisation is safe.
fn verdict(report: &OrganizationReport, speech: &Speech) -> Statement {
    let swept = report.in_state(AccountState::Swept).count();
    let (style, label, text) = match report.verdict {
        Verdict::Safe if report.totals.findings > 0 => (GREEN, "verdict-safe", speech.plain("sweep-safe-but-kept")),
        Verdict::Safe => (GREEN, "verdict-safe", speech.with("organization-safe", &[("count", swept)])),
        Verdict::NotSafe => (RED, "verdict-not-safe", cost(report, speech)),
        Verdict::NotSure if swept == 0 => (YELLOW, "verdict-not-sure", speech.plain("organization-none-swept")),
        Verdict::NotSure => (YELLOW, "verdict-not-sure", speech.plain("organization-not-sure")),
    };
    Statement::new(About::Total, style.bold(), text).labelled(speech.plain(label))
}

/// The cost of all accounts per month and per day.
fn cost(report: &OrganizationReport, speech: &Speech) -> String {
    let totals = &report.totals;
    let day = Usd(totals.usd_per_month.0 * HOURS_A_DAY / HOURS_A_MONTH).monthly();
    let args = [
        ("count", Argument::from(report.judged(Verdict::NotSafe).count())),
        ("month", amount(totals.usd_per_month).into()),
        ("day", amount(day).into()),
    ];
    let id = match totals.at_least {
        _ if totals.usd_per_month == Usd::ZERO => "organization-cost-unknown",
        true => "organization-cost-at-least",
        false => "organization-cost",
    };
    speech.with(id, &args)
}

/// The accounts that were not swept, by the sentence that says why; what concerns most accounts first.
fn not_swept<'a>(report: &'a OrganizationReport, speech: &Speech) -> Vec<(String, Vec<&'a str>)> {
    let mut alike: Vec<(String, Vec<&str>)> = Vec::new();
    for gap in report.not_swept() {
        let (why, account) = (why(gap, &report.role, speech), gap.account.as_str());
        match alike.iter_mut().find(|(known, _)| *known == why) {
            Some((_, accounts)) => accounts.push(account),
            None => alike.push((why, vec![account])),
        }
    }
    alike.sort_by_key(|(_, accounts)| Reverse(accounts.len()));
    alike
}

fn coverage(report: &OrganizationReport, speech: &Speech) -> String {
    let excluded = report.in_state(AccountState::Excluded).count();
    let swept = report.in_state(AccountState::Swept).count();
    let size = [("swept", swept), ("all", report.accounts.len())];
    let excluded = (excluded > 0).then(|| speech.with("organization-left-out", &[("count", excluded)]));
    let narrowed = report.partial.then(|| speech.plain("scope-narrowed"));
    let sentences: Vec<String> =
        [speech.with("organization-size", &size)].into_iter().chain(excluded).chain(narrowed).collect();
    sentences.join(&speech.plain("between-sentences"))
}

/// What all accounts have accrued, or why it is not known. Nothing if it was not asked for.
fn bill(report: &OrganizationReport, speech: &Speech) -> Option<(Style, String)> {
    if let Some(gap) = report.gaps.iter().find(|gap| gap.resource.as_deref() == Some(BILL)) {
        return Some((YELLOW, why(gap, &report.role, speech)));
    }
    let bill = report.bill.as_ref()?;
    let month = report.made_at.strftime("%Y-%m").to_string();
    let figures = facts::accrued(bill, report.made_at, &month, speech);
    let text = figures.map_or_else(
        || speech.plain("organization-bill-none"),
        |figures| speech.with("organization-bill", &[("figures", figures)]),
    );
    Some((Style::new(), text))
}

/// Up to four numbers, and the count of the others.
pub fn some(numbers: &[&str], speech: &Speech) -> String {
    let shown = if numbers.len() > NUMBERS { NUMBERS - 1 } else { numbers.len() };
    let more = numbers.len() - shown;
    let more = (more > 0).then(|| speech.with("and-more", &[("count", more)]));
    numbers[..shown].iter().map(|it| (*it).to_owned()).chain(more).collect::<Vec<_>>().join(" ")
}
