//! The bodies that chat services take: no name in them is markup, a link or a mention, and a text that is too long says so.

use serde_json::{Value, json};

/// A chat service, by the host of its webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    Slack,
    Discord,
    Teams,
}

impl Service {
    /// `hooks.slack.com`, `discord.com`; Teams' webhooks are workflows of Power Automate, or the connectors before them.
    fn of(host: &str) -> Option<Self> {
        let ends = |domain: &&str| host == *domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
        let any = |domains: &[&str]| domains.iter().any(ends);
        match () {
            () if any(&["slack.com", "slack-gov.com"]) => Some(Self::Slack),
            () if any(&["discord.com", "discordapp.com"]) => Some(Self::Discord),
            () if any(&["powerplatform.com", "logic.azure.com", "office.com"]) => Some(Self::Teams),
            () => None,
        }
    }

    /// The longest text. Slack recommends it, and Discord takes no longer one; Teams takes 28 KB of JSON, and a character of
    /// Japanese has three bytes.
    const fn longest(self) -> usize {
        match self {
            Self::Slack => 4000,
            Self::Discord => 2000,
            Self::Teams => 6000,
        }
    }

    fn escape(self, letter: char) -> String {
        match (self, letter) {
            // Slack's three control characters; its markup is off.
            (Self::Slack, '&') => "&amp;".to_owned(),
            (Self::Slack, '<') => "&lt;".to_owned(),
            (Self::Slack, '>') => "&gt;".to_owned(),
            // What begins a link, a mention, a time, a spoiler, a quotation or a style.
            (Self::Discord, '\\' | '*' | '_' | '~' | '`' | '|' | '[' | '<' | '>' | '#') => format!("\\{letter}"),
            _ => letter.to_string(),
        }
    }
}

/// The body for the chat service at this host; `None` for any other host. `more` ends a text that had to be cut.
#[must_use]
pub fn body(title: &str, text: &str, more: &str, host: &str) -> Option<Value> {
    let service = Service::of(host)?;
    let fitted = |text: &str| fitted(text, more, service);
    Some(match service {
        Service::Slack => {
            json!({ "text": fitted(&format!("{title}\n{text}")), "mrkdwn": false, "unfurl_links": false })
        }
        // 4: no previews of links.
        Service::Discord => {
            let content = fitted(&format!("{title}\n{text}"));
            json!({ "content": content, "allowed_mentions": { "parse": [] }, "flags": 4 })
        }
        Service::Teams => card(title, &fitted(text)),
    })
}

/// An adaptive card, a block for each line. Unlike the text of a `TextBlock`, that of a `TextRun` is no Markdown.
fn card(title: &str, text: &str) -> Value {
    let mut blocks = vec![block(json!({ "type": "TextRun", "text": title, "weight": "Bolder" }), "None")];
    let mut spacing = "Medium";
    for line in text.lines() {
        if !line.is_empty() {
            blocks.push(block(json!({ "type": "TextRun", "text": line }), spacing));
        }
        spacing = if line.is_empty() { "Medium" } else { "None" };
    }
    let card = json!({ "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard",
                       "version": "1.4", "body": blocks });
    let attachment =
        json!({ "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": card });
    json!({ "type": "message", "attachments": [attachment] })
}

fn block(run: Value, spacing: &str) -> Value {
    json!({ "type": "RichTextBlock", "spacing": spacing, "inlines": [run] })
}

/// The text as the service takes it, escaped; one that is too long is cut between two characters and ends with `more`.
fn fitted(text: &str, more: &str, service: Service) -> String {
    let escaped = |text: &str| text.chars().map(|letter| service.escape(letter)).collect::<String>();
    let whole = escaped(text);
    if length(&whole) <= service.longest() {
        return whole;
    }
    let end = format!("…\n{}", escaped(more));
    let mut room = service.longest().saturating_sub(length(&end));
    let mut cut = String::new();
    for piece in text.chars().map(|letter| service.escape(letter)) {
        let Some(left) = room.checked_sub(length(&piece)) else { break };
        room = left;
        cut.push_str(&piece);
    }
    cut + &end
}

