//! `sweep --notify`: what is new is sent once, to a webhook or to the account's own topic.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::response::Response;
use futures::FutureExt;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::ministack::{Case, done};
use crate::responder::{Account, Fixtures, HERE};
use crate::server::Server;
use crate::world::{Screen, World};

const LINE: &str = "sweep --offline-prices --no-bill --resources ec2-nat-gateway --notify";
const FIRST: &str = "2026-11-21T03:00:00Z";
const SECOND: &str = "2026-11-22T03:00:00Z";
const THIRD: &str = "2026-11-23T03:00:00Z";
const SECRET: &str = "T0P5ECRET";

fn fixtures() -> Fixtures {
    Fixtures::of(&["ec2-nat-gateway"]).regions(&[HERE], &[]).only_in(HERE)
}

/// Sweeps of one world need a server each, until the end of the test.
fn kept(account: Account) -> &'static Server {
    Box::leak(Box::new(account.start()))
}

fn one() -> &'static Server {
    kept(Account::of(fixtures().one_page_of("DescribeNatGateways")))
}

fn two() -> &'static Server {
    kept(Account::of(fixtures()))
}

/// A chat service: answers with these codes in turn, then with 200, and keeps what it took.
pub fn chat(codes: &[u16]) -> Server {
    let codes = Arc::new(Mutex::new(codes.iter().copied().collect::<VecDeque<u16>>()));
    Server::start(Arc::new(move |_| {
        let code = codes.lock().unwrap().pop_front().unwrap_or(200);
        async move { Response::builder().status(code).body(Body::empty()).unwrap() }.boxed()
    }))
}

fn world(webhook: &str) -> World {
    let world = World::new();
    std::fs::write(world.home().join("my.toml"), format!("[notify]\nwebhook = \"{webhook}\"\n")).unwrap();
    world.env("GUARDRAIL_CONFIG", "./my.toml").env("COLUMNS", "80")
}

fn at(world: World, server: &Server, now: &str) -> World {
    world.endpoint(&server.url).env("GUARDRAIL_NOW", now)
}

pub fn bodies(chat: &Server) -> Vec<Value> {
    chat.recording.all().iter().map(|it| serde_json::from_slice(&it.body).unwrap()).collect()
}

fn hidden(screen: &Screen) -> &Screen {
    assert!(!screen.stdout.contains(SECRET) && !screen.stderr.contains(SECRET), "{screen}");
    screen
}

