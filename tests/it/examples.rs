//! Console blocks of the documents in both languages: each command is run, and its screen compared with the output.
//!
//! `UPDATE_SCREENS=1` writes the screens, as in [`crate::pictures`].

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use crate::generated::{holds, wanted};
use crate::practice;
use crate::world::{Screen, World};

/// The documents for users: English, Japanese.
pub const DOCUMENTS: [(&str, &str); 12] = [
    ("README.md", "docs/README.ja.md"),
    ("docs/sweep.md", "docs/sweep.ja.md"),
    ("docs/history.md", "docs/history.ja.md"),
    ("docs/safeguards.md", "docs/safeguards.ja.md"),
    ("docs/permissions.md", "docs/permissions.ja.md"),
    ("docs/schedules.md", "docs/schedules.ja.md"),
    ("docs/options.md", "docs/options.ja.md"),
    ("docs/limits.md", "docs/limits.ja.md"),
    ("docs/json.md", "docs/json.ja.md"),
    ("docs/organization.md", "docs/organization.ja.md"),
    ("docs/stop-and-delete.md", "docs/stop-and-delete.ja.md"),
    ("docs/appeal.md", "docs/appeal.ja.md"),
];
const UPDATE: &str = "UPDATE_SCREENS";
/// Matches any lines.
const ELIDED: &str = "...";

/// A command that several documents show is run once.
static SEEN: Mutex<BTreeMap<String, (Vec<String>, i32)>> = Mutex::new(BTreeMap::new());

/// # Panics
/// There is no such file.
#[must_use]
pub fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))
        .unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// All documents of one language, one after the other.
#[must_use]
pub fn all(japanese: bool) -> String {
    DOCUMENTS.map(|(english, translated)| read(if japanese { translated } else { english })).concat()
}

/// The screen of a command at 80 columns, stdout before stderr, and its exit code.
fn seen(command: &str) -> (Vec<String>, i32) {
    if let Some(known) = SEEN.lock().unwrap().get(command) {
        return known.clone();
    }
    let line = command.strip_prefix("guardrail ").unwrap_or_else(|| panic!("not a command of guardrail: {command}"));
    let Screen { stdout, stderr, code } = match line {
        "sweep --demo" => practice::sweep("--lang en"),
        "sweep --demo --lang ja" => practice::sweep("--lang ja"),
        line => World::new().env("COLUMNS", "80").run(line),
    };
    let text = stdout + &stderr;
    let screen = text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect();
    let result: (Vec<String>, i32) = (screen, code.unwrap());
    SEEN.lock().unwrap().insert(command.to_owned(), result.clone());
    result
}

/// The screen for a document: the seen lines, elided where the document elides them.
fn shown(said: &[String], seen: &[String]) -> Vec<String> {
    let Some(place) = said.iter().position(|line| line == ELIDED) else { return seen.to_vec() };
    let after = said.len() - place - 1;
    assert!(place + after > 0, "a screen that says nothing cannot be wrong");
    assert!(
        !said[place + 1..].iter().any(|line| line == ELIDED),
        "only one part of a screen can be left out: {said:#?}"
    );
    if seen.len() <= place + after {
        return seen.to_vec();
    }
    [&seen[..place], &[ELIDED.to_owned()], &seen[seen.len() - after..]].concat()
}

/// The document with the output of the program as its screens.
fn renewed(document: &str, run: &mut dyn FnMut(&str) -> (Vec<String>, i32)) -> String {
    let mut lines = Vec::new();
    let mut blocks = 0;
    let mut rest = document.lines().map(|line| line.trim_end().to_owned()).peekable();
    while let Some(line) = rest.next() {
        let opens = line == "```console";
        lines.push(line);
        if !opens {
            continue;
        }
        blocks += 1;
        let mut code: Option<i32> = None;
        while let Some(line) = rest.next_if(|line| line != "```") {
            let command =
                line.strip_prefix("$ ").unwrap_or_else(|| panic!("a console block begins with a command: {line}"));
            let said: Vec<String> =
                std::iter::from_fn(|| rest.next_if(|line| line != "```" && !line.starts_with("$ "))).collect();
            assert!(!said.is_empty() || wanted(UPDATE), "{command}: a screen that says nothing cannot be wrong");
            let screen = if command == "echo $?" {
                vec![code.unwrap_or_else(|| panic!("a command comes before its exit code")).to_string()]
            } else {
                let (screen, exit) = run(command);
                code = Some(exit);
                shown(&said, &screen)
            };
            lines.push(line);
            lines.extend(screen);
        }
        assert!(rest.peek().is_some(), "a console block does not end");
    }
    assert!(blocks > 0 || !document.contains("$ guardrail"), "no console block is found");
    lines.join("\n") + "\n"
}

