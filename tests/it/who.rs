//! `sweep --who`: the creators of findings, from tags and from AWS's event history.

use std::sync::Arc;

use guardrail::demo::{Answer, Call, Story};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::proxy::Either;
use crate::responder::{Account, Fixtures, HERE};
use crate::server::Server;
use crate::validity;
use crate::world::World;

const LINE: &str = "sweep --offline-prices --no-bill --resources ec2-nat-gateway --format json";

/// The event history of a region: what names a gateway.
struct Events(&'static str);

impl Story for Events {
    fn answer(&self, call: &Call) -> Option<Answer> {
        if (&*call.service, &*call.action) != ("cloudtrail", "LookupEvents") {
            return None;
        }
        let asked: Value = serde_json::from_str(&call.body).unwrap();
        let name = asked["LookupAttributes"][0]["AttributeValue"].as_str().unwrap_or_default();
        let event = |kind: &str, who: &str| {
            let detail =
                json!({ "userIdentity": { "arn": who }, "sourceIPAddress": "203.0.113.7", "userAgent": "console" });
            json!({ "EventId": "1", "EventName": kind, "EventTime": 1_795_132_800, "Username": "x",
                    "Resources": [{ "ResourceType": "AWS::EC2::NatGateway", "ResourceName": name }],
                    "CloudTrailEvent": detail.to_string() })
        };
        let hana = "arn:aws:iam::123456789012:user/hana";
        let events = [event("DeleteTags", "arn:aws:iam::123456789012:user/other"), event("CreateNatGateway", hana)];
        let body = if name == self.0 { json!({ "Events": events }) } else { json!({ "Events": [] }) };
        Some(Answer::ok(call, &body.to_string()))
    }
}

fn fixtures() -> Fixtures {
    Fixtures::of(&["ec2-nat-gateway"]).regions(&[HERE], &[]).only_in(HERE)
}

fn account(name: &'static str) -> Account {
    Account::of(Either(Arc::new(Events(name)), Arc::new(fixtures())))
}

/// Who created each gateway, in order.
fn creators(server: &Server, options: &str) -> Vec<Value> {
    let report = World::new().endpoint(&server.url).run(&format!("{LINE} {options}")).exits(10).json();
    report["findings"].as_array().unwrap().iter().map(|it| it["created_by"].clone()).collect()
}

#[test]
fn the_event_history_names_who_when_and_from_where() {
    // Created on 2026-11-20, within the history; the other one is older than it.
    let server = account("nat-0two8b3d6e1f9c472").start();
    let creators = creators(&server, "--who");
    let unknown = json!({ "who": null, "at": null, "from": null, "with": null, "event": null, "tag": null });
    let mut old = unknown.clone();
    old["unknown"] = json!("too-old");
    assert_eq!(creators[0], old);
    assert_eq!(creators[1]["who"], "arn:aws:iam::123456789012:user/hana");
    assert_eq!((&creators[1]["event"], &creators[1]["from"]), (&json!("CreateNatGateway"), &json!("203.0.113.7")));
    // One question: nothing is asked about what is too old, and nothing is asked twice.
    assert_eq!(server.recording.count("LookupEvents"), 1);
    assert!(server.recording.undeclared().is_empty() && server.recording.mutating().is_empty());
    validity::prove(&server.recording);
}

#[test]
fn what_is_not_known_is_said() {
    let why = |server: &Server| creators(server, "--who")[1]["unknown"].clone();
    assert_eq!(why(&account("another").start()), "not-recorded");
    assert_eq!(why(&account("another").deny("cloudtrail", "LookupEvents").start()), "denied");
    assert_eq!(why(&account("another").broken_answer("LookupEvents").start()), "failed");
}

#[test]
fn only_as_many_as_wanted_and_nothing_without_the_option() {
    let server = account("nat-0two8b3d6e1f9c472").start();
    assert_eq!(creators(&server, "--who 1")[1], Value::Null);
    assert_eq!(creators(&server, ""), [Value::Null, Value::Null]);
    assert_eq!(server.recording.count("LookupEvents"), 0);
    let _ = World::new().run("sweep --who 0").exits(2);
}

#[test]
fn a_tag_comes_first_and_a_known_creator_stays() {
    let tagged = |text: &str| text.replace("<key>Name</key>", "<key>CreatedBy</key>");
    let server = Account::of(Either(Arc::new(Events("")), Arc::new(fixtures().edited(tagged)))).start();
    assert_eq!(creators(&server, "--who")[0]["tag"], "CreatedBy");
    // A later sweep without the option still knows.
    let server = account("nat-0two8b3d6e1f9c472").start();
    let world = World::new().endpoint(&server.url);
    let _ = world.run(&format!("{LINE} --who")).exits(10);
    let _ = world.run(&format!("{LINE} --who")).exits(10);
    assert_eq!(server.recording.count("LookupEvents"), 1);
    let report = world.run(LINE).exits(10).json();
    assert_eq!(report["findings"][1]["created_by"]["event"], "CreateNatGateway");
}

#[test]
fn the_policy_of_it_is_one_action() {
    let policy = World::new().run("policy who").exits(0).stdout;
    assert!(policy.contains("cloudtrail:LookupEvents"), "{policy}");
    assert!(!World::new().run("policy sweep").exits(0).stdout.contains("LookupEvents"));
}

#[test]
fn the_practice_account_says_who_it_was() {
    let line = "sweep --demo --who --regions ap-northeast-1 --resources opensearch-domain,ec2-volume";
    assert_snapshot!(World::new().env("COLUMNS", "80").run(line).exits(10), @r"
    exit 10
    --- stdout
    Account 123456789012 (practice) · 2026-11-23 00:00 UTC

    NOT SAFE    2 resources cost 375.35 USD a month, 12.34 every day.
    Bill        407.44 USD so far in 2026-11 (6 hours ago) · 18.73 USD a day · about
                561.96 USD by the month's end, 56 × your limit of 10.00 USD

     USD/month
        365.75  OpenSearch domain  ap-northeast-1  study
                3 × m6g.large.search + 45 GB gp3
                created by arn:aws:iam::123456789012:user/hana (2026-10-24 01:12
                UTC, 198.51.100.24, CreateDomain, aws-sdk-js (AWS console))
       delete!  aws opensearch delete-domain --domain-name study --region ap-northeast-1
          9.60  EBS volume         ap-northeast-1  vol-0c4b1e7d92aa35f10 (workshop)
                100 GB gp3 · about 26.67 USD since 2026-08-30 · attached to
                i-0a1b2c3d4e5f60718 · deleted together with its instance
                created by arn:aws:iam::123456789012:user/hana (2026-08-30 12:04
                UTC, 198.51.100.24, RunInstances, aws-cli/2.31.4)
       delete!  aws ec2 terminate-instances --instance-ids i-0a1b2c3d4e5f60718 --region ap-northeast-1
                “!” cannot be undone · `-v` shows everything

    Coverage    1 region × 2 of 208 types. Only the chosen regions and types were
                checked. 17 regions are not enabled and cannot be checked: what was
                left there is still charged.
    Prices      AWS list prices before tax, of 2026-09-03 to 2026-10-15.
    ");
    assert_snapshot!(World::new().env("COLUMNS", "80").run(&format!("{line} --lang ja")).exits(10), @r"
    exit 10
    --- stdout
    アカウント 123456789012 (practice) · 2026-11-23 00:00 UTC

    課金中      2 件で 375.35 USD/月、毎日 12.34 USD の課金です。
    請求        2026 年 11 月は現在 407.44 USD(6 時間前の時点) · 1 日あたり 18.73
                USD · 月末には約 561.96 USD(上限 10.00 USD の 56 倍)

        USD/月
        365.75  OpenSearch ドメイン  ap-northeast-1  study
                3 × m6g.large.search + 45 GB gp3
                作成者: arn:aws:iam::123456789012:user/hana (2026-10-24 01:12 UTC,
                198.51.100.24, CreateDomain, aws-sdk-js (AWS console))
         削除!  aws opensearch delete-domain --domain-name study --region ap-northeast-1
          9.60  EBS ボリューム       ap-northeast-1
                vol-0c4b1e7d92aa35f10 (workshop)
                100 GB gp3 · 2026-08-30 からおよそ 26.67 USD · アタッチ先:
                i-0a1b2c3d4e5f60718 · インスタンスと一緒に削除されます
                作成者: arn:aws:iam::123456789012:user/hana (2026-08-30 12:04 UTC,
                198.51.100.24, RunInstances, aws-cli/2.31.4)
         削除!  aws ec2 terminate-instances --instance-ids i-0a1b2c3d4e5f60718 --region ap-northeast-1
                「!」は元に戻せません · `-v` ですべて表示

    確認範囲    1 リージョン × 208 種類のうち 2 種類。指定されたリージョンと種類だけ
                を確認しました。有効でない 17 リージョンは確認できません。そこに残し
                たものがあれば課金が続きます。
    価格        2026-09-03 から 2026-10-15 時点の AWS 定価(税抜)。
    ");
}
