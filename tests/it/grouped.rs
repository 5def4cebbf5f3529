//! Many small things on the screen, what belongs to what, and the matrix of `-v`.

use insta::assert_snapshot;

use crate::responder::{Account, Fixtures};
use crate::world::{Screen, World};

const HERE: &str = "ap-northeast-1";

fn sweep(types: &[&str], more: &str) -> Screen {
    let fixtures = Fixtures::of(types).regions(&[HERE, "eu-west-1"], &["ap-east-1"]).only_in(HERE);
    let server = Account::of(fixtures).deny("ec2", "DescribeNatGateways").start();
    let line = format!("sweep --no-bill --offline-prices --resources {} {more}", types.join(","));
    World::new().env("COLUMNS", "80").endpoint(&server.url).run(&line).exits(10)
}

#[test]
fn small_things_of_a_type_and_region_are_one_line() {
    assert_snapshot!(sweep(&["ec2-snapshot"], ""), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2 regions × 1 type · 2026-11-23 00:00 UTC

     USD/month
             ?  EBS snapshot  ap-northeast-1  3 of them
                at most 8.25 USD · `-v` lists each

    Prices: AWS list prices before tax, of 2024-07-18. A month is 730 hours; “+”
    means part of it has no known price.
    1 region is not enabled in this account and cannot be looked into. What was left
    in a region before it was disabled goes on billing.
    Only the chosen regions and types were looked at.
    This sweep was not compared with the bill; `guardrail bill` shows what AWS says
    of it.

    3 resources are billing; what that costs is not known.
    ");
    let each = sweep(&["ec2-snapshot"], "-v").stdout;
    let one_line = sweep(&["ec2-snapshot"], "").stdout;
    let report = sweep(&["ec2-snapshot"], "--format json").json();
    for finding in report["findings"].as_array().unwrap() {
        let id = finding["id"].as_str().unwrap();
        assert!(each.contains(id) && !one_line.contains(id), "{id}");
        assert_eq!(finding["small"], true);
    }
}

#[test]
fn the_cause_is_told_instead_of_the_symptom() {
    assert_snapshot!(sweep(&["ec2-instance"], ""), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2 regions × 1 type · 2026-11-23 00:00 UTC

     USD/month
        518.30  EC2 instance  ap-northeast-1  i-0two6f1e8d3a5c72b (training)
                g4dn.xlarge
                belongs to the Auto Scaling group training-workers: end that first
                aws autoscaling update-auto-scaling-group --auto-scaling-group-name training-workers --min-size 0 --desired-capacity 0 --region ap-northeast-1
          9.93  EC2 instance  ap-northeast-1  i-0one4d7b2c9f6e813 (study)
                t3.micro
                aws ec2 stop-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
                aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1

    Prices: AWS list prices before tax, of 2025-11-04. A month is 730 hours; “+”
    means part of it has no known price.
    1 region is not enabled in this account and cannot be looked into. What was left
    in a region before it was disabled goes on billing.
    Only the chosen regions and types were looked at.
    This sweep was not compared with the bill; `guardrail bill` shows what AWS says
    of it.

    2 resources are billing, 0.72 USD/hour (528.23 USD/month).
    ");
}

#[test]
fn the_matrix() {
    assert_snapshot!(sweep(&["ec2-volume", "ec2-nat-gateway", "opensearch-domain"], "-v"), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2 regions × 3 types · 2026-11-23 00:00 UTC

     USD/month
      2,796.60  EBS volume         ap-northeast-1  vol-0two8ad1b4c7e2f93
                100 GB io2 + 32000 IOPS io2 + 8000 IOPS io2 · about 13,364.30 USD
                since 2026-06-30
                attached to nothing
                aws ec2 delete-volume --volume-id vol-0two8ad1b4c7e2f93 --region ap-northeast-1
     1,135.15+  OpenSearch domain  ap-northeast-1  logs-two
                2 × r5.large.search + 3 × m5.large.search + 2 ×
                ultrawarm1.medium.search + 200 GB gp3 (price unknown) + managed
                storage (price unknown)
                it cannot be stopped, only deleted · what it keeps in cold storage
                bills too
                aws opensearch delete-domain --domain-name logs-two --region ap-northeast-1
       490.56+  OpenSearch domain  ap-northeast-1  study-one
                3 × r5.large.elasticsearch + 30 GB gp2 (price unknown)
                it cannot be stopped, only deleted
                aws opensearch delete-domain --domain-name study-one --region ap-northeast-1
         60.00  EBS volume         ap-northeast-1  vol-0old64b8d2f7a1c95 (dataset)
                500 GB gp2 · about 1,145.42 USD since 2025-04-21
                attached to nothing
                aws ec2 delete-volume --volume-id vol-0old64b8d2f7a1c95 --region ap-northeast-1
         55.20  EBS volume         ap-northeast-1  vol-0two53e9a7c1d4f68
                200 GB gp3 + 3000 IOPS gp3 + 375 MiB/s gp3 · about 20.93 USD since
                2026-11-11
                attached to i-0two6f1e8d3a5c72b · deleted together with its instance
                aws ec2 terminate-instances --instance-ids i-0two6f1e8d3a5c72b --region ap-northeast-1
          2.88  EBS volume         ap-northeast-1  vol-0one91d3f5b7c2e46 (study)
                30 GB gp3 · about 4.92 USD since 2026-10-02
                attached to i-0one4d7b2c9f6e813 · deleted together with its instance
                aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1

    Could not be checked (2)
      ap-northeast-1 eu-west-1, ec2-nat-gateway: the permission
      ec2:DescribeNatGateways is missing

    Where was looked for what
    # bills, . nothing, - not offered, ! denied, O denied by the organisation, x
    region not enabled (nobody can look), ? failed
     1 ap-northeast-1   2 eu-west-1        3 ap-east-1
                       000
                       123
    ec2-nat-gateway    !!x
    ec2-volume         #.x
    opensearch-domain  #.x

    Prices: AWS list prices before tax, of 2024-07-18 to 2025-04-24. A month is 730
    hours; “+” means part of it has no known price.
    1 region is not enabled in this account and cannot be looked into. What was left
    in a region before it was disabled goes on billing.
    Only the chosen regions and types were looked at.
    This sweep was not compared with the bill; `guardrail bill` shows what AWS says
    of it.

    6 resources are billing, at least 6.22 USD/hour (4,540.39 USD/month).
    2 places could not be checked.
    ");
    assert_snapshot!(sweep(&["ec2-volume", "ec2-nat-gateway"], "-v --lang ja"), @r"
    exit 10
    --- stdout
    アカウント 123456789012 · 2 リージョン × 2 種類 · 2026-11-23 00:00 UTC

         USD/月
      2,796.60  EBS ボリューム  ap-northeast-1  vol-0two8ad1b4c7e2f93
                100 GB io2 + 32000 IOPS io2 + 8000 IOPS io2 · 2026-06-30 からおよそ
                13,364.30 USD
                どこにも接続されていません
                aws ec2 delete-volume --volume-id vol-0two8ad1b4c7e2f93 --region ap-northeast-1
         60.00  EBS ボリューム  ap-northeast-1  vol-0old64b8d2f7a1c95 (dataset)
                500 GB gp2 · 2025-04-21 からおよそ 1,145.42 USD
                どこにも接続されていません
                aws ec2 delete-volume --volume-id vol-0old64b8d2f7a1c95 --region ap-northeast-1
         55.20  EBS ボリューム  ap-northeast-1  vol-0two53e9a7c1d4f68
                200 GB gp3 + 3000 IOPS gp3 + 375 MiB/s gp3 · 2026-11-11 からおよそ
                20.93 USD
                接続先: i-0two6f1e8d3a5c72b · インスタンスと一緒に削除されます
                aws ec2 terminate-instances --instance-ids i-0two6f1e8d3a5c72b --region ap-northeast-1
          2.88  EBS ボリューム  ap-northeast-1  vol-0one91d3f5b7c2e46 (study)
                30 GB gp3 · 2026-10-02 からおよそ 4.92 USD
                接続先: i-0one4d7b2c9f6e813 · インスタンスと一緒に削除されます
                aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1

    調べられなかった場所(2)
      ap-northeast-1 eu-west-1, ec2-nat-gateway: 権限 ec2:DescribeNatGateways があり
      ません

    どこで何を調べたか
    # 課金あり、. なし、- 提供なし、! 権限なし、O 組織が禁止、x 未有効のリージョン (
    調べられません)、? 失敗
     1 ap-northeast-1   2 eu-west-1        3 ap-east-1
                     000
                     123
    ec2-nat-gateway  !!x
    ec2-volume       #.x

    価格は 2024-07-18 時点の AWS 定価(税抜)です。1 か月は 730 時間、「+」は一部の価
    格が不明という意味です。
    有効になっていないリージョンが 1 あり、その中は調べられません。無効にする前に残
    したものは課金され続けます。
    指定されたリージョンと種類だけを調べました。
    この結果は請求と照合していません。AWS の数字は `guardrail bill` で確認できます。

    4 件が課金中です: 少なくとも 3.99 USD/時(2,914.68 USD/月)。
    2 か所は調べられませんでした。
    ");
}
