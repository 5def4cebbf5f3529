//! The words of comments, function names and documents: idioms that the rules of CONTRIBUTING.md ("Plain words") exclude.

use crate::examples::{DOCUMENTS, read};
use crate::laws::files;

/// Phrases without a legitimate use in a comment or a name, each with a plain alternative.
const IDIOMS: [(&str, &str); 11] = [
    ("is told", "say what happens to it: is listed, is reported, is passed"),
    ("are told", "say what happens to them: are listed, are reported, are passed"),
    ("was told", "say what happened to it: was listed, was configured"),
    ("told apart", "distinguished by"),
    ("nobody", "name the cause: it cannot be read, there is no terminal"),
    ("whoever", "name the person: the caller, the owner"),
    ("anew", "again"),
    ("dearest", "most expensive"),
    ("held against", "compared with"),
    ("bills for", "is charged for"),
    ("bill for every", "are charged for every"),
];

/// The comments and function names of a Rust file, by line: lower case, words separated by one space.
fn prose(text: &str) -> impl Iterator<Item = (usize, String)> {
    let lines = text.lines().map(str::trim_start).enumerate();
    lines.filter_map(|(index, line)| {
        let name = || {
            let (before, rest) = line.split_once("fn ")?;
            let starts = before.chars().all(|letter| letter.is_ascii_lowercase() || " ()".contains(letter));
            rest.split(['(', '<']).next().filter(|_| starts)
        };
        let prose = line.strip_prefix("//").or_else(name)?;
        let words: Vec<String> = prose
            .split(|letter: char| !letter.is_alphanumeric())
            .map(str::to_lowercase)
            .filter(|it| !it.is_empty())
            .collect();
        Some((index + 1, format!(" {} ", words.join(" "))))
    })
}

fn idioms(path: &str, text: &str) -> Vec<String> {
    let found = prose(text).flat_map(|(line, words)| {
        let here = IDIOMS.iter().filter(move |(idiom, _)| words.contains(&format!(" {idiom} ")));
        here.map(move |(idiom, plain)| (line, idiom, plain))
    });
    found.map(|(line, idiom, plain)| format!("{path}:{line}: “{idiom}”; rather: {plain}")).collect()
}

#[test]
fn comments_and_names_are_plain() {
    let files = ["src", "tests", "benches", "tools"].into_iter().flat_map(files);
    let found: Vec<String> = files.flat_map(|(path, text)| idioms(&path, &text)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// The text of a document, its code blocks left out, as comments.
fn as_comments(document: &str) -> String {
    let mut code = false;
    let lines = document.lines().map(|line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        if code || fence { "\n".to_owned() } else { format!("// {line}\n") }
    });
    lines.collect()
}

#[test]
fn documents_are_plain() {
    let more = ["CHANGELOG.md", "SECURITY.md", "docs/ARCHITECTURE.md", "docs/adding-a-resource.md", "docs/build.md"];
    let files = DOCUMENTS.iter().map(|(english, _)| *english).chain(more).chain(["docs/glossary.md"]);
    let found: Vec<String> = files.flat_map(|file| idioms(file, &as_comments(&read(file)))).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn code_blocks_are_no_text() {
    let found = idioms("a.md", &as_comments("Nobody.\n```sh\nnobody\n```\nIt is told.\n"));
    let lines: Vec<&str> = found.iter().filter_map(|it| it.split(" “").next()).collect();
    assert_eq!(lines, ["a.md:1:", "a.md:5:"], "{found:#?}");
}

#[test]
fn idioms_are_found_in_comments_and_names_and_nowhere_else() {
    let text = "//! The owner is told.\n    /// Nobody's key.\nfn what_nobody_reads<T>() {}\nlet nobody = \"anew\"; // anew\n// A newcomer.";
    let found = idioms("a.rs", text);
    let lines: Vec<&str> = found.iter().filter_map(|it| it.split(" “").next()).collect();
    assert_eq!(lines, ["a.rs:1:", "a.rs:2:", "a.rs:3:"], "{found:#?}");
}
