//! What `stop` and `delete` plan, did and left alone, on a terminal: in the order of doing.

use std::fmt::Write as _;

use anstyle::Style;

use super::entry::{INDENT, LABEL};
use crate::lang::Speech;
use crate::model::actions::{Refusal, StepResult, Why};
use crate::model::{ActionReport, ActionRow, Verb, Verified};
use crate::render::facts::actions as facts;
use crate::render::facts::{Statement, gaps};
use crate::render::layout::Layout;
use crate::render::report::Acting;
use crate::render::sentence::time;
use crate::render::terminal::{BOLD, CYAN, DIM, GREEN, RED, YELLOW, columns, harmless, padded, paragraph, styled};

/// With more things than this, `-v` shows the commands.
const FEW: usize = 8;
/// With more things of one reason than this, their number is shown.
const NAMED: usize = 6;

pub(super) fn actions(report: &ActionReport, verb: Verb, acting: Acting, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    Statement::write(&[facts::heading(report, verb, acting, speech)], layout, &mut out);
    out.push('\n');
    body(report, acting, speech, layout, &mut out);
    for text in gaps::of_some_types(&report.gaps, speech) {
        paragraph(&text, 2, RED, layout, &mut out);
    }
    if !report.gaps.is_empty() {
        out.push('\n');
    }
    if let Some(permissions) = facts::permissions(report, verb, speech) {
        Statement::write(&[permissions], layout, &mut out);
        out.push('\n');
    }
    Statement::write(&facts::summary(report, verb, acting, speech), layout, &mut out);
    out
}

/// What is done and what is left alone.
pub(super) fn body(report: &ActionReport, acting: Acting, speech: &Speech, layout: Layout, out: &mut String) {
    let notes = facts::notes(report, speech);
    Statement::write(&notes, layout, out);
    if !notes.is_empty() {
        out.push('\n');
    }
    let page = Page { report, acting, speech, layout, widths: Widths::of(report, speech, layout) };
    page.rows(out);
    page.refused(out);
}

struct Page<'a> {
    report: &'a ActionReport,
    acting: Acting,
    speech: &'a Speech,
    layout: Layout,
    widths: Widths,
}

#[derive(Debug, Clone, Copy)]
struct Widths {
    name: usize,
    region: usize,
}

impl Widths {
    fn of(report: &ActionReport, speech: &Speech, layout: Layout) -> Self {
        let widest = |text: &dyn Fn(&ActionRow) -> usize| report.actions.iter().map(text).max().unwrap_or(0);
        let name = widest(&|row| columns(&name(row, speech))).min(layout.width * 2 / 5);
        Self { name, region: widest(&|row| columns(row.region.as_str())) }
    }
}

