//! Releases: the archives that the workflow makes, compared with the documents and `cargo binstall`; and the workflows' YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::emulators::run_script;
use crate::examples::{DOCUMENTS, read};

const CI: &str = ".github/workflows/ci.yml";
const RELEASE: &str = ".github/workflows/release.yml";
const LINUX: &str = "x86_64-unknown-linux-musl";

/// The fenced blocks of a document in one language.
fn fenced<'a>(document: &'a str, language: &str) -> Vec<&'a str> {
    let opening = format!("```{language}\n");
    document.split(opening.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The workflows of the repository and of the documents, each with its file.
fn workflows() -> Vec<(String, String)> {
    let own = [CI, RELEASE].map(|file| (file.to_owned(), read(file)));
    let files = DOCUMENTS.iter().flat_map(|(english, japanese)| [*english, *japanese]);
    let shown = files.flat_map(|file| {
        let document = read(file);
        fenced(&document, "yaml").into_iter().map(|text| (file.to_owned(), text.to_owned())).collect::<Vec<_>>()
    });
    own.into_iter().chain(shown).collect()
}

fn parsed(workflows: &[(String, String)]) -> Vec<Value> {
    let texts: Vec<&str> = workflows.iter().map(|(_, text)| text.as_str()).collect();
    let Value::Array(values) = run_script("moto", "workflows.py", &json!(texts).to_string()) else { panic!("no list") };
    values
}

fn steps(job: &Value) -> impl Iterator<Item = &Value> {
    job["steps"].as_array().into_iter().flatten()
}

/// The names in `${{ matrix.NAME }}`.
fn of_the_matrix(text: &str) -> BTreeSet<&str> {
    let names = text.split("matrix.").skip(1);
    names.map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap()).collect()
}

/// Checks the syntax of a step, with a word in place of each `${{ … }}`.
fn is_a_script(script: &str, of: &str) {
    let mut parts = script.split("${{");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push('x');
        plain.push_str(part.split_once("}}").unwrap().1);
    }
    let output = Command::new("bash").args(["-n", "-c", &plain]).output().unwrap();
    assert!(output.status.success(), "{of}: {}\n{script}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_workflows_are_valid() {
    let workflows = workflows();
    assert!(workflows.len() >= 4, "the documents show no workflow");
    for ((file, text), workflow) in workflows.iter().zip(parsed(&workflows)) {
        assert!(!workflow["on"].is_null() && workflow["name"].is_string(), "{file}: {workflow:#}");
        let jobs = workflow["jobs"].as_object().unwrap();
        assert!(!jobs.is_empty(), "{file}");
        for (name, job) in jobs {
            assert!(job["runs-on"].is_string(), "{file}: {name}");
            assert!(job["needs"].is_null() || jobs.contains_key(job["needs"].as_str().unwrap()), "{file}: {name}");
            assert!(steps(job).count() > 0, "{file}: {name} has no steps");
            for step in steps(job) {
                assert!(step["run"].is_string() != step["uses"].is_string(), "{file}: {name}: run or uses: {step}");
                if let Some(script) = step["run"].as_str() {
                    is_a_script(script, file);
                }
                let uses = step["uses"].as_str().unwrap_or("a/b@v1");
                assert!(uses.contains('/') && uses.contains("@v"), "{file}: {uses}");
            }
            let rows = job["strategy"]["matrix"]["include"].as_array().cloned().unwrap_or_default();
            for name in of_the_matrix(&job.to_string()) {
                assert!(!rows.is_empty() && rows.iter().all(|row| row[name].is_string()), "{file}: matrix.{name}");
            }
        }
        assert!(!text.contains("cargo install --locked --path"), "{file}: fetches no release");
    }
}

/// The step of the job "build" with this name.
fn step(name: &str) -> String {
    let release = &parsed(&[(String::new(), read(RELEASE))])[0];
    let step = steps(&release["jobs"]["build"]).find(|step| step["name"] == name).unwrap();
    step["run"].as_str().unwrap().to_owned()
}

/// Target → the system of its runner.
fn targets() -> BTreeMap<String, &'static str> {
    let release = &parsed(&[(String::new(), read(RELEASE))])[0];
    let rows = release["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap().clone();
    let system = |os: &str| {
        ["ubuntu", "macos", "windows"]
            .iter()
            .position(|it| os.starts_with(it))
            .map(|it| ["Linux", "macOS", "Windows"][it])
    };
    rows.iter()
        .map(|row| (row["target"].as_str().unwrap().to_owned(), system(row["os"].as_str().unwrap()).unwrap()))
        .collect()
}

