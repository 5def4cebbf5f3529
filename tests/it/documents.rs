//! Cross-references between documents and code: cited facts, notes, places.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use guardrail::lang;
use guardrail::model::Lang;

use crate::generated::holds;
use crate::laws::{LAYERS, LONGEST, LONGEST_RESOURCE};

const FACTS: &str = include_str!("../../docs/aws-facts.md");
const JSON: &str = include_str!("../../docs/json.md");
const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");
const GLOSSARY: &str = include_str!("../../docs/glossary.md");
const ARCHITECTURE: &str = include_str!("../../docs/ARCHITECTURE.md");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| path.extension().is_some_and(|kind| kind == "rs")).collect()
}

/// The text of a file's comments without line breaks and comment marks.
fn flowing(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim_start().trim_start_matches(['/', '!']).trim());
    lines.collect::<Vec<_>>().join(" ")
}

/// The sections of the fact sheet that a text cites: `0.2` and `2.3` of "(fact sheet, sections 0.2 and 2.3)".
fn cited(text: &str) -> BTreeSet<String> {
    let text = flowing(text);
    let places = text.split("fact sheet, section").skip(1).filter_map(|rest| rest.split(')').next());
    let numbers = places.flat_map(|place| place.split(|letter: char| !letter.is_ascii_digit() && letter != '.'));
    numbers.map(|it| it.trim_matches('.')).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// The numbers of the headings.
fn sections(document: &str) -> BTreeSet<String> {
    let headings = document.lines().filter_map(|line| line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")));
    let numbers = headings.filter_map(|heading| heading.split(' ').next()).map(|it| it.trim_end_matches('.'));
    numbers.filter(|it| it.starts_with(|letter: char| letter.is_ascii_digit())).map(str::to_owned).collect()
}

#[test]
fn every_cited_fact_is_in_the_fact_sheet_and_no_other() {
    let texts = ["src", "tests"].iter().flat_map(|folder| files(&root().join(folder)));
    let texts =
        texts.filter(|path| !path.ends_with("tests/it/documents.rs")).map(|path| fs::read_to_string(path).unwrap());
    let cited: BTreeSet<String> = texts.flat_map(|text| cited(&text)).collect();
    let sections = sections(FACTS);
    assert!(cited.len() > 10, "{cited:?}");
    for path in files(&root().join("src")) {
        let text = flowing(&fs::read_to_string(&path).unwrap());
        let vague = text.split("fact sheet").skip(1).any(|rest| !rest.starts_with(", section"));
        assert!(!vague, "{}: which section of the fact sheet?", path.display());
    }
    let missing: Vec<_> = cited.difference(&sections).collect();
    assert!(missing.is_empty(), "docs/aws-facts.md has no section {missing:?}");
    let about = |section: &String| cited.iter().any(|it| it == section || it.starts_with(&format!("{section}.")));
    let whole = |section: &String| section.split_once('.').is_some_and(|(chapter, _)| cited.contains(chapter));
    let unused: Vec<_> = sections.iter().filter(|section| !about(section) && !whole(section)).collect();
    assert!(unused.is_empty(), "no code cites section {unused:?} of docs/aws-facts.md");
}

#[test]
fn each_mark_of_the_fact_sheet_has_its_source() {
    let (facts, sources) = FACTS.split_once("\n## Sources\n").unwrap();
    let sources: BTreeSet<&str> = sources
        .lines()
        .filter_map(|line| line.strip_prefix("- **")?.split("**").next())
        .flat_map(|names| names.split(", "))
        .collect();
    let marks = facts.split("doc: ").skip(1).filter_map(|rest| rest.split([']', ';', '"']).next());
    let keys = marks.flat_map(|mark| mark.split([',', '+'])).map(str::trim);
    let missing: BTreeSet<&str> = keys.filter(|key| !key.is_empty() && *key != "…" && !sources.contains(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The ids in the first column of all tables with this first column.
fn rows<'a>(document: &'a str, head: &str) -> Vec<&'a str> {
    let tables = document.split(head).skip(1).map(|rest| rest.split("\n\n").next().unwrap());
    tables.flat_map(|table| table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next())).collect()
}

#[test]
fn the_tables_of_notes_are_the_notes_of_the_program() {
    let notes = lang::source(Lang::En).lines().filter_map(|line| line.strip_prefix("note-")?.split(" =").next());
    let notes: BTreeSet<&str> = notes.collect();
    let told = [rows(JSON, "| note | value |"), rows(JSON, "| reason | value |")].concat();
    let once: BTreeSet<&str> = told.iter().copied().collect();
    assert_eq!(told.len(), once.len(), "a note is in two tables");
    assert_eq!(once, notes);
}

/// The meaning of each note is its sentence on the screen.
#[test]
fn the_japanese_notes_are_the_sentences_of_the_screens() {
    let file = "docs/json.ja.md";
    let sentences: BTreeMap<&str, String> = lang::source(Lang::Ja)
        .lines()
        .filter_map(|line| line.strip_prefix("note-")?.split_once(" = "))
        .map(|(note, text)| (note, text.trim_end_matches('。').replace("{ $value }", "〈値〉")))
        .collect();
    let mut inside = false;
    let text = crate::examples::read(file);
    let lines = text.lines().map(|line| {
        inside = line.starts_with("| 補足 |") || line.starts_with("| 理由 |") || (inside && line.starts_with('|'));
        let cells: Vec<&str> = line.split(" | ").collect();
        let note = cells[0].trim_start_matches("| ").trim_matches('`');
        match sentences.get(note).filter(|_| inside) {
            Some(sentence) => {
                let value = cells.get(1).filter(|_| cells.len() > 2).copied().unwrap_or_default();
                format!("| `{note}` | {value} | {sentence} |").replace("|  |", "| |")
            }
            None => line.to_owned(),
        }
    });
    let made = lines.collect::<Vec<_>>().join("\n") + "\n";
    assert!(made.matches("〈値〉").count() > 10, "{made}");
    holds(file, &made, "UPDATE_SCREENS");
}

#[test]
fn the_table_of_the_proof_has_each_of_its_links() {
    let steps = lang::source(Lang::En).lines().filter_map(|line| line.strip_prefix("proof-")?.split(" =").next());
    let steps: BTreeSet<&str> = steps.filter_map(|step| step.rsplit_once('-')).map(|(step, _)| step).collect();
    assert!(steps.contains("subscription-confirmed"), "{steps:?}");
    assert_eq!(rows(JSON, "| step | subject |").into_iter().collect::<BTreeSet<_>>(), steps);
}

#[test]
fn the_architecture_names_every_module() {
    let folders = fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap());
    let rooms = folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap());
    let missing: Vec<String> = rooms.filter(|room| !ARCHITECTURE.contains(&format!("`{room}/`"))).collect();
    assert!(missing.is_empty(), "docs/ARCHITECTURE.md does not name {missing:?}");
    let families = fs::read_dir(root().join("src/resources")).unwrap().map(|entry| entry.unwrap());
    let families = families.filter(|it| it.path().is_dir()).map(|it| it.file_name().into_string().unwrap());
    let missing: Vec<String> = families.filter(|it| !ARCHITECTURE.contains(&format!("`{it}/`"))).collect();
    assert!(missing.is_empty(), "docs/ARCHITECTURE.md does not name the families {missing:?}");
}

