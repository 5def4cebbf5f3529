//! The sentences about a history.

use anstyle::Style;

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::runs::{AccountHistory, Run};
use crate::model::{Argument, HistoryReport, Verdict};
use crate::render::sentence::account;
use crate::render::terminal::{BOLD, DIM, GREEN, RED, YELLOW};

/// The account, and how far its history goes back.
pub fn heading(history: &AccountHistory, speech: &Speech) -> Statement {
    let oldest = history.runs.last().map(|run| run.made_at.strftime("%Y-%m-%d").to_string());
    let args = [
        ("account", Argument::from(account(&history.account))),
        ("count", history.runs.len().into()),
        ("date", oldest.unwrap_or_default().into()),
    ];
    Statement::new(About::Scope, BOLD, speech.with("history-heading", &args))
}

/// Where the history is, and what of it could not be read.
pub fn foot(report: &HistoryReport, speech: &Speech) -> Vec<Statement> {
    let mut foot = Vec::new();
    if report.accounts.is_empty() {
        foot.push(Statement::new(About::Total, Style::new(), speech.plain("history-empty")));
    }
    if report.unread > 0 {
        let text = speech.with("history-unread", &[("count", report.unread)]);
        foot.push(Statement::new(About::Total, YELLOW, text));
    }
    let folder = [("folder", report.folder.clone())];
    foot.push(Statement::new(About::Scope, DIM, speech.with("history-folder", &folder)));
    foot
}

/// What a sweep found, and what was new and gone, in a few words.
pub fn in_short(run: &Run, speech: &Speech) -> String {
    let counted = |id: &str, count: usize| (count > 0).then(|| speech.with(id, &[("count", count)]));
    let parts = [
        counted("history-findings", run.findings),
        counted("findings-new", run.new.unwrap_or_default()),
        counted("history-gone", run.gone.unwrap_or_default()),
        counted("history-gaps", run.gaps),
        run.partial.then(|| speech.plain("history-partial")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(&speech.plain("organization-between-names"))
}

/// The word of the verdict, and its colour.
pub fn verdict(verdict: Verdict, speech: &Speech) -> (Style, String) {
    let (style, id) = match verdict {
        Verdict::Safe => (GREEN, "verdict-safe"),
        Verdict::NotSafe => (RED, "verdict-not-safe"),
        Verdict::NotSure => (YELLOW, "verdict-not-sure"),
    };
    (style, speech.plain(id))
}
