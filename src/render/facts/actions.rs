//! The sentences about what `stop` and `delete` plan, did and left alone.

use anstyle::Style;

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::actions::{Refusal, Why};
use crate::model::{ActionReport, ActionRow, Argument, Loss, Reason, Remains, Takes, Usd, Verb, Verified};
use crate::render::amount::amount;
use crate::render::report::Acting;
use crate::render::sentence::{account, note, time};
use crate::render::terminal::{BOLD, DIM, GREEN, RED, YELLOW};

/// AWS's codes where a permission is missing.
const DENIED: [&str; 3] = ["AccessDenied", "UnauthorizedOperation", "not authorized"];

pub fn heading(report: &ActionReport, verb: Verb, acting: Acting, speech: &Speech) -> Statement {
    let id = match acting {
        Acting::Planned => "act-plan-heading",
        Acting::Done => "act-done-heading",
        Acting::Logged => "act-log-heading",
    };
    let args = [("account", account(&report.account)), ("at", time(report.made_at)), ("verb", word(verb).to_owned())];
    Statement::new(About::Scope, BOLD, speech.with(id, &args))
}

pub fn notes(report: &ActionReport, speech: &Speech) -> Vec<Statement> {
    report.notes.iter().map(|it| Statement::new(About::Account, Style::new(), note(it, speech))).collect()
}

/// How the missing permissions are given, if any is missing.
pub fn permissions(report: &ActionReport, verb: Verb, speech: &Speech) -> Option<Statement> {
    let said = |row: &ActionRow| row.failure().is_some_and(|said| DENIED.iter().any(|code| said.contains(code)));
    let missing = report.gaps.iter().any(|gap| gap.reason == Reason::Denied) || report.actions.iter().any(said);
    let text = missing.then(|| speech.with("permissions-of-command", &[("command", word(verb))]))?;
    Some(Statement::new(About::Account, Style::new(), text))
}

/// The plan or its result in one sentence or two.
pub fn summary(report: &ActionReport, verb: Verb, acting: Acting, speech: &Speech) -> Vec<Statement> {
    let count = |test: &dyn Fn(&ActionRow) -> bool| report.actions.iter().filter(|row| test(row)).count();
    let all = report.actions.len();
    let changed = report.refused.iter().filter(|it| it.why == Why::Changed).count();
    let proven = count(&|row| row.verified.is_some_and(Verified::is_proof));
    let unknown = count(&|row| row.verified == Some(Verified::Unknown) && !row.failed());
    let open = all.saturating_sub(proven).saturating_sub(unknown).saturating_add(changed);
    let args = [
        ("verb", Argument::from(word(verb))),
        ("all", all.saturating_add(changed).into()),
        ("count", all.into()),
        ("done", proven.into()),
        ("open", open.into()),
        ("unknown", unknown.into()),
        ("usd", sum(report).into()),
        ("final", (if report.actions.iter().any(|row| !row.reversible) { "yes" } else { "no" }).into()),
    ];
    let said = |style, id: &str| Statement::new(About::Total, style, speech.with(id, &args));
    let mut said = match acting {
        Acting::Planned if all == 0 => vec![said(YELLOW, "act-plan-nothing")],
        Acting::Planned => vec![said(BOLD, "act-plan-summary")],
        Acting::Logged if all == 0 => vec![said(Style::new(), "act-log-nothing")],
        Acting::Logged => vec![said(BOLD, "act-log-summary")],
        Acting::Done if open > 0 => vec![said(RED, "act-done-partly")],
        Acting::Done if unknown > 0 => vec![said(YELLOW, "act-done-unsure")],
        Acting::Done => vec![said(GREEN, "act-done-all")],
    };
    if report.totals.at_least && acting != Acting::Logged {
        said.push(Statement::new(About::Total, DIM, speech.plain("legend-open")));
    }
    if !report.gaps.is_empty() {
        let text = speech.with("act-gaps", &[("count", report.gaps.len())]);
        said.push(Statement::new(About::Total, YELLOW, text));
    }
    if report.interrupted {
        said.push(Statement::new(About::Total, RED, speech.plain("act-interrupted")));
    }
    said
}

/// What all of it saves: `502.21`, `502.21+`, `?`.
fn sum(report: &ActionReport) -> String {
    let totals = report.totals;
    match (totals.usd_per_month_saved, totals.at_least) {
        (usd, true) if usd == Usd::ZERO.monthly() => "?".to_owned(),
        (usd, true) => format!("{}+", amount(usd)),
        (usd, false) => amount(usd),
    }
}

