//! An appeal on a terminal: the letters as they are pasted, then their facts and where they go.

use std::fmt::Write as _;

use anstyle::Style;

use super::gaps::unread;
use crate::lang::Speech;
use crate::model::AppealReport;
use crate::render::facts::{Statement, appeal as facts};
use crate::render::layout::Layout;
use crate::render::sentence::time;
use crate::render::terminal::{BOLD, DIM, hanging, marked, paragraph, styled};

pub(super) fn appeal(report: &AppealReport, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    Statement::write(&[facts::heading(report, speech)], layout, &mut out);
    out.push('\n');
    let before = facts::before(report, speech);
    Statement::write(&before, layout, &mut out);
    if !before.is_empty() {
        out.push('\n');
    }
    letters(report, speech, layout, &mut out);
    sources(report, speech, layout, &mut out);
    case(report, speech, layout, &mut out);
    let sent = report.case.is_some();
    if !report.letters.is_empty() && !sent {
        numbered("appeal-steps", &facts::steps(report, speech), speech, layout, &mut out);
    }
    unread(&report.gaps, "appeal", speech, layout, &mut out);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The report with each invisible character replaced by a mark; the lines of letters and messages stay.
///
/// # Errors
/// The report differs from its own JSON: a mistake in this program.
pub fn marked_letters(report: &AppealReport) -> serde_json::Result<AppealReport> {
    let lines = |text: &str| -> serde_json::Result<String> {
        let lines: Vec<&str> = text.lines().collect();
        Ok(marked(&lines.into_iter().map(str::to_owned).collect::<Vec<String>>())?.join("\n"))
    };
    let mut safe = marked(report)?;
    for (safe, letter) in safe.letters.iter_mut().zip(&report.letters) {
        safe.body = lines(&letter.body)?;
    }
    if let Some((safe, case)) = safe.case.as_mut().zip(report.case.as_ref()) {
        for (safe, message) in safe.communications.iter_mut().zip(&case.communications) {
            safe.body = lines(&message.body)?;
        }
    }
    Ok(safe)
}

fn letters(report: &AppealReport, speech: &Speech, layout: Layout, out: &mut String) {
    for letter in &report.letters {
        let rule = "─".repeat(layout.width.min(80));
        let _ = writeln!(out, "{}", styled(DIM, &rule));
        let subject = speech.with("appeal-subject", &[("subject", letter.subject.clone())]);
        let _ = writeln!(out, "{}\n", styled(BOLD, &subject));
        // The lines are not broken: a person pastes them.
        let _ = writeln!(out, "{}", letter.body);
        let _ = writeln!(out, "{}\n", styled(DIM, &rule));
    }
}

fn sources(report: &AppealReport, speech: &Speech, layout: Layout, out: &mut String) {
    if report.facts.is_empty() {
        return;
    }
    paragraph(&speech.plain("appeal-facts"), 0, DIM, layout, out);
    for fact in &report.facts {
        let [what, value, source] = facts::fact(fact, speech);
        let args = [("what", what), ("value", value), ("source", source)];
        hanging("- ", &speech.with("appeal-fact", &args), 2, Style::new(), layout, out);
    }
    out.push('\n');
}

fn case(report: &AppealReport, speech: &Speech, layout: Layout, out: &mut String) {
    let Some(case) = &report.case else { return };
    Statement::write(&facts::case(case, &report.account, speech), layout, out);
    out.push('\n');
    for message in &case.communications {
        let at = message.at.map_or_else(|| "?".to_owned(), time);
        paragraph(&format!("{at} · {}", message.by), 0, BOLD, layout, out);
        for line in message.body.lines() {
            paragraph(line, 2, Style::new(), layout, out);
        }
        out.push('\n');
    }
}

fn numbered(heading: &str, steps: &[Statement], speech: &Speech, layout: Layout, out: &mut String) {
    paragraph(&speech.plain(heading), 0, DIM, layout, out);
    for (index, step) in steps.iter().enumerate() {
        hanging(&format!("{}. ", index + 1), &step.text, 2, Style::new(), layout, out);
    }
    out.push('\n');
}
