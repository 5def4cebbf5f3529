//! AWS's refusals and broken answers are gaps in the report, and a sweep with a gap never says that nothing is charged.

use insta::assert_snapshot;
use serde_json::Value;

use crate::responder::{Account, Fixtures, HERE, gateways};
use crate::server::Server;
use crate::world::{FEW, Screen, World};

const ELSEWHERE: &str = "us-east-1";

fn nothing() -> Account {
    Account::of(Fixtures::of(&[]).regions(&[HERE, ELSEWHERE], &[]))
}

fn sweep(server: &Server, options: &str) -> Screen {
    let screen =
        World::narrow(&server.url).run(&format!("sweep --no-bill --offline-prices --resources {FEW} {options}"));
    let claims = ["\nSAFE", "\n安全"].iter().any(|it| screen.stdout.contains(it));
    assert!(!claims || screen.code == Some(0), "it could not look, and says that nothing bills\n{screen}");
    screen
}

/// Region, type, reason and action of every gap.
fn gaps(report: &Value) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let gaps = report["gaps"].as_array().unwrap().iter();
    gaps.map(|gap| ["region", "resource", "reason", "action"].map(|key| word(&gap[key])).join(" ")).collect()
}

#[test]
fn nothing_anywhere() {
    let server = nothing().start();
    assert_snapshot!(sweep(&server, "").exits(0), @r"
    exit 0
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    SAFE        Nothing costs money among 11 types in 2 regions.
    Bill        Not compared; `guardrail bill` shows it.

    Coverage    2 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    ");
    assert_snapshot!(sweep(&server, "--lang ja").exits(0), @r"
    exit 0
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    安全        2 リージョン × 11 種類だけを確認し、課金されているものはありませんで
                した。
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

    確認範囲    2 リージョン × 208 種類のうち 11 種類。指定されたリージョンと種類だ
                けを確認しました。
    ");
    let report = sweep(&server, "--format json").exits(0).json();
    assert_eq!((&report["totals"]["at_least"], gaps(&report).len()), (&Value::Bool(false), 0));
}

#[test]
fn a_permission_is_missing() {
    let server = nothing().deny("ec2", "DescribeNatGateways").start();
    assert_snapshot!(sweep(&server, "").exits(3), @r"
    exit 3
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SURE    Nothing that costs money was found, but not everything could be
                checked.
    Bill        Not compared; `guardrail bill` shows it.

    Missing     1 permission: ec2:DescribeNatGateways. `guardrail policy sweep`
                prints the policy to attach.
    Coverage    2 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    ");
    assert_snapshot!(sweep(&server, "--lang ja").exits(3), @r"
    exit 3
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    未確認      課金されているものは見つかりませんでしたが、確認できなかった場所があ
                ります。
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

    権限不足    1 件の権限がありません: ec2:DescribeNatGateways。`guardrail policy
                sweep` で必要なポリシーを表示できます。
    確認範囲    2 リージョン × 208 種類のうち 11 種類。指定されたリージョンと種類だ
                けを確認しました。
    ");
    let report = sweep(&server, "--format json").exits(3).json();
    let expected = |region: &str| format!("{region} ec2-nat-gateway denied ec2:DescribeNatGateways");
    assert_eq!(gaps(&report), [expected(HERE), expected(ELSEWHERE)]);
    assert_eq!(report["totals"]["at_least"], true);
}

#[test]
fn an_organisation_forbids_a_region() {
    let server = gateways(&[ELSEWHERE]).deny_by_organization(ELSEWHERE).start();
    assert_snapshot!(sweep(&server, "").exits(10), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    2 resources cost at least 70.08 USD a month, 2.30 every day.
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

    Not checked us-east-1: a policy of your organisation denies
                ec2:DescribeAddresses ec2:DescribeInstances ec2:DescribeNatGateways
                and 7 more
    Coverage    2 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
    let report = sweep(&server, "--format json").exits(10).json();
    let gaps = gaps(&report);
    assert_eq!(gaps.len(), report["scope"]["resources"].as_array().unwrap().len());
    assert!(gaps.iter().all(|gap| gap.contains(" denied-by-organization ")), "{gaps:#?}");
}

#[test]
fn a_region_is_disabled_though_aws_lists_it() {
    let server = nothing().disabled_region(HERE).start();
    assert_snapshot!(sweep(&server, "").exits(3), @r"
    exit 3
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SURE    Nothing that costs money was found, but not everything could be
                checked.
    Bill        Not compared; `guardrail bill` shows it.

    Not checked eu-west-1: the region does not accept your credentials; it may be
                disabled
    Coverage    2 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    ");
    assert_snapshot!(sweep(&server, "--lang ja").exits(3), @r"
    exit 3
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    未確認      課金されているものは見つかりませんでしたが、確認できなかった場所があ
                ります。
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

    確認不可    eu-west-1: リージョンが認証情報を受け付けません。無効になっている可
                能性があります
    確認範囲    2 リージョン × 208 種類のうち 11 種類。指定されたリージョンと種類だ
                けを確認しました。
    ");
    let report = sweep(&server, "--format json").exits(3).json();
    assert!(gaps(&report).iter().all(|gap| gap.starts_with(HERE) && gap.contains(" disabled-region ")), "{report:#}");
}

#[test]
fn the_regions_may_not_be_asked_for() {
    let server = Account::of(Fixtures::of(&["ec2-nat-gateway"]).only_in(HERE)).deny("ec2", "DescribeRegions").start();
    assert_snapshot!(sweep(&server, "").exits(10), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    2 resources cost at least 70.08 USD a month, 2.30 every day.
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

    Missing     1 permission: ec2:DescribeRegions. `guardrail policy sweep` prints
                the policy to attach.
    Coverage    17 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
    let report = sweep(&server, "--format json").exits(10).json();
    assert_eq!(gaps(&report), ["- - denied ec2:DescribeRegions"]);
    assert_eq!(report["scope"]["regions"].as_array().unwrap().len(), 17);
}

#[test]
fn aws_limits_how_often_it_may_be_asked() {
    let server = gateways(&[ELSEWHERE]).throttle("DescribeNatGateways", 2).start();
    assert_snapshot!(sweep(&server, "").exits(3), @r"
    exit 3
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SURE    Nothing that costs money was found, but not everything could be
                checked.
    Bill        Not compared; `guardrail bill` shows it.

    Not checked eu-west-1 us-east-1, ec2-nat-gateway: AWS limited how often it may
                be asked
    Coverage    2 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    ");
    let _ = sweep(&server, "").exits(10);
}

#[test]
fn aws_is_asked_again_when_it_limits_how_often() {
    let server = gateways(&[ELSEWHERE]).throttle("DescribeNatGateways", 2).start();
    let screen = World::narrow(&server.url)
        .env("AWS_MAX_ATTEMPTS", "3")
        .run("sweep --no-bill --offline-prices --format json")
        .exits(10);
    let report = screen.json();
    assert_eq!((gaps(&report).len(), &report["totals"]["findings"]), (0, &Value::from(2)));
}

#[test]
fn an_answer_that_cannot_be_parsed() {
    let server = nothing().broken_answer("DescribeNatGateways").start();
    assert_snapshot!(sweep(&server, "").exits(3), @r"
    exit 3
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SURE    Nothing that costs money was found, but not everything could be
                checked.
    Bill        Not compared; `guardrail bill` shows it.

    Not checked eu-west-1 us-east-1, ec2-nat-gateway: ec2:DescribeNatGateways
                failed: error parsing XML: no root element
    Coverage    2 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    ");
    let report = sweep(&server, "--format json").exits(3).json();
    assert!(gaps(&report).iter().all(|gap| gap.ends_with(" other ec2:DescribeNatGateways")), "{report:#}");
}

#[test]
fn a_session_that_expires_is_named_once() {
    let server = gateways(&[ELSEWHERE])
        .expire("DescribeNatGateways")
        .expire("DescribeVolumes")
        .expire("DescribeDBInstances")
        .start();
    assert_snapshot!(sweep(&server, "").exits(3), @r"
    exit 3
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SURE    Nothing that costs money was found, but not everything could be
                checked.
    Bill        Not compared; `guardrail bill` shows it.

    Not checked 8 questions: the AWS session has expired. Sign in again with `aws
                login` or `aws sso login`, then run this again.
    Coverage    2 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    ");
    assert_snapshot!(sweep(&server, "--lang ja").exits(3), @r"
    exit 3
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    未確認      課金されているものは見つかりませんでしたが、確認できなかった場所があ
                ります。
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

    確認不可    8 件の確認: AWS のセッションの有効期限が切れました。`aws login` また
                は `aws sso login` でサインインし直してから、もう一度実行してくださ
                い。
    確認範囲    2 リージョン × 208 種類のうち 11 種類。指定されたリージョンと種類だ
                けを確認しました。
    ");
    let report = sweep(&server, "--format json").exits(3).json();
    assert!(report["gaps"].as_array().unwrap().iter().all(|gap| gap["cause"] == "expired"), "{report:#}");
    for form in ["markdown", "html"] {
        let screen = sweep(&server, &format!("--format {form}")).exits(3);
        assert!(screen.stdout.matches("session has expired").count() <= 2, "{screen}");
    }
}

#[test]
fn a_web_page_in_aws_place_is_named_once() {
    let services = ["ec2", "rds", "es", "elasticloadbalancing"];
    let server = services.into_iter().fold(gateways(&[ELSEWHERE]), Account::web_page).start();
    assert_snapshot!(sweep(&server, "").exits(3), @r"
    exit 3
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SURE    Nothing could be checked.
    Bill        Not compared; `guardrail bill` shows it.

    Not checked 22 questions: a web page or a foreign certificate came instead of
                AWS's answer. Sign in to the network, or check the proxy in
                HTTPS_PROXY.
    Coverage    2 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    ");
    let report = sweep(&server, "--format json").exits(3).json();
    let gaps = report["gaps"].as_array().unwrap();
    assert!(gaps.len() > 20 && gaps.iter().all(|gap| gap["cause"] == "not-aws"), "{report:#}");
}

#[test]
fn a_key_that_every_region_refuses_is_named_once() {
    let regions = Fixtures::of(&[]).regions(&[HERE, "eu-west-2"], &[]);
    let server = Account::of(regions).disabled_region(HERE).disabled_region("eu-west-2").start();
    assert_snapshot!(sweep(&server, "").exits(3), @r"
    exit 3
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SURE    Nothing could be checked.
    Bill        Not compared; `guardrail bill` shows it.

    Not checked 22 questions: no region accepts the credentials any more: the key
                may have been switched off or deleted. `aws sts get-caller-identity`
                shows whether it works.
    Coverage    2 regions × 11 of 208 types. Only the chosen regions and types were
                checked.
    ");
}

#[test]
fn exit_zero_is_for_findings_and_never_for_gaps() {
    let whole = gateways(&[ELSEWHERE]).start();
    let _ = sweep(&whole, "").exits(10);
    let _ = sweep(&whole, "--exit-zero").exits(0);
    let with_gap = gateways(&[ELSEWHERE]).deny("ec2", "DescribeVolumes").start();
    let _ = sweep(&with_gap, "").exits(10);
    let _ = sweep(&with_gap, "--exit-zero").exits(3);
}