/// A folder to run steps in, with replacements of `gh`, `curl` and other programs.
struct Stage {
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        let stage = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(stage.path("bin")).unwrap();
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, path: &Path, script: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(path.starts_with(self.folder.path()));
    }

    /// Runs a script like a step of a workflow, and returns its output.
    fn bash(&self, script: &str, env: &[(&str, &str)]) -> String {
        let path = format!("{}:/usr/bin:/bin", self.path("bin").display());
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(self.folder.path());
        command.env_clear().env("PATH", path).env("HOME", self.folder.path()).envs(env.iter().copied());
        let output = command.stdin(Stdio::null()).output().unwrap();
        let [out, error] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
        assert!(output.status.success(), "{script}\n{out}{error}");
        out
    }

    /// Runs the release's own step for a target, and returns the uploaded files.
    fn archive(&self, target: &str, system: &str) -> Vec<String> {
        let ending = if system == "Windows" { ".exe" } else { "" };
        let program = self.path(&format!("target/{target}/release/guardrail{ending}"));
        self.program(&program, "case $1 in sweep) exit 10;; *) echo \"$*\";; esac");
        self.program(&self.path("bin/gh"), "shift 3; echo \"uploaded $*\"");
        self.program(&self.path("bin/7z"), "tar -cf \"$2\" \"$3\"");
        for file in ["README.md", "CHANGELOG.md", "LICENSE", "LICENSE-APACHE"] {
            fs::write(self.path(file), read(file)).unwrap();
        }
        let said = self.bash(&step("Archive"), &[("TAG", "v1.2.3"), ("TARGET", target), ("RUNNER_OS", system)]);
        let uploaded = said.lines().find_map(|line| line.strip_prefix("uploaded ")).unwrap();
        uploaded.split(' ').filter(|word| !word.starts_with("--")).map(str::to_owned).collect()
    }

    /// Lets `curl` read the uploaded files.
    fn serve(&self) {
        let script = "for word; do case $word in https://*) url=$word; name=${url##*/}; \
            case $* in *--remote-name-all*) cp \"$STORE/$name\" .;; *) cat \"$STORE/$name\";; esac;; esac; done";
        self.program(&self.path("bin/curl"), script);
        self.program(&self.path("bin/sudo"), "exec \"$@\"");
    }
}

fn filled(template: &str, target: &str) -> String {
    let windows = target.contains("windows");
    let values = [
        ("{ repo }", "REPO"),
        ("{ version }", "1.2.3"),
        ("{ target }", target),
        ("{ bin }", "guardrail"),
        ("{ binary-ext }", if windows { ".exe" } else { "" }),
    ];
    let filled = values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name, value));
    assert!(!filled.contains('{'), "{filled}");
    filled
}

#[test]
fn each_archive_has_the_name_that_the_readme_and_binstall_use() {
    let manifest: toml::Value = toml::from_str(&read("Cargo.toml")).unwrap();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let targets = targets();
    assert_eq!(targets.len(), 5);
    for (target, system) in &targets {
        let stage = Stage::new();
        let files = stage.archive(target, system);
        let [archive, sum] = files.as_slice() else { panic!("{files:?}") };
        assert_eq!(*sum, format!("{archive}.sha256"));
        let _ = stage.bash(&format!("sha256sum -c {sum}"), &[]);
        let own = binstall.get("overrides").and_then(|it| it.get(target)).unwrap_or(binstall);
        let url = filled(own["pkg-url"].as_str().unwrap(), target);
        assert_eq!(url, format!("REPO/releases/download/v1.2.3/{archive}"));
        let zip = Path::new(archive).extension().is_some_and(|ending| ending == "zip");
        assert_eq!(own["pkg-fmt"].as_str(), Some(if zip { "zip" } else { "tgz" }));
        let list = stage.bash(&format!("tar -tf {archive}"), &[]);
        let program = filled(binstall["bin-dir"].as_str().unwrap(), target);
        let folder = program.split('/').next().unwrap();
        for name in ["guardrail.1", "completions/_guardrail", "completions/guardrail.bash", "LICENSE", "README.md"] {
            assert!(list.lines().any(|line| line == format!("{folder}/{name}")), "{target}: no {name}\n{list}");
        }
        assert!(list.lines().any(|line| line == program), "{target}: no {program}\n{list}");
        for readme in ["README.md", "docs/README.ja.md"] {
            assert!(read(readme).contains(archive.as_str()), "{readme} does not name {archive}");
        }
    }
}

/// The archive names in a document.
fn archives(document: &str) -> BTreeSet<&str> {
    let words = document.split(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '-' | '.' | '_'));
    let archives = words.filter(|word| word.contains(".tar.gz") || word.contains(".zip"));
    archives.filter(|word| word.starts_with("guardrail-")).collect()
}

