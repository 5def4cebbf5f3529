//! The history in S3: several machines with empty homes share one, by the program and read back with boto3.

use std::sync::Arc;

use guardrail::demo::{Answer, Story};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::faults::Fault;
use crate::lab::{Lab, thing};
use crate::notify::{bodies, chat};
use crate::proxy::{Told, over};
use crate::responder::{Fixtures, HERE};
use crate::server::Server;
use crate::validity;
use crate::world::{ACCOUNT, World};

const SWEEP: &str = "sweep --offline-prices --no-bill --resources ec2-nat-gateway,ec2-volume";
pub const DELETE: &str = "delete ec2-volume --yes --account 123456789012 --offline-prices";
pub const BUCKET: &str = "guardrail-lab";
const PLACE: &str = "s3://guardrail-lab/teams/one";
pub const FIRST: &str = "2026-11-21T03:00:00Z";
pub const SECOND: &str = "2026-11-22T03:00:00Z";

pub fn ministack() -> Emulator {
    with_bucket(Emulator::ministack(), "eu-west-1")
}

fn with_bucket(emulator: Emulator, region: &str) -> Emulator {
    let _ = emulator.python("store.py", &["make", BUCKET, region]);
    emulator
}

/// The story answers everything but S3, which is the emulator's, except for these faults.
pub fn served(emulator: &Emulator, story: impl Story + 'static, faults: Vec<Fault>) -> Server {
    let answer = move |call: &guardrail::demo::Call| {
        if let Some(fault) = faults.iter().find(|fault| fault.strikes(call)) {
            return fault.answer(call);
        }
        (call.service != "s3").then(|| story.answer(call).unwrap_or_else(|| Answer::empty(call)))
    };
    over(&emulator.url, Arc::new(Told(answer)))
}

fn gateways() -> Fixtures {
    Fixtures::of(&["ec2-nat-gateway"]).regions(&["us-east-1", HERE], &[]).only_in(HERE)
}

/// Only the first of them.
fn gateway() -> Fixtures {
    gateways().one_page_of("DescribeNatGateways")
}

pub fn volumes() -> Lab {
    Lab::of(&[HERE], vec![thing("vol-one", HERE), thing("vol-two", HERE)])
}

fn deny(action: &str) -> Vec<Fault> {
    vec![Fault::Deny { service: "s3".to_owned(), action: action.to_owned() }]
}

/// A machine that has never seen the program.
pub fn machine(server: &Server, now: &str) -> World {
    World::narrow(&server.url).env("GUARDRAIL_STATE", PLACE).env("GUARDRAIL_NOW", now)
}

pub fn stored(emulator: &Emulator) -> Vec<(String, Value)> {
    let read = emulator.python("store.py", &["read", BUCKET]);
    let text = |(key, text): (&String, &Value)| (key.clone(), Value::from(text.as_str().unwrap()));
    read.as_object().unwrap().iter().map(text).collect()
}

pub fn keys(emulator: &Emulator) -> Vec<String> {
    stored(emulator).into_iter().map(|(key, _)| key).collect()
}

#[test]
fn a_change_is_sent_once_by_all_machines() {
    let stack = ministack();
    let chat = chat(&[]);
    let [one, two] = [gateway(), gateways()].map(|story| served(&stack, story, vec![]));
    let watching = |server: &Server, now: &str| {
        let world = machine(server, now);
        std::fs::write(world.home().join("my.toml"), format!("[notify]\nwebhook = \"{}/x\"\n", chat.url)).unwrap();
        world.env("GUARDRAIL_CONFIG", "./my.toml")
    };
    let _ = watching(&one, FIRST).run(&format!("{SWEEP} --notify")).exits(10);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| watching(&two, SECOND).run(&format!("{SWEEP} --notify --since 2026-11-22")).exits(10));
        }
    });
    assert_eq!(bodies(&chat).len(), 1);
    let told = keys(&stack).into_iter().filter(|key| key.contains("/told/")).collect::<Vec<_>>();
    assert!(told.len() == 1 && told[0].contains(".json"), "{told:?}");
}

pub fn below(rest: &str) -> String {
    format!("teams/one/accounts/{ACCOUNT}/{rest}")
}

