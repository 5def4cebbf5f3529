//! The bill of an organisation is read once, in its management account; the free tier is deducted once.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::organization_story::{Organization, Refusal, access_key, number};
use crate::server::Server;
use crate::world::World;

/// The first account pays: a volume of the second one costs 8.08 USD a month, 0.266 a day.
fn organization() -> Organization {
    Organization {
        with_volume: vec![1],
        charges: vec![
            (0, "", 40.0, 41.0),
            (0, "AmazonKendra", 40.0, 41.0),
            (1, "", 5.0, 5.53),
            (1, "AmazonEC2", 5.0, 5.53),
            (2, "", 10.0, 30.0),
            (2, "AmazonES", 9.0, 28.5),
        ],
        ..Organization::of(4)
    }
}

/// The accounts whose credentials asked for this action.
fn askers(server: &Server, action: &str) -> BTreeSet<String> {
    server.recording.all().iter().filter(|it| it.call.action == action).map(access_key).collect()
}

fn account(report: &Value, index: usize) -> &Value {
    report["accounts"].as_array().unwrap().iter().find(|it| it["id"] == number(index)).unwrap()
}

#[test]
fn each_account_is_compared_with_its_own_figures_of_the_payer() {
    let server = organization().start();
    let report = World::narrow(&server.url).run("sweep --organization --offline-prices --format json").exits(10).json();
    assert_eq!(report["gaps"], json!([]));
    let total = |index| account(&report, index)["accrued_usd"].clone();
    assert_eq!([0, 1, 2, 3].map(total), [json!("41.00"), json!("5.53"), json!("30.00"), Value::Null]);
    let judged = |index| {
        let services = account(&report, index)["report"]["bill"]["services"].as_array().cloned().unwrap_or_default();
        services.iter().map(|it| format!("{} {}", it["service"], it["explained"]).replace('"', "")).collect::<Vec<_>>()
    };
    let expected: [&[&str]; 4] =
        [&["AmazonKendra unexplained"], &["AmazonEC2 explained"], &["AmazonES unexplained"], &[]];
    assert_eq!([0, 1, 2, 3].map(judged), expected.map(|it| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()));
    let incomplete = |index| account(&report, index)["incomplete"].clone();
    assert_eq!([0, 1, 2, 3].map(incomplete), [true, false, true, false]);
    // All of them, those of an account that is not swept included.
    let all = &report["bill"];
    assert_eq!((&all["total_usd"], &all["usd_per_day"]), (&json!("76.53"), &json!("10.77")));
    // Once, with the credentials of the payer: no member was asked for figures.
    assert_eq!(server.recording.count("ListMetrics"), 1);
    assert_eq!(server.recording.count("GetMetricStatistics"), 7);
    for action in ["ListMetrics", "GetMetricStatistics"] {
        assert!(askers(&server, action).iter().all(|key| !key.starts_with("ASIA")), "{:?}", askers(&server, action));
    }
    assert_eq!(server.recording.undeclared(), BTreeSet::new());
    crate::schema::is_an_organization(&report);
}

#[test]
fn figures_that_cannot_be_read_are_one_gap_and_hold_up_nothing() {
    let sweep = "sweep --organization --resources ec2-volume --offline-prices";
    let server = Organization { figures: false, ..Organization::of(4) }.start();
    let report = World::narrow(&server.url).run(&format!("{sweep} --format json")).exits(3).json();
    let [gap] = &report["gaps"].as_array().unwrap()[..] else { panic!("{:#}", report["gaps"]) };
    assert_eq!((&gap["resource"], &gap["account"]), (&json!("bill"), &json!(number(0))));
    assert_eq!(gap["action"], "cloudwatch:ListMetrics");
    let states: Vec<&Value> = report["accounts"].as_array().unwrap().iter().map(|it| &it["verdict"]).collect();
    assert_eq!(states, ["safe", "safe", "safe", "safe"]);
    let screen = World::narrow(&server.url).run(sweep).exits(3).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("could not be read in the management account"), "{screen}");
    assert!(screen.contains("cloudwatch:ListMetrics") && screen.contains("4 of 4 accounts"), "{screen}");
    assert!(!screen.contains("1 account (123456789012)"), "{screen}");
}

/// A delegated administrator enters the management account like any other, and reads the figures there.
#[test]
fn a_delegated_administrator_reads_the_figures_in_the_management_account() {
    let server = Organization { administrator: Some(2), ..organization() }.start();
    let world = World::narrow(&server.url).env("AWS_ACCESS_KEY_ID", &format!("ASIA{}", number(2)));
    let sweep = "sweep --organization --resources ec2-volume --offline-prices --format json";
    let report = world.run(sweep).exits(10).json();
    assert_eq!((&report["gaps"], &report["bill"]["total_usd"]), (&json!([]), &json!("76.53")));
    assert_eq!(askers(&server, "ListMetrics"), BTreeSet::from([format!("ASIA{}", number(0))]));
    let refusals = [(0, Refusal::Role)].into();
    let server = Organization { administrator: Some(2), refusals, ..organization() }.start();
    let world = World::narrow(&server.url).env("AWS_ACCESS_KEY_ID", &format!("ASIA{}", number(2)));
    let report = world.run(sweep).exits(10).json();
    let gaps: Vec<(&Value, &Value)> =
        report["gaps"].as_array().unwrap().iter().map(|gap| (&gap["account"], &gap["resource"])).collect();
    assert_eq!(gaps, [(&json!(number(0)), &Value::Null), (&json!(number(0)), &json!("bill"))]);
}