#[test]
fn the_line_that_installs_a_release_installs_it() {
    for file in ["README.md", "docs/README.ja.md"] {
        let document = read(file);
        let made: BTreeSet<String> = targets().keys().map(|it| format!("guardrail-{it}")).collect();
        let named = archives(&document).into_iter().map(|it| it.trim_end_matches(".tar.gz").trim_end_matches(".zip"));
        assert_eq!(named.map(str::to_owned).collect::<BTreeSet<_>>(), made, "{file}");
        let stage = Stage::new();
        let _ = stage.archive(LINUX, "Linux");
        stage.serve();
        fs::create_dir(stage.path("there")).unwrap();
        let line = fenced(&document, "sh").into_iter().find(|block| block.starts_with("curl ")).unwrap();
        let line = line.replace("/usr/local/bin", "there");
        let _ = stage.bash(&line, &[("STORE", &stage.folder.path().display().to_string())]);
        assert_eq!(stage.bash("there/guardrail policy sweep", &[]), "policy sweep\n", "{file}");
    }
}

#[test]
fn the_sample_workflow_fetches_the_release_of_this_version() {
    for file in ["docs/schedules.md", "docs/schedules.ja.md"] {
        let document = read(file);
        let workflow = &parsed(&[(String::new(), fenced(&document, "yaml")[0].to_owned())])[0];
        let job = &workflow["jobs"]["sweep"];
        let text = |name: &str| job["env"][name].as_str().unwrap().to_owned();
        let release = format!("{}/releases/download/v{}", env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"));
        assert_eq!(text("RELEASE"), release, "{file}");
        let stage = Stage::new();
        let _ = stage.archive(LINUX, "Linux");
        stage.serve();
        fs::create_dir(stage.path("job")).unwrap();
        let scripts: Vec<&str> = steps(job).filter_map(|step| step["run"].as_str()).collect();
        let [fetch, sweep] = scripts.as_slice() else { panic!("{file}: {scripts:?}") };
        let store = stage.folder.path().display().to_string();
        let env = [("STORE", store.as_str()), ("RELEASE", &text("RELEASE")), ("ARCHIVE", &text("ARCHIVE"))];
        let _ = stage.bash(&format!("cd job; {fetch}"), &env);
        assert_eq!(stage.bash("job/guardrail policy sweep", &[]), "policy sweep\n", "{file}");
        assert!(sweep.starts_with("./guardrail sweep "), "{file}: {sweep}");
    }
}

/// It prints nothing if nothing costs money, and the report if something does.
#[test]
fn the_nightly_script_prints_findings_only() {
    for file in ["docs/schedules.md", "docs/schedules.ja.md"] {
        let document = read(file);
        let script = fenced(&document, "sh").into_iter().find(|block| block.starts_with("#!/bin/sh")).unwrap();
        let line = script.lines().find(|line| line.starts_with("PATH=/usr/local/bin:")).unwrap();
        let stage = Stage::new();
        let said = |regions: &str| {
            let program = format!("exec '{}' \"$@\" --demo --regions {regions}", env!("CARGO_BIN_EXE_guardrail"));
            stage.program(&stage.path("bin/guardrail"), &program);
            fs::write(stage.path("nightly"), script.replace(line, "")).unwrap();
            stage.bash("sh nightly", &[("GUARDRAIL_NOW", "2026-11-23T00:00:00Z"), ("LANG", "C.UTF-8")])
        };
        assert_eq!(said("us-east-1"), "", "{file}");
        let report = said("ap-northeast-1");
        assert!(report.contains("opensearch-domain") || report.contains("OpenSearch"), "{file}: {report}");
        assert!(report.trim_end().ends_with("10"), "{file}: {report}");
    }
}

/// The documents use the repository of `Cargo.toml`.
#[test]
fn the_repository_has_one_name() {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let name = repository.strip_prefix("https://github.com/").unwrap();
    for file in DOCUMENTS.iter().flat_map(|(english, japanese)| [*english, *japanese]) {
        let document = read(file);
        let named = document.split("/guardrail").collect::<Vec<_>>();
        for before in &named[..named.len() - 1] {
            if let Some((_, owner)) = before.rsplit_once("github.com/") {
                assert!(owner.contains('/') || format!("{owner}/guardrail") == name, "{file}: {owner}");
            }
        }
    }
    for file in ["README.md", "docs/README.ja.md"] {
        assert!(read(file).contains(repository), "{file} does not name {repository}");
        assert_eq!(read(file).contains("OWNER"), name.starts_with("OWNER/"), "{file}: OWNER stands for the host");
    }
}