/// The words in backticks of a text.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_table_of_layers_is_the_law() {
    let section = ARCHITECTURE.split_once("\n## Layers\n").unwrap().1.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let rows = rows.map(|line| {
        let cells: Vec<&str> = line.split(" | ").collect();
        (cells[1].trim_matches('`').to_owned(), quoted(cells[2]))
    });
    let law = LAYERS.iter().map(|(module, uses)| ((*module).to_owned(), uses.iter().copied().collect()));
    assert_eq!(rows.collect::<BTreeMap<_, BTreeSet<_>>>(), law.collect());
}

#[test]
fn the_sizes_that_contributors_read_are_the_law() {
    let said = format!("at most {LONGEST} lines, the program part of a resource type at most {LONGEST_RESOURCE}.");
    assert!(CONTRIBUTING.contains(&said), "CONTRIBUTING.md does not say: {said}");
}

/// Moved files keep no old path in the documents.
#[test]
fn every_path_in_the_documents_is_there() {
    for file in
        ["docs/ARCHITECTURE.md", "docs/adding-a-resource.md", "docs/prices.md", "docs/build.md", "CONTRIBUTING.md"]
    {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let inside = |word: &&str| {
            ["src/", "tests/", "docs/", "tools/", "profiles/", ".github/", ".ci/"].iter().any(|it| word.starts_with(it))
                && !word.contains(['<', '*', ' '])
        };
        let missing: Vec<&str> =
            quoted(&text).into_iter().filter(inside).filter(|word| !root().join(word).exists()).collect();
        assert!(missing.is_empty(), "{file} names {missing:?}");
    }
}

#[test]
fn the_constructors_of_charges_exist() {
    let text = fs::read_to_string(root().join("docs/adding-a-resource.md")).unwrap();
    let charge = fs::read_to_string(root().join("src/model/charge.rs")).unwrap();
    let names: BTreeSet<&str> = quoted(&text)
        .into_iter()
        .filter_map(|code| code.strip_prefix("Charge::").or(code.strip_prefix("….")))
        .filter_map(|code| code.split('(').next())
        .collect();
    assert!(names.len() > 4, "{names:?}");
    let missing: Vec<_> = names.iter().filter(|name| !charge.contains(&format!("pub fn {name}("))).collect();
    assert!(missing.is_empty(), "docs/adding-a-resource.md names {missing:?}");
}

/// Each translation occurs in the Japanese messages or documents.
#[test]
fn the_japanese_words_of_the_glossary_are_used() {
    let documents = crate::examples::all(true) + lang::source(Lang::Ja);
    let words = GLOSSARY.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").nth(1));
    let words: Vec<&str> = words.filter(|word| !["Japanese", "–", "---"].contains(word)).collect();
    assert!(words.len() > 20, "{words:?}");
    let unused: Vec<&&str> = words.iter().filter(|word| !documents.contains(**word)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn citations_are_found_across_lines() {
    let text = "//! Kept (fact\n//! sheet, sections 0.2 and\n//! 4). Other 7.";
    assert_eq!(cited(text), ["0.2", "4"].map(str::to_owned).into());
}
