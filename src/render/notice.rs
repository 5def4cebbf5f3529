//! A notification: plain text for a phone's screen, and the body of a webhook.

use serde_json::{Value, json};

use super::amount::{amount, month};
use super::chat;
use super::sentence::account;
use crate::lang::Speech;
use crate::model::report::Totals;
use crate::model::{AccountState, Argument, Item, Lang, News, OrganizationReport, SweepReport, Usd, Verdict};

/// The most things that are listed.
const MOST: usize = 5;
/// SNS takes no longer subject.
const SUBJECT: usize = 100;

/// The run that a notification is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    Account(&'a SweepReport),
    Organization(&'a OrganizationReport),
}

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// In ASCII, as SNS requires: always in English.
    pub subject: String,
    pub title: String,
    pub text: String,
}

impl<'a> About<'a> {
    fn totals(self) -> &'a Totals {
        match self {
            Self::Account(report) => &report.totals,
            Self::Organization(report) => &report.totals,
        }
    }

    /// The account, or the organisation.
    fn heading(self, speech: &Speech) -> String {
        match self {
            Self::Account(report) => {
                speech.with("notice-account", &[("account", plain(&account(&report.scope.account)))])
            }
            Self::Organization(report) => {
                let swept = report.in_state(AccountState::Swept).count();
                let id = report.organization.id.clone().unwrap_or_default();
                speech.with("notice-organization", &[("id", Argument::from(id)), ("count", swept.into())])
            }
        }
    }

    /// Where a thing is.
    fn place(self, it: &Item, speech: &Speech) -> String {
        let Self::Organization(report) = self else { return it.region.to_string() };
        let name = report.accounts.iter().find(|account| account.id == it.account).and_then(|it| it.name.as_deref());
        let account = name.map_or_else(|| it.account.to_string(), |name| format!("{} ({})", plain(name), it.account));
        let args = [("account", account), ("region", it.region.to_string())];
        speech.with("notice-place", &args)
    }

    fn is_incomplete(self) -> bool {
        match self {
            Self::Account(report) => !report.gaps.is_empty(),
            Self::Organization(report) => report.verdict_of_the_rest() == Verdict::NotSure,
        }
    }

    /// The command that shows more.
    fn more(self) -> &'static str {
        match self {
            Self::Account(_) => "notice-look",
            Self::Organization(_) => "notice-look-organization",
        }
    }
}

/// The notification of a run.
#[must_use]
pub fn notice(about: About<'_>, news: &News, speech: &Speech) -> Notice {
    let title = title(news, speech);
    let mut lines = vec![about.heading(speech)];
    for it in news.new.iter().take(MOST) {
        lines.push(String::new());
        lines.push(speech.with("notice-cost", &[("usd", month(it.cost))]));
        lines.push(format!("{} {}", it.names.get(speech.lang), plain(&it.id)));
        lines.push(about.place(it, speech));
        lines.extend(it.who.as_ref().map(|who| speech.with("notice-who", &[("who", plain(who))])));
    }
    if let Some(more) = news.new.len().checked_sub(MOST + 1) {
        lines.push(String::new());
        lines.push(speech.with("and-more", &[("count", more + 1)]));
    }
    lines.push(String::new());
    let totals = about.totals();
    let id = if totals.at_least { "notice-total-at-least" } else { "notice-total" };
    lines.push(speech.with(id, &[("usd", amount(totals.usd_per_month))]));
    if let Some((before, now)) = news.jump {
        lines.push(speech.with("notice-jump", &[("before", amount(before)), ("now", amount(now))]));
    }
    if about.is_incomplete() {
        lines.push(speech.plain("notice-gaps"));
    }
    lines.push(String::new());
    lines.push(speech.plain(about.more()));
    let english = self::title(news, &Speech::new(Lang::En));
    let subject: String = format!("guardrail: {english}").chars().filter(char::is_ascii).take(SUBJECT).collect();
    Notice { subject, title, text: lines.join("\n") }
}

fn title(news: &News, speech: &Speech) -> String {
    let usd: Usd = news.new.iter().filter_map(|it| it.cost.exact).sum();
    match news.jump {
        Some((_, now)) if news.new.is_empty() => speech.with("notice-title-jump", &[("now", amount(now))]),
        _ => {
            let args = [("count", Argument::from(news.new.len())), ("usd", amount(usd.monthly()).into())];
            speech.with("notice-title", &args)
        }
    }
}

/// Names are untrusted: none ends a line, hides in it, or calls a person.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if crate::model::unseen::is_unseen(letter) { '\u{FFFD}' } else { letter }).collect()
}

/// The body for the host of a webhook: that of its chat service, or the general form.
#[must_use]
pub fn body(notice: &Notice, about: About<'_>, news: &News, host: &str, speech: &Speech) -> Value {
    let Notice { title, text, .. } = notice;
    let cut = format!("{} {}", speech.plain("notice-cut"), speech.plain(about.more()));
    chat::body(title, text, &cut, host).unwrap_or_else(|| general(notice, about, news))
}

fn general(notice: &Notice, about: About<'_>, news: &News) -> Value {
    let new: Vec<&str> = news.new.iter().map(|it| it.key.as_str()).collect();
    let (before, now) = news.jump.unzip();
    let mut body = json!({
        "schema": "guardrail/notice/v1", "title": notice.title, "text": notice.text, "new": new,
        "usd_per_month": about.totals().usd_per_month, "at_least": about.totals().at_least,
        "usd_per_day_before": before, "usd_per_day": now,
    });
    match about {
        About::Account(report) => {
            body["made_at"] = json!(report.made_at);
            body["verdict"] = json!(report.verdict);
            body["account"] = json!(report.scope.account);
        }
        About::Organization(report) => {
            body["made_at"] = json!(report.made_at);
            body["verdict"] = json!(report.verdict);
            body["organization"] = json!(report.organization);
        }
    }
    body
}
