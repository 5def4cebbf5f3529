//! Groups on the screen: many small things, owners with what they own, and the matrix of `-v`.

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
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    3 resources cost at most 8.25 USD a month.
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
         ≤8.25  EBS snapshot  ap-northeast-1  3 of them
                snap-0one7c4e1b9d6f382 (dataset) ≤6.13 · snap-0ami3d8f5a2c7e194
                ≤1.50 · snap-0two5e2b8f4a1d936 ≤0.63
                “≤” at most · `-v` shows everything

    Coverage    2 regions × 1 of 208 types. Only the chosen regions and types were
                checked. 1 region is not enabled and cannot be checked: what was
                left there is still charged.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
    let each = sweep(&["ec2-snapshot"], "-v").stdout;
    let one_line = sweep(&["ec2-snapshot"], "").stdout;
    let report = sweep(&["ec2-snapshot"], "--format json").json();
    for finding in report["findings"].as_array().unwrap() {
        let id = finding["id"].as_str().unwrap();
        assert!(each.contains(id), "{id}");
        assert_eq!(finding["small"], true);
    }
    assert!(each.contains("aws ec2 ") && !one_line.contains("aws ec2 "), "{one_line}");
}

#[test]
fn the_cause_is_listed_instead_of_the_symptom() {
    assert_snapshot!(sweep(&["ec2-instance"], ""), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    2 resources cost 528.23 USD a month, 17.37 every day.
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
        518.30  Auto Scaling group  ap-northeast-1  training-workers
                EC2 instance i-0two6f1e8d3a5c72b (training) 518.30
          end!  aws autoscaling update-auto-scaling-group --auto-scaling-group-name training-workers --min-size 0 --desired-capacity 0 --region ap-northeast-1
          9.93  EC2 instance        ap-northeast-1  i-0one4d7b2c9f6e813 (study)
                t3.micro
          stop  aws ec2 stop-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
       delete!  aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
                “!” cannot be undone · `-v` shows everything

    Coverage    2 regions × 1 of 208 types. Only the chosen regions and types were
                checked. 1 region is not enabled and cannot be checked: what was
                left there is still charged.
    Prices      AWS list prices before tax, of 2026-10-15.
    ");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a screen in two languages")]