#[test]
fn what_is_new_is_sent_to_a_webhook_once() {
    let chat = chat(&[]);
    let world = at(world(&format!("{}/{SECRET}", chat.url)), one(), FIRST);
    let first = world.run(LINE).exits(10);
    assert_snapshot!(hidden(&first).stderr, @"Nothing was sent: this is the first sweep of this scope, and there is nothing to compare it with.");
    let world = at(world, two(), SECOND);
    let second = world.run(LINE).exits(10);
    assert!(hidden(&second).stderr.contains("What is new was sent to 127.0.0.1"), "{second}");
    let sent = bodies(&chat);
    assert_eq!(sent.len(), 1);
    assert_eq!((&sent[0]["schema"], &sent[0]["usd_per_month"]), (&json!("guardrail/notice/v1"), &json!("70.08")));
    assert_snapshot!(sent[0]["text"].as_str().unwrap(), @r"
    Account 123456789012

    35.04 USD a month
    NAT gateway nat-0two8b3d6e1f9c472
    eu-west-1

    In total 70.08 USD a month

    More: guardrail sweep
    ");
    // Repeated, also when compared with an older sweep: the same change is sent once.
    assert_snapshot!(world.run(LINE).exits(10).stderr, @"Nothing was sent: nothing is new.");
    let _ = world.run(&format!("{LINE} --since 2026-11-22")).exits(10);
    assert_eq!(bodies(&chat).len(), 1);
    // Gone, and back: that is another change.
    let world = at(world, one(), "2026-11-22T12:00:00Z");
    let _ = world.run(LINE).exits(10);
    let world = at(world, two(), THIRD);
    let _ = world.run(&format!("{LINE} --lang ja")).exits(10);
    let sent = bodies(&chat);
    assert_eq!(sent.len(), 2);
    assert_snapshot!(sent[1]["text"].as_str().unwrap(), @r"
    アカウント 123456789012

    35.04 USD/月
    NAT ゲートウェイ nat-0two8b3d6e1f9c472
    eu-west-1

    合計 70.08 USD/月

    詳細: guardrail sweep
    ");
}

#[test]
fn a_webhook_that_fails_is_asked_again_and_then_by_the_next_sweep() {
    // Once it is busy, and the second attempt succeeds.
    let busy = chat(&[503]);
    let world = at(world(&format!("{}/{SECRET}", busy.url)), one(), FIRST);
    let _ = world.run(LINE).exits(10);
    let world = at(world, two(), SECOND);
    let _ = world.run(LINE).exits(10);
    assert_eq!(bodies(&busy).len(), 2);
    // The address is wrong: no further attempt, and the next sweep tells it.
    let wrong = chat(&[404]);
    let world = at(super::notify::world(&format!("{}/{SECRET}", wrong.url)), one(), FIRST);
    let _ = world.run(LINE).exits(10);
    let world = at(world, two(), SECOND);
    let screen = world.run(&format!("{LINE} --exit-zero")).exits(3);
    assert_snapshot!(hidden(&screen).stderr, @"error: the webhook at 127.0.0.1 answered 404; the next sweep tries again");
    assert_eq!(bodies(&wrong).len(), 1);
    let world = world.env("GUARDRAIL_NOW", THIRD);
    let _ = world.run(&format!("{LINE} --exit-zero")).exits(0);
    assert_eq!(bodies(&wrong).len(), 2);
}

#[test]
fn the_address_may_be_in_a_variable_or_a_file_and_is_never_shown() {
    let chat = chat(&[]);
    let address = format!("{}/{SECRET}", chat.url);
    let named = at(world("env:HOOK").env("HOOK", &address), one(), FIRST);
    let _ = named.run(LINE).exits(10);
    let named = at(named, two(), SECOND);
    let _ = named.run(LINE).exits(10);
    let filed = at(world("file:hook.txt"), one(), FIRST);
    std::fs::write(filed.home().join("hook.txt"), format!("{address}\n")).unwrap();
    let _ = filed.run(LINE).exits(10);
    let filed = at(filed, two(), SECOND);
    let _ = filed.run(LINE).exits(10);
    assert_eq!(bodies(&chat).len(), 2);
    let unset = at(world("env:HOOK"), one(), FIRST).run(LINE).exits(2);
    assert_snapshot!(unset.stderr, @r#"
    error: the environment variable HOOK of the webhook is not set
    → In the profile: [notify] webhook = "env:NAME", "file:PATH" or the address itself. The address is a secret.
    "#);
    // Without TLS, only this machine is an address.
    let open = at(world(&format!("http://example.com/{SECRET}")), one(), FIRST).run(LINE).exits(2);
    assert_snapshot!(hidden(&open).stderr, @r#"
    error: the address of the webhook is not a web address with TLS (https)
    → In the profile: [notify] webhook = "env:NAME", "file:PATH" or the address itself. The address is a secret.
    "#);
    let shown = world(&format!("https://hooks.slack.com/{SECRET}")).run("profile show ./my.toml").exits(0);
    assert!(hidden(&shown).stdout.contains("https://hooks.slack.com*"), "{shown}");
    let mistaken =
        world(&format!("https://hooks.slack.com/{SECRET}\"\nx = \"")).run("profile check ./my.toml").exits(2);
    let _ = hidden(&mistaken);
    // Nor is it in what is stored.
    let stored = named.shell(&format!("grep -r {SECRET} .local && exit 7 || exit 0"));
    let _ = stored.exits(0);
}

#[test]
fn nothing_is_sent_where_it_makes_no_sense() {
    let _ = World::new().run("sweep --demo --notify").exits(2);
    let _ = World::new().run("sweep --notify --no-history").exits(2);
    let policy = World::new().run("policy notify").exits(0).stdout;
    assert!(policy.contains("sns:Publish"), "{policy}");
}

#[test]
fn a_topic_that_does_not_exist_is_an_error_with_the_next_step() {
    let world = at(World::new(), one(), FIRST);
    let _ = world.run(LINE).exits(10);
    let refused = Account::of(fixtures()).deny("sns", "Publish");
    let world = at(world, kept(refused), SECOND);
    let screen = world.run(LINE).exits(10);
    assert_snapshot!(screen.stderr, @r"
    error: the permission sns:Publish is missing
      AccessDenied: User: arn:aws:iam::123456789012:user/test is not authorized to perform: sns:Publish because no identity-based policy allows it
    → `guardrail init` sets up the topic; `guardrail policy notify` prints the permission. The next sweep tries again.
    ");
}

#[test]
fn the_topic_of_the_account_sends_it_on() {
    let case = Case::new();
    let _ = done(case.run("init --email a@example.com --limit 10 --yes").0);
    let _ = case.stack.python("topic.py", &["listen"]);
    let line = "sweep --offline-prices --no-bill --resources secret --regions us-east-1 --notify";
    let _ = case.world.run(line).exits(0);
    let _ = case.stack.python("topic.py", &["secret", "study"]);
    let (screen, changed) = case.run(line);
    assert!(screen.exits(10).stderr.contains("sent to the topic guardrail-alerts"));
    assert_eq!(changed.into_iter().collect::<Vec<_>>(), ["sns:Publish"]);
    let heard = case.stack.python("topic.py", &["heard"]);
    let [subject, text] = [&heard[0][0], &heard[0][1]].map(|it| it.as_str().unwrap());
    assert_eq!(subject, "guardrail: 1 new, 0.40 USD a month");
    assert!(text.contains("Secrets Manager") || text.contains("study"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let _ = case.run(line);
    assert_eq!(case.stack.python("topic.py", &["heard"]), json!([]));
}
