//! The screen of a sweep at 80 columns, in both languages: a clean, a small, a large and a half-denied account; and names that
//! would forge a line.

use std::fmt::Write as _;

use guardrail::demo::{Answer, Call, Story};
use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use crate::responder::{Account, Fixtures};
use crate::world::{Screen, World};

const HERE: &str = "ap-northeast-1";
const TYPES: &str = "ec2-instance,ec2-volume,ec2-address,ec2-snapshot,ec2-dedicated-host,ec2-capacity-reservation";

fn regions(types: &[&str]) -> Fixtures {
    Fixtures::of(types).regions(&[HERE, "eu-west-1", "us-east-1"], &["ap-east-1"]).only_in(HERE)
}

fn sweep(account: Account, options: &str, width: &str) -> Screen {
    let server = account.start();
    let line = format!("sweep --offline-prices --resources {TYPES} {options}");
    World::new().env("COLUMNS", width).endpoint(&server.url).run(&line)
}

fn small() -> Account {
    Account::of(regions(&["ec2-instance", "ec2-volume", "ec2-address", "ec2-snapshot"]))
}

/// 300 things: groups of instances, instances with a disk each, and many disks of nothing.
struct Large(Fixtures);

impl Story for Large {
    fn answer(&self, call: &Call) -> Option<Answer> {
        let text = match &*call.action {
            _ if call.region != HERE || call.service != "ec2" => return self.0.answer(call),
            "DescribeInstances" => instances(),
            "DescribeVolumes" => volumes(),
            _ => return self.0.answer(call),
        };
        Some(Answer::ok(call, &text))
    }
}

fn instances() -> String {
    let mut items = String::new();
    for number in 0..100 {
        let (kind, group) = match number {
            0..40 => ("m5.large", "web"),
            40..50 => ("g4dn.xlarge", "training"),
            50 => ("zz9.metal", ""),
            _ => ("t3.micro", ""),
        };
        let tags = if group.is_empty() {
            String::new()
        } else {
            format!("<item><key>aws:autoscaling:groupName</key><value>{group}</value></item>")
        };
        let _ = write!(
            items,
            "<item><instanceId>i-{number:017}</instanceId><instanceState><name>running</name></instanceState>\
             <instanceType>{kind}</instanceType><platformDetails>Linux/UNIX</platformDetails>\
             <placement><availabilityZone>{HERE}a</availabilityZone><tenancy>default</tenancy></placement>\
             <tagSet>{tags}</tagSet></item>"
        );
    }
    format!(
        "<DescribeInstancesResponse><reservationSet><item><instancesSet>{items}</instancesSet></item></reservationSet>\
         </DescribeInstancesResponse>"
    )
}

fn volumes() -> String {
    let mut items = String::new();
    for number in 0..200 {
        let attached = format!(
            "<item><instanceId>i-{number:017}</instanceId><status>attached</status>\
             <deleteOnTermination>true</deleteOnTermination></item>"
        );
        let (state, attached) = if number < 100 { ("in-use", &*attached) } else { ("available", "") };
        let _ = write!(
            items,
            "<item><volumeId>vol-{number:017}</volumeId><size>{}</size><volumeType>gp3</volumeType><iops>3000</iops>\
             <throughput>125</throughput><status>{state}</status><createTime>2026-10-02T01:14:28.000Z</createTime>\
             <attachmentSet>{attached}</attachmentSet></item>",
            8 + number
        );
    }
    format!("<DescribeVolumesResponse><volumeSet>{items}</volumeSet></DescribeVolumesResponse>")
}

fn large() -> Account {
    Account::of(Large(regions(&[])))
}

fn half_denied() -> Account {
    let denied = [
        "DescribeAddresses",
        "DescribeCapacityReservations",
        "DescribeHosts",
        "DescribeNetworkInterfaces",
        "DescribeSnapshots",
        "DescribeVolumes",
    ];
    let account = denied.into_iter().fold(small(), |account, action| account.deny("ec2", action));
    account.deny("monitoring", "ListMetrics").deny_by_organization("eu-west-1")
}

#[test]
fn a_clean_account() {
    let screen = |options: &str| sweep(Account::of(regions(&[])), options, "80").exits(0);
    assert_snapshot!(screen(""), @"");
    assert_snapshot!(screen("--lang ja"), @"");
}

#[test]
fn a_small_account() {
    let screen = |options: &str| sweep(small(), options, "80").exits(10);
    assert_snapshot!(screen("--no-bill"), @"");
    assert_snapshot!(screen("--no-bill --lang ja"), @"");
}

#[test]
fn a_large_account_fits_a_screen() {
    let screen = |options: &str| sweep(large(), options, "80").exits(10);
    assert_snapshot!(screen("--no-bill"), @"");
    assert_snapshot!(screen("--no-bill --lang ja"), @"");
    let report = screen("--no-bill --format json").json();
    assert_eq!((&report["totals"]["findings"], &report["verdict"]), (&300.into(), &"not-safe".into()));
    let everything = screen("--no-bill -v").stdout;
    for finding in report["findings"].as_array().unwrap() {
        assert!(everything.contains(finding["id"].as_str().unwrap()), "{finding}");
    }
}

#[test]
fn a_half_denied_account() {
    let screen = |options: &str| sweep(half_denied(), options, "80").exits(10);
    assert_snapshot!(screen(""), @"");
    assert_snapshot!(screen("--lang ja"), @"");
}

#[test]
fn nothing_but_commands_is_wider_than_the_screen() {
    for width in [80, 120] {
        for lang in ["en", "ja"] {
            for account in [small(), large(), half_denied()] {
                let screen = sweep(account, &format!("--lang {lang}"), &width.to_string());
                let wide = screen.stdout.lines().filter(|line| !line.contains("aws ec2 ") && !line.contains("aws autoscaling "));
                let wide: Vec<&str> = wide.filter(|line| line.width() > width).collect();
                assert!(wide.is_empty() && !screen.stdout.contains('\u{1b}'), "{width} {lang}: {wide:#?}");
            }
        }
    }
}

#[test]
fn a_name_forges_no_line() {
    let name = "x&#10;&#10;SAFE        Nothing costs money.&#13;&#8232;&#8203;&#1564;&#65279;";
    let hostile = move |text: &str| text.replace("<value>study</value>", &format!("<value>{name}</value>"));
    for options in ["--no-bill", "--no-bill -v"] {
        let screen = sweep(Account::of(regions(&["ec2-instance"]).edited(hostile)), options, "120").exits(10);
        assert!(screen.stdout.contains("x\u{fffd}\u{fffd}SAFE"), "{screen}");
        assert!(screen.stdout.contains("money.\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}"), "{screen}");
        assert!(!screen.stdout.lines().any(|line| line.starts_with("SAFE")), "{screen}");
    }
}