fn is_true(file: &str) {
    let document = read(file);
    if !document.contains("\n```console\n") {
        return;
    }
    let renewed = renewed(&document, &mut seen);
    if !wanted(UPDATE) {
        let differs = document.lines().zip(renewed.lines()).find(|(said, seen)| said.trim_end() != *seen);
        assert!(differs.is_none(), "{file}: UPDATE_SCREENS=1 writes the screens\nsaid, seen: {differs:#?}");
    }
    holds(file, &renewed, UPDATE);
}

#[test]
fn every_screen_in_the_english_documents_is_true() {
    for (english, _) in DOCUMENTS {
        is_true(english);
    }
}

#[test]
fn every_screen_in_the_japanese_documents_is_true() {
    for (_, japanese) in DOCUMENTS {
        is_true(japanese);
    }
}

fn commands(document: &str) -> BTreeSet<String> {
    let blocks = document.split("\n```console\n").skip(1).filter_map(|rest| rest.split("\n```\n").next());
    blocks.flat_map(str::lines).filter_map(|line| line.strip_prefix("$ ")).map(str::to_owned).collect()
}

#[test]
fn both_languages_show_the_same_commands() {
    for (english, japanese) in DOCUMENTS {
        let plain: BTreeSet<String> =
            commands(&read(japanese)).iter().map(|command| command.replace(" --lang ja", "")).collect();
        assert_eq!(plain, commands(&read(english)), "{english}, {japanese}");
    }
    assert!(commands(&all(false)).len() > 8);
}

/// The commands of a document without an entry are never run.
#[test]
fn every_document_with_a_screen_is_in_the_list() {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")).unwrap();
    let files = entries.map(|entry| format!("docs/{}", entry.unwrap().file_name().into_string().unwrap()));
    let files = files.filter(|file| Path::new(file).extension().is_some_and(|kind| kind == "md"));
    let known: BTreeSet<&str> = DOCUMENTS.iter().flat_map(|(english, japanese)| [*english, *japanese]).collect();
    let missing: Vec<String> = files
        .filter(|file| {
            !known.contains(file.as_str()) && (file.ends_with(".ja.md") || read(file).contains("\n$ guardrail"))
        })
        // Generated; and a summary that shows no screen.
        .filter(|file| !file.contains("/catalogue.") && file != "docs/prices.ja.md")
        .collect();
    assert!(missing.is_empty(), "not in DOCUMENTS: {missing:?}");
}

/// The links of a document to files and headings of the repository.
fn links(document: &str) -> Vec<&str> {
    let targets = document.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let pictures = document.split(" src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    targets.chain(pictures).filter(|link| !link.contains("://") && !link.starts_with("../../")).collect()
}

/// The anchors of the headings, as GitHub forms them.
fn anchors(document: &str) -> BTreeSet<String> {
    let headings =
        document.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ' ' | 'ー');
    headings.map(|it| it.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let more = ["CONTRIBUTING.md", "SECURITY.md", "docs/ARCHITECTURE.md", "docs/adding-a-resource.md", "docs/build.md"];
    let more = more.into_iter().chain(["docs/prices.md", "docs/prices.ja.md", "docs/glossary.md", "docs/aws-facts.md"]);
    for file in DOCUMENTS.iter().flat_map(|(english, japanese)| [*english, *japanese]).chain(more) {
        let folder = Path::new(file).parent().unwrap();
        for link in links(&read(file)) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file.to_owned() } else { folder.join(path).display().to_string() };
            let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(&target);
            assert!(there.exists(), "{file}: {link} leads nowhere");
            assert!(anchor.is_empty() || anchors(&read(&target)).contains(anchor), "{file}: {link}: no such heading");
        }
    }
}

#[test]
fn a_screen_is_compared_line_by_line_except_elided_lines() {
    let lines = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
    let seen = lines("a|b|c|d");
    for (said, becomes) in [
        ("a|b|c|d", "a|b|c|d"),
        ("x", "a|b|c|d"),
        ("a|...", "a|..."),
        ("...|d", "...|d"),
        ("x|...|d", "a|...|d"),
        ("a|...|c", "a|...|d"),
        ("a|b|...|c|d", "a|b|c|d"),
    ] {
        assert_eq!(shown(&lines(said), &seen), lines(becomes), "{said}");
    }
}

#[test]
fn a_wrong_screen_and_a_wrong_exit_code_are_noticed() {
    let document = "x\n\n```console\n$ guardrail a\nold\n$ echo $?\n1\n```\n\n$ not run\n";
    let seen = renewed(document, &mut |_| (vec!["new".to_owned(), "lines".to_owned()], 10));
    assert_eq!(seen, document.replace("old", "new\nlines").replace("\n1\n", "\n10\n"));
}

#[test]
fn anchors_are_those_of_github() {
    let document = "# Exit codes\n\n## What `init` sets up\n### 見つかったら(次にすること)\n## cron\n";
    let expected = ["exit-codes", "what-init-sets-up", "見つかったら次にすること", "cron"];
    assert_eq!(anchors(document), expected.map(str::to_owned).into());
}
