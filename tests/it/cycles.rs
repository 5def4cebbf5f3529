//! No module depends on itself through others: a shared type and the list of its users are in two files.

use std::collections::{BTreeMap, BTreeSet};

use crate::laws::{files, program};

/// A written path: `crate::model::Listed` in its parts.
type Path = Vec<String>;

/// A source file as a module.
#[derive(Default)]
struct Module {
    /// The targets of names that are imported or re-exported here.
    names: BTreeMap<String, Path>,
    /// The paths that its code names, without re-exports.
    used: BTreeSet<Path>,
}

/// Module path → module; `ops::bill` is `src/ops/bill.rs` or `src/ops/bill/mod.rs`.
struct House(BTreeMap<String, Module>);

impl House {
    fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(files.into_iter().map(|(path, text)| (module_name(path), Module::read(text))).collect())
    }

    /// The module that defines the item at a path, as `here` writes it. `None` outside of this crate.
    fn home(&self, here: &str, path: &[String], depth: usize) -> Option<String> {
        let (first, mut rest) = path.split_first()?;
        let mut at = match &**first {
            "crate" => String::new(),
            "self" => here.to_owned(),
            "super" => parent(here),
            name => match self.step(here, name, depth)? {
                Step::Module(module) => module,
                Step::Named(home) => return Some(home),
            },
        };
        while let Some((name, further)) = rest.split_first() {
            rest = further;
            at = match (&**name, self.step(&at, name, depth)) {
                ("super", _) => parent(&at),
                (_, Some(Step::Module(module))) => module,
                (_, Some(Step::Named(home))) => return Some(home),
                // Defined by the module itself.
                (_, None) => return Some(at),
            };
        }
        Some(at)
    }

    /// From a module to the target of one of its names; `None` if the module defines it, or does not know it.
    fn step(&self, module: &str, name: &str, depth: usize) -> Option<Step> {
        let child = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
        if self.0.contains_key(&child) {
            return Some(Step::Module(child));
        }
        // Two modules that re-export each other's names would loop forever.
        let path = self.0.get(module)?.names.get(name).filter(|_| depth < 8)?;
        let home = self.home(module, path, depth + 1)?;
        let is_module = path.last().is_some_and(|last| home == *last || home.ends_with(&format!("::{last}")));
        Some(if is_module { Step::Module(home) } else { Step::Named(home) })
    }

    /// Module → the modules that define what it uses.
    fn graph(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let needs = |(name, module): (&'_ String, &'_ Module)| {
            let homes = module.used.iter().filter_map(|path| self.home(name, path, 0));
            homes.filter(|home| home != name).filter_map(|home| Some(&**self.0.get_key_value(&home)?.0)).collect()
        };
        self.0.iter().map(|(name, module)| (&**name, needs((name, module)))).collect()
    }

    /// The sets of modules that depend on each other.
    fn cycles(&self) -> BTreeSet<Vec<&str>> {
        let graph = self.graph();
        let reached: BTreeMap<&str, BTreeSet<&str>> = graph.keys().map(|name| (*name, reach(&graph, name))).collect();
        let round = |name: &&&str| reached[**name].contains(**name);
        let of = |name: &&str| reached[name].iter().copied().filter(|other| reached[other].contains(name)).collect();
        graph.keys().filter(round).map(of).collect()
    }
}

enum Step {
    Module(String),
    /// An item, with the module that defines it.
    Named(String),
}

fn reach<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &'a str) -> BTreeSet<&'a str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(name) = open.pop() {
        open.extend(graph[name].iter().filter(|next| seen.insert(**next)));
    }
    seen
}

fn parent(module: &str) -> String {
    module.rsplit_once("::").map(|(parent, _)| parent.to_owned()).unwrap_or_default()
}

fn module_name(path: &str) -> String {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs").replace('/', "::");
    path.strip_suffix("::mod").map_or(path.clone(), str::to_owned)
}

impl Module {
    fn read(text: &str) -> Self {
        let mut module = Self::default();
        let code = code(text);
        let mut rest = &*code;
        let mut plain = String::new();
        while let Some(at) = next_use(rest) {
            let (before, statement) = rest.split_at(at);
            let (tree, after) = statement["use ".len()..].split_once(';').unwrap_or((statement, ""));
            plain.push_str(before);
            let line = before.rsplit(['\n', ';', '}']).next().unwrap_or_default();
            let is_re_export = line.trim_start().starts_with("pub");
            for (path, name) in expanded(&[], tree) {
                if !is_re_export {
                    module.used.insert(path.clone());
                }
                module.names.insert(name, path);
            }
            rest = after;
        }
        plain.push_str(rest);
        module.used.extend(paths(&plain));
        module
    }
}

fn next_use(text: &str) -> Option<usize> {
    let starts = |at: &usize| text[..*at].chars().next_back().is_none_or(char::is_whitespace);
    text.match_indices("use ").map(|(at, _)| at).find(starts)
}

