//! The sentences about what changed since an earlier sweep.

use anstyle::Style;

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::{Argument, Changes, Earlier, Finding, Repriced, SweepReport, Usd};
use crate::render::amount::amount;
use crate::render::sentence::time;
use crate::render::terminal::{GREEN, YELLOW};

/// The most things that a sentence names.
const NAMED: usize = 3;

/// What is new first, then what is gone, what costs more, and what could not be compared.
pub fn changes(report: &SweepReport, speech: &Speech) -> Vec<Statement> {
    let Some(changes) = &report.changes else { return Vec::new() };
    let mut all = vec![new(report, changes, speech)];
    all.extend(gone(changes, speech));
    all.extend(dearer(report, changes, speech));
    all.extend(unknown(changes, speech));
    all
}

fn statement(style: Style, label: &str, text: String, speech: &Speech) -> Statement {
    Statement::new(About::Changes, style, text).labelled(speech.plain(label))
}

fn new(report: &SweepReport, changes: &Changes, speech: &Speech) -> Statement {
    let new: Vec<&Finding> = report.findings.iter().filter(|it| it.new == Some(true)).collect();
    let at = time(changes.since);
    if new.is_empty() {
        let id = match report.gaps.is_empty() {
            false => "changes-none-seen",
            true if changes.is_empty() => "changes-none",
            true => "changes-none-new",
        };
        return statement(Style::new(), "label-new", speech.with(id, &[("at", at)]), speech);
    }
    let names = new.iter().map(|it| named(it.names.get(speech.lang), &it.id, it.name.as_deref(), it.usd_per_month));
    let usd: Usd = new.iter().filter_map(|it| it.usd_per_month).sum();
    let open = new.iter().any(|it| it.charges.iter().any(|charge| charge.usd_per_month.is_none()));
    let args = [
        ("count", Argument::from(new.len())),
        ("at", at.into()),
        ("usd", format!("{}{}", amount(usd.monthly()), if open { "+" } else { "" }).into()),
        ("names", some(names, speech).into()),
    ];
    statement(YELLOW, "label-new", speech.with("changes-new", &args), speech)
}

fn gone(changes: &Changes, speech: &Speech) -> Option<Statement> {
    let gone: Vec<&Earlier> = changes.earlier_of(&changes.gone).collect();
    let usd: Usd = gone.iter().filter_map(|it| it.usd_per_month).sum();
    let args = [
        ("count", Argument::from(gone.len())),
        ("usd", amount(usd.monthly()).into()),
        ("names", some(gone.iter().map(|it| of_earlier(it, speech)), speech).into()),
    ];
    (!gone.is_empty()).then(|| statement(GREEN, "label-gone", speech.with("changes-gone", &args), speech))
}

fn dearer(report: &SweepReport, changes: &Changes, speech: &Speech) -> Option<Statement> {
    let name = |it: &Repriced| {
        let finding = report.findings.iter().find(|finding| finding.key == it.key)?;
        let thing = format!("{} {}", finding.names.get(speech.lang), finding.id);
        Some(format!("{thing} {} → {}", amount(it.usd_per_month_before), amount(it.usd_per_month)))
    };
    let names: Vec<String> = changes.dearer.iter().filter_map(name).collect();
    let args = [("count", Argument::from(names.len())), ("names", some(names.iter().cloned(), speech).into())];
    (!names.is_empty()).then(|| statement(YELLOW, "label-dearer", speech.with("changes-dearer", &args), speech))
}

/// The things of the earlier sweep that may still be charged.
fn unknown(changes: &Changes, speech: &Speech) -> Option<Statement> {
    let unknown: Vec<&Earlier> = changes.earlier_of(&changes.unknown).collect();
    let names = some(unknown.iter().map(|it| of_earlier(it, speech)), speech);
    let args = [("count", Argument::from(unknown.len())), ("names", names.into())];
    let text = (!unknown.is_empty()).then(|| speech.with("changes-unknown", &args))?;
    Some(statement(YELLOW, "label-not-checked", text, speech))
}

fn of_earlier(it: &Earlier, speech: &Speech) -> String {
    named(it.names.get(speech.lang), &it.id, it.name.as_deref(), it.usd_per_month)
}

/// `RDS instance study (my study) 14.60`.
fn named(kind: &str, id: &str, name: Option<&str>, usd: Option<Usd>) -> String {
    let name = name.filter(|name| *name != id).map(|name| format!(" ({name})")).unwrap_or_default();
    let usd = usd.map_or_else(|| "?".to_owned(), |usd| amount(usd.monthly()));
    format!("{kind} {id}{name} {usd}")
}

/// A few names, and the number of the others.
fn some(names: impl Iterator<Item = String>, speech: &Speech) -> String {
    let names: Vec<String> = names.collect();
    let shown = if names.len() > NAMED + 1 { NAMED } else { names.len() };
    let more = names.len() - shown;
    let more = (more > 0).then(|| speech.with("and-more", &[("count", more)]));
    names[..shown].iter().cloned().chain(more).collect::<Vec<_>>().join(", ")
}
