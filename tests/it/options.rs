//! Invalid options and profiles: the message says what is wrong, and what to write instead.

use std::fs;

use insta::assert_snapshot;

use crate::world::{Screen, World};

fn run(line: &str) -> Screen {
    World::new().run(line).exits(2)
}

/// Runs with `my.toml` in the folder.
fn with_profile(text: &str, line: &str) -> Screen {
    let world = World::new();
    fs::write(world.home().join("my.toml"), text).unwrap();
    world.run(line).exits(2)
}

#[test]
fn a_profile_that_does_not_exist() {
    assert_snapshot!(run("sweep --demo -c personel"), @r"
    exit 2
    --- stderr
    error: there is no guardrail profile called personel
    → Built-in profiles: personal, study, training-org. Give a file of your own by its path: ./my.toml
    → Did you mean personal?
    ");
    assert_snapshot!(run("sweep --demo -c personel --lang ja"), @r"
    exit 2
    --- stderr
    エラー: personel という guardrail のプロファイルはありません
    → 付属のプロファイル: personal, study, training-org。自分のファイルはパスで指定します: ./my.toml
    → personal のことですか?
    ");
    assert_snapshot!(run("check --demo -c ./my.toml"), @r"
    exit 2
    --- stderr
    error: the profile ./my.toml cannot be read
      No such file or directory (os error 2)
    → Built-in profiles: personal, study, training-org. Give a file of your own by its path: ./my.toml
    ");
}

#[test]
fn a_profile_with_a_mistake_of_form() {
    let text = "extends = \"study\"\nlimit = 5\n";
    assert_snapshot!(with_profile(text, "profile check ./my.toml"), @r"
    exit 2
    --- stderr
    error: the profile ./my.toml has a mistake:
    unknown field limit; known here: extends, description, limit_usd, notify, alarms, budgets, anomaly, trail, sweep, organization
     --> ./my.toml:2:1
      |
    2 | limit = 5
      | ^^^^^
    ");
    assert_snapshot!(with_profile(text, "profile check ./my.toml --lang ja"), @r"
    exit 2
    --- stderr
    エラー: プロファイル ./my.toml に誤りがあります:
    limit という項目はありません。書ける項目: extends, description, limit_usd, notify, alarms, budgets, anomaly, trail, sweep, organization
     --> ./my.toml:2:1
      |
    2 | limit = 5
      | ^^^^^
    ");
    assert_snapshot!(with_profile("[trail\n", "sweep --demo -c my.toml"), @r"
    exit 2
    --- stderr
    error: the profile my.toml has a mistake:
    this is not valid TOML: unclosed table, expected `]`
     --> my.toml:1:7
      |
    1 | [trail
      |       ^
    ");
}

#[test]
fn a_profile_with_mistakes_of_meaning_shows_them_all() {
    let text =
        "limit_usd = -5\n\n[notify]\nemails = [\"you@example.com\", \"nobody\"]\n\n[sweep]\nregions = [\"tokyo\"]\n";
    assert_snapshot!(with_profile(text, "profile check ./my.toml"), @r#"
    exit 2
    --- stderr
    error: the profile ./my.toml has a mistake:
    an amount must be above zero, not -5
     --> ./my.toml:1:13
      |
    1 | limit_usd = -5
      |             ^^
      |
    "nobody" is not an e-mail address (example: you@example.com)
     --> ./my.toml:4:30
      |
    4 | emails = ["you@example.com", "nobody"]
      |                              ^^^^^^^^
    tokyo is not a region name (example: ap-northeast-1)
     --> ./my.toml:7:12
      |
    7 | regions = ["tokyo"]
      |            ^^^^^^^
    "#);
    assert_snapshot!(with_profile(text, "init --dry-run --demo -c my.toml --lang ja"), @r#"
    exit 2
    --- stderr
    エラー: プロファイル my.toml に誤りがあります:
    金額は 0 より大きくしてください(-5 は使えません)
     --> my.toml:1:13
      |
    1 | limit_usd = -5
      |             ^^
      |
    「nobody」はメールアドレスではありません(例: you@example.com)
     --> my.toml:4:30
      |
    4 | emails = ["you@example.com", "nobody"]
      |                              ^^^^^^^^
    tokyo はリージョン名ではありません(例: ap-northeast-1)
     --> my.toml:7:12
      |
    7 | regions = ["tokyo"]
      |            ^^^^^^^
    "#);
}

#[test]
fn a_profile_that_names_a_type_which_is_none() {
    let text = "[sweep]\nresources = [\"ec2-instanze\"]\n";
    assert_snapshot!(with_profile(text, "profile check ./my.toml"), @r#"
    exit 2
    --- stderr
    error: there is no resource type "ec2-instanze"
    → Did you mean ec2-instance?
    → `guardrail resources` lists them.
    → A family (ec2, network, databases, analytics, containers, compute, lightsail, storage, machine-learning, security, management, messaging, desktops, media, developer, migration, commitments) or a pattern such as "rds-*" works, too.
    → The name is in the profile ~/my.toml.
    "#);
}

#[test]
fn an_address_that_is_none() {
    assert_snapshot!(run("init --dry-run --demo --email nobody --limit 5"), @r#"
    exit 2
    --- stderr
    error: "nobody" is not an e-mail address (example: you@example.com)
    "#);
    assert_snapshot!(run("init --dry-run --demo --email nobody --limit 5 --lang ja"), @r"
    exit 2
    --- stderr
    エラー: 「nobody」はメールアドレスではありません(例: you@example.com)
    ");
}

#[test]
fn a_limit_that_is_none() {
    let of = |limit: &str| run(&format!("init --dry-run --demo --email a@example.com --limit {limit}")).stderr;
    assert_snapshot!(of("-5"), @"error: an amount must be above zero, not -5");
    assert_snapshot!(of("0"), @"error: an amount must be above zero; 0.01 is the smallest (the zero-spend budget warns at the first cent)");
    assert_snapshot!(of("1000001"), @"error: 1000001 is more than 1,000,000 US dollars");
    assert_snapshot!(of("99999999999999999999999999999999999999"), @"error: 99999999999999999999999999999999999999 is more than 1,000,000 US dollars");
    assert_snapshot!(of("five"), @r#"error: "five" is not an amount in US dollars; write 5 or 5.50"#);
    assert_snapshot!(of("NaN"), @r#"error: "NaN" is not an amount in US dollars; write 5 or 5.50"#);
    assert_snapshot!(of("5.005"), @"error: 5.005 has more than two decimals; write whole cents, as in 5.50");
    assert_snapshot!(of("-5 --lang ja"), @"エラー: 金額は 0 より大きくしてください(-5 は使えません)");
    assert_snapshot!(of("five --lang ja"), @"エラー: 「five」は米ドルの金額ではありません。5 や 5.50 のように書いてください");
}

#[test]
fn the_practice_account_cannot_be_changed() {
    assert_snapshot!(run("init --demo"), @r"
    exit 2
    --- stderr
    error: the practice account is read-only
    → Add --dry-run to see the plan.
    ");
    assert_snapshot!(run("init --demo --yes --lang ja"), @r"
    exit 2
    --- stderr
    エラー: 練習用アカウントは読み取り専用です
    → --dry-run を付けると計画を表示します。
    ");
    assert_snapshot!(run("remove --demo --yes"), @r"
    exit 2
    --- stderr
    error: the practice account is read-only
    → Add --dry-run to see the plan.
    ");
}

#[test]
fn unknown_commands() {
    assert!(run("").stderr.contains("\nCommands:\n  init "));
    assert!(run("profile").stderr.contains("\nCommands:\n  list "));
    assert_snapshot!(run("--lang ja"), @r"
    exit 2
    --- stderr
    エラー: コマンドがありません
    → 指定できる値: init, check, remove, sweep, stop, delete, bill, history, appeal, advice, schedule, resources, policy, profile, completions, man, help
    → 使い方は `guardrail --help` で表示します。
    ");
    assert_snapshot!(run("swep"), @r"
    exit 2
    --- stderr
    error: unknown command swep
    → Did you mean sweep?
    → See `guardrail --help`.
    ");
    assert_snapshot!(run("swep --lang ja"), @r"
    exit 2
    --- stderr
    エラー: コマンド swep はありません
    → sweep のことですか?
    → 使い方は `guardrail --help` で表示します。
    ");
    assert_snapshot!(run("profile --quiet"), @r"
    exit 2
    --- stderr
    error: a command is missing
    → Valid values: list, show, check
    → See `guardrail profile --help`.
    ");
    assert_snapshot!(run("profile lst --lang ja"), @r"
    exit 2
    --- stderr
    エラー: コマンド lst はありません
    → list のことですか?
    → 使い方は `guardrail profile --help` で表示します。
    ");
}

#[test]
fn unknown_options() {
    assert_snapshot!(run("sweep --tiemout 3"), @r"
    exit 2
    --- stderr
    error: unknown option --tiemout
    → Did you mean --timeout?
    → See `guardrail sweep --help`.
    ");
    assert_snapshot!(run("sweep --tiemout 3 --lang ja"), @r"
    exit 2
    --- stderr
    エラー: オプション --tiemout はありません
    → --timeout のことですか?
    → 使い方は `guardrail sweep --help` で表示します。
    ");
    assert_snapshot!(run("sweep eu-west-1"), @r#"
    exit 2
    --- stderr
    error: "eu-west-1" is not expected here
    → See `guardrail sweep --help`.
    "#);
    assert_snapshot!(run("sweep eu-west-1 --lang ja"), @r"
    exit 2
    --- stderr
    エラー: 「eu-west-1」はここでは使えません
    → 使い方は `guardrail sweep --help` で表示します。
    ");
    assert_snapshot!(run("init --dry-run --yes"), @r"
    exit 2
    --- stderr
    error: --dry-run cannot be used together with --yes
    → See `guardrail init --help`.
    ");
    assert_snapshot!(run("profile check"), @r"
    exit 2
    --- stderr
    error: <NAME|FILE> is missing
    → See `guardrail profile check --help`.
    ");
}

#[test]
fn unknown_values() {
    assert_snapshot!(run("sweep --format yaml"), @r#"
    exit 2
    --- stderr
    error: "yaml" is not a valid value for --format <FORMAT>
    → Valid values: text, json, csv, csv-excel, markdown, html
    → See `guardrail sweep --help`.
    "#);
    assert_snapshot!(run("sweep --format yaml --lang ja"), @r"
    exit 2
    --- stderr
    エラー: --format <FORMAT> に「yaml」は指定できません
    → 指定できる値: text, json, csv, csv-excel, markdown, html
    → 使い方は `guardrail sweep --help` で表示します。
    ");
    assert_snapshot!(run("sweep --timeout 0"), @r#"
    exit 2
    --- stderr
    error: "0" is not a valid value for --timeout <SECONDS>
    → Give a whole number of seconds from 1 to 3600.
    → See `guardrail sweep --help`.
    "#);
    assert_snapshot!(run("sweep --timeout soon --lang ja"), @r"
    exit 2
    --- stderr
    エラー: --timeout <SECONDS> に「soon」は指定できません
    → 1 から 3600 までの整数(秒)で指定してください。
    → 使い方は `guardrail sweep --help` で表示します。
    ");
    assert_snapshot!(run("sweep --color"), @r"
    exit 2
    --- stderr
    error: --color <WHEN> needs a value
    → Valid values: auto, always, never
    → See `guardrail sweep --help`.
    ");
    assert_snapshot!(run("sweep --lang fr"), @r#"
    exit 2
    --- stderr
    error: "fr" is not a valid value for --lang <LANG>
    → Valid values: en, ja
    → See `guardrail sweep --help`.
    "#);
    assert_snapshot!(run("policy swep"), @r#"
    exit 2
    --- stderr
    error: "swep" is not a valid value for [COMMAND]...
    → Valid values: sweep, bill, appeal, advice, init, check, remove, send-test, stop, delete, who, notify, schedule, history
    → Did you mean sweep?
    → See `guardrail policy --help`.
    "#);
}

#[test]
fn no_message_has_debug_output() {
    for line in ["sweep -c ./none.toml", "sweep --timeout 0", "sweep --output /none/none", "sweep --profile none"] {
        let screen = World::new().run(line);
        let said = &screen.stderr;
        assert!(said.starts_with("error: ") && said.contains("\n→ "), "{screen}");
        assert!(!["Error", "Some(", " {", "::"].iter().any(|word| said.contains(word)), "{screen}");
    }
}
