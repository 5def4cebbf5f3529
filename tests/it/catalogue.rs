//! What the program can say without any account: the catalogue, the profiles, the policy.

use insta::assert_snapshot;

use crate::world::{Screen, World};

fn run(line: &str) -> Screen {
    World::new().env("COLUMNS", "80").run(line).exits(0)
}

#[test]
fn resources() {
    assert_snapshot!(run("resources"), @r"
    exit 0
    --- stdout
    ec2-instance           EC2 instance
                           per second while it runs, by its type
                           ec2:DescribeInstances
    ec2-volume             EBS volume
                           per GB of its size and for extra speed, attached or not
                           ec2:DescribeVolumes
    ec2-snapshot           EBS snapshot
                           per GB of the blocks it alone holds, at most the size of
                           its volume
                           ec2:DescribeSnapshots
    ec2-address            Public IPv4 address
                           per hour, in use or idle
                           ec2:DescribeAddresses ec2:DescribeNetworkInterfaces
    ec2-nat-gateway        NAT gateway
                           per hour while it exists, used or not, and per GB that
                           passes
                           ec2:DescribeNatGateways
    load-balancer          Load balancer (ALB, NLB, GWLB)
                           per hour while it exists, and per capacity unit (LCU)
                           that its traffic uses
                           elasticloadbalancing:DescribeLoadBalancers
    classic-load-balancer  Classic load balancer
                           per hour while it exists, used or not, and per GB that
                           passes
                           elasticloadbalancing:DescribeLoadBalancers
    rds-instance           Database instance (RDS)
                           per hour while it runs; its storage per GB and month even
                           when stopped, and AWS starts it again after 7 days
                           rds:DescribeDBInstances
    rds-cluster            Database cluster (Aurora, RDS)
                           its storage per GB and month even when stopped, and
                           serverless capacity per hour; its instances bill on their
                           own
                           rds:DescribeDBClusters rds:DescribeDBInstances
    rds-snapshot           Database snapshot
                           per GB and month beyond a free allowance as large as the
                           region's running databases
                           rds:DescribeDBSnapshots rds:DescribeDBClusterSnapshots
    opensearch-domain      OpenSearch domain
                           per hour and node while it exists, and per GB and month
                           of its volumes; it cannot be stopped
                           es:ListDomainNames es:DescribeDomains
    ");
    assert_snapshot!(run("resources --lang ja"), @r"
    exit 0
    --- stdout
    ec2-instance           EC2 インスタンス
                           起動している間、タイプに応じて 1 秒ごと
                           ec2:DescribeInstances
    ec2-volume             EBS ボリューム
                           未接続でも、サイズの GB ごとと追加の性能
                           ec2:DescribeVolumes
    ec2-snapshot           EBS スナップショット
                           固有のブロックの GB ごと (多くてもボリュームのサイズ分)
                           ec2:DescribeSnapshots
    ec2-address            パブリック IPv4 アドレス
                           使用中でも未使用でも 1 時間ごと
                           ec2:DescribeAddresses ec2:DescribeNetworkInterfaces
    ec2-nat-gateway        NAT ゲートウェイ
                           存在する間は使わなくても 1 時間ごと、加えて通過した GB ご
                           と
                           ec2:DescribeNatGateways
    load-balancer          ロードバランサー (ALB、NLB、GWLB)
                           存在する間は 1 時間ごと、加えて通信量に応じたキャパシテ
                           ィーユニット (LCU) ごと
                           elasticloadbalancing:DescribeLoadBalancers
    classic-load-balancer  Classic Load Balancer
                           存在する間は使わなくても 1 時間ごと、加えて通過した GB ご
                           と
                           elasticloadbalancing:DescribeLoadBalancers
    rds-instance           データベースインスタンス (RDS)
                           実行中は 1 時間ごと。ストレージは停止中も GB・月ごと。停
                           止しても 7 日後に自動で起動
                           rds:DescribeDBInstances
    rds-cluster            データベースクラスター (Aurora、RDS)
                           ストレージは停止中も GB・月ごと、サーバーレスの容量は 1
                           時間ごと。インスタンスは別に課金
                           rds:DescribeDBClusters rds:DescribeDBInstances
    rds-snapshot           データベースのスナップショット
                           GB・月ごと。リージョン内の実行中データベースと同じ容量ま
                           では無料
                           rds:DescribeDBSnapshots rds:DescribeDBClusterSnapshots
    opensearch-domain      OpenSearch ドメイン
                           存在する間はノードごとに 1 時間ごと、加えてボリュームの
                           GB・月ごと。停止はできない
                           es:ListDomainNames es:DescribeDomains
    ");
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
    personal      個人のアカウント向け:あらゆる課金を早めにメールで知らせます
    study         学習用:上限額は小さく、数ドルの段階から警告します
    training-org  組織の研修用アカウント向け:上限額に対する予算と、組織の証跡を使い
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
    assert_snapshot!(run("policy sweep"), @r#"
    exit 0
    --- stdout
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "GuardrailSweep",
          "Effect": "Allow",
          "Action": [
            "ec2:DescribeAddresses",
            "ec2:DescribeInstances",
            "ec2:DescribeNatGateways",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeRegions",
            "ec2:DescribeSnapshots",
            "ec2:DescribeVolumes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "es:DescribeDomains",
            "es:ListDomainNames",
            "iam:ListAccountAliases",
            "rds:DescribeDBClusterSnapshots",
            "rds:DescribeDBClusters",
            "rds:DescribeDBInstances",
            "rds:DescribeDBSnapshots"
          ],
          "Resource": "*"
        }
      ]
    }
    "#);
    assert_eq!(run("policy sweep").stdout, run("policy sweep --lang ja").stdout);
}

#[test]
fn every_command_has_a_policy_and_all_of_them_are_the_default() {
    let statements = |line: &str| run(line).json()["Statement"].as_array().unwrap().clone();
    let each =
        ["sweep", "init", "check", "remove", "send-test"].map(|command| statements(&format!("policy {command}")));
    assert_eq!(each.concat(), statements("policy"));
    for statement in each.concat() {
        assert!(!statement["Action"].as_array().unwrap().is_empty(), "{statement:#}");
    }
}
