//! The sentences about AWS's recommendations: who could be asked, and what following them saves.

use anstyle::Style;

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::advice::{Advice, Source, SourceId, SourceState};
use crate::model::{AdviceReport, Argument};
use crate::render::amount::amount;
use crate::render::sentence::{account, time};
use crate::render::terminal::{BOLD, DIM, GREEN, RED, YELLOW};

pub fn heading(report: &AdviceReport, speech: &Speech) -> Statement {
    let args = [("account", account(&report.account)), ("at", time(report.made_at))];
    Statement::new(About::Scope, BOLD, speech.with("advice-heading", &args))
}

/// The sum, then each source with the command that turns it on.
pub fn head(report: &AdviceReport, speech: &Speech) -> Vec<Statement> {
    let with_command = |it: &Source| {
        let said = source(it, speech);
        let text = turned_on_by(it).map_or_else(|| said.text.clone(), |command| format!("{}: {command}", said.text));
        Statement { text, ..said }
    };
    [total(report, speech)].into_iter().chain(report.sources.iter().map(with_command)).collect()
}

pub fn total(report: &AdviceReport, speech: &Speech) -> Statement {
    let asked = report.sources.iter().any(|it| it.state == SourceState::Asked);
    let plus = if report.totals.at_least { "+" } else { "" };
    match (asked, report.advice.len()) {
        (false, _) => Statement::new(About::Total, YELLOW, speech.plain("advice-nobody-asked")),
        (true, 0) => Statement::new(About::Total, GREEN, speech.plain("advice-none")),
        (true, count) => {
            let usd = format!("{}{plus}", amount(report.totals.usd_per_month_saved));
            let args = [("count", Argument::from(count)), ("usd", usd.into())];
            Statement::new(About::Total, BOLD, speech.with("advice-total", &args))
        }
    }
}

/// The command that turns on an adviser; `None` for one that needs none.
pub fn turned_on_by(source: &Source) -> Option<&'static str> {
    match (source.id, source.state) {
        (SourceId::CostOptimizationHub, SourceState::NotEnrolled) => {
            Some("aws cost-optimization-hub update-enrollment-status --status Active --region us-east-1")
        }
        (_, SourceState::NotEnrolled) => {
            Some("aws compute-optimizer update-enrollment-status --status Active --region us-east-1")
        }
        _ => None,
    }
}

/// What an adviser answered.
pub fn source(source: &Source, speech: &Speech) -> Statement {
    let (id, style) = match source.state {
        SourceState::Asked => ("advice-asked", Style::new()),
        SourceState::NotInPlan => ("advice-not-in-plan", DIM),
        SourceState::NotEnrolled => ("advice-not-enrolled", DIM),
        SourceState::Unread => ("advice-unread", RED),
    };
    let args = [("count", Argument::from(source.advice))];
    Statement::new(About::Account, style, speech.with(id, &args)).labelled(source.id.name().to_owned())
}

/// What AWS recommends for one thing, and who says so.
pub fn advice(it: &Advice, speech: &Speech) -> String {
    let who: Vec<&str> = it.sources.iter().map(|source| source.name()).collect();
    let what = it.what.as_ref().map(|what| format!(": {what}")).unwrap_or_default();
    speech.with("advice-says", &[("action", it.action.clone()), ("what", what), ("who", who.join(", "))])
}

/// The same thing in the sweep.
pub fn found(it: &Advice, speech: &Speech) -> Option<String> {
    let found = it.finding.as_ref()?;
    let name = format!("{} {}", found.names.get(speech.lang), found.id);
    Some(match found.usd_per_month {
        Some(usd) => speech.with("advice-found", &[("name", name), ("usd", amount(usd))]),
        None => speech.with("advice-found-unpriced", &[("name", name)]),
    })
}
