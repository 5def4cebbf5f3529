//! The documents are true: every console block of the READMEs is run, and required names are there.

use std::collections::BTreeSet;
use std::process::Command;

use guardrail::cli::{self, Exit};
use guardrail::lang::Speech;
use guardrail::model::{BillReport, Catalogue, Lang, SafeguardReport, SweepReport};
use guardrail::{profile, resources, safeguards};
use schemars::schema_for;
use serde_json::Value;

const ENGLISH: &str = include_str!("../../README.md");
const JAPANESE: &str = include_str!("../../docs/README.ja.md");
const JSON: &str = include_str!("../../docs/json.md");
const SENTENCES: &str = include_str!("../../src/lang/en.ftl");

/// Matches any lines.
const ELIDED: &str = "...";

/// A command of a console block, and its expected screen.
struct Example {
    command: String,
    screen: Vec<String>,
}

/// The examples of a document, block by block.
fn blocks(document: &str) -> Vec<Vec<Example>> {
    let mut blocks = Vec::new();
    let mut open: Option<Vec<Example>> = None;
    for line in document.lines() {
        match (&mut open, line) {
            (None, "```console") => open = Some(Vec::new()),
            (None, _) => {}
            (Some(_), "```") => blocks.extend(open.take()),
            (Some(block), line) => match (line.strip_prefix("$ "), block.last_mut()) {
                (Some(command), _) => block.push(Example { command: command.to_owned(), screen: Vec::new() }),
                (None, Some(example)) => example.screen.push(line.trim_end().to_owned()),
                (None, None) => panic!("a console block begins with a command, not with: {line}"),
            },
        }
    }
    assert!(open.is_none(), "a console block does not end");
    blocks
}

fn commands(document: &str) -> Vec<String> {
    blocks(document).into_iter().flatten().map(|example| example.command).collect()
}

/// Runs the program in an empty environment; returns its output, stdout before stderr.
fn run(command: &str) -> (Vec<String>, i32) {
    let home = tempfile::tempdir().unwrap();
    let words: Vec<&str> = command.split_whitespace().collect();
    let ["guardrail", args @ ..] = words.as_slice() else { panic!("not a command of guardrail: {command}") };
    let output = Command::new(env!("CARGO_BIN_EXE_guardrail"))
        .args(args)
        .env_clear()
        .envs([("COLUMNS", "80"), ("GUARDRAIL_NOW", "2026-11-23T00:00:00Z"), ("LANG", "C")])
        .envs(["HOME", "USERPROFILE", "APPDATA"].map(|name| (name, home.path())))
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    let screen = text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect();
    (screen, output.status.code().unwrap())
}

/// Whether the screen is the expected one, in which `...` matches any lines.
fn agrees(said: &[String], seen: &[String]) -> bool {
    match said {
        [] => seen.is_empty(),
        [elided, rest @ ..] if elided == ELIDED => (0..=seen.len()).any(|skipped| agrees(rest, &seen[skipped..])),
        [line, rest @ ..] => seen.first() == Some(line) && agrees(rest, &seen[1..]),
    }
}

fn every_block_is_true(document: &str) {
    let blocks = blocks(document);
    assert!(!blocks.is_empty(), "there is no console block");
    for block in blocks {
        let mut code: Option<i32> = None;
        for Example { command, screen } in block {
            let seen = if command == "echo $?" {
                vec![code.expect("a command comes before its exit code").to_string()]
            } else {
                let (seen, exit) = run(&command);
                code = Some(exit);
                seen
            };
            assert!(screen.iter().any(|line| line != ELIDED), "{command}: a screen that says nothing cannot be wrong");
            assert!(agrees(&screen, &seen), "{command}\n\nsaid:\n{}\n\nseen:\n{}", screen.join("\n"), seen.join("\n"));
        }
    }
}

#[test]
fn every_block_of_the_english_readme_is_true() {
    every_block_is_true(ENGLISH);
}

#[test]
fn every_block_of_the_japanese_readme_is_true() {
    every_block_is_true(JAPANESE);
}

#[test]
fn both_readmes_show_the_same_commands() {
    let plain: Vec<String> = commands(JAPANESE).iter().map(|command| command.replace(" --lang ja", "")).collect();
    assert_eq!(plain, commands(ENGLISH));
}

