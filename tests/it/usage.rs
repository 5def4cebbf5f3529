//! Habits of other tools, variables of the environment and saved settings: what the program makes of them, and what it says.

use std::fs;

use insta::assert_snapshot;

use crate::responder::{Account, Fixtures};
use crate::world::{ACCOUNT, World};

#[test]
fn options_as_other_tools_call_them() {
    let said = |line: &str| World::new().run(line).exits(2).stderr;
    assert_snapshot!(said("sweep -f json"), @r"
    error: unknown option -f
    → Did you mean --format?
    → See `guardrail sweep --help`.
    ");
    assert_snapshot!(said("sweep --json"), @r"
    error: unknown option --json
    → Did you mean --format json?
    → See `guardrail sweep --help`.
    ");
    assert_snapshot!(said("sweep --timeout -5"), @r#"
    error: "-5" is not a valid value for --timeout <SECONDS>
    → Give a whole number of seconds from 1 to 3600.
    → See `guardrail sweep --help`.
    "#);
    assert_snapshot!(said("policy sweep --part 0"), @r#"
    error: "0" is not a valid value for --part <N>
    → Give the number of a part, starting with 1.
    → See `guardrail policy --help`.
    "#);
    assert_snapshot!(said("policy sweep --format html"), @r"
    error: `guardrail policy` does not write html
    → Valid values: json
    ");
    assert_snapshot!(said("help swep"), @r"
    error: unknown command swep
    → Did you mean sweep?
    → See `guardrail --help`.
    ");
}

#[test]
fn an_option_may_be_given_twice() {
    let twice = World::new().run("check --demo --lang en --lang ja --demo").exits(10);
    assert!(twice.stdout.starts_with("アカウント"), "{twice}");
}

#[test]
fn help_of_a_command_is_what_the_option_prints() {
    let world = World::new();
    for command in ["", "sweep", "profile show"] {
        let [help, option] = [format!("help {command}"), format!("{command} --help")].map(|line| world.run(&line));
        assert_eq!(help.exits(0).stdout, option.exits(0).stdout, "{command}");
    }
}

#[test]
fn the_manual_has_a_page_for_every_command_that_it_names() {
    let world = World::new();
    let page = world.run("man").exits(0).stdout;
    for section in ["EXAMPLES", "ENVIRONMENT", "EXIT CODES"] {
        assert!(page.contains(&format!(".SH \"{section}\"")), "{page}");
    }
    let named = page.lines().filter_map(|line| line.strip_prefix("guardrail\\-")?.strip_suffix("(1)"));
    let named: Vec<&str> = named.collect();
    assert!(named.contains(&"sweep"), "{page}");
    for command in named {
        let page = world.run(&format!("man {command}")).exits(0).stdout;
        assert!(page.contains(&format!(".SH NAME\nguardrail\\-{command} \\- ")), "{page}");
    }
    let japanese = world.run("man --lang ja").exits(0).stdout;
    let name = japanese.split(".SH NAME\n").nth(1).unwrap().lines().next().unwrap();
    assert!(name.ends_with("洗い出します"), "the name is one line: {name}");
}

#[test]
fn a_shell_completes_types_and_regions() {
    let script = World::new().run("completions zsh").exits(0).stdout;
    assert!(script.contains("rds-instance") && script.contains("ap-northeast-1"));
}

#[test]
fn a_variable_that_names_nothing_is_named_itself() {
    assert_snapshot!(World::new().env("GUARDRAIL_CONFIG", "nope").run("bill --demo").exits(2).stderr, @r"
    error: there is no guardrail profile called nope
    → Built-in profiles: personal, study, training-org. Give a file of your own by its path: ./my.toml
    → The name comes from the environment variable GUARDRAIL_CONFIG.
    ");
    let screen = World::new().env("GUARDRAIL_LANG", "fr").run("profile check study").exits(0);
    assert_snapshot!(screen.stderr, @"GUARDRAIL_LANG=fr is not supported (en, ja).");
}

#[test]
fn a_profile_that_keeps_an_unknown_type_is_refused_before_anything_is_asked() {
    let world = World::new();
    let kept = "[[sweep.keep]]\nresource = \"ec2-instanc\"\nname = \"a\"\nreason = \"b\"\nuntil = 2027-01-01\n";
    fs::write(world.home().join("my.toml"), kept).unwrap();
    let screen = world.run("sweep --demo -c my.toml").exits(2);
    assert!(screen.stderr.contains("Did you mean ec2-instance?"), "{screen}");
    assert!(screen.stderr.contains("The name is in the profile ~/my.toml."), "{screen}");
}

#[test]
fn broken_settings_hold_up_only_what_builds_on_them() {
    let server = Account::of(Fixtures::of(&[])).start();
    let world = World::new().endpoint(&server.url);
    let settings = world.home().join(".config/guardrail/accounts");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join(format!("{ACCOUNT}.toml")), "profile = ").unwrap();
    let swept = world.run("sweep --no-bill --offline-prices --resources ec2-nat-gateway").exits(0);
    assert!(swept.stdout.contains("SAFE"), "{swept}");
    assert_snapshot!(swept.stderr, @r"
    warning: the saved settings for this account are corrupt: ~/.config/guardrail/accounts/123456789012.toml
      string values must be quoted, expected literal string
    → Delete that file. The next `guardrail init` asks again and recreates it; nothing in AWS depends on it.
    ");
    let checked = world.run("check").exits(1);
    assert!(checked.stderr.starts_with("error: the saved settings"), "{checked}");
}