/// What one action saves.
pub fn saving(row: &ActionRow) -> String {
    saving_of(&[row])
}

/// What several actions save together.
pub fn saving_of(rows: &[&ActionRow]) -> String {
    let sum: Usd = rows.iter().filter_map(|row| row.usd_per_month_saved).sum();
    let least = rows.iter().any(|row| row.at_least || row.usd_per_month_saved.is_none());
    let known = rows.iter().any(|row| row.usd_per_month_saved.is_some());
    match (known, least) {
        (false, _) => "?".to_owned(),
        (true, true) => format!("{}+", amount(sum.monthly())),
        (true, false) => amount(sum.monthly()),
    }
}

/// What it loses, what stays, and how long it takes.
pub fn about(row: &ActionRow, speech: &Speech) -> Vec<String> {
    let list = |words: Vec<String>| words.join(&speech.plain("act-comma"));
    let mut said = Vec::new();
    if !row.loses.is_empty() {
        let what = list(row.loses.iter().map(|loss| speech.plain(lost(*loss))).collect());
        said.push(speech.with("act-loses", &[("what", what)]));
    }
    if !row.keeps_costing.is_empty() {
        let what = list(row.keeps_costing.iter().map(|left| speech.plain(left_over(*left))).collect());
        said.push(speech.with("act-keeps", &[("what", what)]));
    }
    said.extend(row.comes_back.iter().map(|it| note(it, speech)));
    if row.verb == Verb::Delete && row.reversible {
        said.push(speech.plain("act-reversible"));
    }
    let takes = match row.takes {
        Takes::Seconds => None,
        Takes::Minutes => Some("act-takes-minutes"),
        Takes::UpToAnHour => Some("act-takes-up-to-an-hour"),
    };
    said.extend(takes.map(|id| speech.plain(id)));
    said
}

const fn lost(loss: Loss) -> &'static str {
    match loss {
        Loss::Data => "loss-data",
        Loss::Backups => "loss-backups",
        Loss::Address => "loss-address",
        Loss::Number => "loss-number",
        Loss::Keys => "loss-keys",
        Loss::Settings => "loss-settings",
    }
}

const fn left_over(left: Remains) -> &'static str {
    match left {
        Remains::Storage => "remains-storage",
        Remains::Address => "remains-address",
        Remains::LastBackup => "remains-last-backup",
        Remains::Leftovers => "remains-leftovers",
        Remains::ExtendedSupport => "remains-extended-support",
        Remains::Term => "remains-term",
    }
}

/// What became of it.
pub fn verified(verified: Verified, speech: &Speech) -> String {
    speech.plain(match verified {
        Verified::Gone => "act-gone",
        Verified::Ending => "act-ending",
        Verified::Stopped => "act-stopped",
        Verified::StillThere => "act-still-there",
        Verified::Unknown => "act-unknown",
    })
}

/// Why a thing is left alone.
pub fn refusal(refusal: &Refusal, speech: &Speech) -> String {
    let id = match refusal.why {
        Why::Kept => "act-kept",
        Why::Owned => "act-owned",
        Why::Attached => "act-attached",
        Why::EndsKept => "act-ends-kept",
        Why::Guardrail => "act-guardrail",
        Why::Protected => "act-protected",
        Why::CannotStop => "act-cannot-stop",
        Why::CannotDelete => "act-cannot-delete",
        Why::NoRemedy if refusal.because.is_some() => "act-no-remedy-because",
        Why::NoRemedy => "act-no-remedy",
        Why::Ending => "act-ending-already",
        Why::Changed => "act-changed",
    };
    let about = refusal.about.clone().unwrap_or_default();
    let about = match refusal.why {
        Why::Changed => speech.plain(match &*about {
            "created_at" => "act-changed-created-at",
            "tags" => "act-changed-tags",
            "billing" => "act-changed-billing",
            _ => "act-changed-commands",
        }),
        Why::NoRemedy => refusal.because.as_ref().map(|it| note(it, speech)).unwrap_or_default(),
        _ => about,
    };
    speech.with(id, &[("about", about)])
}

/// The verb as a word for programs and messages.
pub const fn word(verb: Verb) -> &'static str {
    match verb {
        Verb::Stop => "stop",
        Verb::Delete => "delete",
    }
}
