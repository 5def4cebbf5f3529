//! The commands that need no account: the catalogue, the profiles, the policy.

use insta::assert_snapshot;

use crate::generated::holds;
use crate::world::{Screen, World};

fn run(line: &str) -> Screen {
    World::new().env("COLUMNS", "80").run(line).exits(0)
}

/// The first lines of a long screen.
fn top(line: &str, lines: usize) -> String {
    run(line).stdout.split_inclusive('\n').take(lines).collect()
}

#[test]
fn resources() {
    assert_snapshot!(top("resources --lang en", 10), @r"
    ec2-instance                  EC2 instance
                                  per second while it runs, by its type
                                  ec2:DescribeInstances
    ec2-volume                    EBS volume
                                  per GB of its size and for extra speed, attached
                                  or not
                                  ec2:DescribeVolumes
    ec2-snapshot                  EBS snapshot
                                  per GB of the blocks it alone holds, at most the
                                  size of its volume
    ");
    assert_snapshot!(top("resources --lang ja", 10), @r"
    ec2-instance                  EC2 インスタンス
                                  起動している間、タイプに応じて 1 秒ごと
                                  ec2:DescribeInstances
    ec2-volume                    EBS ボリューム
                                  未接続でも、サイズ(GB)と追加の性能に応じて
                                  ec2:DescribeVolumes
    ec2-snapshot                  EBS スナップショット
                                  固有のブロックの GB ごと(多くてもボリュームのサイ
                                  ズ分)
                                  ec2:DescribeSnapshots
    ");
}

/// The documents have a row for every type, and no others.
#[test]
fn the_documents_are_the_programs_output() {
    for (lang, file) in [("en", "docs/catalogue.md"), ("ja", "docs/catalogue.ja.md")] {
        let said = run(&format!("resources --format markdown --lang {lang}")).stdout;
        holds(file, &said, "UPDATE_CATALOGUE");
    }
}

#[test]
fn profiles() {
    assert_snapshot!(run("profile list"), @r"
    exit 0
    --- stdout
    personal      One person's account: warns early, by mail, about every kind of
                  charge
    study         For tutorials and courses: a small limit, and alarms from the
                  first dollars
    training-org  A training account in an organisation: budgets on the limit, the
                  organisation's own trail
    ");
    assert_snapshot!(run("profile list --lang ja"), @r"
    exit 0
    --- stdout
    personal      個人のアカウント向け: あらゆる課金を早めにメールで警告します
    study         学習用: 上限額は小さく、数ドルの段階から警告します
    training-org  組織の研修用アカウント向け: 上限額に対する予算と、組織の証跡を使い
                  ます
    ");
    assert_snapshot!(run("profile check study"), @r"
    exit 0
    --- stdout
    The profile study is good.
    ");
    assert_snapshot!(run("profile check study --lang ja"), @r"
    exit 0
    --- stdout
    プロファイル study に問題はありません。
    ");
}

#[test]
fn a_policy_is_the_same_in_every_language() {
    assert_snapshot!(top("policy sweep", 12), @r#"
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "GuardrailSweep",
          "Effect": "Allow",
          "Action": [
            "access-analyzer:ListAnalyzers",
            "acm-pca:ListCertificateAuthorities",
            "airflow:GetEnvironment",
            "airflow:ListEnvironments",
            "aoss:BatchGetCollection",
    "#);
    assert_eq!(run("policy sweep").stdout, run("policy sweep --lang ja").stdout);
}

#[test]
fn every_command_has_a_policy_and_all_but_stop_and_delete_are_the_default() {
    let statements = |line: &str| run(line).json()["Statement"].as_array().unwrap().clone();
    let commands = ["sweep", "bill", "appeal", "advice", "init", "check", "remove", "send-test", "who", "notify"];
    let each = commands.map(|command| statements(&format!("policy {command}")));
    assert_eq!(each.concat(), statements("policy"));
    for statement in each.concat() {
        assert!(!statement["Action"].as_array().unwrap().is_empty(), "{statement:#}");
    }
}
