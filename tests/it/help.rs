//! The help screens, in both languages.

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use crate::world::{Screen, World};

fn run(line: &str) -> Screen {
    World::new().env("COLUMNS", "80").run(line).exits(0)
}

#[test]
#[expect(clippy::too_many_lines, reason = "a screen")]
fn of_the_program() {
    assert_snapshot!(run("--help"), @r"
    exit 0
    --- stdout
    Prevent surprise AWS bills: set up the alerts AWS recommends and find what is
    still costing money

    Usage: guardrail [OPTIONS] <COMMAND>

    Commands:
      init         Set up the safeguards: show a plan, ask, apply and verify it
      check        Compare the account with the profile and check that warnings
                   reach you
      remove       Remove exactly what init created
      sweep        Find what is still costing money in every region, and how much
      stop         Stop what costs money and can be started again (shows a plan,
                   asks, stops and checks)
      delete       Delete what costs money, for good (shows a plan, asks, deletes
                   and checks)
      bill         Show this month's bill so far, the daily cost and the month-end
                   estimate, at no charge
      history      Show the earlier sweeps and what they cost a day
      appeal       Write the request for a billing adjustment to AWS Support, from
                   facts
      advice       Show AWS's own cost recommendations, as far as the account's plan
                   includes them
      schedule     Set up, check or remove a sweep every night in AWS
      resources    List the resource types that sweep covers and how each is charged
      policy       Print the minimal IAM policy for the given commands
      profile      guardrail's profiles: what to set up, whom to warn, what to sweep
      completions  Print completions for a shell
      man          Print the manual page
      help         Print help

    Options:
      -c, --config <NAME|FILE>  guardrail profile: a built-in name or a file (not an
                                AWS profile)
          --profile <NAME>      AWS named profile to take the credentials from
          --region <REGION>     AWS region for API credentials; stop and delete act
                                only there (a sweep is narrowed with --regions)
          --account <ID>        Refuse to run in any other account
          --format <FORMAT>     Output format: text, json, csv, csv-excel, markdown
                                or html
      -o, --output <FILE>       Write the report to FILE (atomic); its ending sets
                                the format, - is stdout
          --lang <LANG>         Language: en or ja
          --color <WHEN>        Colour: auto, always or never
      -q, --quiet               Print only the result
      -v, --verbose             Verbose output
          --demo                Use the built-in practice account: no credentials,
                                no network
      -h, --help                Print help
      -V, --version             Print the version

    Examples:
      guardrail sweep --demo              try it without an AWS account
      guardrail init --email you@example.com --limit 10
      guardrail sweep                     before you close the laptop

    Environment:
      GUARDRAIL_CONFIG                    guardrail profile, as -c
      GUARDRAIL_LANG                      language, as --lang
      GUARDRAIL_CONFIG_DIR                saved settings (~/.config/guardrail)
      GUARDRAIL_STATE                     history: a folder or s3://bucket/prefix
      GUARDRAIL_CACHE_DIR                 cached prices (~/.cache/guardrail)
      NO_COLOR, COLUMNS                   no colour; width of the output
      AWS_PROFILE, AWS_ENDPOINT_URL, …    as in every AWS tool

    Exit codes: 0 complete, nothing found · 1 failed · 2 wrong use
      3 incomplete · 10 found something · 130 interrupted
    ");
    assert_snapshot!(run("--help --lang ja"), @r"
    exit 0
    --- stdout
    AWS の想定外の請求を防ぎます。
    AWS が推奨するアラートを設定し、課金が続いているものを洗い出します

    使い方: guardrail [OPTIONS] <COMMAND>

    コマンド:
      init         安全対策を設定します(計画を表示し、承認後に適用して確認します)
      check        アカウントをプロファイルと比べ、警告が届くかを確認します
      remove       init が作成したものだけを削除します
      sweep        全リージョンで、課金が続いているものとその金額を調べます
      stop         再開できるものを停止します(計画、承認、停止、確認の順)
      delete       課金が続くものを削除します(計画、承認、削除、確認の順)
      bill         今月の請求額、1 日あたりの額、月末の見込みを無料で表示します
      history      これまでの結果と 1 日あたりの金額を表示します
      appeal       AWS サポートへの料金調整の依頼文を、事実に基づいて作成します
      advice       AWS の推奨事項を、プランで利用できる範囲で表示します
      schedule     AWS での毎晩のスイープを設定、確認、削除します
      resources    sweep が調べるリソースの種類と課金方式を一覧表示します
      policy       コマンドに必要な最小限の IAM ポリシーを出力します
      profile      guardrail のプロファイル(何を設定し、誰に知らせ、何を調べるか)
      completions  シェルの補完スクリプトを出力します
      man          マニュアルページを出力します
      help         ヘルプを表示します

    オプション:
      -c, --config <NAME|FILE>  guardrail のプロファイル: 付属のプロファイル名または
                                ファイル(AWS プロファイルではありません)
          --profile <NAME>      認証情報に使う AWS プロファイル名
          --region <REGION>     API 呼び出しに使う AWS リージョン
                                (stop と delete はここだけを対象にします。
                                スイープの範囲は --regions で指定します)
          --account <ID>        これ以外のアカウントでは実行しません
          --format <FORMAT>     出力形式: text、json、csv、csv-excel、markdown、html
      -o, --output <FILE>       レポートをファイルに一括で書き込みます
                                (形式は拡張子に従い、- は標準出力)
          --lang <LANG>         言語: en または ja
          --color <WHEN>        色: auto、always、never
      -q, --quiet               結果だけを出力します
      -v, --verbose             詳細を表示します
          --demo                内蔵の練習用アカウントを使います
                                (認証情報もネットワークも不要)
      -h, --help                ヘルプを表示します
      -V, --version             バージョンを表示します

    例:
      guardrail sweep --demo              AWS アカウントなしで試す
      guardrail init --email you@example.com --limit 10
      guardrail sweep                     作業を終える前に確認する

    環境変数:
      GUARDRAIL_CONFIG                    guardrail のプロファイル(-c と同じ)
      GUARDRAIL_LANG                      言語(--lang と同じ)
      GUARDRAIL_CONFIG_DIR                設定の保存先(~/.config/guardrail)
      GUARDRAIL_STATE                     履歴: フォルダーか s3://bucket/prefix
      GUARDRAIL_CACHE_DIR                 価格のキャッシュ(~/.cache/guardrail)
      NO_COLOR、COLUMNS                   色なし、出力の幅
      AWS_PROFILE、AWS_ENDPOINT_URL など  ほかの AWS ツールと同じ

    終了コード: 0 完了(検出なし) · 1 失敗 · 2 使い方の誤り
      3 一部未確認 · 10 検出あり · 130 中断
    ");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a screen")]
fn of_the_sweep() {
    assert_snapshot!(run("sweep --help"), @r#"
    exit 0
    --- stdout
    Find what is still costing money in every region, and how much

    Usage: guardrail sweep [OPTIONS]

    Options:
          --regions <REGION,…>  Sweep only these regions
          --resources <TYPE,…>  Sweep only these types, families or patterns
                                ("rds-*")
          --exit-zero           Exit with 0 even if something costs money
          --fail-on <WHAT>      Exit with 10 for any finding (any), or only for new
                                ones (new)
          --since <DATE>        Compare with the last sweep before this date
                                (2026-11-01)
          --no-history          Do not keep this sweep in the history
          --who [<N>]           Look up who created the N most expensive findings
                                (10), in AWS's free event history of 90 days
          --notify              Send what is new, or a jump of the daily spend,
                                once: to the topic guardrail-alerts, or to the
                                webhook of the profile
          --offline-prices      Use only the built-in prices; do not read the AWS
                                price list
          --no-bill             Do not compare the findings with the bill
          --timeout <SECONDS>   Give up after this many seconds (60, for each
                                account of an organisation 300); checks without an
                                answer are reported
          --organization        Sweep every account of the organisation, each with
                                its own role
          --accounts <ID,…>     Only these accounts
          --ou <OU,…>           Only the accounts in these organisational units and
                                in those below them
          --exclude <ID|OU,…>   Leave out these accounts and organisational units
          --role <NAME>         The role to assume in each account (guardrail-sweep)
          --external-id <ID>    The external id that the roles require
          --parallel <N>        At most so many accounts at the same time (8)
          --output-dir <DIR>    Write the report of each account to this folder as
                                soon as it is finished
      -c, --config <NAME|FILE>  guardrail profile: a built-in name or a file (not an
                                AWS profile)
          --profile <NAME>      AWS named profile to take the credentials from
          --region <REGION>     AWS region for API credentials; stop and delete act
                                only there (a sweep is narrowed with --regions)
          --account <ID>        Refuse to run in any other account
          --format <FORMAT>     Output format: text, json, csv, csv-excel, markdown
                                or html
      -o, --output <FILE>       Write the report to FILE (atomic); its ending sets
                                the format, - is stdout
          --lang <LANG>         Language: en or ja
          --color <WHEN>        Colour: auto, always or never
      -q, --quiet               Print only the result
      -v, --verbose             Verbose output
          --demo                Use the built-in practice account: no credentials,
                                no network
      -h, --help                Print help

    Examples:
      guardrail sweep --regions ap-northeast-1,us-east-1
      guardrail sweep --resources databases,"ec2-*"
      guardrail sweep -o report.html      the report as a web page

    Exit codes: 0 nothing costs money · 10 something does
      3 nothing found, but not everything could be checked
    "#);
    assert_snapshot!(run("sweep --help --lang ja"), @r#"
    exit 0
    --- stdout
    全リージョンで、課金が続いているものとその金額を調べます

    使い方: guardrail sweep [OPTIONS]

    オプション:
          --regions <REGION,…>  これらのリージョンだけを調べます
          --resources <TYPE,…>  これらの種類、分類、パターン("rds-*")だけを調べます
          --exit-zero           課金が続くものがあっても終了コードを 0 にします
          --fail-on <WHAT>      終了コードを 10 にする条件:
                                any(すべて)、new(新しいものだけ)
          --since <DATE>        この日付(2026-11-01)より前の最後の結果と比べます
          --no-history          この結果を履歴に残しません
          --who [<N>]           金額の大きい N 件(10)の作成者を、
                                AWS の無料のイベント履歴(90 日)で調べます
          --notify              新しいものや 1 日あたりの請求額の急増を
                                1 回だけ送信します(トピック、または
                                プロファイルの Webhook)
          --offline-prices      AWS の価格表を読まず、内蔵の価格だけを使います
          --no-bill             見つかったものを請求額と照合しません
          --timeout <SECONDS>   待つ秒数の上限(60。組織ではアカウントごとに 300)
                                応答がない場所は未確認として報告します
          --organization        組織の全アカウントを、それぞれのロールで調べます
          --accounts <ID,…>     これらのアカウントだけを対象にします
          --ou <OU,…>           これらの OU とその下の OU のアカウントだけを
                                対象にします
          --exclude <ID|OU,…>   これらのアカウントと OU を除外します
          --role <NAME>         各アカウントで引き受けるロール(guardrail-sweep)
          --external-id <ID>    ロールが要求する外部 ID
          --parallel <N>        同時に処理するアカウント数の上限(8)
          --output-dir <DIR>    各アカウントのレポートを、終わりしだい
                                このフォルダに書き込みます
      -c, --config <NAME|FILE>  guardrail のプロファイル: 付属のプロファイル名または
                                ファイル(AWS プロファイルではありません)
          --profile <NAME>      認証情報に使う AWS プロファイル名
          --region <REGION>     API 呼び出しに使う AWS リージョン
                                (stop と delete はここだけを対象にします。
                                スイープの範囲は --regions で指定します)
          --account <ID>        これ以外のアカウントでは実行しません
          --format <FORMAT>     出力形式: text、json、csv、csv-excel、markdown、html
      -o, --output <FILE>       レポートをファイルに一括で書き込みます
                                (形式は拡張子に従い、- は標準出力)
          --lang <LANG>         言語: en または ja
          --color <WHEN>        色: auto、always、never
      -q, --quiet               結果だけを出力します
      -v, --verbose             詳細を表示します
          --demo                内蔵の練習用アカウントを使います
                                (認証情報もネットワークも不要)
      -h, --help                ヘルプを表示します

    例:
      guardrail sweep --regions ap-northeast-1,us-east-1
      guardrail sweep --resources databases,"ec2-*"
      guardrail sweep -o report.html      レポートを Web ページにする

    終了コード: 0 課金されているものなし · 10 あり · 3 検出なし(一部未確認)
    "#);
}

#[test]
fn every_help_screen_fits_80_columns() {
    let commands = ["", "init", "check", "remove", "sweep", "resources", "policy", "profile", "profile show", "man"];
    for command in commands.into_iter().chain(["profile list", "profile check", "completions", "appeal", "advice"]) {
        for lang in ["en", "ja"] {
            let screen = run(&format!("{command} --help --lang {lang}"));
            let wide: Vec<&str> = screen.stdout.lines().filter(|line| line.width() > 80).collect();
            assert!(wide.is_empty(), "{command}: {wide:#?}");
        }
    }
}
