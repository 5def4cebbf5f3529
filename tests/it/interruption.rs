//! A sweep that cannot complete: an unresponsive region, Ctrl-C or SIGTERM, a closed pipe.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::practice::SOME;
use crate::recording::Recording;
use crate::responder::{Account, Fixtures, HERE, gateways};
use crate::server::Server;
use crate::world::{FEW, Screen, World};

const STUCK: &str = "eu-north-1";

/// A sweep for a few types.
fn few(options: &str) -> String {
    format!("sweep --no-bill --offline-prices --resources {FEW}{options}")
}

/// Two NAT gateways in Ireland; Stockholm accepts requests and never answers.
fn hanging() -> Server {
    gateways(&[STUCK, "us-east-1"]).hang(STUCK).start()
}

/// The two findings are there, and every gap is in the unresponsive region.
fn is_the_rest(screen: &Screen, reason: &str) {
    let report = screen.json();
    assert_eq!(report["totals"]["findings"], 2, "{screen}");
    assert_eq!(report["totals"]["at_least"], true, "{screen}");
    let gaps = report["gaps"].as_array().unwrap();
    assert_eq!(gaps.len(), report["scope"]["resources"].as_array().unwrap().len(), "{screen}");
    assert!(gaps.iter().all(|gap| gap["region"] == STUCK && gap["reason"] == reason), "{screen}");
}

