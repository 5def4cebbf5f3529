//! The folder of `--output-dir`: the report of each account as soon as it is finished, then that of the organisation.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{AccountReport, OrganizationReport, Text};
use crate::render::{Format, Layout, Report, account_rows, render};
use crate::state::write;
use crate::ui::Ui;

/// The findings of all accounts.
const FINDINGS: &str = "findings.csv";
/// The report of the organisation, without its ending.
const ORGANIZATION: &str = "organization";
/// The list of the files in the folder that guardrail wrote.
const MANIFEST: &str = "guardrail-files.json";
const MANIFEST_SCHEMA: &str = "guardrail/files/v1";

#[derive(Serialize, Deserialize)]
struct Manifest {
    schema: String,
    files: BTreeSet<String>,
}

pub struct OutputDir<'a> {
    path: PathBuf,
    /// Replaces [`FINDINGS`] at the end.
    findings: NamedTempFile,
    has_heading: bool,
    /// The files of earlier runs, and those of this one.
    earlier: BTreeSet<String>,
    written: BTreeSet<String>,
    ui: &'a Ui,
}

impl<'a> OutputDir<'a> {
    /// Creates the folder before the work for it begins.
    ///
    /// # Errors
    /// It cannot be written to.
    pub fn open(path: &Path, ui: &'a Ui) -> Result<Self> {
        let failed = |error| unwritable(path, &error);
        fs::create_dir_all(path).map_err(failed)?;
        let findings = NamedTempFile::new_in(path).map_err(failed)?;
        let earlier = earlier(&path.join(MANIFEST));
        Ok(Self { path: path.to_owned(), findings, has_heading: false, earlier, written: BTreeSet::new(), ui })
    }

    /// Writes the report of an account as JSON and HTML, and its findings; returns the account without it.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn keep(&mut self, account: AccountReport) -> Result<AccountReport> {
        let Some(report) = &account.report else { return Ok(account) };
        let page = format!("{}.html", account.id);
        let ui = self.ui;
        let speech = &ui.speech;
        for (format, name) in [(Format::Json, format!("{}.json", account.id)), (Format::Html, page.clone())] {
            self.write(&name, &render(Report::Sweep(report), format, speech, PLAIN)?)?;
        }
        self.add_rows(&account, speech)?;
        // A run that dies leaves no file that the next one does not know.
        self.note(self.earlier.union(&self.written).cloned().collect())?;
        Ok(account.written_to(page))
    }

    /// Writes the report of the organisation, and deletes the files of earlier runs that this one did not write. An interrupted run
    /// deletes none: it says nothing about the accounts that it did not reach.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn finish(mut self, report: &OrganizationReport) -> Result<()> {
        for (format, ending) in [(Format::Json, "json"), (Format::Html, "html"), (Format::Markdown, "md")] {
            let text = render(Report::Organization(report), format, &self.ui.speech, PLAIN)?;
            self.write(&format!("{ORGANIZATION}.{ending}"), &text)?;
        }
        self.written.insert(FINDINGS.to_owned());
        let kept = if report.interrupted { self.earlier.clone() } else { self.delete_stale() };
        self.note(kept.union(&self.written).cloned().collect())?;
        let place = self.path.join(FINDINGS);
        self.findings.persist(&place).map_err(|error| unwritable(&place, &error.error))?;
        self.ui.status(&self.ui.speech.with("output-written", &[("file", self.path.display().to_string())]));
        Ok(())
    }

    /// Deletes what earlier runs wrote and this one did not. Returns what could not be deleted.
    fn delete_stale(&self) -> BTreeSet<String> {
        let stale: Vec<&String> = self.earlier.difference(&self.written).collect();
        let gone = |name: &&&String| match fs::remove_file(self.path.join(name)) {
            Ok(()) => true,
            Err(error) => error.kind() == ErrorKind::NotFound,
        };
        let (gone, kept): (Vec<&String>, Vec<&String>) = stale.into_iter().partition(|name| gone(&name));
        if !gone.is_empty() {
            self.ui.status(&self.ui.speech.with("output-stale", &[("count", gone.len())]));
        }
        if !kept.is_empty() {
            let names: Vec<&str> = kept.iter().map(|name| name.as_str()).collect();
            self.ui.status(&self.ui.speech.with("output-stale-kept", &[("files", names.join(" "))]));
        }
        kept.into_iter().cloned().collect()
    }

    fn note(&self, files: BTreeSet<String>) -> Result<()> {
        let manifest = Manifest { schema: MANIFEST_SCHEMA.to_owned(), files };
        let text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        let path = self.path.join(MANIFEST);
        write::report(&path, format!("{text}\n").as_bytes()).map_err(|error| unwritable(&path, &error))
    }

    fn add_rows(&mut self, account: &AccountReport, speech: &Speech) -> Result<()> {
        let text = account_rows(account, speech)?;
        // No heading has a line break.
        let (_, rows) = text.split_once('\n').unwrap_or_default();
        let text = if std::mem::replace(&mut self.has_heading, true) { rows } else { &text };
        let place = self.path.join(FINDINGS);
        self.findings.write_all(text.as_bytes()).map_err(|error| unwritable(&place, &error))
    }

    fn write(&mut self, name: &str, text: &str) -> Result<()> {
        let path = self.path.join(name);
        write::report(&path, text.as_bytes()).map_err(|error| unwritable(&path, &error))?;
        self.written.insert(name.to_owned());
        Ok(())
    }
}

/// The files of earlier runs. Somebody may have edited the list: only names that guardrail gives are believed.
fn earlier(manifest: &Path) -> BTreeSet<String> {
    let read = fs::read_to_string(manifest).ok().and_then(|text| serde_json::from_str::<Manifest>(&text).ok());
    let files = read.filter(|it| it.schema == MANIFEST_SCHEMA).map(|it| it.files).unwrap_or_default();
    files.into_iter().filter(|name| is_ours(name)).collect()
}

fn is_ours(name: &str) -> bool {
    let of_account = |stem: &str| stem.len() == 12 && stem.bytes().all(|byte| byte.is_ascii_digit());
    match name.split_once('.') {
        Some((ORGANIZATION, ending)) => ["json", "html", "md"].contains(&ending),
        Some((stem, "json" | "html")) => of_account(stem),
        _ => name == FINDINGS,
    }
}

/// The formats of files do not depend on the terminal.
const PLAIN: Layout = Layout { width: 80, verbose: true, charts: false };

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::failed(Text::new("error-output").with("file", path.display())).detail(error).hint(Text::new("hint-output"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_guardrail_gives_are_its_own() {
        for name in ["123456789012.json", "123456789012.html", "organization.md", "organization.html", FINDINGS] {
            assert!(is_ours(name), "{name}");
        }
        for name in ["../123456789012.json", "notes.txt", "12.json", "organization.txt", "", "/etc/passwd", MANIFEST] {
            assert!(!is_ours(name), "{name}");
        }
    }
}
