//! `sweep --organization --notify` and `--who`: one notification for all accounts, and the creators in each.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::notify::{bodies, chat};
use crate::organization_story::{Organization, Refusal, access_key, number};
use crate::server::Server;
use crate::world::World;

const LINE: &str = "sweep --organization --resources ec2-volume --no-bill --offline-prices";

fn with(volumes: &[usize]) -> Organization {
    Organization { with_volume: volumes.to_vec(), ..Organization::of(4) }
}

fn world(webhook: &str) -> World {
    let world = World::new();
    std::fs::write(world.home().join("my.toml"), format!("[notify]\nwebhook = \"{webhook}\"\n")).unwrap();
    world.env("GUARDRAIL_CONFIG", "./my.toml").env("COLUMNS", "80")
}

fn at(world: World, organization: Organization, day: u8) -> World {
    // One world needs a server for each run, until the end of the test.
    let server: &'static Server = Box::leak(Box::new(organization.start()));
    world.endpoint(&server.url).env("GUARDRAIL_NOW", &format!("2026-11-{day}T03:00:00Z"))
}

#[test]
fn what_is_new_in_all_accounts_is_one_notification() {
    let chat = chat(&[]);
    let line = &format!("{LINE} --notify --who");
    let unreached = Organization { refusals: [(3, Refusal::Role)].into(), ..with(&[1, 3]) };
    let world = at(world(&chat.url), unreached, 20);
    let first = world.run(line).exits(10);
    assert!(first.stderr.contains("Nothing was sent"), "{first}");
    // The third account is swept for the first time: what it has is new to the organisation.
    let world = at(world, with(&[1, 2, 3]), 21);
    let _ = world.run(line).exits(10);
    let sent = bodies(&chat);
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["organization"]["id"], "o-exampleorgid");
    assert_eq!((&sent[0]["account"], sent[0]["new"].as_array().unwrap().len()), (&Value::Null, 2));
    assert_snapshot!(sent[0]["title"].as_str().unwrap(), @"2 new, 16.40 USD a month");
    assert_snapshot!(sent[0]["text"].as_str().unwrap(), @r"
    Organization o-exampleorgid, 4 accounts checked

    8.24 USD a month
    EBS volume vol-000000000003
    Student 03 (000000000003), us-east-1
    by arn:aws:iam::000000000003:user/student

    8.16 USD a month
    EBS volume vol-000000000002
    Student 02 (000000000002), us-east-1
    by arn:aws:iam::000000000002:user/student

    In total 24.48 USD a month

    More: guardrail sweep --organization
    ");
    // Repeated, it is sent once.
    let again = world.run(line).exits(10);
    assert!(again.stderr.contains("nothing is new"), "{again}");
    assert_eq!(bodies(&chat).len(), 1);
    let world = at(world, Organization { denied: vec![2], ..with(&[0, 1, 3]) }, 22);
    let _ = world.run(&format!("{line} --lang ja")).exits(10);
    assert_snapshot!(bodies(&chat)[1]["text"].as_str().unwrap(), @r"
    組織 o-exampleorgid、4 アカウントを確認

    8.00 USD/月
    EBS ボリューム vol-123456789012
    Student 00 (123456789012)、us-east-1
    作成者 arn:aws:iam::123456789012:user/student

    合計 少なくとも 24.32 USD/月
    確認できなかった場所があります。

    詳細: guardrail sweep --organization
    ");
}

#[test]
fn a_notification_that_fails_is_sent_by_the_next_run() {
    let chat = chat(&[404]);
    let line = &format!("{LINE} --notify --exit-zero");
    let world = at(world(&chat.url), with(&[1]), 20);
    let _ = world.run(line).exits(0);
    let world = at(world, with(&[1, 2]), 21);
    let failed = world.run(line).exits(3);
    assert!(failed.stderr.contains("answered 404"), "{failed}");
    let world = at(world, with(&[1, 2]), 22);
    let _ = world.run(line).exits(0);
    let sent = bodies(&chat);
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0]["new"], sent[1]["new"]);
}

#[test]
fn creators_are_looked_up_in_each_account_with_its_own_credentials() {
    let server = with(&[1, 2]).start();
    let report = World::narrow(&server.url).run(&format!("{LINE} --who --format json")).exits(10).json();
    let creator = |account: &Value| account["report"]["findings"][0]["created_by"]["who"].clone();
    let who: BTreeSet<String> = report["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| creator(it).as_str().map(str::to_owned))
        .collect();
    assert_eq!(who, [1, 2].map(|index| format!("arn:aws:iam::{}:user/student", number(index))).into());
    let asked: BTreeSet<String> =
        server.recording.all().iter().filter(|it| it.call.action == "LookupEvents").map(access_key).collect();
    assert_eq!(asked, [1, 2].map(|index| format!("ASIA{}", number(index))).into());
    assert_eq!(server.recording.mutating(), BTreeSet::from(["sts:AssumeRole".to_owned()]));
    crate::validity::prove(&server.recording);
    // The history keeps a creator that is known: without the option it is still there.
    let kept = World::narrow(&server.url);
    let _ = kept.run(&format!("{LINE} --who")).exits(10);
    let later = kept.run(&format!("{LINE} --format json")).exits(10).json();
    assert!(later["accounts"][0]["report"]["findings"][0]["created_by"]["who"] != json!(null), "{later:#}");
}
