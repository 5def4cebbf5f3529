//! The screens of the demo account, at 80 columns, in both languages; and when they are coloured.

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use crate::practice::{self, SOME};
use crate::world::{Screen, World};

fn run(line: &str) -> Screen {
    World::new().env("COLUMNS", "80").run(line)
}

#[test]
fn sweep() {
    assert_snapshot!(practice::sweep("--lang en"), @r"
    exit 10
    --- stdout
    Account 123456789012 (practice) · 2026-11-23 00:00 UTC

    NOT SAFE    4 resources cost at least 381.54 USD a month, 12.54 every day. The
                price of 1 is unknown.
    New         1 resource since 2026-10-31 20:00 UTC, 365.75 USD a month:
                OpenSearch domain study 365.75
    Gone        1 resource is no longer charged, 45.26 USD a month: NAT gateway
                nat-0d3f5b7a9c1e2f406 45.26
    Bill        407.44 USD so far in 2026-11 (6 hours ago) · 18.73 USD a day · about
                561.96 USD by the month's end, 56 × your limit of 10.00 USD

     USD/month
        365.75  OpenSearch domain        ap-northeast-1  study  new
                3 × m6g.large.search + 45 GB gp3
       delete!  aws opensearch delete-domain --domain-name study --region ap-northeast-1
         2.54+  Database instance (RDS)  eu-west-1
                course-db  stopped; its storage is still charged
                ≤ 2 × vCPU extended support (price unknown) + 20 GB gp2 · its
                version is past standard support: it costs extra, often more than
                the rest together, until it is upgraded or deleted; stopping does
                not end that · AWS restarts it automatically on 2026-11-27 09:14 UTC
       delete!  aws rds delete-db-instance --db-instance-identifier course-db --final-db-snapshot-identifier course-db-final --region eu-west-1
         13.25  EC2 instance             ap-northeast-1  i-0a1b2c3d4e5f60718
                EBS volume vol-0c4b1e7d92aa35f10 (workshop) 9.60 (deleted with it) ·
                Public IPv4 address eipalloc-0f6a2c8b1d3e54790 (203.0.113.25) 3.65 ·
                its instance is stopped
       delete!  aws ec2 terminate-instances --instance-ids i-0a1b2c3d4e5f60718 --region ap-northeast-1
          then  aws ec2 wait instance-terminated --instance-ids i-0a1b2c3d4e5f60718 --region ap-northeast-1 &&
                aws ec2 release-address --allocation-id eipalloc-0f6a2c8b1d3e54790 --region ap-northeast-1
                “!” cannot be undone · “+” a part is unknown · `-v` shows everything

    Explained   12.54 of 18.73 USD a day. Not found: RDS (AmazonRDS) 5.05 (part of
                the findings has no known price); Data transfer (AWSDataTransfer)
                1.15 (data transfer out of AWS or between regions and zones, which
                no API of AWS lists; `guardrail bill` looks for likely causes).
    Coverage    17 regions × 208 types. 17 regions are not enabled and cannot be
                checked: what was left there is still charged.
    Prices      AWS list prices before tax, of 2025-11-04 to 2026-10-15.
    ");
    assert_snapshot!(practice::sweep("--lang ja"), @r"
    exit 10
    --- stdout
    アカウント 123456789012 (practice) · 2026-11-23 00:00 UTC

    課金中      4 件で少なくとも 381.54 USD/月、毎日 12.54 USD の課金です。うち 1 件
                は価格が不明です。
    新規        2026-10-31 20:00 UTC から 1 件、365.75 USD/月: OpenSearch ドメイン
                study 365.75
    解消        1 件の課金がなくなりました。45.26 USD/月: NAT ゲートウェイ
                nat-0d3f5b7a9c1e2f406 45.26
    請求        2026 年 11 月は現在 407.44 USD(6 時間前の時点) · 1 日あたり 18.73
                USD · 月末には約 561.96 USD(上限 10.00 USD の 56 倍)

        USD/月
        365.75  OpenSearch ドメイン            ap-northeast-1  study  新規
                3 × m6g.large.search + 45 GB gp3
         削除!  aws opensearch delete-domain --domain-name study --region ap-northeast-1
         2.54+  データベースインスタンス(RDS)  eu-west-1
                course-db  停止中(ストレージは課金されます)
                ≤ 2 × vCPU extended support (価格不明) + 20 GB gp2 · バージョンの標
                準サポートは終了しています。アップグレードまたは削除するまで延長サ
                ポートの料金がかかります(本体より高いことも多く、停止しても止まりま
                せん) · 2026-11-27 09:14 UTC に AWS が自動で起動します
         削除!  aws rds delete-db-instance --db-instance-identifier course-db --final-db-snapshot-identifier course-db-final --region eu-west-1
         13.25  EC2 インスタンス               ap-northeast-1  i-0a1b2c3d4e5f60718
                EBS ボリューム vol-0c4b1e7d92aa35f10 (workshop) 9.60(一緒に削除され
                ます) · パブリック IPv4 アドレス eipalloc-0f6a2c8b1d3e54790
                (203.0.113.25) 3.65 · アタッチ先のインスタンスは停止中です
         削除!  aws ec2 terminate-instances --instance-ids i-0a1b2c3d4e5f60718 --region ap-northeast-1
        続けて  aws ec2 wait instance-terminated --instance-ids i-0a1b2c3d4e5f60718 --region ap-northeast-1 &&
                aws ec2 release-address --allocation-id eipalloc-0f6a2c8b1d3e54790 --region ap-northeast-1
                「!」は元に戻せません · 「+」一部は金額不明 · `-v` ですべて表示

    内訳        1 日あたり 18.73 USD のうち 12.54 USD。見つからないもの: RDS
                (AmazonRDS) 5.05 (見つかったものの一部は価格が不明です); Data
                transfer (AWSDataTransfer) 1.15 (AWS の外、またはリージョンやアベイ
                ラビリティーゾーンの間のデータ転送です。一覧にする API はなく、考え
                られる原因は `guardrail bill` で調べられます)。
    確認範囲    17 リージョン × 208 種類。有効でない 17 リージョンは確認できません。
                そこに残したものがあれば課金が続きます。
    価格        2025-11-04 から 2026-10-15 時点の AWS 定価(税抜)。
    ");
}

#[test]
fn init() {
    assert_snapshot!(run("init --dry-run --demo"), @r"
    exit 0
    --- stdout
    Account 123456789012 (practice) · profile personal · region us-east-1

    + Notification topic  to create · 0.00 USD/month
        An SNS topic that e-mails every warning to you.
        sent to hana@example.com
    + Billing alarm  to create · 0.00 USD/month
        CloudWatch alarms on this month's estimated charges, which AWS updates
        several times a day.
        alarm guardrail-billing-10-usd: threshold 10 USD
        alarm guardrail-billing-5-usd: threshold 5 USD
        The first 10 alarms of an account are free; each further alarm costs 0.10
        USD a month.
    + Zero-spend budget  to create · 0.00 USD/month
        Warns at the first cent.
        budget guardrail-zero-spend: limit 1 USD, warns at actual > 0.01 USD
        Budgets that only warn cost nothing.
    + Monthly budget  to create · 0.00 USD/month
        Warns as the month's limit is used up, and when AWS forecasts that it will
        be exceeded.
        budget guardrail-monthly: limit 10 USD, warns at actual > 50 %, actual >
        85 %, actual > 100 %, forecast > 100 %
        Budgets that only warn cost nothing.
    + Free-tier budgets  to create · 0.00 USD/month
        Warn before a free-tier allowance is used up.
        budget guardrail-free-tier-ec2-hours: limit 750 hours, warns at actual >
        85 %
        budget guardrail-free-tier-rds-hours: limit 750 hours, warns at actual >
        85 %
        budget guardrail-free-tier-s3-storage: limit 5 GB-months, warns at actual >
        85 %
        Budgets that only warn cost nothing.
    + Cost anomaly detection  to create · 0.00 USD/month
        AWS detects spending that is unusual for this account and reports its cause.
        guardrail-anomalies: threshold 1 USD
        Anomaly detection itself is free. AWS may charge 0.01 USD for each of the
        few API requests that set it up or check it (three for a check).
    + Audit trail  to create · 0.00 USD/month
        Records who did what in the account, in every region, as log files in a
        bucket of its own.
        bucket: logs expire after (days) 90, name guardrail-trail-123456789012
        trail: name guardrail-trail
        The first copy of management events is free; a second trail is charged for
        every event.
        The log files are charged as S3 storage until they expire, usually a few
        cents a month.

    Plan for 8 safeguards: 7 to create, 0 to change, 0 to remove, 1 already set up.
    Together they cost 0.00 USD/month.
    ");
    assert_snapshot!(run("init --dry-run --demo --lang ja"), @r"
    exit 0
    --- stdout
    アカウント 123456789012 (practice) · プロファイル personal · リージョン
    us-east-1

    + 通知トピック  作成予定 · 0.00 USD/月
        すべての警告をメールで届ける SNS トピック(AWS の通知サービスの送信口)です。
        送信先: hana@example.com
    + 請求アラーム  作成予定 · 0.00 USD/月
        今月の概算請求額を監視する CloudWatch アラームです。金額は AWS が 1 日に数回
        更新します。
        アラーム guardrail-billing-10-usd: しきい値: 10 USD
        アラーム guardrail-billing-5-usd: しきい値: 5 USD
        アラームはアカウントごとに 10 個まで無料です。それ以降は 1 個につき月 0.10
        USD かかります。
    + ゼロ支出予算  作成予定 · 0.00 USD/月
        最初の 1 セントで警告します。
        予算 guardrail-zero-spend: 上限: 1 USD、通知: 実績が 0.01 USD 超
        通知だけの予算に料金はかかりません。
    + 月次予算  作成予定 · 0.00 USD/月
        月の上限額に近づいたときと、超えると予測されたときに警告します。
        予算 guardrail-monthly: 上限: 10 USD、通知: 実績が 50 % 超、実績が 85 % 超、
        実績が 100 % 超、予測が 100 % 超
        通知だけの予算に料金はかかりません。
    + 無料利用枠の予算  作成予定 · 0.00 USD/月
        無料利用枠を使い切る前に警告します。
        予算 guardrail-free-tier-ec2-hours: 上限: 750 時間、通知: 実績が 85 % 超
        予算 guardrail-free-tier-rds-hours: 上限: 750 時間、通知: 実績が 85 % 超
        予算 guardrail-free-tier-s3-storage: 上限: 5 GB・月、通知: 実績が 85 % 超
        通知だけの予算に料金はかかりません。
    + コスト異常検出  作成予定 · 0.00 USD/月
        このアカウントの普段と異なる支出を AWS が検出し、その原因を知らせます。
        guardrail-anomalies: しきい値: 1 USD
        異常検出そのものは無料です。設定と確認に使う数回の API リクエスト(check では
        3 回)に、AWS が 1 回あたり 0.01 USD を課金することがあります。
    + 操作の証跡  作成予定 · 0.00 USD/月
        誰が何を操作したかを、全リージョンにわたって専用のバケットにログファイルとし
        て記録します。
        バケット: ログの保存日数: 90、名前: guardrail-trail-123456789012
        証跡: 名前: guardrail-trail
        管理イベントは最初の 1 コピーが無料です。証跡(操作の記録)を 2 つ以上作ると、
        2 つ目以降はイベントごとに課金されます。
        ログファイルは期限切れで削除されるまで S3 のストレージとして課金されます。通
        常は月に数セントです。

    計画(安全対策 8 個): 作成 7、変更 0、削除 0、設定済み 1。費用は合計 0.00 USD/月
    です。
    ");
}

#[test]
fn check() {
    assert_snapshot!(run("check --demo"), @r"
    exit 10
    --- stdout
    Account 123456789012 (practice) · profile personal · region us-east-1

    = Billing alerts preference  OK
    ! Notification topic  missing
    ! Billing alarm  missing
    ! Zero-spend budget  missing
    ! Monthly budget  missing
    ! Free-tier budgets  missing
    ! Cost anomaly detection  missing
    ! Audit trail  missing

    Does a warning reach you?
      ok        AWS publishes this account's estimated charges

    7 of 8 safeguards do not match the profile. Run `guardrail init` to fix this.
    ");
    assert_snapshot!(run("check --demo --lang ja"), @r"
    exit 10
    --- stdout
    アカウント 123456789012 (practice) · プロファイル personal · リージョン
    us-east-1

    = 請求アラートの設定  プロファイルどおり
    ! 通知トピック  なし
    ! 請求アラーム  なし
    ! ゼロ支出予算  なし
    ! 月次予算  なし
    ! 無料利用枠の予算  なし
    ! コスト異常検出  なし
    ! 操作の証跡  なし

    警告は届くか
      正常      AWS はこのアカウントの概算請求額を公開しています

    8 個の安全対策のうち 7 個がプロファイルと異なります。`guardrail init` で修正でき
    ます。
    ");
}

#[test]
fn remove() {
    assert_snapshot!(run("remove --dry-run --demo"), @r"
    exit 0
    --- stdout
    Account 123456789012 (practice) · profile personal · region us-east-1

    = Billing alerts preference  unchanged
        It stays enabled: AWS cannot disable it. It costs nothing.

    No changes. This account has nothing that guardrail created.
    ");
    assert_snapshot!(run("remove --dry-run --demo --lang ja"), @r"
    exit 0
    --- stdout
    アカウント 123456789012 (practice) · プロファイル personal · リージョン
    us-east-1

    = 請求アラートの設定  変更なし
        有効のまま残ります(AWS では無効にできません)。料金はかかりません。

    変更はありません。このアカウントに guardrail が作成したものはありません。
    ");
}

const LINES: [&str; 6] = [
    "init --dry-run --demo",
    "init --dry-run --demo --verbose",
    "check --demo",
    "remove --dry-run --demo",
    "resources",
    "profile list",
];

#[test]
fn nothing_is_wider_than_80_columns_but_commands_to_copy() {
    for lang in ["en", "ja"] {
        let of_lang = format!("--lang {lang}");
        let sweeps = ["", "--verbose "].map(|verbose| ("sweep", practice::sweep(&format!("{verbose}{of_lang}"))));
        for (line, screen) in sweeps.into_iter().chain(LINES.map(|line| (line, run(&format!("{line} {of_lang}"))))) {
            assert!(!screen.stdout.is_empty(), "{line} in {lang}: {screen}");
            let text = screen.stdout.lines().filter(|line| !line.contains(" aws "));
            let wide: Vec<&str> = text.filter(|line| line.width() > 80).collect();
            assert!(wide.is_empty(), "{line} in {lang}: {wide:#?}");
        }
    }
}

const ESCAPE: char = '\u{1b}';

#[test]
fn colour_is_there_when_asked_for_and_not_in_a_pipe() {
    let sweep = format!("sweep --demo --resources {SOME}");
    let refused = format!("{sweep} -c none");
    for line in [&*sweep, "check --demo", "resources", &*refused] {
        let coloured = |screen: &Screen| screen.stdout.contains(ESCAPE) || screen.stderr.contains(ESCAPE);
        let plain = run(line);
        assert!(!coloured(&plain), "{line}");
        assert!(!coloured(&run(&format!("{line} --color never"))), "{line}");
        let always = run(&format!("{line} --color always"));
        assert!(coloured(&always), "{line}");
        let stripped = [&always.stdout, &always.stderr].map(|text| anstream::adapter::strip_str(text).to_string());
        assert_eq!(stripped, [plain.stdout, plain.stderr], "{line}");
        let forced = World::new().env("COLUMNS", "80").env("CLICOLOR_FORCE", "1").run(line);
        assert!(coloured(&forced), "{line}");
        let refused = World::new().env("NO_COLOR", "1").env("TERM", "xterm").run(line);
        assert!(!coloured(&refused), "{line}");
    }
}

#[test]
fn a_file_and_other_forms_are_never_coloured() {
    let world = World::new();
    let _ = world.run(&format!("sweep --demo --resources {SOME} --color always --output sweep.txt")).exits(10);
    assert!(!std::fs::read_to_string(world.home().join("sweep.txt")).unwrap().contains(ESCAPE));
    for form in ["json", "csv", "markdown", "html"] {
        let screen = run(&format!("sweep --demo --resources {SOME} --color always --format {form}")).exits(10);
        assert!(!screen.stdout.contains(ESCAPE), "{form}");
    }
}