/// As JavaScript counts: never fewer than the characters.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TITLE: &str = "1 new, 5.00 USD a month";
    const TEXT: &str =
        "Account 123456789012\n\nS3 bucket a_b & <@everyone> [x](http://x)\neu-west-1\n\nMore: guardrail sweep";
    const MORE: &str = "Shortened.";

    fn of(host: &str) -> Value {
        body(TITLE, TEXT, MORE, host).unwrap()
    }

    #[test]
    fn slack_gets_a_text_without_links_and_mentions() {
        let text = "1 new, 5.00 USD a month\nAccount 123456789012\n\n\
                    S3 bucket a_b &amp; &lt;@everyone&gt; [x](http://x)\neu-west-1\n\nMore: guardrail sweep";
        assert_eq!(of("hooks.slack.com"), json!({ "text": text, "mrkdwn": false, "unfurl_links": false }));
    }

    #[test]
    fn discord_gets_a_content_that_calls_no_person() {
        let content = "1 new, 5.00 USD a month\nAccount 123456789012\n\n\
                       S3 bucket a\\_b & \\<@everyone\\> \\[x](http://x)\neu-west-1\n\nMore: guardrail sweep";
        let sent = json!({ "content": content, "allowed_mentions": { "parse": [] }, "flags": 4 });
        assert_eq!(of("discord.com"), sent);
    }

    #[test]
    fn teams_gets_an_adaptive_card_whose_text_is_no_markdown() {
        let line = |text: &str, spacing: &str| json!({ "type": "RichTextBlock", "spacing": spacing, "inlines": [{ "type": "TextRun", "text": text }] });
        let title = json!({ "type": "RichTextBlock", "spacing": "None",
                            "inlines": [{ "type": "TextRun", "text": TITLE, "weight": "Bolder" }] });
        let body = json!([
            title,
            line("Account 123456789012", "Medium"),
            line("S3 bucket a_b & <@everyone> [x](http://x)", "Medium"),
            line("eu-west-1", "None"),
            line("More: guardrail sweep", "Medium"),
        ]);
        let content = json!({ "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard",
                              "version": "1.4", "body": body });
        let sent = json!({ "type": "message", "attachments": [
            { "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": content }] });
        assert_eq!(of("prod-12.westeurope.logic.azure.com"), sent);
    }

    #[test]
    fn a_service_is_known_by_its_host() {
        for (host, service) in [
            ("hooks.slack.com", Some(Service::Slack)),
            ("hooks.slack-gov.com", Some(Service::Slack)),
            ("canary.discord.com", Some(Service::Discord)),
            ("discordapp.com", Some(Service::Discord)),
            ("default0123.45.environment.api.powerplatform.com", Some(Service::Teams)),
            ("example.webhook.office.com", Some(Service::Teams)),
            ("notslack.com", None),
            ("slack.com.example.com", None),
            ("127.0.0.1", None),
        ] {
            assert_eq!(Service::of(host), service, "{host}");
        }
    }

    proptest! {
        #[test]
        fn a_text_that_is_too_long_is_cut_between_characters_and_says_so(
            text in "[a-z日本😀&<*_\n]{1,9}", times in 200_usize..2000
        ) {
            let long = text.repeat(times);
            for service in [Service::Slack, Service::Discord, Service::Teams] {
                let cut = fitted(&long, MORE, service);
                prop_assert!(length(&cut) <= service.longest());
                let whole: String = long.chars().map(|letter| service.escape(letter)).collect();
                match cut.strip_suffix("…\nShortened.") {
                    None => prop_assert_eq!(cut, whole),
                    Some(kept) => {
                        prop_assert!(whole.starts_with(kept) && length(&whole) > service.longest());
                        // Nothing that would have fitted is missing but what one character takes.
                        prop_assert!(length(&cut) + 5 > service.longest());
                        // No escape is cut in two.
                        let mut built = String::new();
                        for letter in long.chars() {
                            if built.len() >= kept.len() {
                                break;
                            }
                            built.push_str(&service.escape(letter));
                        }
                        prop_assert_eq!(&built, kept);
                    }
                }
            }
        }
    }
}
