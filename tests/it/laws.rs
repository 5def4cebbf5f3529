//! Rules of the source that a test can check: layers, the registry, languages, sizes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clap::Command;
use guardrail::lang::{self, Speech};
use guardrail::model::Lang;
use guardrail::{resources, safeguards};

use crate::recording::operation;

/// The top modules that each top module may use. Any other module and any other use is an error.
pub const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("error", &["model"]),
    ("lang", &["model"]),
    ("profile", &["model", "error"]),
    ("state", &["model", "error", "aws"]),
    ("prices", &["model", "error", "state", "aws"]),
    ("aws", &["model", "error"]),
    ("resources", &["model", "error", "aws"]),
    ("safeguards", &["model", "error", "aws", "profile"]),
    ("ops", &["model", "error", "lang", "profile", "prices", "aws", "resources", "safeguards"]),
    // Model and lang by design; and the error type, for a format that cannot be written.
    ("render", &["model", "lang", "error"]),
    ("ui", &["model", "lang", "error", "state"]),
    ("demo", &["model", "lang", "error", "aws"]),
    (
        "cli",
        &[
            "model",
            "error",
            "lang",
            "profile",
            "state",
            "prices",
            "aws",
            "resources",
            "safeguards",
            "ops",
            "render",
            "ui",
            "demo",
        ],
    ),
    ("lambda", &["model", "error", "lang", "prices", "aws", "ops", "render"]),
];

/// The folders that may name an SDK crate.
const SDK: [&str; 3] = ["src/aws/", "src/resources/", "src/safeguards/"];

pub const LONGEST: usize = 400;
pub const LONGEST_RESOURCE: usize = 145;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, with its text.
pub fn files(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            (
                path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"),
                fs::read_to_string(&path).unwrap(),
            )
        })
        .collect()
}

/// The part of a file that is compiled into the program.
pub fn program(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()
}

fn top_module(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap();
    inside.split(['/', '.']).next().unwrap()
}

