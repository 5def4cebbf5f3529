//! The help screens, in both languages.

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use crate::world::{Screen, World};

fn run(line: &str) -> Screen {
    World::new().env("COLUMNS", "80").run(line).exits(0)
}

#[test]
fn of_the_program() {
    assert_snapshot!(run("--help"), @r"
    exit 0
    --- stdout
    Ends surprise AWS bills: sets up the warnings AWS recommends, and finds what
    still bills

    Usage: guardrail [OPTIONS] <COMMAND>

    Commands:
      init         Set up the safeguards: shows a plan, asks, applies it and reads
                   it back
      check        Compare the account with the profile, and see whether the warning
                   arrives
      remove       Take away exactly what init made
      sweep        Look in every region for what still bills, and what it costs
      bill         Show what this month has cost so far, what a day costs and where
                   that leads, at no cost
      resources    List the types of resources that are looked for, and how each
                   bills
      policy       Print the least IAM policy that commands need
      profile      The profiles: what to set up, whom to warn, what to look at
      completions  Print completions for a shell
      man          Print the manual page

    Options:
      -c, --config <NAME|FILE>  The guardrail profile: a shipped name or a file;
                                also GUARDRAIL_CONFIG
          --profile <NAME>      The AWS named profile to take credentials from
          --region <REGION>     Home region of the credentials; never limits a sweep
          --account <ID>        Refuse to run in any other account
          --format <FORMAT>     Form of the output: text, json, csv, markdown or
                                html
      -o, --output <FILE>       Write to this file, in the format of its ending; -
                                is stdout
          --lang <LANG>         Language: en or ja
          --color <WHEN>        Colour: auto, always or never
      -q, --quiet               Say nothing but the result
      -v, --verbose             Say more
          --demo                Use the practice account inside the program: no
                                credentials, no network
      -h, --help                Print help
      -V, --version             Print the version

    Exit codes: 0 done and complete · 1 failed · 2 wrong use · 3 incomplete · 10
    found something · 130 interrupted
    Try it without an AWS account: guardrail sweep --demo
    ");
    assert_snapshot!(run("--help --lang ja"), @r"
    exit 0
    --- stdout
    AWS の想定外の請求を防ぎます。
    AWS が勧める警告を設定し、課金され続けているものを見つけます

    使い方: guardrail [OPTIONS] <COMMAND>

    コマンド:
      init         安全策を設定します(計画を表示し、確認のうえ実行します)
      check        アカウントをプロファイルと比べ、警告が届くかを調べます
      remove       init が作ったものだけを取り除きます
      sweep        全リージョンで、課金され続けているものとその金額を調べます
      bill         今月これまでの額、1 日あたりの額、月末の見込みを無料で表示します
      resources    調べるリソースの種類と課金のしかたを一覧にします
      policy       コマンドに必要な最小の IAM ポリシーを出力します
      profile      プロファイル(何を設定し、誰に知らせ、何を調べるか)
      completions  シェルの補完を出力します
      man          マニュアルページを出力します

    オプション:
      -c, --config <NAME|FILE>  guardrail のプロファイル(付属の名前またはファイル)
                                環境変数 GUARDRAIL_CONFIG でも指定できます
          --profile <NAME>      認証情報に使う AWS の名前付きプロファイル
          --region <REGION>     認証情報のホームリージョン(調べる範囲は狭まりません)
          --account <ID>        これ以外のアカウントでは実行しません
          --format <FORMAT>     出力形式: text、json、csv、markdown、html
      -o, --output <FILE>       このファイルに書き込みます。形式は拡張子に従います
                                (- は標準出力)
          --lang <LANG>         言語: en または ja
          --color <WHEN>        色: auto、always、never
      -q, --quiet               結果だけを表示します
      -v, --verbose             詳しく表示します
          --demo                内蔵の練習用アカウントを使います
                                (認証情報もネットワークも不要)
      -h, --help                ヘルプを表示します
      -V, --version             バージョンを表示します

    終了コード: 0 完了 · 1 失敗 · 2 使い方の誤り · 3 一部未確認 · 10 検出 · 130 中断
    AWS アカウントなしで試す: guardrail sweep --demo
    ");
}

#[test]
fn of_the_sweep() {
    assert_snapshot!(run("sweep --help"), @r"
    exit 0
    --- stdout
    Look in every region for what still bills, and what it costs

    Usage: guardrail sweep [OPTIONS]

    Options:
          --regions <REGION,…>  Look only in these regions
          --resources <TYPE,…>  Look only for these types
          --exit-zero           Exit with 0 even if something is billing
          --offline-prices      Use only the prices inside guardrail; do not read
                                AWS's price list
          --no-bill             Do not compare what is found with the bill
          --timeout <SECONDS>   Stop waiting after so many seconds (60); what has
                                not answered is reported as not checked
      -c, --config <NAME|FILE>  The guardrail profile: a shipped name or a file;
                                also GUARDRAIL_CONFIG
          --profile <NAME>      The AWS named profile to take credentials from
          --region <REGION>     Home region of the credentials; never limits a sweep
          --account <ID>        Refuse to run in any other account
          --format <FORMAT>     Form of the output: text, json, csv, markdown or
                                html
      -o, --output <FILE>       Write to this file, in the format of its ending; -
                                is stdout
          --lang <LANG>         Language: en or ja
          --color <WHEN>        Colour: auto, always or never
      -q, --quiet               Say nothing but the result
      -v, --verbose             Say more
          --demo                Use the practice account inside the program: no
                                credentials, no network
      -h, --help                Print help
    ");
    assert_snapshot!(run("sweep --help --lang ja"), @r"
    exit 0
    --- stdout
    全リージョンで、課金され続けているものとその金額を調べます

    使い方: guardrail sweep [OPTIONS]

    オプション:
          --regions <REGION,…>  これらのリージョンだけを調べます
          --resources <TYPE,…>  これらの種類だけを調べます
          --exit-zero           課金中のものがあっても終了コードを 0 にします
          --offline-prices      AWS の価格表を読まず、内蔵の価格だけを使います
          --no-bill             見つかったものを請求と照合しません
          --timeout <SECONDS>   待つ秒数の上限(60)
                                応答がない場所は未確認として報告します
      -c, --config <NAME|FILE>  guardrail のプロファイル(付属の名前またはファイル)
                                環境変数 GUARDRAIL_CONFIG でも指定できます
          --profile <NAME>      認証情報に使う AWS の名前付きプロファイル
          --region <REGION>     認証情報のホームリージョン(調べる範囲は狭まりません)
          --account <ID>        これ以外のアカウントでは実行しません
          --format <FORMAT>     出力形式: text、json、csv、markdown、html
      -o, --output <FILE>       このファイルに書き込みます。形式は拡張子に従います
                                (- は標準出力)
          --lang <LANG>         言語: en または ja
          --color <WHEN>        色: auto、always、never
      -q, --quiet               結果だけを表示します
      -v, --verbose             詳しく表示します
          --demo                内蔵の練習用アカウントを使います
                                (認証情報もネットワークも不要)
      -h, --help                ヘルプを表示します
    ");
}

#[test]
fn every_help_screen_fits_80_columns() {
    let commands = ["", "init", "check", "remove", "sweep", "resources", "policy", "profile", "profile show", "man"];
    for command in commands.into_iter().chain(["profile list", "profile check", "completions"]) {
        for lang in ["en", "ja"] {
            let screen = run(&format!("{command} --help --lang {lang}"));
            let wide: Vec<&str> = screen.stdout.lines().filter(|line| line.width() > 80).collect();
            assert!(wide.is_empty(), "{command}: {wide:#?}");
        }
    }
}
