//! The sentences about an appeal: what is missing before it can be sent, where its facts come from, and where it goes.

use anstyle::Style;

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::appeal::{Case, CaseState, Fact, SUPPORT_PAGE};
use crate::model::{Account, AppealReport, Argument, Lang, Source};
use crate::render::sentence::{account, note, time};
use crate::render::terminal::{BOLD, GREEN, RED, YELLOW};

pub fn heading(report: &AppealReport, speech: &Speech) -> Statement {
    let args = [("account", account(&report.account)), ("at", time(report.made_at))];
    Statement::new(About::Scope, BOLD, speech.with("appeal-heading", &args))
}

/// What has to happen before the letter is sent.
pub fn before(report: &AppealReport, speech: &Speech) -> Vec<Statement> {
    let mut before: Vec<Statement> = report
        .not_ended
        .iter()
        .map(|thing| {
            let name = format!("{} {}", thing.names.get(speech.lang), thing.id).trim().to_owned();
            let (id, style) =
                if thing.unknown { ("appeal-not-checked", YELLOW) } else { ("appeal-still-charged", RED) };
            Statement::new(About::Total, style, speech.with(id, &[("thing", name)]))
        })
        .collect();
    let most = report.letters.iter().map(|letter| letter.blanks).max().unwrap_or(0);
    if !report.letters.is_empty() {
        before.push(match most {
            0 => Statement::new(About::Total, GREEN, speech.plain("appeal-whole")),
            _ => Statement::new(About::Total, YELLOW, speech.with("appeal-blanks", &[("count", most)])),
        });
    }
    let notes = report.notes.iter().map(|it| Statement::new(About::Account, Style::new(), note(it, speech)));
    before.into_iter().chain(notes).collect()
}

/// A fact as a reader knows it.
pub fn fact(fact: &Fact, speech: &Speech) -> [String; 3] {
    let word = match (&*fact.id, &*fact.value) {
        ("now", "gone") => Some("fact-value-gone"),
        ("now", "charged") => Some("fact-value-charged"),
        ("now", _) => Some("fact-value-unknown"),
        ("created-by", "other-account") => Some("letter-who-other-account"),
        ("creator-unknown", "denied") => Some("fact-value-creator-denied"),
        ("creator-unknown", "too-old") => Some("fact-value-creator-too-old"),
        ("creator-unknown", "not-recorded") => Some("fact-value-creator-not-recorded"),
        ("creator-unknown", _) => Some("fact-value-creator-failed"),
        ("first-time" | "root-mfa" | "root-keys", "true") => Some("fact-value-true"),
        ("first-time" | "root-mfa" | "root-keys", _) => Some("fact-value-false"),
        _ => None,
    };
    let readable =
        |value: &str| match value.split_once('/').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?))) {
            Some((from, to)) => format!("{} – {}", time(from), time(to)),
            None => value.parse().map_or_else(|_| value.to_owned(), time),
        };
    let value = word.map_or_else(|| readable(&fact.value), |id| speech.plain(id));
    let label = speech.plain(&format!("fact-{}", fact.id));
    let about = |about: &String| speech.with("appeal-fact-about", &[("what", label.clone()), ("about", about.clone())]);
    let what = fact.about.as_ref().map_or_else(|| label.clone(), about);
    [what, value, source(fact.source, speech)]
}

fn source(source: Source, speech: &Speech) -> String {
    speech.plain(match source {
        Source::Account => "source-account",
        Source::Metric => "source-metric",
        Source::CostExplorer => "source-cost-explorer",
        Source::Sweep => "source-sweep",
        Source::History => "source-history",
        Source::Cloudtrail => "source-cloudtrail",
        Source::Tag => "source-tag",
        Source::ActionLog => "source-action-log",
        Source::Check => "source-check",
        Source::Iam => "source-iam",
        Source::Computer => "source-computer",
        Source::Said => "source-said",
        Source::Sum => "source-sum",
    })
}

/// Where the letter goes, step by step; for unauthorized use, what AWS asks for before.
pub fn steps(report: &AppealReport, speech: &Speech) -> Vec<Statement> {
    let language = |lang: &str| if lang == Lang::Ja.code() { "日本語" } else { "English" };
    let languages: Vec<&str> = report.letters.iter().map(|letter| language(&letter.lang)).collect();
    let args = [("page", SUPPORT_PAGE.to_owned()), ("languages", languages.join(" / "))];
    let say = |id: &str| Statement::new(About::Account, Style::new(), speech.with(id, &args));
    let first = ["appeal-first-keys", "appeal-first-users", "appeal-first-regions", "appeal-first-answer"];
    let first = first.into_iter().filter(|_| report.unauthorized);
    let kind = if report.unauthorized { "appeal-step-kind-stranger" } else { "appeal-step-kind" };
    let then = [
        "appeal-step-reseller",
        "appeal-step-open",
        "appeal-step-iam",
        kind,
        "appeal-step-text",
        "appeal-step-contact",
    ];
    first.chain(then).map(say).collect()
}

/// The state of a case, and what it needs.
pub fn case(case: &Case, account: &Account, speech: &Speech) -> Vec<Statement> {
    let id = match case.state {
        CaseState::Planned => "appeal-case-planned",
        CaseState::Opened => "appeal-case-opened",
        CaseState::Read => "appeal-case-read",
    };
    let name = |choice: &Option<crate::model::appeal::Choice>| {
        choice.as_ref().map_or_else(|| "?".to_owned(), |it| format!("{} ({})", it.name, it.code))
    };
    let args = [
        ("account", account.id.to_string()),
        ("id", case.display_id.clone().or_else(|| case.id.clone()).unwrap_or_else(|| "?".to_owned())),
        ("subject", case.subject.clone()),
        ("service", name(&case.service)),
        ("category", name(&case.category)),
        ("lang", case.lang.clone()),
        ("status", case.status.clone().unwrap_or_else(|| "?".to_owned())),
        ("at", case.opened_at.map_or_else(|| "?".to_owned(), time)),
    ];
    let count = [("count", Argument::from(case.communications.len()))];
    let answers = (case.state == CaseState::Read).then(|| speech.with("appeal-case-messages", &count));
    let style = if case.state == CaseState::Opened { GREEN } else { Style::new() };
    let lines = [speech.with(id, &args)].into_iter().chain(answers);
    lines.map(|text| Statement::new(About::Account, style, text)).collect()
}
