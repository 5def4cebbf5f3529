//! The screen of a sweep at 80 columns, in both languages: an empty, a small, a large and a half-denied account; and names that
//! could forge a line.
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

/// 300 resources: groups of instances, instances with a disk each, and many unattached disks.
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
    assert_snapshot!(screen(""), @r"
    exit 0
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    SAFE        Nothing costs money among 6 types in 3 regions.
    Bill        Not compared; `guardrail bill` shows it.

    Coverage    3 regions × 6 of 208 types. Only the chosen regions and types were
                checked. 1 region is not enabled and cannot be checked: what was
                left there is still charged.
    ");
    assert_snapshot!(screen("--lang ja"), @r"
    exit 0
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    安全        3 リージョン × 6 種類だけを確認し、課金されているものはありませんで
                した。
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

    確認範囲    3 リージョン × 208 種類のうち 6 種類。指定されたリージョンと種類だけ
                を確認しました。有効でない 1 リージョンは確認できません。そこに残し
                たものがあれば課金が続きます。
    ");
}

#[test]
fn a_small_account() {
    let screen = |options: &str| sweep(small(), options, "80").exits(10);
    assert_snapshot!(screen("--no-bill"), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    14 resources cost at least 3,461.16 USD a month, 113.79 every day.
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
      2,796.60  EBS volume           ap-northeast-1  vol-0two8ad1b4c7e2f93
                not attached to anything
       delete!  aws ec2 delete-volume --volume-id vol-0two8ad1b4c7e2f93 --region ap-northeast-1
        573.50  Auto Scaling group   ap-northeast-1  training-workers
                EC2 instance i-0two6f1e8d3a5c72b (training) 518.30 · EBS volume
                vol-0two53e9a7c1d4f68 55.20 (deleted with it)
          end!  aws autoscaling update-auto-scaling-group --auto-scaling-group-name training-workers --min-size 0 --desired-capacity 0 --region ap-northeast-1
         60.00  EBS volume           ap-northeast-1  vol-0old64b8d2f7a1c95 (dataset)
                not attached to anything
       delete!  aws ec2 delete-volume --volume-id vol-0old64b8d2f7a1c95 --region ap-northeast-1
         16.46  EC2 instance         ap-northeast-1  i-0one4d7b2c9f6e813 (study)
                EC2 instance 9.93 · Public IPv4 address 203.0.113.21 3.65 · EBS
                volume vol-0one91d3f5b7c2e46 (study) 2.88 (deleted with it)
          stop  aws ec2 stop-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
       delete!  aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
         ≤8.25  EBS snapshot         ap-northeast-1  3 of them
                snap-0one7c4e1b9d6f382 (dataset) ≤6.13 · snap-0ami3d8f5a2c7e194
                ≤1.50 · snap-0two5e2b8f4a1d936 ≤0.63
         14.60  4 more: Public IPv4 address × 4
                “!” cannot be undone · “≤” at most · `-v` shows everything

    Coverage    3 regions × 6 of 208 types. Only the chosen regions and types were
                checked. 1 region is not enabled and cannot be checked: what was
                left there is still charged.
    Prices      AWS list prices before tax, of 2024-07-18 to 2026-10-15.
    ");
    assert_snapshot!(screen("--no-bill --lang ja"), @r"
    exit 10
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    課金中      14 件で少なくとも 3,461.16 USD/月、毎日 113.79 USD の課金です。
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

        USD/月
      2,796.60  EBS ボリューム            ap-northeast-1  vol-0two8ad1b4c7e2f93
                どこにもアタッチされていません
         削除!  aws ec2 delete-volume --volume-id vol-0two8ad1b4c7e2f93 --region ap-northeast-1
        573.50  Auto Scaling グループ     ap-northeast-1  training-workers
                EC2 インスタンス i-0two6f1e8d3a5c72b (training) 518.30 · EBS ボ
                リューム vol-0two53e9a7c1d4f68 55.20(一緒に削除されます)
         終了!  aws autoscaling update-auto-scaling-group --auto-scaling-group-name training-workers --min-size 0 --desired-capacity 0 --region ap-northeast-1
         60.00  EBS ボリューム            ap-northeast-1
                vol-0old64b8d2f7a1c95 (dataset)
                どこにもアタッチされていません
         削除!  aws ec2 delete-volume --volume-id vol-0old64b8d2f7a1c95 --region ap-northeast-1
         16.46  EC2 インスタンス          ap-northeast-1
                i-0one4d7b2c9f6e813 (study)
                EC2 インスタンス 9.93 · パブリック IPv4 アドレス 203.0.113.21 3.65 ·
                EBS ボリューム vol-0one91d3f5b7c2e46 (study) 2.88(一緒に削除されま
                す)
          停止  aws ec2 stop-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
         削除!  aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
        ≤22.85  ほか 7 件: パブリック IPv4 アドレス × 4, EBS スナップショット × 3
                「!」は元に戻せません · 「≤」最大 · `-v` ですべて表示

    確認範囲    3 リージョン × 208 種類のうち 6 種類。指定されたリージョンと種類だけ
                を確認しました。有効でない 1 リージョンは確認できません。そこに残し
                たものがあれば課金が続きます。
    価格        2024-07-18 から 2026-10-15 時点の AWS 定価(税抜)。
    ");
}

#[test]
fn a_large_account_fits_a_screen() {
    let screen = |options: &str| sweep(large(), options, "80").exits(10);
    assert_snapshot!(screen("--no-bill"), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    300 resources cost at least 11,354.37 USD a month, 373.29 every day.
                The price of 1 is unknown.
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
      5,233.40  Auto Scaling group  ap-northeast-1  training
                EBS volume × 10 · EC2 instance × 10
          end!  aws autoscaling update-auto-scaling-group --auto-scaling-group-name training --min-size 0 --desired-capacity 0 --region ap-northeast-1
      3,726.40  Auto Scaling group  ap-northeast-1  web
                EBS volume × 40 · EC2 instance × 40
          end!  aws autoscaling update-auto-scaling-group --auto-scaling-group-name web --min-size 0 --desired-capacity 0 --region ap-northeast-1
         5.57+  EC2 instance        ap-northeast-1  i-00000000000000050
                EC2 instance ? · EBS volume vol-00000000000000050 5.57 (deleted with
                it)
          stop  aws ec2 stop-instances --instance-ids i-00000000000000050 --region ap-northeast-1
       delete!  aws ec2 terminate-instances --instance-ids i-00000000000000050 --region ap-northeast-1
         20.20  EC2 instance        ap-northeast-1  i-00000000000000099
                EC2 instance 9.93 · EBS volume vol-00000000000000099 10.27 (deleted
                with it)
          stop  aws ec2 stop-instances --instance-ids i-00000000000000099 --region ap-northeast-1
       delete!  aws ec2 terminate-instances --instance-ids i-00000000000000099 --region ap-northeast-1
      2,368.80  196 more: EBS volume × 148, EC2 instance × 48
                “!” cannot be undone · “+” a part is unknown · `-v` shows everything

    Coverage    3 regions × 6 of 208 types. Only the chosen regions and types were
                checked. 1 region is not enabled and cannot be checked: what was
                left there is still charged.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
    assert_snapshot!(screen("--no-bill --lang ja"), @r"
    exit 10
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    課金中      300 件で少なくとも 11,354.37 USD/月、毎日 373.29 USD の課金です。う
                ち 1 件は価格が不明です。
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

        USD/月
      5,233.40  Auto Scaling グループ  ap-northeast-1  training
                EBS ボリューム × 10 · EC2 インスタンス × 10
         終了!  aws autoscaling update-auto-scaling-group --auto-scaling-group-name training --min-size 0 --desired-capacity 0 --region ap-northeast-1
      3,726.40  Auto Scaling グループ  ap-northeast-1  web
                EBS ボリューム × 40 · EC2 インスタンス × 40
         終了!  aws autoscaling update-auto-scaling-group --auto-scaling-group-name web --min-size 0 --desired-capacity 0 --region ap-northeast-1
         5.57+  EC2 インスタンス       ap-northeast-1  i-00000000000000050
                EC2 インスタンス ? · EBS ボリューム vol-00000000000000050 5.57(一緒
                に削除されます)
          停止  aws ec2 stop-instances --instance-ids i-00000000000000050 --region ap-northeast-1
         削除!  aws ec2 terminate-instances --instance-ids i-00000000000000050 --region ap-northeast-1
         20.20  EC2 インスタンス       ap-northeast-1  i-00000000000000099
                EC2 インスタンス 9.93 · EBS ボリューム vol-00000000000000099
                10.27(一緒に削除されます)
          停止  aws ec2 stop-instances --instance-ids i-00000000000000099 --region ap-northeast-1
         削除!  aws ec2 terminate-instances --instance-ids i-00000000000000099 --region ap-northeast-1
      2,368.80  ほか 196 件: EBS ボリューム × 148, EC2 インスタンス × 48
                「!」は元に戻せません · 「+」一部は金額不明 · `-v` ですべて表示

    確認範囲    3 リージョン × 208 種類のうち 6 種類。指定されたリージョンと種類だけ
                を確認しました。有効でない 1 リージョンは確認できません。そこに残し
                たものがあれば課金が続きます。
    価格        2026-10-15 時点の AWS 定価(税抜)。
    ");
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
    assert_snapshot!(screen(""), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    2 resources cost at least 528.23 USD a month, 17.37 every day.
    Bill        Could not be read: see below.

     USD/month
        518.30  Auto Scaling group  ap-northeast-1  training-workers
                EC2 instance i-0two6f1e8d3a5c72b (training) 518.30
          end!  aws autoscaling update-auto-scaling-group --auto-scaling-group-name training-workers --min-size 0 --desired-capacity 0 --region ap-northeast-1
          9.93  EC2 instance        ap-northeast-1  i-0one4d7b2c9f6e813 (study)
                t3.micro
          stop  aws ec2 stop-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
       delete!  aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
                “!” cannot be undone · `-v` shows everything

    Missing     6 permissions: cloudwatch:ListMetrics ec2:DescribeAddresses
                ec2:DescribeCapacityReservations and 3 more. `guardrail policy
                sweep` prints the policy to attach.
    Not checked eu-west-1, ec2-instance: a policy of your organisation denies
                ec2:DescribeInstances
    Coverage    3 regions × 6 of 208 types. Only the chosen regions and types were
                checked. 1 region is not enabled and cannot be checked: what was
                left there is still charged.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
    assert_snapshot!(screen("--lang ja"), @r"
    exit 10
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    課金中      2 件で少なくとも 528.23 USD/月、毎日 17.37 USD の課金です。
    請求        読み取れませんでした。理由は下に示します。

        USD/月
        518.30  Auto Scaling グループ  ap-northeast-1  training-workers
                EC2 インスタンス i-0two6f1e8d3a5c72b (training) 518.30
         終了!  aws autoscaling update-auto-scaling-group --auto-scaling-group-name training-workers --min-size 0 --desired-capacity 0 --region ap-northeast-1
          9.93  EC2 インスタンス       ap-northeast-1  i-0one4d7b2c9f6e813 (study)
                t3.micro
          停止  aws ec2 stop-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
         削除!  aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
                「!」は元に戻せません · `-v` ですべて表示

    権限不足    6 件の権限がありません: cloudwatch:ListMetrics ec2:DescribeAddresses
                ec2:DescribeCapacityReservations ほか 3。`guardrail policy sweep` で
                必要なポリシーを表示できます。
    確認不可    eu-west-1, ec2-instance: 組織のポリシーが ec2:DescribeInstances を拒
                否しています
    確認範囲    3 リージョン × 208 種類のうち 6 種類。指定されたリージョンと種類だけ
                を確認しました。有効でない 1 リージョンは確認できません。そこに残し
                たものがあれば課金が続きます。
    価格        2026-10-15 時点の AWS 定価(税抜)。
    ");
}

#[test]
fn nothing_but_commands_is_wider_than_the_screen() {
    for width in [80, 120] {
        for lang in ["en", "ja"] {
            for account in [small(), large(), half_denied()] {
                let screen = sweep(account, &format!("--lang {lang}"), &width.to_string());
                let wide = screen
                    .stdout
                    .lines()
                    .filter(|line| !line.contains("aws ec2 ") && !line.contains("aws autoscaling "));
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
