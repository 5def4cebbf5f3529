//! Invalid input that only AWS or the machine can detect: credentials, accounts, regions, files, a missing terminal.

use std::fs;

use guardrail::demo::{Answer, Call, Story};
use insta::assert_snapshot;

use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::world::{Screen, World};

/// An account with one answer to everything.
struct Refusal(&'static str, &'static str);

impl Story for Refusal {
    fn answer(&self, call: &Call) -> Option<Answer> {
        Some(Answer::error(call, 403, self.0, self.1))
    }
}

fn refused(code: &'static str, message: &'static str, line: &str) -> Screen {
    let server = Account::of(Refusal(code, message)).start();
    World::new().endpoint(&server.url).run(line).exits(1)
}

fn empty() -> Server {
    Account::of(Fixtures::of(&[]).regions(&["eu-west-1", "us-east-1"], &["eu-south-2"])).start()
}

fn asked(server: &Server) -> Vec<String> {
    server.recording.calls().into_iter().map(|call| call.action).collect()
}

#[test]
fn no_credentials() {
    assert_snapshot!(World::new().run("sweep").exits(1), @r"
    exit 1
    --- stderr
    error: no AWS credentials were found
    → Sign in with `aws login` or `aws sso login`, or store access keys with `aws configure`. If you have several profiles, choose one with --profile.
    → Just looking? `guardrail sweep --demo` needs no AWS account.
    ");
    assert_snapshot!(World::new().run("sweep --lang ja").exits(1), @r"
    exit 1
    --- stderr
    エラー: AWS の認証情報が見つかりません
    → `aws login` か `aws sso login` でサインインするか、`aws configure` でアクセスキーを保存してください。AWS プロファイルが複数あるときは --profile で選びます。
    → まず試すだけなら、`guardrail sweep --demo` は AWS アカウントなしで動きます。
    ");
}

#[test]
fn expired_credentials() {
    let said = "The security token included in the request is expired";
    assert_snapshot!(refused("ExpiredToken", said, "sweep"), @r"
    exit 1
    --- stderr
    error: the AWS credentials have expired
      ExpiredToken: The security token included in the request is expired
    → Sign in again with `aws login` or `aws sso login`.
    ");
    assert_snapshot!(refused("ExpiredToken", said, "check --lang ja"), @r"
    exit 1
    --- stderr
    エラー: AWS の認証情報の有効期限が切れています
      ExpiredToken: The security token included in the request is expired
    → `aws login` か `aws sso login` でサインインし直してください。
    ");
}

#[test]
fn credentials_that_aws_does_not_accept() {
    let said = "The security token included in the request is invalid.";
    assert_snapshot!(refused("InvalidClientTokenId", said, "sweep"), @r"
    exit 1
    --- stderr
    error: AWS does not accept the credentials
      InvalidClientTokenId: The security token included in the request is invalid.
    → Sign in with `aws login` or `aws sso login`, or store access keys with `aws configure`. If you have several profiles, choose one with --profile.
    ");
    assert_snapshot!(refused("InvalidClientTokenId", said, "init --dry-run --lang ja"), @r"
    exit 1
    --- stderr
    エラー: AWS がこの認証情報を受け付けません
      InvalidClientTokenId: The security token included in the request is invalid.
    → `aws login` か `aws sso login` でサインインするか、`aws configure` でアクセスキーを保存してください。AWS プロファイルが複数あるときは --profile で選びます。
    ");
}

#[test]
fn no_answer() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_snapshot!(World::new().endpoint(&url).run("sweep").exits(1), @r"
    exit 1
    --- stderr
    error: AWS cannot be reached for sts:GetCallerIdentity
      Connection refused (os error 111)
    → Check the network, and AWS_ENDPOINT_URL if you use it.
    ");
}

#[test]
fn a_named_profile_that_does_not_exist() {
    assert_snapshot!(World::new().run("sweep --profile work").exits(1), @r"
    exit 1
    --- stderr
    error: the AWS profile work does not exist or has no usable credentials
    → `aws configure list-profiles` lists the AWS profiles of this computer. (guardrail's own profile is chosen with -c.)
    ");
    assert_snapshot!(World::new().run("sweep --profile work --lang ja").exits(1), @r"
    exit 1
    --- stderr
    エラー: AWS プロファイル work が存在しないか、使える認証情報がありません
    → このコンピューターの AWS プロファイルは `aws configure list-profiles` で表示できます。(guardrail 自身のプロファイルは -c で選びます。)
    ");
}

#[test]
fn regions() {
    let server = empty();
    let run = |line: &str| World::new().endpoint(&server.url).run(line).exits(2);
    assert_snapshot!(run("sweep --regions tokyo"), @r#"
    exit 2
    --- stderr
    error: "tokyo" is not a region name
    → Did you mean ap-northeast-1?
    "#);
    assert_snapshot!(run("sweep --regions us-esat-1"), @r#"
    exit 2
    --- stderr
    error: "us-esat-1" is not a region name
    → Did you mean us-east-1?
    "#);
    assert_snapshot!(run("sweep --regions mars"), @r#"
    exit 2
    --- stderr
    error: "mars" is not a region name
    → Region names look like ap-northeast-1.
    "#);
    assert_snapshot!(run("sweep --region eu_west_1 --lang ja"), @r"
    exit 2
    --- stderr
    エラー: 「eu_west_1」はリージョン名ではありません
    → eu-west-1 のことですか?
    ");
    assert_snapshot!(run("sweep --resources ec2-instanze"), @r#"
    exit 2
    --- stderr
    error: there is no resource type "ec2-instanze"
    → Did you mean ec2-instance?
    → `guardrail resources` lists them.
    → A family (ec2, network, databases, analytics, containers, compute, lightsail, storage, machine-learning, security, management, messaging, desktops, media, developer, migration, commitments) or a pattern such as "rds-*" works, too.
    "#);
    assert_snapshot!(run("sweep --resources cloudwatch --lang ja"), @r#"
    exit 2
    --- stderr
    エラー: リソースの種類「cloudwatch」はありません
    → cloudwatch-* のことですか?
    → `guardrail resources` で一覧を表示します。
    → 分類(ec2, network, databases, analytics, containers, compute, lightsail, storage, machine-learning, security, management, messaging, desktops, media, developer, migration, commitments)や "rds-*" のようなパターンも指定できます。
    "#);
    assert_eq!(asked(&server), Vec::<String>::new());
    assert_snapshot!(run("sweep --regions eu-west-9"), @r"
    exit 2
    --- stderr
    error: this account has no region eu-west-9
    → Did you mean eu-west-1?
    → Regions of this account: eu-west-1, us-east-1
    ");
    assert_snapshot!(run("sweep --regions eu-west-9 --lang ja"), @r"
    exit 2
    --- stderr
    エラー: このアカウントにリージョン eu-west-9 はありません
    → eu-west-1 のことですか?
    → このアカウントのリージョン: eu-west-1, us-east-1
    ");
    assert_snapshot!(run("sweep --regions eu-south-2"), @r"
    exit 2
    --- stderr
    error: the region eu-south-2 is not enabled in this account
    → Anything left in eu-south-2 is still charged. Enable the region in the console (Account → AWS Regions), then sweep again.
    ");
    assert_snapshot!(run("sweep --regions eu-south-2 --lang ja"), @r"
    exit 2
    --- stderr
    エラー: リージョン eu-south-2 はこのアカウントで有効になっていません
    → eu-south-2 に残したものは課金され続けます。コンソール(「アカウント」→「AWS リージョン」)で有効にしてから、もう一度 sweep を実行してください。
    ");
}

#[test]
fn another_account() {
    let server = empty();
    let run = |line: &str| World::new().endpoint(&server.url).run(line).exits(2);
    assert_snapshot!(run("sweep --account 1234"), @r#"
    exit 2
    --- stderr
    error: "1234" is not an AWS account number: twelve digits
    "#);
    assert_snapshot!(run("sweep --account 007"), @r#"
    exit 2
    --- stderr
    error: "007" is not an AWS account number: twelve digits
    "#);
    assert_snapshot!(run("init --account 12345678901x --lang ja"), @r"
    exit 2
    --- stderr
    エラー: 「12345678901x」は AWS アカウント番号(12 桁の数字)ではありません
    ");
    assert_eq!(asked(&server), Vec::<String>::new());
    assert_snapshot!(run("sweep --account 999999999999"), @r"
    exit 2
    --- stderr
    error: the credentials belong to account 123456789012, but --account is 999999999999. Nothing was read or changed.
    → Choose the other account's credentials with --profile, or drop --account.
    ");
    assert_snapshot!(run("init --yes --email a@example.com --limit 5 --account 999999999999 --lang ja"), @r"
    exit 2
    --- stderr
    エラー: 認証情報はアカウント 123456789012 のものですが、--account は 999999999999 です。何も調べず、何も変更していません。
    → --profile でそのアカウントの認証情報を選ぶか、--account を外してください。
    ");
    let _ = run("remove --yes --account 999999999999");
    let _ = run("check --account 999999999999");
    assert_eq!(asked(&server), ["GetCallerIdentity"; 4]);
}

#[test]
fn an_output_that_cannot_be_written_is_said_before_aws_is_asked() {
    let server = empty();
    let world = World::new().endpoint(&server.url);
    fs::create_dir(world.home().join("reports")).unwrap();
    fs::write(world.home().join("file"), "mine").unwrap();
    assert_snapshot!(world.run("sweep --output missing/report.json").exits(1), @r"
    exit 1
    --- stderr
    error: the file missing/report.json could not be written; nothing was changed
      No such file or directory (os error 2)
    → Choose another path with --output.
    ");
    assert_snapshot!(world.run("sweep --output reports --lang ja").exits(1), @r"
    exit 1
    --- stderr
    エラー: ファイル reports に書き込めませんでした。何も変更していません
      is a directory
    → --output で別の場所を指定してください。
    ");
    let _ = world.run("init --yes --email a@example.com --limit 5 --output file/report.json").exits(1);
    assert_eq!(asked(&server), Vec::<String>::new());
    assert_eq!(contents(&world), ["file", "reports"]);
    assert_eq!(fs::read_to_string(world.home().join("file")).unwrap(), "mine");
}

#[test]
fn a_run_that_fails_leaves_the_output_as_it_was() {
    let server = empty();
    let world = World::new().endpoint(&server.url);
    fs::write(world.home().join("report.json"), "of yesterday").unwrap();
    let _ = world.run("sweep --format json --output report.json --regions eu-west-9").exits(2);
    assert_eq!(fs::read_to_string(world.home().join("report.json")).unwrap(), "of yesterday");
    assert_snapshot!(world.run("sweep --format json --output report.json").exits(0), @r"
    exit 0
    --- stderr
    Written to report.json.
    ");
    let report = fs::read_to_string(world.home().join("report.json")).unwrap();
    assert!(report.starts_with("{\n") && report.ends_with("}\n"), "{report}");
    // The history is in a folder of its own.
    assert_eq!(contents(&world), [".local", "report.json"]);
}

/// The files in the home folder, without the program's own settings.
fn contents(world: &World) -> Vec<String> {
    let entries = fs::read_dir(world.home()).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != ".config" && name != ".cache");
    names.sort();
    names
}

#[test]
fn no_terminal_to_approve() {
    let server = empty();
    let run = |line: &str| World::new().endpoint(&server.url).run(line).exits(2);
    assert_snapshot!(run("init --email a@example.com --limit 5"), @r"
    exit 2
    --- stdout
    Account 123456789012 · profile personal · region us-east-1

    + Billing alerts preference  to create · 0.00 USD/month
        Makes AWS publish this month's estimated charges, which the alarms watch.
        Once enabled, AWS cannot disable it again. It costs nothing.
    + Notification topic  to create · 0.00 USD/month
        An SNS topic that e-mails every warning to you.
        sent to a@example.com
    + Billing alarm  to create · 0.00 USD/month
        CloudWatch alarms on this month's estimated charges, which AWS updates several times a day.
        alarm guardrail-billing-2-5-usd: threshold 2.5 USD
        alarm guardrail-billing-5-usd: threshold 5 USD
        The first 10 alarms of an account are free; each further alarm costs 0.10 USD a month.
    + Zero-spend budget  to create · 0.00 USD/month
        Warns at the first cent.
        budget guardrail-zero-spend: limit 1 USD, warns at actual > 0.01 USD
        Budgets that only warn cost nothing.
    + Monthly budget  to create · 0.00 USD/month
        Warns as the month's limit is used up, and when AWS forecasts that it will be exceeded.
        budget guardrail-monthly: limit 5 USD, warns at actual > 50 %, actual > 85 %, actual > 100 %,
        forecast > 100 %
        Budgets that only warn cost nothing.
    + Free-tier budgets  to create · 0.00 USD/month
        Warn before a free-tier allowance is used up.
        budget guardrail-free-tier-ec2-hours: limit 750 hours, warns at actual > 85 %
        budget guardrail-free-tier-rds-hours: limit 750 hours, warns at actual > 85 %
        budget guardrail-free-tier-s3-storage: limit 5 GB-months, warns at actual > 85 %
        Budgets that only warn cost nothing.
    + Cost anomaly detection  to create · 0.00 USD/month
        AWS detects spending that is unusual for this account and reports its cause.
        guardrail-anomalies: threshold 1 USD
        Anomaly detection itself is free. AWS may charge 0.01 USD for each of the few API requests that
        set it up or check it (three for a check).
    + Audit trail  to create · 0.00 USD/month
        Records who did what in the account, in every region, as log files in a bucket of its own.
        bucket: logs expire after (days) 90, name guardrail-trail-123456789012
        trail: name guardrail-trail
        The first copy of management events is free; a second trail is charged for every event.
        The log files are charged as S3 storage until they expire, usually a few cents a month.

    Plan for 8 safeguards: 8 to create, 0 to change, 0 to remove, 0 already set up. Together they cost
    0.00 USD/month.
    --- stderr
    error: nothing was changed: the plan above has not been approved
    → Approve it with --yes, or run the command in a terminal.
    ");
    let japanese = run("init --email a@example.com --limit 5 --lang ja");
    assert_snapshot!(japanese.stderr, @r"
    エラー: 何も変更していません。上の計画は承認されていません
    → --yes で承認するか、ターミナルで実行してください。
    ");
    assert!(asked(&server).len() > 10);
    assert_eq!(server.recording.mutating().into_iter().collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn no_terminal_to_choose() {
    let server = empty();
    let run = |line: &str| World::new().endpoint(&server.url).run(line).exits(2);
    assert_snapshot!(run("init"), @r"
    exit 2
    --- stderr
    error: --email is required when not running in a terminal
    → Pass --email, or set it in a profile of your own (-c).
    ");
    assert_snapshot!(run("init --lang ja"), @r"
    exit 2
    --- stderr
    エラー: ターミナルに接続されていない場合は --email の指定が必要です
    → --email を指定するか、自分のプロファイル(-c)に書いてください。
    ");
    assert_snapshot!(run("init --yes --email a@example.com"), @r"
    exit 2
    --- stderr
    error: --limit is required when not running in a terminal
    → Pass --limit, or set it in a profile of your own (-c).
    ");
    assert_eq!(server.recording.mutating().into_iter().collect::<Vec<_>>(), Vec::<String>::new());
}
