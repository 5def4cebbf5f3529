//! The documents for users are complete: every command, option, variable, safeguard, exit code and JSON key.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use guardrail::cli::{self, Exit};
use guardrail::lang::Speech;
use guardrail::model::{
    ActionReport, BillReport, Catalogue, Lang, OrganizationReport, SafeguardReport, ScheduleReport, SweepReport,
};
use guardrail::{profile, resources, safeguards};
use schemars::schema_for;
use serde_json::Value;

use crate::examples::{DOCUMENTS, all, read};

const ENGLISH: &str = include_str!("../../README.md");
const JAPANESE: &str = include_str!("../../docs/README.ja.md");
const SENTENCES: &str = include_str!("../../src/lang/en.ftl");

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

/// `guardrail sweep`, `--regions` and everything else that a person may type.
fn typed(command: &clap::Command, path: &str, all: &mut BTreeSet<String>) {
    let options = command.get_arguments().filter_map(|arg| arg.get_long());
    all.extend(options.map(|option| format!("--{option}")));
    for below in command.get_subcommands() {
        let path = format!("{path} {}", below.get_name());
        typed(below, &path, all);
        all.insert(path);
    }
}

/// The program's own environment variables.
fn variables(folder: &Path, found: &mut BTreeSet<String>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            variables(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(path).unwrap();
            let program = text.split("#[cfg(test)]").next().unwrap();
            let names = program.split("GUARDRAIL_").skip(1);
            let names = names.map(|rest| rest.split(|it: char| !it.is_ascii_uppercase() && it != '_').next().unwrap());
            found.extend(names.map(|name| format!("`GUARDRAIL_{name}`")));
        }
    }
}

#[test]
fn both_languages_name_everything_there_is() {
    let mut names = BTreeSet::new();
    typed(&cli::command(&Speech::new(Lang::En)), "guardrail", &mut names);
    variables(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
    assert!(names.contains("`GUARDRAIL_CACHE_DIR`"), "{names:?}");
    names.extend(safeguards::ALL.iter().map(|safeguard| format!("`{}`", safeguard.id)));
    names.extend(profile::shipped().iter().map(|(name, _)| (*name).to_owned()));
    for (japanese, language) in [(false, "English"), (true, "Japanese")] {
        let documents = all(japanese);
        let missing: Vec<_> = names.iter().filter(|it| !documents.contains(it.as_str())).collect();
        assert!(missing.is_empty(), "no {language} document names {missing:?}");
    }
    let count = resources::ALL.len();
    for file in ["README.md", "docs/limits.md"] {
        assert!(read(file).contains(&format!("{count} resource types")), "{file}: {count} resource types");
    }
    for file in ["docs/README.ja.md", "docs/limits.ja.md"] {
        assert!(read(file).contains(&format!("{count} 種類")), "{file}: {count} 種類");
    }
}

/// The loop in the documents covers all parts of the policy.
#[test]
fn every_part_of_the_policy_is_attached() {
    for file in ["docs/permissions.md", "docs/permissions.ja.md"] {
        let document = read(file);
        let last = document.split("--part ").filter_map(|rest| rest.split('`').next()?.parse::<usize>().ok()).max();
        let parts: Vec<String> = (1..=last.unwrap()).map(|part| part.to_string()).collect();
        assert!(document.contains(&format!("for part in {}; do", parts.join(" "))), "{file}: {parts:?}");
    }
}

/// The parts of a document: headings by their level, the rows of its tables by the names in them, the languages of its blocks.
fn shape(document: &str) -> Vec<String> {
    let mut code = false;
    let mut parts = Vec::new();
    for line in document.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            code = !code;
            parts.extend(code.then(|| language.to_owned()));
        } else if !code && (line.starts_with('#') || line.starts_with('|')) {
            let mark: String = line.chars().take_while(|letter| matches!(letter, '#' | '|')).collect();
            let words = line.split(" | ").next().unwrap().split('`').skip(1).step_by(2);
            parts.push(if mark == "|" { words.collect::<Vec<_>>().join(" ") } else { mark });
        }
    }
    parts
}

/// Sections, table rows and code blocks are the same in English and Japanese.
#[test]
fn each_page_has_the_same_parts_in_both_languages() {
    for (english, japanese) in &DOCUMENTS[1..] {
        let [said, translated] = [english, japanese].map(|file| shape(&read(file)));
        assert!(said.len() > 3, "{english}: {said:?}");
        assert_eq!(said, translated, "{english}, {japanese}");
    }
}

/// Longer parts belong into pages of their own.
#[test]
fn the_readme_is_short() {
    assert!(ENGLISH.lines().count() <= 260, "README.md has {} lines: move them to docs/", ENGLISH.lines().count());
}

/// GitHub shows a line break inside a Japanese sentence as a space.
#[test]
fn no_japanese_sentence_is_broken() {
    for file in DOCUMENTS.map(|(_, japanese)| japanese) {
        let mut code = false;
        let mut before = "";
        let text = read(file);
        for line in text.lines() {
            code ^= line.trim_start().starts_with("```");
            let begins = |line: &str| {
                line.trim_start()
                    .starts_with(['#', '|', '-', '<', '!', '>', '`', '[', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
            };
            let broken = !code
                && !before.is_empty()
                && !line.is_empty()
                && !begins(line)
                && !before.ends_with("```")
                && !before.starts_with('<');
            assert!(!broken, "{file}: one line for each paragraph\n{before}\n{line}");
            before = line;
        }
    }
}

/// The keys and the fixed values that a schema allows.
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
fn the_json_documents_explain_every_key_value_note_and_step() {
    let mut all = BTreeSet::new();
    let schemas = [
        schema_for!(SweepReport),
        schema_for!(OrganizationReport),
        schema_for!(SafeguardReport),
        schema_for!(ActionReport),
        schema_for!(BillReport),
        schema_for!(Catalogue),
        schema_for!(ScheduleReport),
    ];
    for schema in &schemas {
        vocabulary(schema.as_value(), &mut all);
    }
    for known in ["disabled_regions", "at-most", "denied-by-organization", "subject", "drifted"] {
        assert!(all.contains(known), "the schemas do not say {known}");
    }
    let said = SENTENCES.lines().filter_map(|line| line.split_once(" = ")).map(|(id, _)| id);
    all.extend(said.clone().filter_map(|id| id.strip_prefix("note-")).map(str::to_owned));
    let steps = said.filter_map(|id| id.strip_prefix("proof-")).filter_map(|id| id.rsplit_once('-'));
    all.extend(steps.map(|(step, _)| step.to_owned()));
    for file in ["docs/json.md", "docs/json.ja.md"] {
        let document = read(file);
        let missing: Vec<_> = all.iter().filter(|word| !document.contains(&format!("`{word}`"))).collect();
        assert!(missing.is_empty(), "{file} does not explain {missing:?}");
    }
}