/// The paths of a `use` tree, each with the name that it introduces.
fn expanded(prefix: &[String], tree: &str) -> Vec<(Path, String)> {
    let tree = tree.trim();
    let joined = |part: &str| {
        let parts = part.split("::").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        prefix.iter().cloned().chain(parts).collect::<Path>()
    };
    if let Some((before, inside)) = tree.split_once('{') {
        let prefix = joined(before);
        let inside = inside.rsplit_once('}').map_or(inside, |(inside, _)| inside);
        return branches(inside).into_iter().flat_map(|branch| expanded(&prefix, branch)).collect();
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias.trim())));
    let mut path = joined(path);
    if path.last().is_some_and(|last| last == "self" || last == "*") {
        path.pop();
    }
    let Some(last) = path.last() else { return Vec::new() };
    let name = alias.unwrap_or(last).to_owned();
    vec![(path, name)]
}

/// Splits at commas outside of braces.
fn branches(text: &str) -> Vec<&str> {
    let (mut found, mut deep, mut start) = (Vec::new(), 0_usize, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => deep += 1,
            '}' => deep = deep.saturating_sub(1),
            ',' if deep == 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[start..]);
    found.into_iter().filter(|branch| !branch.trim().is_empty()).collect()
}

/// Every path of two parts or more in code.
fn paths(code: &str) -> BTreeSet<Path> {
    let word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let words = code.split(|letter| !word(letter)).filter(|it| it.contains("::"));
    words.map(|it| it.split("::").map(str::to_owned).filter(|part| !part.is_empty()).collect()).collect()
}

/// The code without comments and literals.
fn code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if letter == '"' {
            quoted(rest)
        } else if let Some(end) = raw(rest).filter(|_| !out.ends_with(|it: char| it.is_alphanumeric() || it == '_')) {
            end
        } else if let Some(escaped) = rest.strip_prefix("'\\") {
            2 + escaped.char_indices().skip(1).find(|(_, it)| *it == '\'').map_or(0, |(at, _)| at + 1)
        } else if letter == '\'' && rest.chars().nth(2) == Some('\'') {
            rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at)
        } else {
            out.push(letter);
            letter.len_utf8()
        };
        rest = &rest[skipped.max(1)..];
    }
    out
}

/// The length of the string that begins here.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// The length of the raw string that begins here, if there is one.
fn raw(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?.split('"').next().filter(|it| it.bytes().all(|it| it == b'#'))?;
    let start = 1 + hashes.len();
    text[start..].starts_with('"').then_some(())?;
    let end = format!("\"{hashes}");
    Some(text[start + 1..].find(&end).map_or(text.len(), |at| start + 1 + at + end.len()))
}

#[test]
fn no_module_needs_itself_through_others() {
    let sources = files("src");
    let outside = |path: &str| path.ends_with("/tests.rs") || ["src/lib.rs", "src/main.rs"].contains(&path);
    let inside = sources.iter().filter(|(path, _)| !outside(path));
    let house = House::of(inside.map(|(path, text)| (&**path, program(text))));
    assert!(house.graph().values().map(BTreeSet::len).sum::<usize>() > 500, "the paths are not read");
    let found = house.cycles();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn cycles_are_found_through_re_exports_and_nowhere_else() {
    let cycles = |files: &[(&str, &str)]| {
        let house = House::of(files.iter().copied());
        house.cycles().into_iter().map(|it| it.join(" ")).collect::<Vec<_>>()
    };
    // A facade re-exports; the type is in one file, the list of its users in another.
    let facade =
        ("src/a/mod.rs", "mod all; mod one; mod kind;\npub use all::ALL;\npub use kind::{Kind, Other as More};");
    let kind = ("src/a/kind.rs", "pub struct Kind; // crate::a::one::ONE\npub struct Other;");
    let one = ("src/a/one.rs", "use super::Kind;\nuse crate::a::More;\nconst SAID: &str = \"super::all::ALL\";");
    let all = ("src/a/all.rs", "use super::{Kind, one};\npub static ALL: &[Kind] = &[one::ONE];");
    assert_eq!(cycles(&[facade, kind, one, all]), Vec::<String>::new());
    // The same in one file is a cycle.
    let whole = ("src/a/mod.rs", "mod one;\npub struct Kind;\nstatic ALL: &[Kind] = &[one::ONE];\nstruct More;");
    assert_eq!(cycles(&[whole, one]), ["a a::one"]);
    // A path in the code, an alias, and a chain over three modules are also cycles.
    let back = ("src/a/kind.rs", "fn f<'a>(x: &'a str) -> char { let _ = super::all::ALL; '\"' }");
    assert_eq!(cycles(&[facade, back, one, all]), ["a::all a::kind a::one"]);
    let x = ("src/x.rs", "use crate::y as why;\nfn f() { why::g() }");
    let y = ("src/y/mod.rs", "mod z;\nfn g() { z::h() }");
    let z = ("src/y/z.rs", "use crate::{x::f, y::g as _};\nfn h() { r#\"\"use\"#; f() }");
    assert_eq!(cycles(&[x, y, z]), ["x y y::z"]);
}