#[test]
fn layers() {
    let allowed: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut broken = Vec::new();
    for (path, text) in files("src") {
        let module = top_module(&path);
        if ["lib", "main"].contains(&module) || path.ends_with("/tests.rs") {
            continue;
        }
        let Some(may_use) = allowed.get(module) else {
            broken.push(format!("{path}: the module {module} has no layer"));
            continue;
        };
        for used in program(&text).split("crate::").skip(1) {
            let used: String = used.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
            if !used.is_empty() && used != module && !may_use.contains(&used.as_str()) {
                broken.push(format!("{path} uses {used}"));
            }
        }
        let names_sdk =
            program(&text).lines().any(|line| line.contains("aws_sdk_") && !line.trim_start().starts_with("//"));
        if names_sdk && !SDK.iter().any(|place| path.starts_with(place)) {
            broken.push(format!("{path} names an SDK crate"));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// What is remembered for the whole process would be another account's: only what AWS publishes for all accounts may be.
#[test]
fn no_answer_outlives_its_account() {
    const KNOWN: [&str; 7] = [
        "src/aws/api/model.rs",
        "src/aws/api/operation.rs",
        "src/aws/api/shapes.rs",
        "src/aws/endpoints.rs",
        "src/aws/remedy/table.rs",
        "src/ops/sweep/circuit_breaker.rs",
        "src/resources/all.rs",
    ];
    let lasting = ["OnceLock", "LazyLock", "OnceCell", "thread_local!", "static mut"];
    let folders = ["src/aws", "src/resources", "src/safeguards", "src/ops", "src/prices/live.rs"];
    let places: Vec<String> = files("src")
        .into_iter()
        .filter(|(path, _)| folders.iter().any(|folder| path.starts_with(folder)) && !KNOWN.contains(&path.as_str()))
        .filter(|(path, text)| {
            let code = program(text).lines().filter(|line| !line.trim_start().starts_with("//"));
            // The memory of a client is made with the client of one place.
            let of_client = path == "src/aws/api/memo.rs";
            code.into_iter()
                .any(|line| lasting.iter().any(|word| line.contains(word)) && !(of_client && line.contains("OnceCell")))
        })
        .map(|(path, _)| path)
        .collect();
    assert!(places.is_empty(), "{places:?} keep something for the whole process");
}

#[test]
fn only_one_place_approves_a_plan() {
    let approving = files("src")
        .into_iter()
        .filter(|(_, text)| text.contains("by_the_person(") && !text.contains("pub fn by_the_person"));
    let outside: Vec<String> = approving.map(|(path, _)| path).filter(|path| path != "src/cli/approve.rs").collect();
    assert!(outside.is_empty(), "{outside:?}");
}

#[test]
fn sizes_and_first_sentences() {
    let mut broken = Vec::new();
    let types: BTreeSet<String> = files_of_types().into_values().collect();
    for (path, text) in files("src").into_iter().chain(files("tests")) {
        let most = if types.contains(&path) { LONGEST_RESOURCE } else { LONGEST };
        // The limit of a type is for the program; its tests may be longer.
        let counted = if types.contains(&path) { program(&text) } else { &text };
        let lines = counted.lines().count();
        if lines > most {
            broken.push(format!("{path}: {lines} lines, at most {most}"));
        }
        if !text.starts_with("//! ") {
            broken.push(format!("{path}: does not begin with a sentence that says what it owns"));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Type → its file, in the folder of its family.
fn files_of_types() -> BTreeMap<&'static str, String> {
    let files = files("src/resources");
    let of = |id: &str| {
        let name = format!("/{}.rs", id.replace('-', "_"));
        let path = files.iter().map(|(path, _)| path).find(|path| path.ends_with(&name));
        path.unwrap_or_else(|| panic!("{id} has no file of its name")).clone()
    };
    resources::ALL.iter().map(|it| (it.id, of(it.id))).collect()
}

fn kebab(id: &str) -> bool {
    !id.is_empty()
        && id
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit()))
}

#[test]
fn the_registry_of_resources() {
    let mut ids = BTreeSet::new();
    for resource in resources::ALL.iter().copied() {
        let id = resource.id;
        assert!(ids.insert(id), "{id} is there twice");
        assert!(kebab(id), "{id} is not kebab-case");
        for lang in Lang::ALL {
            assert!(
                !resource.names.get(lang).is_empty() && !resource.bills.get(lang).is_empty(),
                "{id}: words missing"
            );
        }
        assert!(!resource.asks.is_empty(), "{id} declares no reads");
        let fixtures = root().join("tests/it/fixtures").join(id);
        assert!(fixtures.is_dir(), "{id} has no fixture");
        for action in resource.reads() {
            let operation = operation(action);
            let told = fs::read_dir(&fixtures)
                .unwrap()
                .any(|it| it.unwrap().file_name().to_str().unwrap().starts_with(&format!("{operation}.")));
            assert!(told, "{id} has no fixture for {action}");
        }
    }
    let declared = files("src/resources").into_iter().filter(|(_, text)| text.contains("static RESOURCE: Resource"));
    let declared: BTreeSet<String> = declared.map(|(path, _)| path).collect();
    let listed: BTreeSet<String> = files_of_types().into_values().collect();
    assert_eq!(declared, listed, "a type is not in ALL");
}

/// An owner of things of a type that does not exist would never match.
#[test]
fn owned_things_are_of_a_known_type() {
    let paths: Vec<String> = files("src/resources").into_iter().map(|(path, _)| path).collect();
    for (path, text) in files("src/resources") {
        for id in text.split("Owned { resource: \"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let name = format!("/{}.rs", id.replace('-', "_"));
            assert!(paths.iter().any(|path| path.ends_with(&name)), "{path} owns things of the type {id}");
        }
    }
}

#[test]
fn the_registry_of_safeguards() {
    let mut ids = BTreeSet::new();
    for (index, entry) in safeguards::ALL.iter().enumerate() {
        assert!(ids.insert(entry.id) && kebab(entry.id), "{}", entry.id);
        assert!(!entry.reads.is_empty() && !entry.writes.is_empty(), "{} declares no actions", entry.id);
        let needed = entry.needs.id().map(|id| safeguards::ALL.iter().position(|it| it.id == id).expect(id));
        assert!(needed.is_none_or(|needed| needed < index), "{} is created before its dependency", entry.id);
        for lang in Lang::ALL {
            assert!(Speech::new(lang).get(&format!("about-{}", entry.id)).is_some(), "{} has no description", entry.id);
        }
    }
}

/// Message id → the variables it uses.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in lang::source(lang).lines() {
        let head =
            line.split_once('=').filter(|(name, _)| kebab(&name.trim().replace('_', "-")) && !line.starts_with(' '));
        if let Some((name, _)) = head {
            name.trim().clone_into(&mut id);
            assert!(found.insert(id.clone(), BTreeSet::new()).is_none(), "{id} is written twice");
        }
        for used in line.split('$').skip(1) {
            let variable = used.chars().take_while(|it| it.is_alphanumeric() || *it == '-').collect();
            found.get_mut(&id).unwrap().insert(variable);
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_messages() {
    let (en, ja) = (messages(Lang::En), messages(Lang::Ja));
    let only = |a: &BTreeMap<String, _>, b: &BTreeMap<String, _>| {
        a.keys().filter(|id| !b.contains_key(*id)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(only(&en, &ja), Vec::<String>::new(), "only in English");
    assert_eq!(only(&ja, &en), Vec::<String>::new(), "only in Japanese");
    for (id, variables) in &en {
        // One language may have a plural form where the other has none.
        assert_eq!(variables, &ja[id], "{id}");
    }
}

#[test]
fn every_message_that_the_program_names_is_there() {
    let known = messages(Lang::En);
    let mut missing = BTreeSet::new();
    for (path, text) in files("src") {
        let text = program(&text);
        for (before, prefix) in [
            ("Text::new(\"", ""),
            ("speech.plain(\"", ""),
            ("speech.with(\"", ""),
            ("Note::new(\"", "note-"),
            ("Note::with(\"", "note-"),
        ] {
            for rest in text.split(before).skip(1) {
                let id = rest.split('"').next().unwrap();
                if !known.contains_key(&format!("{prefix}{id}")) {
                    missing.insert(format!("{path}: {prefix}{id}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The ids that the program assembles: of its commands and options, and of its safeguards.
fn made_of_names() -> BTreeSet<String> {
    fn of(command: &Command, path: &str, made: &mut BTreeSet<String>) {
        let name = if path.is_empty() { "guardrail" } else { path };
        made.extend([format!("help-{name}"), format!("help-{name}-more")]);
        for arg in command.get_arguments() {
            made.extend([format!("help-{}", arg.get_id()), format!("help-{name}-{}", arg.get_id())]);
        }
        for child in command.get_subcommands() {
            let name = child.get_name();
            of(child, &if path.is_empty() { name.to_owned() } else { format!("{path}-{name}") }, made);
        }
    }
    let mut made: BTreeSet<String> = safeguards::ALL.iter().map(|it| format!("about-{}", it.id)).collect();
    of(&guardrail::cli::command(&Speech::new(Lang::En)), "", &mut made);
    made
}

/// Whether a structure has a field of this name.
fn has_field(text: &str, name: &str) -> bool {
    let inside = |letter: char| letter.is_alphanumeric() || letter == '_';
    let field = format!("{name}:");
    text.match_indices(&field).any(|(at, _)| !text[..at].ends_with(inside))
}

#[test]
fn no_message_is_left_over() {
    let page = |name: &str| fs::read_to_string(root().join("src/render/html").join(name)).unwrap();
    let pages = ["page.html", "organization.html"].map(page);
    let text: String =
        files("src").iter().map(|(_, text)| program(text)).chain(pages.iter().map(String::as_str)).collect();
    let said = |word: &str| text.contains(&format!("\"{word}\""));
    let made = made_of_names();
    let is_used = |id: &str| {
        let (kind, name) = id.split_once('-').unwrap_or((id, ""));
        let field = name.replace('-', "_");
        let is_made = match kind {
            "note" | "fact" => said(name),
            "column" => said(name) || said(&field),
            "field" => said(name) || said(&field) || has_field(&text, &field),
            "proof" => name.rsplit_once('-').is_some_and(|(step, status)| said(step) && said(status)),
            _ => made.contains(id),
        };
        is_made || said(id)
    };
    let unused: Vec<String> = messages(Lang::En).into_keys().filter(|id| !is_used(id)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn every_command_and_option_has_help_in_both_languages() {
    fn untold(command: &Command, path: &str, missing: &mut Vec<String>) {
        if command.get_about().is_none_or(|about| about.to_string().starts_with("help-")) {
            missing.push(path.to_owned());
        }
        for arg in command.get_arguments() {
            if arg.get_help().is_none_or(|help| help.to_string().starts_with("help-")) {
                missing.push(format!("{path} {}", arg.get_id()));
            }
        }
        for child in command.get_subcommands() {
            untold(child, &format!("{path} {}", child.get_name()), missing);
        }
    }
    for lang in Lang::ALL {
        let mut missing = Vec::new();
        let mut command = guardrail::cli::command(&Speech::new(lang));
        command.build();
        untold(&command, "guardrail", &mut missing);
        assert!(missing.is_empty(), "{lang:?}: {missing:#?}");
    }
}