fn the_matrix() {
    assert_snapshot!(sweep(&["ec2-volume", "ec2-nat-gateway", "opensearch-domain"], "-v"), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    6 resources cost at least 4,569.67 USD a month, 150.24 every day.
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
      2,796.60  EBS volume         ap-northeast-1  vol-0two8ad1b4c7e2f93
                100 GB io2 + 32000 IOPS io2 + 8000 IOPS io2 (price of 2024-07-18) ·
                about 13,364.30 USD since 2026-06-30
                not attached to anything
       delete!  aws ec2 delete-volume --volume-id vol-0two8ad1b4c7e2f93 --region ap-northeast-1
     1,164.43+  OpenSearch domain  ap-northeast-1  logs-two
                2 × r5.large.search (price of 2025-04-24) + 3 × m5.large.search
                (price of 2025-04-24) + 2 × ultrawarm1.medium.search (price of
                2025-04-24) + 200 GB gp3 + managed storage (by use, metered by AWS)
                it cannot be stopped, only deleted · its data in cold storage is
                charged, too
       delete!  aws opensearch delete-domain --domain-name logs-two --region ap-northeast-1
       490.56+  OpenSearch domain  ap-northeast-1  study-one
                3 × r5.large.elasticsearch (price of 2025-04-24) + 30 GB gp2 (price
                unknown)
                it cannot be stopped, only deleted
       delete!  aws opensearch delete-domain --domain-name study-one --region ap-northeast-1
         60.00  EBS volume         ap-northeast-1  vol-0old64b8d2f7a1c95 (dataset)
                500 GB gp2 · about 1,145.42 USD since 2025-04-21
                not attached to anything
       delete!  aws ec2 delete-volume --volume-id vol-0old64b8d2f7a1c95 --region ap-northeast-1
         55.20  EBS volume         ap-northeast-1  vol-0two53e9a7c1d4f68
                200 GB gp3 + 3000 IOPS gp3 + 375 MiB/s gp3 · about 20.93 USD since
                2026-11-11
                attached to i-0two6f1e8d3a5c72b · deleted together with its instance
       delete!  aws ec2 terminate-instances --instance-ids i-0two6f1e8d3a5c72b --region ap-northeast-1
          2.88  EBS volume         ap-northeast-1  vol-0one91d3f5b7c2e46 (study)
                30 GB gp3 · about 4.92 USD since 2026-10-02
                attached to i-0one4d7b2c9f6e813 · deleted together with its instance
       delete!  aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
                “!” cannot be undone · “+” a part is unknown

    Could not be checked (2)
      ap-northeast-1 eu-west-1, ec2-nat-gateway: the permission
      ec2:DescribeNatGateways is missing

    Coverage (resource types × regions)
    # charged, . nothing, - not offered, ! denied, O denied by the organisation, x
    region disabled, ? failed
     1 ap-northeast-1   2 eu-west-1        3 ap-east-1
                       000
                       123
    ec2-nat-gateway    !!x
    ec2-volume         #.x
    opensearch-domain  #.x

    Missing     1 permission: ec2:DescribeNatGateways. `guardrail policy sweep`
                prints the policy to attach.
    Coverage    2 regions × 3 of 208 types. Only the chosen regions and types were
                checked. 1 region is not enabled and cannot be checked: what was
                left there is still charged.
    Prices      AWS list prices before tax, of 2023-01 to 2026-10-15.
    ");
    assert_snapshot!(sweep(&["ec2-volume", "ec2-nat-gateway"], "-v --lang ja"), @r"
    exit 10
    --- stdout
    アカウント 123456789012 · 2026-11-23 00:00 UTC

    課金中      4 件で少なくとも 2,914.68 USD/月、毎日 95.83 USD の課金です。
    請求        この結果とは照合していません。`guardrail bill` で確認できます。

        USD/月
      2,796.60  EBS ボリューム  ap-northeast-1  vol-0two8ad1b4c7e2f93
                100 GB io2 + 32000 IOPS io2 + 8000 IOPS io2 (2024-07-18 時点の価格)
                · 2026-06-30 からおよそ 13,364.30 USD
                どこにもアタッチされていません
         削除!  aws ec2 delete-volume --volume-id vol-0two8ad1b4c7e2f93 --region ap-northeast-1
         60.00  EBS ボリューム  ap-northeast-1  vol-0old64b8d2f7a1c95 (dataset)
                500 GB gp2 · 2025-04-21 からおよそ 1,145.42 USD
                どこにもアタッチされていません
         削除!  aws ec2 delete-volume --volume-id vol-0old64b8d2f7a1c95 --region ap-northeast-1
         55.20  EBS ボリューム  ap-northeast-1  vol-0two53e9a7c1d4f68
                200 GB gp3 + 3000 IOPS gp3 + 375 MiB/s gp3 · 2026-11-11 からおよそ
                20.93 USD
                アタッチ先: i-0two6f1e8d3a5c72b · インスタンスと一緒に削除されます
         削除!  aws ec2 terminate-instances --instance-ids i-0two6f1e8d3a5c72b --region ap-northeast-1
          2.88  EBS ボリューム  ap-northeast-1  vol-0one91d3f5b7c2e46 (study)
                30 GB gp3 · 2026-10-02 からおよそ 4.92 USD
                アタッチ先: i-0one4d7b2c9f6e813 · インスタンスと一緒に削除されます
         削除!  aws ec2 terminate-instances --instance-ids i-0one4d7b2c9f6e813 --region ap-northeast-1
                「!」は元に戻せません

    調べられなかった場所(2)
      ap-northeast-1 eu-west-1, ec2-nat-gateway: 権限 ec2:DescribeNatGateways があり
      ません

    確認範囲(リソースの種類 × リージョン)
    # 課金あり、. なし、- 提供なし、! 権限なし、O 組織が禁止、x 無効なリージョン、?
    失敗
     1 ap-northeast-1   2 eu-west-1        3 ap-east-1
                     000
                     123
    ec2-nat-gateway  !!x
    ec2-volume       #.x

    権限不足    1 件の権限がありません: ec2:DescribeNatGateways。`guardrail policy
                sweep` で必要なポリシーを表示できます。
    確認範囲    2 リージョン × 208 種類のうち 2 種類。指定されたリージョンと種類だけ
                を確認しました。有効でない 1 リージョンは確認できません。そこに残し
                たものがあれば課金が続きます。
    価格        2024-07-18 から 2026-10-15 時点の AWS 定価(税抜)。
    ");
}

#[test]
fn a_bucket_is_looked_into_before_it_is_deleted_and_an_empty_one_is_none() {
    let account = || Account::of(Fixtures::of(&["s3-bucket"]).regions(&[HERE, "eu-west-1", "us-east-1"], &[]));
    let run = |account: Account| {
        let line = "sweep --offline-prices --no-bill --resources s3-bucket";
        World::narrow(&account.start().url).run(line).exits(10)
    };
    assert_snapshot!(run(account()), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    2 resources cost at least 0.42 USD a month, 0.01 every day.
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
         0.25+  S3 bucket  ap-northeast-1  study-one
                10 GB Standard (price of 2025-10-22) + 10 GB Glacier Deep Archive
                (price unknown) · deleting it destroys everything in it · if it
                keeps old versions, delete them first: the command leaves them, and
                AWS refuses
          look  aws s3 ls s3://study-one --recursive --summarize --human-readable --region ap-northeast-1
       delete!  aws s3 rb s3://study-one --force --region ap-northeast-1
          0.17  S3 bucket  eu-west-1       study-two
                10 GB Standard-IA (price of 2025-10-22) + 10 GB Intelligent-Tiering
                AIA (price of 2025-10-22) · deleting it destroys everything in it ·
                if it keeps old versions, delete them first: the command leaves
                them, and AWS refuses
          look  aws s3 ls s3://study-two --recursive --summarize --human-readable --region eu-west-1
       delete!  aws s3 rb s3://study-two --force --region eu-west-1
                “!” cannot be undone · “+” a part is unknown · `-v` shows everything

    Coverage    3 regions × 1 of 208 types. Only the chosen regions and types were
                checked.
    Prices      AWS list prices before tax, of 2025-10-22.
    ");
    // Without figures, an empty bucket is like any other.
    assert_snapshot!(run(account().deny("monitoring", "ListMetrics")), @r"
    exit 10
    --- stdout
    Account 123456789012 · 2026-11-23 00:00 UTC

    NOT SAFE    3 resources cost money; how much is not known.
    Bill        Not compared; `guardrail bill` shows it.

     USD/month
             ?  S3 bucket  ap-northeast-1  2 of them
                study-empty ? · study-one ? · AWS has given no figure of its size
                yet, or it could not be read
             ?  S3 bucket  eu-west-1       study-two
                Standard (by use, metered by AWS) · AWS has given no figure of its
                size yet, or it could not be read · deleting it destroys everything
                in it · if it keeps old versions, delete them first: the command
                leaves them, and AWS refuses
          look  aws s3 ls s3://study-two --recursive --summarize --human-readable --region eu-west-1
       delete!  aws s3 rb s3://study-two --force --region eu-west-1
                “!” cannot be undone · “?” by use or unknown · `-v` shows everything

    Missing     1 permission: cloudwatch:ListMetrics. `guardrail policy sweep`
                prints the policy to attach.
    Coverage    3 regions × 1 of 208 types. Only the chosen regions and types were
                checked.
    Prices      AWS list prices before tax, of 2025-10-22.
    ");
}