#[test]
fn two_machines_share_one_history() {
    let stack = ministack();
    let one = served(&stack, gateway(), vec![]);
    let first = machine(&one, FIRST);
    assert_eq!(first.run(&format!("{SWEEP} --format json")).exits(10).json()["changes"], Value::Null);
    let two = served(&stack, gateways(), vec![]);
    let second = machine(&two, SECOND);
    let report = second.run(&format!("{SWEEP} --format json --fail-on new")).exits(10).json();
    let new = format!("{ACCOUNT}/{HERE}/ec2-nat-gateway/nat-0two8b3d6e1f9c472");
    assert_eq!((&report["changes"]["new"], &report["changes"]["since"]), (&json!([new]), &json!(FIRST)));
    let _ = second.run(&format!("{SWEEP} --fail-on new")).exits(0);
    assert!([&first, &second].iter().all(|world| !world.home().join(".local").exists()));
    let scope = "289640852575421a";
    let names = ["20261121T030000Z", "20261122T030000Z-2", "20261122T030000Z"];
    assert_eq!(keys(&stack), names.map(|name| below(&format!("sweeps/{name}.{scope}.json"))));
    assert_snapshot!(first.run("history").exits(0), @r"
    exit 0
    --- stdout
    Account 123456789012 · 3 sweeps since 2026-11-21

       USD/day
          2.30  2026-11-22 03:00  NOT SAFE  2 resources, narrowed
          2.30  2026-11-22 03:00  NOT SAFE  2 resources, 1 new, narrowed
          1.15  2026-11-21 03:00  NOT SAFE  1 resource, narrowed

    Stored in s3://guardrail-lab/teams/one
    ");
    assert_snapshot!(first.run("history --delete --yes").exits(0), @r"
    exit 0
    --- stderr
    Account 123456789012: 3 sweeps from 2026-11-21 to 2026-11-22 will be deleted (9 kB) from s3://guardrail-lab/teams/one, for every computer that uses it.
    The history was deleted.
    ");
    assert_eq!(keys(&stack), Vec::<String>::new());
    for server in [&one, &two] {
        assert_eq!(server.recording.undeclared(), std::collections::BTreeSet::new());
        validity::prove(&server.recording);
        let asked = server.recording.all().into_iter().filter(|it| it.call.service == "s3");
        let owner = |name: &str| name == "x-amz-expected-bucket-owner";
        assert!(asked.flat_map(|it| it.headers).filter(|(name, value)| owner(name) && value == ACCOUNT).count() > 5);
    }
}

#[test]
fn where_the_last_sweeps_could_not_look_earlier_ones_decide() {
    let stack = ministack();
    let line = format!("{SWEEP} --fail-on new");
    let sees = served(&stack, gateways(), vec![]);
    let _ = machine(&sees, FIRST).run(&line).exits(10);
    let denied = Fault::Deny { service: "ec2".to_owned(), action: "DescribeNatGateways".to_owned() };
    let blind = served(&stack, gateways(), vec![denied]);
    for _ in 0..3 {
        let _ = machine(&blind, SECOND).run(&line).exits(3);
    }
    let _ = machine(&sees, SECOND).run(&line).exits(0);
    // One report at first, and then several at once: each of them once.
    assert_eq!(sees.recording.count("GetObject"), 4);
}

#[test]
fn runs_at_once_are_all_kept() {
    let stack = ministack();
    let server = served(&stack, gateways(), vec![]);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| machine(&server, FIRST).run(SWEEP).exits(10));
        }
    });
    assert_eq!(keys(&stack).len(), 4);
}