impl Page<'_> {
    fn rows(&self, out: &mut String) {
        let rows = &self.report.actions;
        if rows.is_empty() {
            return;
        }
        let heading = self.speech.plain("column-usd-per-month");
        let indent = LABEL.saturating_sub(columns(&heading));
        let _ = writeln!(out, "{:indent$}{}", "", styled(DIM, &heading));
        for row in rows.iter().filter(|row| !self.is_folded(row)) {
            let with = rows.iter().filter(|it| it.decision == row.key && it.key != row.key && self.is_folded(it));
            self.row(row, &with.collect::<Vec<_>>(), out);
        }
        out.push('\n');
    }

    /// Whether it ends with another thing, and nothing has to be said about it.
    fn is_folded(&self, row: &ActionRow) -> bool {
        let ended = row.verified.is_none_or(Verified::is_proof);
        row.steps.is_empty() && row.decision != row.key && ended && self.acting != Acting::Logged
    }

    fn row(&self, row: &ActionRow, with: &[&ActionRow], out: &mut String) {
        let Self { speech, layout, widths, .. } = *self;
        let together: Vec<&ActionRow> = [row].into_iter().chain(with.iter().copied()).collect();
        let saving = styled(YELLOW, &format!("{:>LABEL$}", facts::saving_of(&together)));
        let name = styled(BOLD, &padded(&name(row, speech), widths.name));
        let title = format!("{saving}  {name}  {}", padded(row.region.as_str(), widths.region));
        let mut label = label(row, speech);
        if let Some(verified) = row.verified {
            let style = match verified {
                Verified::Gone | Verified::Ending | Verified::Stopped => GREEN,
                Verified::StillThere => RED,
                Verified::Unknown => YELLOW,
            };
            label = format!("{label}  {}", styled(style, &facts::verified(verified, speech)));
        }
        if columns(&title) + 2 + columns(&label) <= layout.width {
            let _ = writeln!(out, "{title}  {label}");
        } else {
            let _ = writeln!(out, "{}", title.trim_end());
            paragraph(&label, INDENT, Style::new(), layout, out);
        }
        if self.acting == Acting::Planned {
            let about = facts::about(row, speech).join(" · ");
            if !about.is_empty() {
                paragraph(&about, INDENT, Style::new(), layout, out);
            }
        }
        let mut with: Vec<String> =
            with.iter().map(|it| format!("{} {} {}", it.names.get(speech.lang), it.id, facts::saving(it))).collect();
        if row.ends.is_some() && row.decision == row.key {
            with.insert(0, format!("{} {}", row.names.get(speech.lang), own(row)));
        }
        if !with.is_empty() {
            let text = speech.with("act-with-it", &[("things", with.join(" · "))]);
            paragraph(&text, INDENT, Style::new(), layout, out);
        }
        self.steps(row, out);
    }

    /// Commands before they are run, and those that failed; with `-v` and in the log each, with its time.
    fn steps(&self, row: &ActionRow, out: &mut String) {
        let all = self.layout.verbose || self.acting == Acting::Logged;
        let planned = self.acting == Acting::Planned && (all || self.report.actions.len() <= FEW);
        for step in &row.steps {
            let failed = step.result == StepResult::Failed;
            if planned || all || failed {
                let at = step.at.filter(|_| self.acting == Acting::Logged).map(|at| format!("{}  ", time(at)));
                let command = styled(CYAN, &step.command);
                let _ = writeln!(out, "{:INDENT$}{}{command}", "", at.unwrap_or_default());
            }
            if let Some(message) = &step.message {
                let style = if failed { RED } else { YELLOW };
                paragraph(message, INDENT, style, self.layout, out);
            }
        }
    }

    fn refused(&self, out: &mut String) {
        if self.report.refused.is_empty() {
            return;
        }
        let heading = self.speech.with("act-refused-heading", &[("count", self.report.refused.len())]);
        let _ = writeln!(out, "{}", styled(BOLD, &heading));
        let mut rest: &[Refusal] = &self.report.refused;
        while let Some(first) = rest.first() {
            let alike = rest.iter().take_while(|it| it.why == first.why).count();
            let (group, others) = rest.split_at(alike);
            rest = others;
            let shown = if self.layout.verbose || alike <= NAMED { alike } else { NAMED - 1 };
            for it in &group[..shown] {
                self.refusal(it, out);
            }
            if shown < alike {
                let more = self.speech.with("and-more", &[("count", alike - shown)]);
                paragraph(&more, 2, DIM, self.layout, out);
            }
        }
        out.push('\n');
    }

    fn refusal(&self, it: &Refusal, out: &mut String) {
        let Self { speech, layout, .. } = *self;
        let id = match &it.name {
            Some(name) if *name != it.id => format!("{} ({name})", it.id),
            _ => it.id.clone(),
        };
        let text = format!("{} {id}, {}: {}", it.names.get(speech.lang), it.region, facts::refusal(it, speech));
        paragraph(&text, 2, Style::new(), layout, out);
        let bare = matches!(it.why, Why::CannotStop | Why::CannotDelete) && !layout.verbose;
        for line in it.instead.iter().filter(|_| !bare).flat_map(|command| command.lines().collect::<Vec<_>>()) {
            let _ = writeln!(out, "    {}", styled(CYAN, &line));
        }
    }
}

/// A decision to tick: what it saves and what it loses, on one line. The first of its things comes first.
#[must_use]
pub fn one_line(rows: &[&ActionRow], speech: &Speech) -> String {
    let Some((row, others)) = rows.split_first() else { return String::new() };
    let loses = facts::about(row, speech).join(" · ");
    let thing = format!("{} {} ({})", name(row, speech), label(row, speech), row.region);
    let more = if others.is_empty() { String::new() } else { format!(" + {}", others.len()) };
    let line = format!("{:>LABEL$}  {thing}{more}", facts::saving_of(rows));
    harmless(&if loses.is_empty() { line } else { format!("{line} – {loses}") })
}

fn name(row: &ActionRow, speech: &Speech) -> String {
    match &row.ends {
        Some(_) if row.decision == row.key => speech.plain("ec2-instance"),
        _ => row.names.get(speech.lang).to_owned(),
    }
}

fn label(row: &ActionRow, speech: &Speech) -> String {
    match &row.ends {
        Some(instance) if row.decision == row.key => format!("{instance} ({})", speech.plain("act-instance-stopped")),
        _ => own(row),
    }
}

fn own(row: &ActionRow) -> String {
    match &row.name {
        Some(name) if *name != row.id => format!("{} ({name})", row.id),
        _ => row.id.clone(),
    }
}
