//! A notification: plain text for a phone's screen, and the bodies that chat services take.

use serde_json::{Value, json};

use super::amount::{amount, month};
use super::sentence::account;
use crate::lang::Speech;
use crate::model::{Argument, Cost, Finding, Lang, SweepReport, Usd};

/// The most things that are listed.
const MOST: usize = 5;
/// Discord takes no longer message.
const LONGEST: usize = 1900;
/// SNS takes no longer subject.
const SUBJECT: usize = 100;

/// The news: keys of new findings, and the daily spend before and now if it jumped.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub new: &'a [String],
    pub jump: Option<(Usd, Usd)>,
}

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// In ASCII, as SNS requires: always in English.
    pub subject: String,
    pub title: String,
    pub text: String,
}

/// The notification of a sweep.
#[must_use]
pub fn notice(report: &SweepReport, told: Told<'_>, speech: &Speech) -> Notice {
    let new: Vec<&Finding> = report.findings.iter().filter(|it| told.new.contains(&it.key)).collect();
    let title = title(&new, told.jump, speech);
    let mut lines = vec![speech.with("notice-account", &[("account", plain(&account(&report.scope.account)))])];
    for it in new.iter().take(MOST) {
        lines.push(String::new());
        lines.push(speech.with("notice-cost", &[("usd", month(Cost::of(it)))]));
        lines.push(format!("{} {}", it.names.get(speech.lang), plain(&it.id)));
        lines.push(it.region.to_string());
        let who = it.created_by.as_ref().and_then(|by| by.who.as_deref());
        lines.extend(who.map(|who| speech.with("notice-who", &[("who", plain(who))])));
    }
    if let Some(more) = new.len().checked_sub(MOST + 1) {
        lines.push(String::new());
        lines.push(speech.with("and-more", &[("count", more + 1)]));
    }
    lines.push(String::new());
    let totals = &report.totals;
    let id = if totals.at_least { "notice-total-at-least" } else { "notice-total" };
    lines.push(speech.with(id, &[("usd", amount(totals.usd_per_month))]));
    if let Some((before, now)) = told.jump {
        lines.push(speech.with("notice-jump", &[("before", amount(before)), ("now", amount(now))]));
    }
    if !report.gaps.is_empty() {
        lines.push(speech.plain("notice-gaps"));
    }
    lines.push(String::new());
    lines.push(speech.plain("notice-look"));
    let english = self::title(&new, told.jump, &Speech::new(Lang::En));
    let subject: String = format!("guardrail: {english}").chars().filter(char::is_ascii).take(SUBJECT).collect();
    Notice { subject, title, text: lines.join("\n") }
}

fn title(new: &[&Finding], jump: Option<(Usd, Usd)>, speech: &Speech) -> String {
    let usd: Usd = new.iter().filter_map(|it| it.usd_per_month).sum();
    match jump {
        Some((_, now)) if new.is_empty() => speech.with("notice-title-jump", &[("now", amount(now))]),
        _ => {
            let args = [("count", Argument::from(new.len())), ("usd", amount(usd.monthly()).into())];
            speech.with("notice-title", &args)
        }
    }
}

/// Names are untrusted: none ends a line, hides in it, or calls a person.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if crate::model::unseen::is_unseen(letter) { '\u{FFFD}' } else { letter }).collect()
}

/// The body for the service at this host: Slack, Discord, Teams, or the general form.
#[must_use]
pub fn body(notice: &Notice, report: &SweepReport, told: Told<'_>, host: &str) -> Value {
    let ends = |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    let whole = format!("{}\n{}", notice.title, notice.text);
    if ends("slack.com") {
        // Slack's three control characters: without them no name is a link or a mention.
        let text = whole.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        return json!({ "text": text });
    }
    if ends("discord.com") || ends("discordapp.com") {
        let content: String = whole.chars().take(LONGEST).collect();
        return json!({ "content": content, "allowed_mentions": { "parse": [] } });
    }
    if ["office.com", "logic.azure.com", "powerplatform.com"].into_iter().any(ends) {
        let line =
            |text: &str, weight: &str| json!({ "type": "TextBlock", "text": text, "wrap": true, "weight": weight });
        // A single line break is a space in an adaptive card.
        let body = [line(&notice.title, "Bolder"), line(&notice.text.replace('\n', "\n\n"), "Default")];
        let card = json!({ "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard",
                           "version": "1.4", "body": body });
        let content = json!([{ "contentType": "application/vnd.microsoft.card.adaptive", "content": card }]);
        return json!({ "type": "message", "attachments": content });
    }
    json!({
        "schema": "guardrail/notice/v1", "made_at": report.made_at, "account": report.scope.account,
        "title": notice.title, "text": notice.text, "new": told.new, "verdict": report.verdict,
        "usd_per_month": report.totals.usd_per_month, "at_least": report.totals.at_least,
        "usd_per_day_before": told.jump.map(|(before, _)| before), "usd_per_day": told.jump.map(|(_, now)| now),
    })
}
