//! The history: sweeps are compared with the one before, kept, shown and deleted.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::responder::{Account, Fixtures, HERE};
use crate::server::Server;
use crate::world::{ACCOUNT, World};

const LINE: &str = "sweep --offline-prices --no-bill --resources ec2-nat-gateway,ec2-volume";
const FIRST: &str = "2026-11-21T03:00:00Z";
const SECOND: &str = "2026-11-22T03:00:00Z";
const THIRD: &str = "2026-11-23T03:00:00Z";

fn fixtures() -> Fixtures {
    Fixtures::of(&["ec2-nat-gateway"]).regions(&["us-east-1", HERE], &[]).only_in(HERE)
}

/// Two sweeps with one world need a server each, until the end of the test.
fn kept(account: Account) -> &'static Server {
    Box::leak(Box::new(account.start()))
}

/// No sweep may look at NAT gateways.
fn denied() -> &'static Server {
    kept(Account::of(fixtures()).deny("ec2", "DescribeNatGateways"))
}

/// Two NAT gateways.
fn two() -> &'static Server {
    kept(Account::of(fixtures()))
}

/// Only the first of them.
fn one() -> &'static Server {
    kept(Account::of(fixtures().one_page_of("DescribeNatGateways")))
}

fn at(world: World, server: &Server, now: &str) -> World {
    world.endpoint(&server.url).env("GUARDRAIL_NOW", now)
}

fn folder(world: &World) -> PathBuf {
    world.home().join(".local/state/guardrail/accounts").join(ACCOUNT).join("sweeps")
}

fn files(world: &World) -> Vec<String> {
    let files = fs::read_dir(folder(world)).map(|all| all.map(|it| it.unwrap().file_name().into_string().unwrap()));
    let mut names: Vec<String> = files.into_iter().flatten().collect();
    names.sort();
    names
}

fn marks(report: &Value) -> Vec<(String, Value, Value)> {
    let findings = report["findings"].as_array().unwrap();
    let mark = |it: &Value| (it["id"].as_str().unwrap().to_owned(), it["new"].clone(), it["first_seen"].clone());
    findings.iter().map(mark).collect()
}

const ONE: &str = "nat-0one5c8e2d7b4f196";
const TWO: &str = "nat-0two8b3d6e1f9c472";

#[test]
fn a_sweep_is_compared_with_the_one_before() {
    let world = at(World::new(), one(), FIRST);
    let first = world.run(&format!("{LINE} --format json")).exits(10).json();
    assert_eq!((&first["changes"], marks(&first)), (&Value::Null, vec![(ONE.into(), Value::Null, json!(FIRST))]));
    let world = at(world, two(), SECOND);
    let second = world.run(&format!("{LINE} --format json")).exits(10).json();
    let key = |id: &str| format!("{ACCOUNT}/{HERE}/ec2-nat-gateway/{id}");
    assert_eq!((&second["changes"]["new"], &second["changes"]["since"]), (&json!([key(TWO)]), &json!(FIRST)));
    assert_eq!(marks(&second), [(ONE.into(), json!(false), json!(FIRST)), (TWO.into(), json!(true), json!(SECOND))]);
    let world = at(world, one(), THIRD);
    let third = world.run(&format!("{LINE} --format json")).exits(10).json();
    assert_eq!((&third["changes"]["gone"], &third["changes"]["new"]), (&json!([key(TWO)]), &json!([])));
    assert_eq!(third["changes"]["earlier"][0]["id"], TWO);
    assert_eq!(files(&world).len(), 3);
    // Compared with another scope, nothing would be known.
    let other = world.run(&format!("{LINE} --regions us-east-1 --format json")).exits(0).json();
    assert_eq!(other["changes"], Value::Null);
}