#[test]
fn a_region_that_hangs_is_given_up_at_the_time_limit() {
    let server = hanging();
    let started = Instant::now();
    assert_snapshot!(World::narrow(&server.url).run(&few(" --timeout 2")).exits(10), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    2 resources cost at least 70.08 USD a month, 2.30 every day.
    Note        The time limit ended the sweep: this report is not complete.
                --timeout sets it.
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
         35.04  NAT gateway  eu-west-1  nat-0one5c8e2d7b4f196 (lab)
                NAT gateway · about 114.72 USD since 2026-08-15 · deleting it leaves
                its Elastic IP address behind, which is still charged
       delete!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0one5c8e2d7b4f196 --region eu-west-1
         35.04  NAT gateway  eu-west-1  nat-0two8b3d6e1f9c472
                NAT gateway · about 3.08 USD since 2026-11-20 · deleting it leaves
                its Elastic IP address behind, which is still charged
       delete!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0two8b3d6e1f9c472 --region eu-west-1
                “!” cannot be undone · `-v` shows everything

    Not checked eu-north-1: no answer in time
    Coverage    3 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
    is_the_rest(&World::narrow(&server.url).run(&few(" --timeout 2 --format json")).exits(10), "timeout");
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn a_region_that_hangs_costs_one_timeout_whatever_is_asked_of_it() {
    let server = hanging();
    let started = Instant::now();
    let world = World::narrow(&server.url).env("AWS_MAX_ATTEMPTS", "3");
    is_the_rest(&world.run(&few(" --format json")).exits(10), "timeout");
    assert!(started.elapsed() < Duration::from_secs(25), "{:?}", started.elapsed());
}

#[test]
fn a_hanging_home_ends_at_the_time_limit() {
    let server = Account::of(Fixtures::of(&[]).regions(&["us-east-1", HERE], &[])).hang("us-east-1").start();
    let started = Instant::now();
    let world = World::narrow(&server.url).env("AWS_REGION", HERE);
    let report = world.run(&few(" --timeout 2 --format json")).exits(3).json();
    assert!(report["gaps"].as_array().unwrap().iter().all(|gap| gap["region"] == "us-east-1"), "{report:#}");
    assert!(started.elapsed() < Duration::from_secs(7), "{:?}", started.elapsed());
}

/// Waits until the two gateways are found and all requests to the unresponsive region are sent; then sends the signal.
fn interrupt(recording: &Recording, name: &'static str) -> impl FnOnce(&mut Child) {
    let recording = recording.clone();
    move |child| {
        let asked = || recording.calls().iter().filter(|call| call.action == "DescribeNatGateways").count();
        let started = Instant::now();
        // One for each of three regions, and the second page.
        while asked() < 4 && started.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(700));
        signal(child, name);
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("/bin/kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn ctrl_c_prints_the_findings_so_far() {
    let server = hanging();
    let started = Instant::now();
    let run = |line: &str| {
        server.recording.clear();
        World::narrow(&server.url).run_while(line, interrupt(&server.recording, "-INT")).exits(130)
    };
    assert_snapshot!(run(&few("")), @r"
    exit 130
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    2 resources cost at least 70.08 USD a month, 2.30 every day.
    Note        The sweep was interrupted: this report is not complete.
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
         35.04  NAT gateway  eu-west-1  nat-0one5c8e2d7b4f196 (lab)
                NAT gateway · about 114.72 USD since 2026-08-15 · deleting it leaves
                its Elastic IP address behind, which is still charged
       delete!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0one5c8e2d7b4f196 --region eu-west-1
         35.04  NAT gateway  eu-west-1  nat-0two8b3d6e1f9c472
                NAT gateway · about 3.08 USD since 2026-11-20 · deleting it leaves
                its Elastic IP address behind, which is still charged
       delete!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0two8b3d6e1f9c472 --region eu-west-1
                “!” cannot be undone · `-v` shows everything

    Not checked eu-north-1: interrupted before it answered
    Coverage    3 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
    assert_snapshot!(run(&few(" --lang ja")), @r"
    exit 130
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    課金中      2 件で少なくとも 70.08 USD/月、毎日 2.30 USD の課金です。
    注意        途中で中断されたため、この結果は完全ではありません。
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

        USD/月
         35.04  NAT ゲートウェイ  eu-west-1  nat-0one5c8e2d7b4f196 (lab)
                NAT gateway · 2026-08-15 からおよそ 114.72 USD · 削除しても Elastic
                IP アドレスは残り、課金が続きます
         削除!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0one5c8e2d7b4f196 --region eu-west-1
         35.04  NAT ゲートウェイ  eu-west-1  nat-0two8b3d6e1f9c472
                NAT gateway · 2026-11-20 からおよそ 3.08 USD · 削除しても Elastic IP
                アドレスは残り、課金が続きます
         削除!  aws ec2 delete-nat-gateway --nat-gateway-id nat-0two8b3d6e1f9c472 --region eu-west-1
                「!」は元に戻せません · `-v` ですべて表示

    確認不可    eu-north-1: 応答の前に中断されました
    確認範囲    3 リージョン × 208 種類のうち 11 種類。指定されたリージョンと種類だ
                けを確認しました。
    価格        2026-10-15 時点の AWS 定価(税抜)。
    ");
    is_the_rest(&run(&few(" --format json")), "other");
    assert!(started.elapsed() < Duration::from_secs(12), "{:?}", started.elapsed());
}

#[test]
fn sigterm_prints_the_findings_so_far() {
    let server = hanging();
    let term = interrupt(&server.recording, "-TERM");
    is_the_rest(&World::narrow(&server.url).run_while(&few(" --format json"), term).exits(130), "other");
}

#[test]
fn sigterm_ends_every_command() {
    for line in ["init --dry-run --email a@example.com --limit 5", "check", "remove --dry-run", "bill"] {
        let server = Account::of(Fixtures::of(&[])).hang("us-east-1").start();
        let asked = server.recording.clone();
        let once_asked = |child: &mut Child| {
            while asked.calls().is_empty() {
                std::thread::sleep(Duration::from_millis(10));
            }
            signal(child, "-TERM");
        };
        let screen = World::narrow(&server.url).run_while(line, once_asked).exits(130);
        assert!(screen.stderr.starts_with("error: interrupted\n"), "{screen}");
    }
}

/// A pipe without a reader blocks the report. `timeout` sends its signal twice at once, which counts once.
#[test]
fn a_second_signal_ends_at_once() {
    let server = hanging();
    let world = World::narrow(&server.url);
    let pipe = world.home().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let first = interrupt(&server.recording, "-TERM");
    let signals = |child: &mut Child| {
        first(child);
        signal(child, "-TERM");
        std::thread::sleep(Duration::from_secs(1));
        assert_eq!(child.try_wait().unwrap(), None);
        signal(child, "-TERM");
    };
    let screen = world.run_while(&few(" --output pipe"), signals).exits(130);
    assert_eq!((screen.stdout.as_str(), screen.stderr.as_str()), ("", ""), "{screen}");
}

#[test]
fn ctrl_c_before_anything_is_known() {
    let server = Account::of(Fixtures::of(&[])).hang("us-east-1").start();
    let asked = server.recording.clone();
    let once_asked = |child: &mut Child| {
        while asked.calls().is_empty() {
            std::thread::sleep(Duration::from_millis(10));
        }
        signal(child, "-INT");
    };
    assert_snapshot!(World::narrow(&server.url).run_while(&few(""), once_asked).exits(130), @r"
    exit 130
    --- stderr
    error: interrupted
    ");
}

#[test]
fn a_closed_pipe_is_success() {
    let text = format!("sweep --demo --resources {SOME}");
    let json = format!("{text} --format json");
    for (line, code) in [(&*text, 10), (&*json, 10), ("resources", 0), ("--help", 0)] {
        let screen = World::new().run_while(line, |child| drop(child.stdout.take())).exits(code);
        assert_eq!(screen.stderr, "", "{screen}");
    }
}