#[test]
fn free_allowances_are_deducted_once_in_the_order_of_the_accounts() {
    let sweep = "sweep --organization --resources cloudwatch-alarm --no-bill --offline-prices --format json";
    let run = |each: &[usize]| {
        let alarms: BTreeMap<usize, usize> = each.iter().copied().enumerate().collect();
        let server = Organization { alarms, ..Organization::of(each.len()) }.start();
        World::narrow(&server.url).run(sweep)
    };
    // Together they are below the ten that are free.
    let report = run(&[3, 3, 4]).exits(0).json();
    assert_eq!(report["totals"]["findings"], 0);
    for _ in 0..3 {
        let report = run(&[6, 6, 6]).exits(10).json();
        let found = |index| account(&report, index)["totals"]["usd_per_month"].clone();
        // The management account has the highest number.
        assert_eq!([1, 2, 0].map(found), ["0.00", "0.20", "0.60"]);
        assert_eq!(report["totals"]["usd_per_month"], "0.80");
    }
}

#[test]
fn the_bill_of_the_payer_has_each_linked_account() {
    let server = organization().start();
    let report = World::narrow(&server.url).run("bill --format json").exits(0).json();
    assert_eq!(report["bill"]["total_usd"], "41.00");
    let all = &report["organization"];
    assert_eq!((&all["total_usd"], &all["usd_per_day"]), (&json!("76.53"), &json!("10.77")));
    let rows: Vec<[&str; 4]> = all["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let service = &it["services"][0]["service"];
            [&it["account"], &it["name"], &it["total_usd"], service].map(|it| it.as_str().unwrap_or_default())
        })
        .collect();
    let expected = [
        ["123456789012", "Student 00", "41.00", "AmazonKendra"],
        ["000000000002", "Student 02", "30.00", "AmazonES"],
        ["000000000001", "Student 01", "5.53", "AmazonEC2"],
    ];
    assert_eq!(rows, expected);
    assert_eq!(server.recording.undeclared(), BTreeSet::new());
    assert_eq!(server.recording.mutating(), BTreeSet::new());
    crate::schema::is_a_bill(&report);
    for format in ["csv", "markdown", "html", "text"] {
        let form = World::narrow(&server.url).run(&format!("bill --format {format}")).exits(0).stdout;
        for part in ["000000000002", "Student 02", "30.00"] {
            // A table for machines has no names.
            assert!(
                form.contains(part) || (format == "csv" && part.starts_with("Student")),
                "{format}: {part}: {form}"
            );
        }
    }
    // Outside an organisation, and in a member, nothing changes.
    let member = World::narrow(&server.url).env("AWS_ACCESS_KEY_ID", &format!("ASIA{}", number(1)));
    assert!(member.run("bill --format json").exits(0).json().get("organization").is_none());
}

#[test]
fn the_screen_of_the_payer() {
    let server = organization().start();
    let screen = |more: &str| World::narrow(&server.url).run(&format!("bill {more}")).exits(0).stdout;
    assert_snapshot!(screen(""), @r"
    Account 123456789012 · bill of 2026-11 · 2026-11-23 00:00 UTC

    41.00 USD so far in 2026-11 (figure of 2026-11-22 18:00 UTC, 6 hours old)
    0.50 USD a day
    about 45.13 USD by the month's end
    AWS bills by UTC months: this one ends on 2026-12-01 00:00 UTC.

    USD so far, by service
         41.00  AmazonKendra  0.50 a day

    USD by day (UTC)
         40.00  2026-11-01 to 2026-11-20
          1.00  2026-11-21 to 2026-11-22

    All 3 accounts of the organisation: 76.53 USD so far in 2026-11 (6 hours ago) ·
    10.77 USD a day · about 165.34 USD by the month's end.

    USD so far, by linked account
         41.00  123456789012  Student 00  0.50 a day
         30.00  000000000002  Student 02  10.00 a day
          5.53  000000000001  Student 01  0.27 a day

    Support plan: Basic, free (the bill shows no other)

    Line by line: https://console.aws.amazon.com/costmanagement/home#/bills
    ");
    assert_snapshot!(screen("--lang ja"), @r"
    アカウント 123456789012 · 2026 年 11 月の請求 · 2026-11-23 00:00 UTC

    2026 年 11 月はこれまで 41.00 USD(2026-11-22 18:00 UTC 時点、6 時間前)
    1 日あたり 0.50 USD
    月末には約 45.13 USD
    AWS の請求は UTC の月単位です。今月は 2026-12-01 00:00 UTC に終わります。

    サービス別の今月の請求額(USD)
         41.00  AmazonKendra  1 日 0.50

    日別の請求額(USD、UTC)
         40.00  2026-11-01〜2026-11-20
          1.00  2026-11-21〜2026-11-22

    組織の全 3 アカウント: 2026 年 11 月は現在 76.53 USD(6 時間前の時点) · 1 日あた
    り 10.77 USD · 月末には約 165.34 USD。

    アカウント別の今月の請求額(USD)
         41.00  123456789012  Student 00  1 日 0.50
         30.00  000000000002  Student 02  1 日 10.00
          5.53  000000000001  Student 01  1 日 0.27

    サポートプラン: ベーシック(無料。請求にほかのプランはありません)

    明細: https://console.aws.amazon.com/costmanagement/home#/bills
    ");
}