#[test]
fn what_could_not_be_looked_at_is_not_gone() {
    let world = at(World::new(), two(), FIRST);
    let _ = world.run(LINE).exits(10);
    let world = at(world, denied(), SECOND);
    let blind = world.run(&format!("{LINE} --format json")).exits(3).json();
    let changes = &blind["changes"];
    assert_eq!((&changes["gone"], changes["unknown"].as_array().unwrap().len()), (&json!([]), 2));
    assert_snapshot!(world.run(LINE).exits(3), @r"
    exit 3
    --- stdout
    Account 123456789012 · 2026-11-22 03:00 UTC

    NOT SURE    Nothing that costs money was found, but not everything could be checked.
    New         Nothing new was found since 2026-11-22 03:00 UTC, but not everything could be checked.
    Not checked 2 resources of an earlier sweep may still be charged: NAT gateway nat-0one5c8e2d7b4f196
                (lab) 35.04, NAT gateway nat-0two8b3d6e1f9c472 35.04
    Bill        Not compared; `guardrail bill` shows it.

    Missing     1 permission: ec2:DescribeNatGateways. `guardrail policy sweep` prints the policy to
                attach.
    Coverage    2 regions × 2 of 208 types. Only the chosen regions and types were checked.
    ");
    let world = at(world, one(), THIRD);
    let seen = world.run(&format!("{LINE} --format json")).exits(10).json();
    assert_eq!(marks(&seen), [(ONE.into(), json!(false), json!(FIRST))]);
    assert_eq!(seen["changes"]["gone"].as_array().unwrap().len(), 1);
}

#[test]
fn the_screen_leads_with_what_is_new() {
    let world = at(World::new(), one(), FIRST).env("COLUMNS", "80");
    let _ = world.run(LINE).exits(10);
    let world = at(world, two(), SECOND);
    assert_snapshot!(world.run(LINE).exits(10), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-22 03:00 UTC

    NOT SAFE    2 resources cost 70.08 USD a month, 2.30 every day.
    New         1 resource since 2026-11-21 03:00 UTC, 35.04 USD a month: NAT
                gateway nat-0two8b3d6e1f9c472 35.04
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
         35.04  NAT gateway  eu-west-1  nat-0one5c8e2d7b4f196 (lab)
                NAT gateway · about 113.71 USD since 2026-08-15 · deleting it leaves
                its Elastic IP address behind, which is still charged
       delete!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0one5c8e2d7b4f196 --region eu-west-1
         35.04  NAT gateway  eu-west-1  nat-0two8b3d6e1f9c472  new
                NAT gateway · about 2.08 USD since 2026-11-20 · deleting it leaves
                its Elastic IP address behind, which is still charged
       delete!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0two8b3d6e1f9c472 --region eu-west-1
                “!” cannot be undone · `-v` shows everything

    Coverage    2 regions × 2 of 208 types. Only the chosen regions and types were
                checked.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
    assert_snapshot!(world.run(&format!("{LINE} --lang ja --since 2026-11-22")).exits(10), @r"
    exit 10
    --- stdout
    アカウント 123456789012 · 2026-11-22 03:00 UTC

    課金中      2 件で 70.08 USD/月、毎日 2.30 USD の課金です。
    新規        2026-11-21 03:00 UTC から 1 件、35.04 USD/月: NAT ゲートウェイ
                nat-0two8b3d6e1f9c472 35.04
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

        USD/月
         35.04  NAT ゲートウェイ  eu-west-1  nat-0one5c8e2d7b4f196 (lab)
                NAT gateway · 2026-08-15 からおよそ 113.71 USD · 削除しても Elastic
                IP アドレスは残り、課金が続きます
         削除!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0one5c8e2d7b4f196 --region eu-west-1
         35.04  NAT ゲートウェイ  eu-west-1  nat-0two8b3d6e1f9c472  新規
                NAT gateway · 2026-11-20 からおよそ 2.08 USD · 削除しても Elastic IP
                アドレスは残り、課金が続きます
         削除!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0two8b3d6e1f9c472 --region eu-west-1
                「!」は元に戻せません · `-v` ですべて表示

    確認範囲    2 リージョン × 208 種類のうち 2 種類。指定されたリージョンと種類だけ
                を確認しました。
    価格        2026-10-15 時点の AWS 定価(税抜)。
    ");
    let world = at(world, one(), THIRD);
    assert_snapshot!(world.run(LINE).exits(10), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 03:00 UTC

    NOT SAFE    1 resource costs 35.04 USD a month, 1.15 every day.
    New         Nothing is new since 2026-11-22 03:00 UTC.
    Gone        1 resource is no longer charged, 35.04 USD a month: NAT gateway
                nat-0two8b3d6e1f9c472 35.04
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
         35.04  NAT gateway  eu-west-1  nat-0one5c8e2d7b4f196 (lab)
                NAT gateway · about 114.86 USD since 2026-08-15 · deleting it leaves
                its Elastic IP address behind, which is still charged
       delete!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0one5c8e2d7b4f196 --region eu-west-1
                “!” cannot be undone · `-v` shows everything

    Coverage    2 regions × 2 of 208 types. Only the chosen regions and types were
                checked.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
    assert_snapshot!(world.run(&format!("{LINE} --format markdown --no-history")).exits(10), @r"
    exit 10
    --- stdout
    # guardrail: what costs money

    Account 123456789012 · 2026-11-23 03:00 UTC

    NOT SAFE: 1 resource costs 35.04 USD a month, 1.15 every day.

    New: Nothing changed since 2026-11-23 03:00 UTC.

    Bill: Not compared; \`guardrail bill\` shows it.

    Regions: eu-west-1 us-east-1

    Only these types: ec2-volume ec2-nat-gateway

    | region | resource | id | name | charges | USD/month | created | notes | delete (for good) |
    | --- | --- | --- | --- | --- | ---: | --- | --- | --- |
    | eu-west-1 | NAT gateway | `nat-0one5c8e2d7b4f196` | `lab` | NAT gateway | 35.04 | 2026-08-15 | it cannot be stopped, only deleted; plus usage charges (traffic, requests) that are not in this figure; deleting it leaves its Elastic IP address behind, which is still charged | `aws ec2 delete-nat-gateway --nat-gateway-id nat-0one5c8e2d7b4f196 --region eu-west-1` |

    Coverage: 2 regions × 2 of 208 types. Only the chosen regions and types were checked.

    Prices: AWS list prices before tax, of 2026-10-15.
    ");
    let page = world.run(&format!("{LINE} --format html --since 2026-11-22")).exits(10).stdout;
    assert!(page.contains("Nothing changed since 2026-11-21 03:00 UTC"), "{page}");
    let rows = world.run(&format!("{LINE} --format csv --no-history")).exits(10).stdout;
    let head = rows.lines().next().unwrap();
    assert!(head.ends_with("look_command,new,first_seen,spent_usd,spent_kind,created_by"), "{head}");
    assert!(rows.contains("false,2026-11-21T03:00:00Z"), "{rows}");
}

#[test]
fn a_schedule_fails_only_on_what_is_new() {
    let world = at(World::new(), one(), FIRST);
    let line = format!("{LINE} --fail-on new");
    // The first sweep is compared with nothing: every finding counts.
    let _ = world.run(&line).exits(10);
    let _ = world.run(&line).exits(0);
    let world = at(world, two(), SECOND);
    let _ = world.run(&format!("{line} --no-history")).exits(10);
    let _ = world.run(&line).exits(10);
    let _ = world.run(&line).exits(0);
    // Where the last sweep could not look, the ones before it decide.
    let world = at(world, denied(), THIRD);
    let _ = world.run(&line).exits(3);
    let world = at(world, two(), THIRD);
    let _ = world.run(&line).exits(0);
    let _ = world.run(&format!("{line} --exit-zero")).exits(2);
}

#[test]
fn without_history_nothing_is_written() {
    let world = at(World::new(), one(), FIRST);
    let _ = world.run(&format!("{LINE} --no-history")).exits(10);
    let _ = world.run("sweep --demo --resources ec2-volume").exits(10);
    assert!(!world.home().join(".local").exists());
    let _ = world.run(LINE).exits(10);
    let _ = world.run(&format!("{LINE} --no-history")).exits(10);
    assert_eq!(files(&world).len(), 1);
}

#[test]
fn a_history_that_cannot_be_used_is_a_warning() {
    let world = at(World::new(), one(), FIRST);
    let _ = world.run(LINE).exits(10);
    let name = files(&world).remove(0);
    fs::write(folder(&world).join(&name), "{ broken").unwrap();
    let world = at(world, two(), SECOND);
    let screen = world.run(&format!("{LINE} --format json")).exits(10);
    assert_eq!(screen.json()["changes"], Value::Null);
    assert_snapshot!(screen.stderr, @r"
    warning: a file of the history is corrupt and is left out: ~/.local/state/guardrail/accounts/123456789012/sweeps/20261121T030000Z.289640852575421a.json
      key must be a string at line 1 column 3
    → It was renamed to ~/.local/state/guardrail/accounts/123456789012/sweeps/20261121T030000Z.289640852575421a.corrupt, which can be deleted.
    ");
    assert!(files(&world).contains(&name.replace(".json", ".corrupt")), "{:?}", files(&world));
    // It is said once.
    assert_eq!(world.run(LINE).exits(10).stderr, "");
    let world = world.env("GUARDRAIL_STATE", "/dev/null/x");
    let screen = world.run(&format!("{LINE} --format json")).exits(10);
    assert!(screen.stderr.contains("this sweep cannot be kept in the history"), "{screen}");
}

#[test]
fn a_date_before_the_history_is_refused() {
    let world = at(World::new(), one(), FIRST);
    assert_snapshot!(world.run(&format!("{LINE} --since 2026-11-01")).exits(2).stderr, @r"
    error: the history has no sweep of this account before the date of --since
    → The history of this account is empty: this would be its first sweep.
    ");
    let _ = world.run(LINE).exits(10);
    assert_snapshot!(world.run(&format!("{LINE} --since 2026-11-01")).exits(2).stderr, @r"
    error: the history has no sweep of this account before the date of --since
    → The oldest is of 2026-11-21.
    ");
    assert_snapshot!(world.run(&format!("{LINE} --since lately --lang ja")).exits(2).stderr, @r"
    エラー: 「lately」は日付ではありません
    → 2026-11-01 または 2026-11-01T03:00:00Z の形で指定してください。
    ");
}

#[test]
fn the_history_is_shown_in_every_form() {
    let world = at(World::new(), one(), FIRST).env("COLUMNS", "80");
    assert_snapshot!(world.run("history").exits(0), @r"
    exit 0
    --- stdout
    The history is empty: `guardrail sweep` adds to it.
    Stored in ~/.local/state/guardrail
    ");
    let _ = world.run(LINE).exits(10);
    let world = at(world, two(), SECOND);
    let _ = world.run(LINE).exits(10);
    assert_snapshot!(world.run("history").exits(0), @r"
    exit 0
    --- stdout
    Account 123456789012 · 2 sweeps since 2026-11-21

       USD/day
          2.30  2026-11-22 03:00  NOT SAFE  2 resources, 1 new, narrowed
          1.15  2026-11-21 03:00  NOT SAFE  1 resource, narrowed

    Stored in ~/.local/state/guardrail
    ");
    assert_snapshot!(world.run("history --lang ja").exits(0), @r"
    exit 0
    --- stdout
    アカウント 123456789012 · 2026-11-21 から 2 回

        USD/日
          2.30  2026-11-22 03:00  課金中  2 件、新規 1 件、範囲限定
          1.15  2026-11-21 03:00  課金中  1 件、範囲限定

    保存場所: ~/.local/state/guardrail
    ");
    assert_snapshot!(world.run("history --format csv").exits(0), @r"
    exit 0
    --- stdout
    account,made_at,verdict,findings,usd_per_day,usd_per_month,at_least,new,gone,gaps,partial,bill_usd_per_day,gap,kind,statement
    123456789012,2026-11-22T03:00:00Z,not-safe,2,2.30,70.08,false,1,0,0,true,,,sweep,
    123456789012,2026-11-21T03:00:00Z,not-safe,1,1.15,35.04,false,,,0,true,,,sweep,
    ,,,,,,,,,,,,,scope,Account 123456789012 · 2 sweeps since 2026-11-21
    ,,,,,,,,,,,,,scope,Stored in ~/.local/state/guardrail
    ");
    let report = world.run("history --format json").exits(0).json();
    assert_eq!(report["schema"], "guardrail/history/v1");
    assert_eq!(report["accounts"][0]["runs"][0]["new"], 1);
    assert!(world.run("history --format html").exits(0).stdout.trim_end().ends_with("</html>"));
    assert_eq!(world.run("history --account 999999999999 --format json").exits(0).json()["accounts"], json!([]));
    let name = files(&world).remove(0);
    fs::write(folder(&world).join(&name), "").unwrap();
    let _ = world.run("history").exits(3);
}

#[test]
fn the_history_of_the_practice_account_is_a_story() {
    assert_snapshot!(World::new().env("COLUMNS", "80").run("history --demo").exits(0), @r"
    exit 0
    --- stdout
    Account 123456789012 (practice) · 5 sweeps since 2026-08-30

       USD/day
          2.01  2026-10-31 20:00  NOT SAFE  4 resources, 1 new
          0.52  2026-10-18 21:10  NOT SAFE  3 resources, 1 gone
          1.61  2026-10-04 19:32  NOT SAFE  4 resources, 2 new
          0.44  2026-09-12 20:05  NOT SAFE  2 resources
          0.44  2026-08-30 21:40  NOT SAFE  2 resources

    Stored in ~/.local/state/guardrail
    ");
    let _ = World::new().run("history --demo --delete --yes").exits(2);
}

#[test]
fn the_history_is_deleted_only_with_approval() {
    let world = at(World::new(), one(), FIRST);
    let _ = world.run("history --delete").exits(0);
    let _ = world.run(LINE).exits(10);
    let screen = world.run("history --delete --dry-run").exits(0);
    assert!(screen.stderr.contains("1 sweep from 2026-11-21 to 2026-11-21 will be deleted"), "{screen}");
    let _ = world.run("history --delete").exits(2);
    assert_eq!(files(&world).len(), 1);
    let _ = world.run("history --delete --yes --account 999999999999").exits(0);
    assert_eq!(files(&world).len(), 1);
    assert_snapshot!(world.run("history --delete --yes").exits(0), @r"
    exit 0
    --- stderr
    Account 123456789012: 1 sweep from 2026-11-21 to 2026-11-21 will be deleted (2 kB). Nothing in AWS changes.
    The history was deleted.
    ");
    assert_eq!(files(&world), Vec::<String>::new());
    // The next sweep is a first one.
    assert_eq!(world.run(&format!("{LINE} --format json")).exits(10).json()["changes"], Value::Null);
}

#[test]
fn sweeps_at_once_are_all_kept() {
    let world = at(World::new(), one(), FIRST);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| world.run(LINE).exits(10));
        }
    });
    assert_eq!(files(&world).len(), 4);
}