/// The numbers in the first column of the table under a heading.
fn codes(document: &str, heading: &str) -> BTreeSet<u8> {
    let section = document.split_once(&format!("\n## {heading}\n")).unwrap().1;
    let section = section.split("\n## ").next().unwrap();
    section.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next()?.parse().ok()).collect()
}

#[test]
fn both_readmes_list_every_exit_code_and_no_other() {
    let all = Exit::ALL.map(|exit| exit as u8).into();
    assert_eq!(codes(ENGLISH, "Exit codes"), all);
    assert_eq!(codes(JAPANESE, "終了コード"), all);
}

/// All commands and options: `guardrail sweep`, `--regions` and so on.
fn typed(command: &clap::Command, path: &str, all: &mut BTreeSet<String>) {
    let options = command.get_arguments().filter_map(|arg| arg.get_long());
    all.extend(options.map(|option| format!("--{option}")));
    for below in command.get_subcommands() {
        let path = format!("{path} {}", below.get_name());
        typed(below, &path, all);
        all.insert(path);
    }
}

#[test]
fn both_readmes_name_everything_there_is() {
    let mut all = BTreeSet::new();
    typed(&cli::command(&Speech::new(Lang::En)), "guardrail", &mut all);
    all.extend(safeguards::ALL.iter().map(|safeguard| format!("`{}`", safeguard.id)));
    all.extend(profile::shipped().iter().map(|(name, _)| (*name).to_owned()));
    for (document, name) in [(ENGLISH, "README.md"), (JAPANESE, "docs/README.ja.md")] {
        let missing: Vec<_> = all.iter().filter(|it| !document.contains(it.as_str())).collect();
        assert!(missing.is_empty(), "{name} does not name {missing:?}");
    }
    assert!(ENGLISH.contains(&format!("It looks for the {} resource types of", resources::ALL.len())));
    assert!(JAPANESE.contains(&format!("調べるのは {} 種類", resources::ALL.len())));
}

/// The keys and constant values that a schema allows.
fn vocabulary(schema: &Value, all: &mut BTreeSet<String>) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match schema {
        Value::Object(fields) => {
            all.extend(
                fields.get("properties").and_then(Value::as_object).into_iter().flat_map(|it| it.keys().cloned()),
            );
            all.extend(fields.get("const").and_then(text));
            all.extend(fields.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(text));
            fields.values().for_each(|below| vocabulary(below, all));
        }
        Value::Array(items) => items.iter().for_each(|below| vocabulary(below, all)),
        _ => {}
    }
}

#[test]
fn the_json_document_explains_every_key_value_note_and_step() {
    let mut all = BTreeSet::new();
    for schema in
        [schema_for!(SweepReport), schema_for!(SafeguardReport), schema_for!(BillReport), schema_for!(Catalogue)]
    {
        vocabulary(schema.as_value(), &mut all);
    }
    for known in ["disabled_regions", "at-most", "denied-by-organization", "subject", "drifted"] {
        assert!(all.contains(known), "the schemas do not say {known}");
    }
    let said = SENTENCES.lines().filter_map(|line| line.split_once(" = ")).map(|(id, _)| id);
    all.extend(said.clone().filter_map(|id| id.strip_prefix("note-")).map(str::to_owned));
    let steps = said.filter_map(|id| id.strip_prefix("proof-")).filter_map(|id| id.rsplit_once('-'));
    all.extend(steps.map(|(step, _)| step.to_owned()));
    let missing: Vec<_> = all.iter().filter(|word| !JSON.contains(&format!("`{word}`"))).collect();
    assert!(missing.is_empty(), "docs/json.md does not explain {missing:?}");
}

#[test]
fn elided_lines_are_any_lines_and_all_others_are_compared() {
    let lines = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
    let seen = lines("a|b|c|d");
    for said in ["a|b|c|d", "...", "a|...", "...|d", "a|...|d", "a|...|b|c|...|d"] {
        assert!(agrees(&lines(said), &seen), "{said}");
    }
    for said in ["a|b|c", "a|b|c|d|e", "...|c", "b|...", "a|...|c", "a|...|x|...|d"] {
        assert!(!agrees(&lines(said), &seen), "{said}");
    }
}
