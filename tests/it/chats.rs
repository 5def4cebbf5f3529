//! `sweep --notify` to chat services, over TLS: what Slack, Discord and Teams get, in both languages.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::emulators::{python, scripts};
use crate::responder::{Account, Fixtures, HERE};
use crate::server::Server;
use crate::world::World;

const LINE: &str = "sweep --offline-prices --no-bill --resources ec2-nat-gateway --notify";
const TITLES: [(&str, &str); 2] = [("en", "1 new, 35.04 USD a month"), ("ja", "新規 1 件、35.04 USD/月")];
const HOSTILE: &str = "nat-<!channel>&_@everyone_";

/// Chat services behind a proxy; its certificates are known to the program by `SSL_CERT_FILE`.
struct Chats {
    process: Child,
    lines: BufReader<ChildStdout>,
    url: String,
}

impl Chats {
    fn start(world: &World) -> Self {
        let mut command = Command::new(python("moto"));
        command.arg(scripts().join("chat.py")).arg(world.home().join("ca.pem")).stdin(Stdio::null());
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut chats = Self { lines: BufReader::new(process.stdout.take().unwrap()), process, url: String::new() };
        let first = chats.line();
        first["url"].as_str().unwrap().clone_into(&mut chats.url);
        chats
    }

    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Chats {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn fixtures() -> Fixtures {
    let hostile = |text: &str| text.replace("nat-0two8b3d6e1f9c472", "nat-&lt;!channel&gt;&amp;_@everyone_");
    Fixtures::of(&["ec2-nat-gateway"]).regions(&[HERE], &[]).only_in(HERE).edited(hostile)
}

/// The body that this webhook gets when a gateway is new.
fn sent(webhook: &str, lang: &str) -> Value {
    let world = World::new();
    let mut chats = Chats::start(&world);
    let (host, path) = webhook.split_once('/').unwrap();
    std::fs::write(world.home().join("my.toml"), format!("[notify]\nwebhook = \"https://{webhook}\"\n")).unwrap();
    let ca = world.home().join("ca.pem").display().to_string();
    let world = world.env("GUARDRAIL_CONFIG", "./my.toml").env("SSL_CERT_FILE", &ca).env("HTTPS_PROXY", &chats.url);
    let at = |world: World, server: &Server, now: &str| world.endpoint(&server.url).env("GUARDRAIL_NOW", now);
    let (one, two) =
        (Account::of(fixtures().one_page_of("DescribeNatGateways")).start(), Account::of(fixtures()).start());
    let line = format!("{LINE} --lang {lang}");
    let world = at(world, &one, "2026-11-21T03:00:00Z");
    let _ = world.run(&line).exits(10);
    let screen = at(world, &two, "2026-11-22T03:00:00Z").run(&line).exits(10);
    assert!(screen.stderr.contains(host) && !screen.stderr.contains(path), "{screen}");
    let request = chats.line();
    assert_eq!((&request["host"], &request["path"]), (&json!(host), &json!(format!("/{path}"))));
    request["body"].clone()
}

/// The lines of a notification about the gateway of this name.
fn lines(lang: &str, name: &str) -> [String; 5] {
    let lines = match lang {
        "en" => [
            "Account 123456789012",
            "35.04 USD a month",
            "NAT gateway NAME",
            "In total 70.08 USD a month",
            "More: guardrail sweep",
        ],
        _ => [
            "アカウント 123456789012",
            "35.04 USD/月",
            "NAT ゲートウェイ NAME",
            "合計 70.08 USD/月",
            "詳細: guardrail sweep",
        ],
    };
    lines.map(|line| line.replace("NAME", name))
}

fn text(title: &str, lang: &str, name: &str) -> String {
    let [account, cost, thing, total, more] = lines(lang, name);
    format!("{title}\n{account}\n\n{cost}\n{thing}\n{HERE}\n\n{total}\n\n{more}")
}

#[test]
fn slack_gets_a_text_in_which_no_name_calls_a_channel() {
    for (lang, title) in TITLES {
        let text = text(title, lang, "nat-&lt;!channel&gt;&amp;_@everyone_");
        let body = json!({ "text": text, "mrkdwn": false, "unfurl_links": false });
        assert_eq!(sent("hooks.slack.com/services/T0/B0/5ECRET", lang), body);
    }
}

#[test]
fn discord_gets_a_content_in_which_no_name_calls_everyone() {
    for (lang, title) in TITLES {
        let content = text(title, lang, "nat-\\<!channel\\>&\\_@everyone\\_");
        let body = json!({ "content": content, "allowed_mentions": { "parse": [] }, "flags": 4 });
        assert_eq!(sent("discord.com/api/webhooks/1/5ECRET", lang), body);
    }
}

#[test]
fn teams_gets_an_adaptive_card() {
    let block = |text: &str, spacing: &str| json!({ "type": "RichTextBlock", "spacing": spacing, "inlines": [{ "type": "TextRun", "text": text }] });
    for (lang, title) in TITLES {
        let body = sent("prod-1.westeurope.logic.azure.com/workflows/5ECRET?sig=5ECRET", lang);
        let attachment = &body["attachments"][0];
        assert_eq!(
            (&body["type"], &attachment["contentType"]),
            (&json!("message"), &json!("application/vnd.microsoft.card.adaptive"))
        );
        let card = &attachment["content"];
        assert_eq!((&card["type"], &card["version"]), (&json!("AdaptiveCard"), &json!("1.4")));
        let blocks = card["body"].as_array().unwrap();
        assert_eq!(blocks[0]["inlines"], json!([{ "type": "TextRun", "text": title, "weight": "Bolder" }]));
        let [account, cost, thing, total, more] = lines(lang, HOSTILE);
        let lines = [
            (&*account, "Medium"),
            (&cost, "Medium"),
            (&thing, "None"),
            (HERE, "None"),
            (&total, "Medium"),
            (&more, "Medium"),
        ];
        assert_eq!(blocks[1..], lines.map(|(text, spacing)| block(text, spacing)));
    }
}