#[test]
fn a_corrupt_object_is_set_aside_and_said_once() {
    let moto = with_bucket(Emulator::moto(), "eu-west-1");
    let server = served(&moto, gateways(), vec![]);
    let _ = machine(&server, FIRST).run(SWEEP).exits(10);
    let key = keys(&moto).remove(0);
    let _ = moto.python("store.py", &["write", BUCKET, &key, "{ broken"]);
    assert_snapshot!(machine(&server, SECOND).run(SWEEP).exits(10).stderr, @r"
    warning: a file of the history is corrupt and is left out: s3://guardrail-lab/teams/one/accounts/123456789012/sweeps/20261121T030000Z.289640852575421a.json
      key must be a string at line 1 column 3
    → It was renamed to s3://guardrail-lab/teams/one/accounts/123456789012/sweeps/20261121T030000Z.289640852575421a.corrupt, which can be deleted.
    ");
    assert!(keys(&moto).contains(&key.replace(".json", ".corrupt")), "{:?}", keys(&moto));
    assert_eq!(machine(&server, SECOND).run(SWEEP).exits(10).stderr, "");
    let _ = moto.python("store.py", &["write", BUCKET, &below("actions/20261121T030000Z.jsonl"), "{}\n"]);
    assert_snapshot!(machine(&server, SECOND).run("stop --log").exits(1).stderr, @r"
    error: cannot read the action log s3://guardrail-lab/teams/one/accounts/123456789012/actions/20261121T030000Z.jsonl
      missing field `at` at line 1 column 2
    → The corrupt file was renamed to s3://guardrail-lab/teams/one/accounts/123456789012/actions/20261121T030000Z.corrupt. Run the command again: everything is listed again before anything is done.
    ");
    let _ = machine(&server, SECOND).run("stop --log").exits(0);
}

#[test]
fn a_denied_history_is_a_warning_and_a_denied_log_ends_nothing() {
    let stack = ministack();
    let lab = volumes();
    let server = served(&stack, lab.clone(), deny("PutObject"));
    let world = machine(&server, FIRST);
    let screen = world.run(SWEEP).exits(10);
    assert!(screen.stdout.contains("vol-one"), "{screen}");
    assert_snapshot!(screen.stderr, @r"
    warning: this sweep cannot be kept in the history: s3://guardrail-lab/teams/one/accounts/123456789012/sweeps
      AccessDenied: User: arn:aws:iam::123456789012:user/test is not authorized to perform: s3:PutObject because no identity-based policy allows it
    → The bucket must belong to the account of these credentials. `GUARDRAIL_STATE=s3://guardrail-lab/teams/one guardrail policy history` prints the permissions.
    → The next sweep cannot be compared with this one. Set GUARDRAIL_STATE to a place that can be written, or use --no-history.
    ");
    assert_snapshot!(world.run(&format!("{SWEEP} --lang ja")).exits(10).stderr, @r"
    警告: この結果を履歴に残せません: s3://guardrail-lab/teams/one/accounts/123456789012/sweeps
      AccessDenied: User: arn:aws:iam::123456789012:user/test is not authorized to perform: s3:PutObject because no identity-based policy allows it
    → バケットは、この認証情報のアカウントのものでなければなりません。必要な権限は `GUARDRAIL_STATE=s3://guardrail-lab/teams/one guardrail policy history` で表示できます。
    → 次回、この結果と比べることができません。書き込める場所を GUARDRAIL_STATE で指定するか、--no-history を使ってください。
    ");
    assert_snapshot!(world.run(DELETE).exits(1).stderr, @r"
    To delete in account 123456789012 · 2026-11-21 03:00 UTC

     USD/month
          8.80  EBS volume  eu-west-1  vol-one
                loses its data
                aws ec2 delete-volume --volume-id vol-one --region eu-west-1
          8.80  EBS volume  eu-west-1  vol-two
                loses its data
                aws ec2 delete-volume --volume-id vol-two --region eu-west-1

    2 things to delete, in this order. This saves 17.60 USD a month. A deletion
    cannot be undone.
    error: cannot write the action log s3://guardrail-lab/teams/one/accounts/123456789012/actions.lock
      AccessDenied: User: arn:aws:iam::123456789012:user/test is not authorized to perform: s3:PutObject because no identity-based policy allows it
    → The bucket must belong to the account of these credentials. `GUARDRAIL_STATE=s3://guardrail-lab/teams/one guardrail policy history` prints the permissions.
    ");
    let server = served(&stack, lab.clone(), deny("ListObjectsV2"));
    let world = machine(&server, FIRST);
    assert_snapshot!(world.run(&format!("{SWEEP} --no-history")).exits(10).stderr, @r"
    warning: the history cannot be read: s3://guardrail-lab/teams/one/accounts/123456789012/sweeps
      AccessDenied: User: arn:aws:iam::123456789012:user/test is not authorized to perform: s3:ListObjectsV2 because no identity-based policy allows it
    → The bucket must belong to the account of these credentials. `GUARDRAIL_STATE=s3://guardrail-lab/teams/one guardrail policy history` prints the permissions.
    ");
    assert_snapshot!(world.run(DELETE).exits(1).stderr, @r"
    error: cannot read the action log s3://guardrail-lab/teams/one/accounts/123456789012/actions
      AccessDenied: User: arn:aws:iam::123456789012:user/test is not authorized to perform: s3:ListObjectsV2 because no identity-based policy allows it
    → The bucket must belong to the account of these credentials. `GUARDRAIL_STATE=s3://guardrail-lab/teams/one guardrail policy history` prints the permissions.
    ");
    let _ = world.run("history").exits(1);
    assert_eq!(lab.left().len(), 2);
    // What was done is recorded, or nothing further is done.
    let records = ["PutObject"].map(|action| Fault::Throttle { action: action.to_owned(), left: 1000.into() });
    let server = served(&stack, lab.clone(), records.into());
    let _ = machine(&server, FIRST).run(DELETE).exits(1);
    assert_eq!(lab.left().len(), 2);
}

#[test]
fn a_place_that_cannot_be_opened_is_said() {
    let stack = ministack();
    let lab = volumes();
    let server = served(&stack, lab.clone(), vec![]);
    let none = machine(&server, FIRST).env("GUARDRAIL_STATE", "s3://guardrail-none/x");
    assert_snapshot!(none.run(SWEEP).exits(10).stderr, @r"
    warning: the history cannot be opened: s3://guardrail-none/x
      NoSuchBucket
    → There is no bucket guardrail-none. Create it as a private one, or correct GUARDRAIL_STATE.
    ");
    assert_snapshot!(none.run(&format!("{DELETE} --lang ja")).exits(1).stderr, @r"
    エラー: 履歴を開けません: s3://guardrail-none/x
      NoSuchBucket
    → バケット guardrail-none はありません。非公開のバケットを作成するか、GUARDRAIL_STATE を修正してください。
    ");
    let _ = none.run("history").exits(1);
    let wrong = machine(&server, FIRST).env("GUARDRAIL_STATE", "s3://Guardrail_Lab");
    assert_snapshot!(wrong.run(SWEEP).exits(2).stderr, @r"
    error: GUARDRAIL_STATE names no place in S3: s3://Guardrail_Lab
    → Write s3://bucket or s3://bucket/prefix, or a folder.
    ");
    assert_snapshot!(wrong.run("history --lang ja").exits(2).stderr, @r"
    エラー: GUARDRAIL_STATE の値は S3 の場所ではありません: s3://Guardrail_Lab
    → s3://バケット、s3://バケット/プレフィックス、またはフォルダーを指定してください。
    ");
    let _ = wrong.run(DELETE).exits(2);
    let offline = machine(&server, FIRST).env("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9");
    let screen = offline.run(SWEEP).exits(10);
    assert!(screen.stderr.contains("the history cannot be opened: s3://guardrail-lab/teams/one"), "{screen}");
    let _ = offline.run(DELETE).exits(1);
    assert_eq!(lab.left().len(), 2);
}

#[test]
fn a_bucket_of_another_region_is_asked_there() {
    let stack = with_bucket(Emulator::ministack(), "ap-northeast-1");
    let server = served(&stack, gateways(), vec![]);
    let screen = machine(&server, FIRST).run(SWEEP).exits(10);
    assert_eq!(screen.stderr, "");
    assert_eq!(keys(&stack).len(), 1);
    let calls = server.recording.calls().into_iter().filter(|it| it.service == "s3");
    let regions: Vec<(String, String)> = calls.map(|it| (it.action, it.region)).collect();
    let asked = |action: &str| regions.iter().filter(|it| it.0 == action).map(|it| &*it.1).collect::<Vec<_>>();
    assert_eq!((asked("HeadBucket"), asked("PutObject")), (vec!["us-east-1"], vec!["ap-northeast-1"]));
}

#[test]
fn the_policy_is_for_the_place_of_the_history_alone() {
    let world = World::new();
    assert_snapshot!(world.run("policy history").exits(2).stderr, @r"
    error: the history is in no bucket, so it needs no permission
    → Name the place first, as in GUARDRAIL_STATE=s3://bucket/prefix: the policy is for that place alone.
    ");
    let world = world.env("GUARDRAIL_STATE", PLACE);
    assert_snapshot!(world.run("policy history").exits(0).stdout, @r#"
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "GuardrailHistory",
          "Effect": "Allow",
          "Action": [
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:ListBucket",
            "s3:PutObject"
          ],
          "Resource": [
            "arn:aws:s3:::guardrail-lab",
            "arn:aws:s3:::guardrail-lab/teams/one/*"
          ]
        }
      ]
    }
    "#);
}
